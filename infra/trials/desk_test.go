// Package trials puts the whole desk under strain: rushes, lost answers, crashes, and histories that are
// checked afterwards. It holds tests only.
package trials

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/api"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

var start = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// desk is the API on an engine, at a moment that moves only when it is told to.
type desk struct {
	t       testing.TB
	engine  store.Engine
	store   *store.Store
	acts    *acts.Desk
	api     *api.Service
	handler http.Handler
	ids     *mdt.Identity
	within  time.Duration // how long a post may take, 0: as long as it wants
	passed  atomic.Int64  // how far the clock is ahead of start, in nanoseconds
	ticks   atomic.Int64  // order of sending and answering over all posts
}

func newDesk(t testing.TB, engine store.Engine) *desk {
	t.Helper()
	identity, err := mdt.NewIdentity([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, engine: engine, store: store.New(engine), ids: identity}
	d.acts = &acts.Desk{Store: d.store, Catalogue: store.NewCatalogue(d.store, time.Hour), Identity: identity,
		Team: mdt.Responder{Name: "het team", Email: "team@mdt.example"}, Now: d.now, Log: quiet}
	d.api = &api.Service{Desk: d.acts, Site: "https://aanmelden.example"}
	d.handler = d.api.Registrations()
	return d
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// long says whether the full numbers are asked for: AANMELDPUNT_LONG=1 go test -timeout 2h ./infra/trials
func long() bool { return os.Getenv("AANMELDPUNT_LONG") == "1" }

// number chooses how much a trial does: in go test -short, in go test, and when the full numbers are asked for.
func number(short, usual, full int) int {
	switch {
	case long():
		return full
	case testing.Short():
		return short
	}
	return usual
}

func (d *desk) now() time.Time { return start.Add(time.Duration(d.passed.Load())) }

func (d *desk) pass(t time.Duration) { d.passed.Add(int64(t)) }

// openBolt opens a file in memory where the machine has a folder for that: these trials are of races and
// rules, and leave the disk to those that need it. What a disk does is tried with the local server.
func openBolt(t testing.TB) *bolt.DB {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "aanmeldpunt")
	if err != nil {
		dir = t.TempDir()
	}
	db, err := bolt.Open(filepath.Join(dir, "store.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(); _ = os.RemoveAll(dir) })
	return db
}

// open stores a meeting that one can register for.
func (d *desk) open(id string, seats int, change func(*mdt.Meeting)) {
	d.t.Helper()
	meeting := mdt.Meeting{ID: id, Name: "Dag", Kind: mdt.DecisionDay, Start: start.AddDate(0, 1, 0),
		End: start.AddDate(0, 1, 0).Add(time.Hour), Place: "Utrecht", Published: true, Registering: &mdt.Window{},
		Capacity: seats, MaxGuests: 2}
	if change != nil {
		change(&meeting)
	}
	if err := d.store.Fill(context.Background(), nil, []mdt.Meeting{meeting}); err != nil {
		d.t.Fatal(err)
	}
}

// posted is one post with its place in the order of all sending and answering.
type posted struct {
	email          string
	code           int
	status         mdt.Status
	body           string
	again          string // Retry-After
	sent, answered int64
}

// post registers an address, with guests behind it.
func (d *desk) post(meeting, email string, guests ...string) posted {
	body := map[string]any{"naam": "Noor", "email": email}
	var brought []map[string]string
	for _, g := range guests {
		brought = append(brought, map[string]string{"naam": "Gast", "email": g})
	}
	if brought != nil {
		body["introducees"] = brought
	}
	return d.send(meeting, email, "", body)
}

func (d *desk) send(meeting, email, key string, body any) posted {
	p := d.call("/v1/bijeenkomsten/"+meeting+"/aanmeldingen", key, body)
	p.email = email
	return p
}

// call posts JSON.
func (d *desk) call(path, key string, body any) posted {
	return d.callFrom("192.0.2.1:1234", path, key, body)
}

// callFrom posts JSON from an address.
func (d *desk) callFrom(address, path, key string, body any) posted {
	raw, err := json.Marshal(body)
	if err != nil {
		d.t.Error(err)
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(string(raw)))
	r.RemoteAddr = address
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	if d.within > 0 {
		ctx, cancel := context.WithTimeout(r.Context(), d.within)
		defer cancel()
		r = r.WithContext(ctx)
	}
	w := httptest.NewRecorder()
	p := posted{sent: d.ticks.Add(1)}
	d.handler.ServeHTTP(w, r)
	p.answered, p.code, p.body, p.again = d.ticks.Add(1), w.Code, w.Body.String(), w.Header().Get("Retry-After")
	var answer struct {
		Status mdt.Status `json:"status"`
	}
	_ = json.Unmarshal(w.Body.Bytes(), &answer) // an error answer has no status
	p.status = answer.Status
	return p
}

// stands reads a meeting's counter and the entries of addresses.
func (d *desk) stands(meeting string, emails ...string) (mdt.Counter, []*mdt.Registration) {
	d.t.Helper()
	var entries []*mdt.Registration
	var counter mdt.Counter
	for len(emails) > 0 || entries == nil {
		n := min(90, len(emails))
		var persons []mdt.PersonID
		for _, email := range emails[:n] {
			persons = append(persons, d.person(email))
		}
		emails = emails[n:]
		standing, err := d.store.Standing(context.Background(), meeting, persons...)
		if err != nil {
			d.t.Fatal(err)
		}
		counter, entries = standing.Counter, append(entries, standing.Entries...)
		if n == 0 {
			break
		}
	}
	return counter, entries
}

func (d *desk) person(email string) mdt.PersonID {
	address, code := mdt.ParseAddress(email)
	if code != "" {
		d.t.Fatalf("%s: %s", email, code)
	}
	return d.ids.Person(address)
}

func emails(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("bezoeker%d@gast.example", i)
	}
	return list
}

// unguarded is an engine whose counters have no bounds: what the tests must notice.
type unguarded struct{ store.Engine }

func (u unguarded) Transact(ctx context.Context, token string, writes []store.Write) error {
	loose := append([]store.Write{}, writes...)
	for i := range loose {
		if loose[i].Key.SK == "teller" {
			loose[i].If = nil
		}
	}
	return u.Engine.Transact(ctx, token, loose)
}
