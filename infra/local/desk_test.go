package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"aanmeldpunt/infra/browser"
)

// TestSigningInByKeyboard: from a page of the desk to the issuer, who one is, back to that page, and out again;
// without scripts, on the cookies that a browser really takes.
func TestSigningInByKeyboard(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	p := browser.Open(t, s.url+"/console/mensen", browser.View{Width: browser.Phone})
	if !strings.Contains(p.Address(), "/lokaal/inloggen/") || !strings.Contains(p.Text(), "Wie ben je?") {
		t.Fatalf("came to %s", p.Address())
	}
	p.NoSideways()
	p.Axe()
	p.Tab("Sam Visser Team sam@mdt-team.example")
	p.Enter()
	if p.Address() != s.url+"/console/mensen" || !strings.Contains(p.Text(), "Sam Visser · Team") {
		t.Fatalf("came back to %s: %s", p.Address(), p.Text())
	}
	p.Visit(s.url + "/console")
	p.Tab("Uitloggen")
	p.Enter()
	if !strings.HasSuffix(p.Address(), "/console/uit") {
		t.Errorf("signed out at %s", p.Address())
	}
	if p.Visit(s.url + "/console"); !strings.Contains(p.Address(), "/lokaal/inloggen/") {
		t.Errorf("after signing out one comes to %s", p.Address())
	}
	p.Tab("Niet inloggen")
	if p.Enter(); !strings.Contains(p.Text(), "Inloggen lukte niet") {
		t.Errorf("who does not sign in comes to %s: %s", p.Address(), p.Text())
	}
}

// TestLoginOfScripts: the example people are let in as what they are, and nobody else is.
func TestLoginOfScripts(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	for email, want := range map[string]int{"sam@mdt-team.example": 200, "wim@mdt-team.example": 403, "femke@wad-en-wierden.example": 403} {
		in := s.post("/lokaal/login", `{"email": "`+email+`"}`)
		if in.StatusCode != 200 || len(in.Cookies()) != 2 || in.Cookies()[0].Name != "__Host-beheer" || !in.Cookies()[0].Secure {
			t.Fatalf("%s: %s", email, in)
		}
		r, err := http.NewRequestWithContext(t.Context(), "GET", s.url+"/console/mensen", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(in.Cookies()[0])
		if got := s.send(r); got.StatusCode != want {
			t.Errorf("%s gets %d, want %d", email, got.StatusCode, want)
		}
	}
	for _, body := range []string{`{"email": "noor@gast.example"}`, `{"email": ""}`, `{}`, `sam@mdt-team.example`} {
		if got := s.post("/lokaal/login", body); got.StatusCode != 400 || len(got.Cookies()) != 0 {
			t.Errorf("%s: %s", body, got)
		}
	}
}

// TestProgramsSignInToo: a program that sends no cookie meant for https to an address with http comes in all the same,
// through the issuer too; and goes out again.
func TestProgramsSignInToo(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	visit := func(path string, form url.Values) (string, string) {
		t.Helper()
		ask := func() (*http.Response, error) { return client.Get(path) }
		if form != nil {
			ask = func() (*http.Response, error) { return client.PostForm(path, form) }
		}
		answer, err := ask()
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.Request.URL.String(), string(text)
	}
	at, _ := visit(s.url+"/console/mensen", nil)
	if !strings.Contains(at, issuerPath) {
		t.Fatalf("came to %s", at)
	}
	asked, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	form := asked.Query()
	form.Set("wie", "sam@mdt-team.example")
	if at, text := visit(s.url+asked.Path, form); at != s.url+"/console/mensen" || !strings.Contains(text, "Sam Visser") {
		t.Errorf("came to %s", at)
	}
	visit(s.url+"/console/uit", url.Values{})
	if at, _ := visit(s.url+"/console", nil); !strings.Contains(at, issuerPath) {
		t.Errorf("signed out one comes to %s", at)
	}
}
