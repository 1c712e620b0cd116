package exports

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/acts/actstest"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/sheets"
	"aanmeldpunt/internal/store"
)

const (
	sam   = "sam@mdt-team.example" // of the team
	wim   = "wim@mdt-team.example" // reads
	femke = "femke@wad-en-wierden.example"
	jelle = "jelle@meren-en-eilanden.example"

	theirs  = "wad-en-wierden" // femke's region
	another = "meren-en-eilanden"
	meeting = "netwerkbijeenkomst"
	below   = "/console/bijeenkomsten/netwerkbijeenkomst/"
)

var now = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)

// desk is the exports over the example network on an embedded store.
type desk struct {
	t       testing.TB
	service *Service
	acts    *acts.Desk
	engine  *watched
	log     *bytes.Buffer
	now     time.Time
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, engine: new(watched), now: now}
	clock := func() time.Time { return d.now }
	example := actstest.Open(t, clock, func(e store.Engine) store.Engine { d.engine.Engine = e; return d.engine }, nil)
	d.acts, d.log = example.Desk, example.Logged
	d.service = &Service{Store: example.Store, Now: clock, Log: example.Log, TeamMail: actstest.TeamMail,
		Gate: &access.Gate{Store: example.Store, Identity: example.Identity, Now: clock, Log: example.Log}}
	return d
}

// watched notes the kinds of keys that are written, and can fail from a read on.
type watched struct {
	store.Engine
	mu      sync.Mutex
	writes  []string
	queries int
	failAt  int // the query that fails, and all after it; 0: none
	noLog   bool
}

func (w *watched) Query(ctx context.Context, q store.Query) (store.Page, error) {
	w.mu.Lock()
	w.queries++
	fails := w.failAt > 0 && w.queries >= w.failAt
	w.mu.Unlock()
	if fails {
		return store.Page{}, store.ErrUnavailable
	}
	return w.Engine.Query(ctx, q)
}

func (w *watched) Change(ctx context.Context, write store.Write) (store.Item, error) {
	kind, _, _ := strings.Cut(write.Key.PK, "#")
	w.mu.Lock()
	w.writes = append(w.writes, kind)
	w.mu.Unlock()
	if w.noLog && kind == "logboek" {
		return nil, store.ErrUnavailable
	}
	return w.Engine.Change(ctx, write)
}

func (w *watched) Transact(ctx context.Context, token string, writes []store.Write) error {
	w.mu.Lock()
	for _, write := range writes {
		kind, _, _ := strings.Cut(write.Key.PK, "#")
		w.writes = append(w.writes, kind)
	}
	w.mu.Unlock()
	return w.Engine.Transact(ctx, token, writes)
}

// changed gives what was written since it was last asked.
func (w *watched) changed() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	kinds := w.writes
	w.writes = nil
	return kinds
}

// person is somebody who asks.
type person struct {
	desk   *desk
	cookie *http.Cookie
}

func (d *desk) nobody() *person { return &person{desk: d} }

// as signs somebody in.
func (d *desk) as(email string) *person {
	d.t.Helper()
	cookie, err := d.service.Gate.Open(d.t.Context(), email)
	if err != nil {
		d.t.Fatal(email, err)
	}
	return &person{d, cookie}
}

// do asks for something; headers are "Name: value".
func (p *person) do(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "https://aanmelden.example"+path, strings.NewReader(body))
	r.RequestURI = path
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	if p.cookie != nil {
		r.AddCookie(p.cookie)
	}
	w := httptest.NewRecorder()
	p.desk.service.Handler().ServeHTTP(w, r)
	return w
}

// file fetches one and gives its rows, its head first.
func (p *person) file(path string) [][]string {
	p.desk.t.Helper()
	return p.desk.rows(p.do("GET", path, "", "Accept-Encoding: gzip"))
}

// rows reads an answer that must be a CSV file.
func (d *desk) rows(got *httptest.ResponseRecorder) (rows [][]string) {
	d.t.Helper()
	if got.Code != 200 || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/csv") {
		d.t.Fatalf("%d %s: %s", got.Code, got.Header().Get("Content-Type"), got.Body)
	}
	var body io.Reader = bytes.NewReader(got.Body.Bytes())
	if got.Header().Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(body)
		if err != nil {
			d.t.Fatal(err)
		}
		body = unpacked
	}
	for row, err := range sheets.ReadCSV(body) {
		if err != nil {
			d.t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// columnOf gives a column by its head.
func columnOf(rows [][]string, head string) (values []string) {
	for i, name := range rows[0] {
		if name == head {
			for _, row := range rows[1:] {
				values = append(values, row[i])
			}
			return values
		}
	}
	return []string{"there is no column " + head}
}

// register registers somebody at the meeting, each a minute after the one before.
func (d *desk) register(name string, regions ...string) {
	d.t.Helper()
	d.registered(mdt.RegistrationForm{Name: name, Organisation: "Stichting " + name, Phone: "0612345678", Role: "begeleider", Regions: regions,
		Parts: []string{"opening", "ronde-2-volhouden"}, Answers: map[string]any{"vervoer": "Met de auto"}, Wishes: "Een tolk voor " + name})
}

func (d *desk) registered(form mdt.RegistrationForm) {
	d.t.Helper()
	d.now = d.now.Add(time.Minute)
	address, _ := mdt.ParseAddress(fmt.Sprintf("deelnemer-%d@jongeren.example", d.now.Unix()))
	form.Email = address
	m, err := d.service.Store.Meeting(d.t.Context(), meeting)
	if err == nil {
		_, err = d.acts.Register(d.t.Context(), *m, form, acts.Post{})
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// exported gives the lines of the log that tell of exports, the newest first.
func (d *desk) exported() (lines []mdt.LogLine) {
	d.t.Helper()
	all, err := d.service.Store.LogLines(d.t.Context(), time.Time{}, store.Listing[mdt.LogLine]{Limit: 100}, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, line := range all.Entries {
		if line.What == mdt.DeedExported {
			lines = append(lines, line)
		}
	}
	return lines
}
