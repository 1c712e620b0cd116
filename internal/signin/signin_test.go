package signin_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

func TestSigningIn(t *testing.T) {
	t.Parallel()
	for name, secret := range map[string]string{"a public client": "", "a client with a secret": "geheim: met + en &"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t, secret)
			address, attempt := w.begin("/console/bijeenkomsten/beslisdag?deel=2")
			where, _ := url.Parse(address)
			q := where.Query()
			for field, want := range map[string]string{"response_type": "code", "client_id": "console", "redirect_uri": back, "scope": "openid email",
				"state": attempt.State, "nonce": attempt.Nonce, "code_challenge_method": "S256"} {
				if q.Get(field) != want {
					t.Errorf("%s is %q, want %q", field, q.Get(field), want)
				}
			}
			if strings.Contains(address, attempt.Verifier) {
				t.Error("the verifier goes to the issuer before the code does")
			}
			kept, ok := signin.ParseAttempt(attempt.String()) // as a cookie does
			if diff := cmp.Diff(attempt, kept); !ok || diff != "" {
				t.Fatal(diff)
			}
			email, err := w.client.Finish(t.Context(), w.say(address, noor), kept)
			if err != nil || email != noor {
				t.Errorf("%q, %v", email, err)
			}
		})
	}
}

// TestEachAttemptIsItsOwn: nothing of one attempt can be guessed from another.
func TestEachAttemptIsItsOwn(t *testing.T) {
	t.Parallel()
	w := open(t, "")
	_, one := w.begin("")
	_, two := w.begin("")
	if one.State == two.State || one.Nonce == two.Nonce || one.Verifier == two.Verifier || one.State == one.Nonce || len(one.State) < 26 || len(one.Verifier) < 43 {
		t.Errorf("%+v %+v", one, two)
	}
}

// TestWhatComesBackWrong: everything but the answer to the attempt's own question is refused.
func TestWhatComesBackWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*world, url.Values, *signin.Attempt)
		want   error
	}{
		"another state":             {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("state", "another") }, signin.ErrReturn},
		"no state":                  {func(_ *world, q url.Values, _ *signin.Attempt) { q.Del("state") }, signin.ErrReturn},
		"no state on either side":   {func(_ *world, q url.Values, a *signin.Attempt) { q.Del("state"); a.State = "" }, signin.ErrReturn},
		"another's attempt":         {func(w *world, _ url.Values, a *signin.Attempt) { _, *a = w.begin("") }, signin.ErrReturn},
		"another's verifier":        {func(w *world, _ url.Values, a *signin.Attempt) { _, b := w.begin(""); a.Verifier = b.Verifier }, signin.ErrReturn},
		"another's nonce":           {func(w *world, _ url.Values, a *signin.Attempt) { _, b := w.begin(""); a.Nonce = b.Nonce }, signin.ErrToken},
		"no nonce on our side":      {func(_ *world, _ url.Values, a *signin.Attempt) { a.Nonce = "" }, signin.ErrToken},
		"no code":                   {func(_ *world, q url.Values, _ *signin.Attempt) { q.Del("code") }, signin.ErrReturn},
		"a code of nobody":          {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("code", "geraden") }, signin.ErrReturn},
		"of another issuer":         {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("iss", "https://issuer.example") }, signin.ErrReturn},
		"the visitor went back":     {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", "access_denied") }, signin.ErrRefused},
		"the issuer has a fault":    {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", "server_error") }, signin.ErrIssuer},
		"it does not know us":       {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", "unauthorized_client") }, signin.ErrIssuer},
		"words of others":           {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", noor) }, signin.ErrRefused},
		"a refusal of another":      {func(_ *world, q url.Values, _ *signin.Attempt) { q.Set("error", "access_denied"); q.Del("state") }, signin.ErrReturn},
		"six minutes later":         {func(w *world, _ url.Values, _ *signin.Attempt) { w.later(6 * time.Minute) }, signin.ErrReturn},
		"the code is for elsewhere": {func(w *world, _ url.Values, _ *signin.Attempt) { w.client.Redirect = out }, signin.ErrReturn},
		"another client brings it":  {func(w *world, _ url.Values, _ *signin.Attempt) { w.client.ID = "another" }, signin.ErrIssuer},
		"the issuer fell silent":    {func(w *world, _ url.Values, _ *signin.Attempt) { w.shut(true) }, signin.ErrIssuer},
		"its keys cannot be had":    {func(w *world, _ url.Values, _ *signin.Attempt) { w.issuer.Spoil(issuer.NoKeys) }, signin.ErrIssuer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t, "")
			query, attempt := w.returned()
			c.change(w, query, &attempt)
			w.refused(query, attempt, c.want)
		})
	}
}

// TestTokensThatProveNothing: the issuer itself makes what must not be believed.
func TestTokensThatProveNothing(t *testing.T) {
	t.Parallel()
	for _, fault := range issuer.Faults {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			w := open(t, "")
			w.issuer.Spoil(fault)
			query, attempt := w.returned()
			w.refused(query, attempt, signin.ErrToken)
			w.issuer.Spoil(issuer.None) // the same way without the fault is a good one
			query, attempt = w.returned()
			if email, err := w.client.Finish(t.Context(), query, attempt); err != nil || email != noor {
				t.Errorf("%q, %v", email, err)
			}
		})
	}
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

func TestACodeIsGoodForOneUse(t *testing.T) {
	t.Parallel()
	w := open(t, "")
	query, attempt := w.returned()
	if _, err := w.client.Finish(t.Context(), query, attempt); err != nil {
		t.Fatal(err)
	}
	w.refused(query, attempt, signin.ErrReturn)
}

func TestAWrongSecret(t *testing.T) {
	t.Parallel()
	w := open(t, "het ene geheim")
	query, attempt := w.returned()
	w.client.Secret = "het andere geheim"
	w.refused(query, attempt, signin.ErrIssuer)
}

// TestTheIssuerIsAskedOnceAndNotAtTheStart: a failure is not remembered, what was learned is.
func TestTheIssuerIsAskedOnceAndNotAtTheStart(t *testing.T) {
	t.Parallel()
	w := open(t, "")
	if len(w.asked) != 0 {
		t.Fatalf("asked for %v at the start", w.asked)
	}
	w.shut(true)
	if _, _, err := w.client.Begin(t.Context(), ""); !errors.Is(err, signin.ErrIssuer) {
		t.Fatal(err)
	}
	w.shut(false)
	for range 3 {
		if query, attempt := w.returned(); query != nil {
			if _, err := w.client.Finish(t.Context(), query, attempt); err != nil {
				t.Fatal(err)
			}
		}
	}
	count := map[string]int{}
	for _, path := range w.asked {
		count[path]++
	}
	want := map[string]int{"/lokaal/inloggen/.well-known/openid-configuration": 2, "/lokaal/inloggen/sleutels.json": 1,
		"/lokaal/inloggen/wie": 6, "/lokaal/inloggen/token": 3}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Error(diff)
	}
}

// TestManyFirstUses: who comes while the issuer is asked waits for the answer, and nobody longer than they want to.
func TestManyFirstUses(t *testing.T) {
	t.Parallel()
	w := open(t, "")
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, _, err := w.client.Begin(t.Context(), ""); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(w.asked) != 1 {
		t.Errorf("asked for %v", w.asked)
	}
	hangs := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hangs }))
	defer slow.Close()
	defer close(hangs)
	client := &signin.Client{Issuer: slow.URL, ID: "console", Now: time.Now}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	for range 3 {
		all.Go(func() {
			if _, _, err := client.Begin(ctx, ""); !errors.Is(err, signin.ErrIssuer) {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// TestAnIssuersDocument: an issuer that says it is another, or sends secrets over the open net, is none.
func TestAnIssuersDocument(t *testing.T) {
	t.Parallel()
	answer := func(text string) error {
		s := httptest.NewTLSServer(nil)
		t.Cleanup(s.Close)
		s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, strings.ReplaceAll(text, "SELF", s.URL))
		})
		_, _, err := (&signin.Client{Issuer: s.URL, ID: "console", HTTP: s.Client(), Now: time.Now}).Begin(t.Context(), "")
		return err
	}
	good := `{"issuer":"SELF","authorization_endpoint":"SELF/a","token_endpoint":"SELF/t","jwks_uri":"SELF/k"}`
	if err := answer(good); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{{`"issuer":"SELF"`, `"issuer":"https://issuer.example"`}, {`SELF/t`, `http://issuer.example/t`}, {`SELF/k`, ``},
		{`SELF/a`, `javascript:alert(1)`}, {`}`, ``}, {`SELF/k`, `file:///etc/passwd`}} {
		if err := answer(strings.Replace(good, change[0], change[1], 1)); !errors.Is(err, signin.ErrIssuer) {
			t.Errorf("%s: %v", change[1], err)
		}
	}
}

func TestSigningOut(t *testing.T) {
	t.Parallel()
	w := open(t, "")
	to := w.client.EndSession(t.Context())
	still := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := still.Get(to)
	if err != nil || answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != out {
		t.Errorf("%s: %v, %v", to, answer, err)
	}
	w.client.Logout = "https://inloggen.example/logout?client_id=console&logout_uri=x"
	if got := w.client.EndSession(t.Context()); got != w.client.Logout {
		t.Errorf("%q", got)
	}
	lost := w.another()
	w.shut(true)
	if got := lost.EndSession(t.Context()); got != "" {
		t.Errorf("%q", got)
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		issuer, logout string
		want           []string
	}{
		{"https://cognito.example/eu-central-1_a", "https://inloggen.example/logout?client_id=console", []string{"https://cognito.example", "https://inloggen.example"}},
		{"http://127.0.0.1:8080/lokaal/inloggen", "", []string{"http://127.0.0.1:8080"}},
		{"https://id.example", "https://id.example/uit", []string{"https://id.example"}},
		{"", "", nil},
		{"%zz", "/uit", nil},
	} {
		if diff := cmp.Diff(c.want, (&signin.Client{Issuer: c.issuer, Logout: c.logout}).Origins()); diff != "" {
			t.Error(diff)
		}
	}
}
