package console_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"html"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/acts/actstest"
	"aanmeldpunt/internal/console"
	"aanmeldpunt/internal/letters"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/signin"
	"aanmeldpunt/internal/store"
)

const (
	site     = "https://aanmelden.example"
	teamMail = actstest.TeamMail
	sam      = "sam@mdt-team.example" // of the team
	wim      = "wim@mdt-team.example" // reads
	femke    = "femke@wad-en-wierden.example"
	jelle    = "jelle@meren-en-eilanden.example"
)

var now = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)

// desk is the whole console over the example network on an embedded store, with a clock that only the test moves.
type desk struct {
	t       testing.TB
	service *console.Service
	store   *store.Store
	engine  *watched
	network mdt.Network
	issuer  *said
	log     *bytes.Buffer
	hand    atomic.Int64      // of the clock: pages that are open read it beside the test
	paths   map[string]string // of what a test made, by what stands for it
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, engine: new(watched), issuer: new(said)}
	d.set(now)
	example := actstest.Open(t, d.time, func(e store.Engine) store.Engine { d.engine.Engine = e; return d.engine }, nil)
	d.store, d.network, d.log = example.Store, example.Network, example.Logged
	reader, err := letters.NewReader(site, teamMail)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := links.ParseKeys("a:" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("l", 32))))
	if err != nil {
		t.Fatal(err)
	}
	d.service = &console.Service{Site: site, Letters: reader, Links: keys, SignIn: d.issuer,
		Gate: &access.Gate{Store: d.store, Identity: example.Identity, Now: d.time, Log: example.Log}, Desk: example.Desk}
	return d
}

// said is an issuer that proves what the test says.
type said struct {
	email string
	out   string // where one signs out there
	err   error
}

func (s *said) Begin(_ context.Context, next string) (string, signin.Attempt, error) {
	return "https://issuer.example/wie", signin.Attempt{State: "s", Nonce: "n", Verifier: strings.Repeat("v", 43), Next: signin.Onward(next)}, s.err
}

func (s *said) Finish(context.Context, url.Values, signin.Attempt) (string, error) {
	return s.email, s.err
}

func (s *said) EndSession(context.Context) string { return s.out }

// watched notes what is written, by the beginning of the key, and can refuse to read.
type watched struct {
	store.Engine
	mu     sync.Mutex
	calls  int
	under  int // calls under way
	waves  int // how often calls began where none were
	writes []string
	down   error
	hold   time.Duration
}

func (w *watched) note(writes ...store.Write) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, write := range writes {
		kind, _, _ := strings.Cut(write.Key.PK, "#")
		if place, _, _ := strings.Cut(write.Key.SK, "#"); place == "logboek" {
			kind = place
		}
		w.writes = append(w.writes, kind)
	}
}

// called counts a read, and holds it for a moment, so that what goes on at once is seen to. It gives what ends it.
func (w *watched) called() func() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.calls++; w.under == 0 {
		w.waves++
	}
	w.under++
	return func() {
		time.Sleep(w.hold)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.under--
	}
}

// trips tells in how many round trips something reads: the least of some times, as on a busy machine what goes on at
// once may begin one after another, but never what waits for an answer at once.
func (w *watched) trips(do func()) int {
	w.hold = 30 * time.Millisecond
	defer func() { w.hold = 0 }()
	least := math.MaxInt
	for range 3 {
		w.waves = 0
		do()
		least = min(least, w.waves)
	}
	return least
}

func (w *watched) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	defer w.called()()
	if w.down != nil {
		return nil, w.down
	}
	return w.Engine.Get(ctx, keys...)
}

func (w *watched) Query(ctx context.Context, q store.Query) (store.Page, error) {
	defer w.called()()
	if w.down != nil {
		return store.Page{}, w.down
	}
	return w.Engine.Query(ctx, q)
}

func (w *watched) Next(ctx context.Context, key store.Key) (int64, error) {
	w.note(store.Write{Key: key})
	return w.Engine.Next(ctx, key)
}

func (w *watched) Change(ctx context.Context, write store.Write) (store.Item, error) {
	w.note(write)
	return w.Engine.Change(ctx, write)
}

func (w *watched) Transact(ctx context.Context, token string, writes []store.Write) error {
	w.note(writes...)
	return w.Engine.Transact(ctx, token, writes)
}

// changed gives what was written since the last look, save that somebody looked and was in.
func (w *watched) changed() (kinds []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, kind := range w.writes {
		if kind != "sessie" && kind != "logboek" {
			kinds = append(kinds, kind)
		}
	}
	w.writes = nil
	return kinds
}

// person is a browser at the desk; without a cookie nobody is in.
type person struct {
	*desk
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

// shown is an answer, and what is read in it.
type shown struct {
	*httptest.ResponseRecorder
	html string
}

// do sends a request; headers are given as "Name: value".
func (p *person) do(method, path, body string, headers ...string) shown {
	p.t.Helper()
	r := httptest.NewRequest(method, site+path, strings.NewReader(body))
	if body != "" || method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	if p.cookie != nil {
		r.AddCookie(p.cookie)
	}
	w := httptest.NewRecorder()
	p.service.Handler().ServeHTTP(w, r)
	return shown{w, w.Body.String()}
}

func (p *person) get(path string) shown { p.t.Helper(); return p.do("GET", path, "") }

func (p *person) post(path string, pairs ...string) shown {
	p.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return p.do("POST", path, form.Encode())
}

var (
	tag    = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// says tells whether a text stands on the page, for whoever reads it.
func (p shown) says(text string) bool {
	read := html.UnescapeString(tag.ReplaceAllString(p.html, " "))
	read = strings.NewReplacer(" .", ".", " ,", ",").Replace(spaces.ReplaceAllString(read, " "))
	return strings.Contains(read, text)
}

// time is what the desk's clock shows, and set puts it right.
func (d *desk) time() time.Time { return time.Unix(0, d.hand.Load()).UTC() }

func (d *desk) set(t time.Time) { d.hand.Store(t.UnixNano()) }
