package signin_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/infra/issuer"
	"aanmeldpunt/internal/signin"
)

const (
	noor = "Noor.van.tHoff@team.example"
	back = "https://aanmelden.example/console/terug"
	out  = "https://aanmelden.example/console"
)

// world is an issuer on this machine's own network, a client of it, and a clock for both.
type world struct {
	t      *testing.T
	server *httptest.Server
	issuer *issuer.Issuer
	client *signin.Client

	mu    sync.Mutex
	now   time.Time
	down  bool     // the issuer answers nothing
	asked []string // paths that were asked for
}

func open(t *testing.T, secret string) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)}
	w.server = httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(w.server.Close)
	base := w.server.URL + "/lokaal/inloggen"
	var err error
	w.issuer, err = issuer.New(issuer.Options{Base: base, ClientID: "console", Secret: secret, Redirects: []string{back}, SignedOut: []string{out},
		People: func() []issuer.Person { return []issuer.Person{{Name: "Noor van 't Hoff", Email: noor}} }, Now: w.time})
	if err != nil {
		t.Fatal(err)
	}
	w.client = w.another()
	w.client.Secret = secret
	return w
}

func (w *world) another() *signin.Client {
	return &signin.Client{Issuer: w.server.URL + "/lokaal/inloggen", ID: "console", Redirect: back, SignedOut: out, Now: w.time}
}

func (w *world) serve(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	down := w.down
	w.asked = append(w.asked, r.URL.Path)
	w.mu.Unlock()
	if down {
		http.Error(rw, "not now", http.StatusBadGateway)
		return
	}
	w.issuer.ServeHTTP(rw, r)
}

func (w *world) time() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) later(by time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(by)
}

func (w *world) shut(down bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down = down
}

// begin starts at the client, going to a place.
func (w *world) begin(next string) (address string, attempt signin.Attempt) {
	w.t.Helper()
	address, attempt, err := w.client.Begin(w.t.Context(), next)
	if err != nil {
		w.t.Fatal(err)
	}
	return address, attempt
}

// say opens the page behind an address, says who one is there, and gives what the issuer sends back along.
func (w *world) say(address, who string) url.Values {
	w.t.Helper()
	page, err := http.Get(address)
	if err != nil {
		w.t.Fatal(err)
	}
	body, _ := io.ReadAll(page.Body)
	page.Body.Close()
	if page.StatusCode != 200 || !strings.Contains(string(body), "Wie ben je?") {
		w.t.Fatalf("%d %s", page.StatusCode, body)
	}
	where, _ := url.Parse(address)
	form := where.Query()
	form.Set("wie", who)
	still := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := still.PostForm(where.Scheme+"://"+where.Host+where.Path, form)
	if err != nil {
		w.t.Fatal(err)
	}
	answer.Body.Close()
	to, err := answer.Location()
	if err != nil || to.Scheme+"://"+to.Host+to.Path != back {
		w.t.Fatalf("%d, sent to %v, %v", answer.StatusCode, to, err)
	}
	return to.Query()
}

// returned gives what comes back from the issuer for a whole, good visit.
func (w *world) returned() (url.Values, signin.Attempt) {
	w.t.Helper()
	address, attempt := w.begin("/console/berichten")
	return w.say(address, noor), attempt
}

// refused wants an error of a kind, which tells a log nothing of what was brought.
func (w *world) refused(query url.Values, attempt signin.Attempt, want error) {
	w.t.Helper()
	email, err := w.client.Finish(w.t.Context(), query, attempt)
	if email != "" || !errors.Is(err, want) {
		w.t.Fatalf("%q, %v, want %v", email, err, want)
	}
	w.t.Log(err)
	for _, secret := range []string{noor, query.Get("code"), attempt.State, attempt.Nonce, attempt.Verifier, "eyJ"} {
		if secret != "" && strings.Contains(err.Error(), secret) {
			w.t.Errorf("the log would read %q", err)
		}
	}
}
