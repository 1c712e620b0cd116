package signin_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/signin"
)

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
