package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/acts/actstest"
	"aanmeldpunt/internal/api"
	"aanmeldpunt/internal/api/apitest"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

var start = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// desk is the API over the example network on an embedded store, with a clock that only the test moves.
type desk struct {
	t       testing.TB
	engine  *watched
	store   *store.Store
	service *api.Service
	network mdt.Network
	log     *bytes.Buffer
	now     time.Time
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, engine: new(watched), now: start}
	example := actstest.Open(t, func() time.Time { return d.now }, func(e store.Engine) store.Engine { d.engine.Engine = e; return d.engine }, nil)
	d.store, d.network, d.log = example.Store, example.Network, example.Logged
	d.service = &api.Service{Desk: example.Desk, Origins: []string{"https://www.website.example"}, Site: "https://aanmelden.example"}
	return d
}

// watched notes the calls that reach the engine, and can refuse them all.
type watched struct {
	store.Engine
	mu    sync.Mutex
	calls []string
	down  error
}

func (w *watched) note(call string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls = append(w.calls, call)
	return w.down
}

func (w *watched) take() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	calls := strings.Join(w.calls, " ")
	w.calls = nil
	return calls
}

func (w *watched) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	if err := w.note("Get"); err != nil {
		return nil, err
	}
	return w.Engine.Get(ctx, keys...)
}

func (w *watched) Query(ctx context.Context, q store.Query) (store.Page, error) {
	if err := w.note("Query"); err != nil {
		return store.Page{}, err
	}
	return w.Engine.Query(ctx, q)
}

func (w *watched) Next(ctx context.Context, key store.Key) (int64, error) {
	if err := w.note("Next"); err != nil {
		return 0, err
	}
	return w.Engine.Next(ctx, key)
}

func (w *watched) Change(ctx context.Context, write store.Write) (store.Item, error) {
	if err := w.note("Change"); err != nil {
		return nil, err
	}
	return w.Engine.Change(ctx, write)
}

func (w *watched) Transact(ctx context.Context, token string, writes []store.Write) error {
	if err := w.note("Transact"); err != nil {
		return err
	}
	return w.Engine.Transact(ctx, token, writes)
}

// handler finds the function that has a path, as the routes of template.yaml do.
func (d *desk) handler(path string) http.Handler {
	switch {
	case strings.HasSuffix(path, "/aanmeldingen"):
		return d.service.Registrations()
	case strings.HasSuffix(path, "/voorstellen"):
		return d.service.Proposals()
	case strings.HasSuffix(path, "/attenderingen"):
		return d.service.Interests()
	case path == "/v1/berichten":
		return d.service.Messages()
	}
	return d.service.Meetings()
}

// answered is an answer, with its JSON body read.
type answered struct {
	*httptest.ResponseRecorder
	body map[string]any
}

// do sends a request; headers are given as "Name: value".
func (d *desk) do(method, path, body string, headers ...string) answered {
	d.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	apitest.Checked(d.t, d.handler(r.URL.Path)).ServeHTTP(w, r)
	a := answered{ResponseRecorder: w}
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
			d.t.Fatalf("%s %s: %d, no JSON: %v", method, path, w.Code, err)
		}
	}
	return a
}

// post sends JSON.
func (d *desk) post(path, body string, headers ...string) answered {
	d.t.Helper()
	return d.do("POST", path, body, append([]string{"Content-Type: application/json"}, headers...)...)
}

// form sends a plain form.
func (d *desk) form(path, body string, headers ...string) answered {
	d.t.Helper()
	return d.do("POST", path, body, append([]string{"Content-Type: application/x-www-form-urlencoded"}, headers...)...)
}

func (a answered) text(name string) string {
	text, _ := a.body[name].(string)
	return text
}

// faults are the codes of an answer's errors by pointer.
func (a answered) faults() map[string]string {
	found := map[string]string{}
	list, _ := a.body["errors"].([]any)
	for _, e := range list {
		fault := e.(map[string]any)
		found[fault["pointer"].(string)] = fault["code"].(string)
	}
	return found
}

// letters reads the letters that wait to be sent, in the order in which they were stored.
func (d *desk) letters() []mdt.Letter {
	d.t.Helper()
	ids, _, err := d.store.Due(context.Background(), mdt.Pending, d.now, "")
	if err != nil {
		d.t.Fatal(err)
	}
	var found []mdt.Letter
	for _, id := range ids {
		letter, err := d.store.Letter(context.Background(), id)
		if err != nil {
			d.t.Fatal(err)
		}
		found = append(found, *letter)
	}
	return found
}

// kinds counts the waiting letters by kind and address: "2 noor@gast.example".
func (d *desk) kinds() map[string]int {
	d.t.Helper()
	found := map[string]int{}
	for _, l := range d.letters() {
		found[itoa(int(l.Kind))+" "+l.To]++
	}
	return found
}

func itoa(n int) string {
	text, _ := json.Marshal(n) // a number
	return string(text)
}

const (
	beslisdag   = "/v1/bijeenkomsten/beslisdag/aanmeldingen"
	netwerkdag  = "/v1/bijeenkomsten/netwerkbijeenkomst/aanmeldingen"
	voorstellen = "/v1/bijeenkomsten/netwerkbijeenkomst/voorstellen"
	attenderen  = "/v1/bijeenkomsten/regiodag-noord/attenderingen"
	berichten   = "/v1/berichten"
	noor        = `{"naam":"Noor","email":"noor@gast.example"}`
)
