package issuer_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/infra/issuer"
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

const (
	base = "/lokaal/inloggen"
	// challenge belongs to verifier (RFC 7636, appendix B)
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

// serve starts an issuer whose client is a page on the same server, as in the local mode.
func serve(t *testing.T) (site string) {
	t.Helper()
	var handler http.Handler
	mux := http.NewServeMux()
	mux.HandleFunc(base+"/", func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) })
	mux.HandleFunc("/console/terug", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(w, "terug "+r.URL.Query().Get("state")+r.URL.Query().Get("error"))
	})
	mux.HandleFunc("/favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }) // a browser asks, of a plain text too
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	people := []issuer.Person{{Name: "Tess van het team", Email: "tess@team.example", As: "team"},
		{Name: `<b>"Bo" & zonen</b>`, Email: "bo@regio.example", As: "facilitator"}}
	var err error
	handler, err = issuer.New(issuer.Options{Base: s.URL + base, ClientID: "console", Redirects: []string{s.URL + "/console/terug"},
		SignedOut: []string{s.URL + "/"}, People: func() []issuer.Person { return people }, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return s.URL
}

// asking is a request that is as it must be, but for what is changed.
func asking(site string, changes ...string) url.Values {
	q := url.Values{"response_type": {"code"}, "client_id": {"console"}, "redirect_uri": {site + "/console/terug"}, "scope": {"openid email"},
		"state": {"toestand"}, "nonce": {"eenmalig"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}}
	for i := 0; i < len(changes); i += 2 {
		q.Set(changes[i], changes[i+1])
	}
	return q
}

var still = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// answer gives the status, where one is sent, and the body.
func answer(t *testing.T, r *http.Response, err error) (status int, to *url.URL, body string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	raw, _ := io.ReadAll(r.Body)
	to, _ = r.Location()
	return r.StatusCode, to, string(raw)
}

// TestThePage is for everyone, and leads back with whoever was chosen, by keyboard alone.
func TestThePage(t *testing.T) {
	t.Parallel()
	site := serve(t)
	address := site + base + "/wie?" + asking(site).Encode()
	p := browser.Open(t, address, browser.View{})
	p.Axe()
	p.NoSideways()
	p.Picture("lokaal-inloggen")
	if text := p.Text(); !strings.Contains(text, `<b>"Bo" & zonen</b>`) {
		t.Errorf("the name stands there as %s", text)
	}
	p.Tab("Tess van het team team tess@team.example")
	p.Enter()
	if got := p.Text(); !strings.HasPrefix(got, "terug toestand") || !strings.Contains(p.Address(), "code=") || strings.Contains(p.Address(), "tess") {
		t.Errorf("%s at %s", got, p.Address())
	}
	if said := p.Complaints(); len(said) > 0 {
		t.Error(said)
	}
	p.Visit(address)
	p.Tab("Niet inloggen")
	p.Enter()
	if got := p.Text(); !strings.Contains(got, "access_denied") {
		t.Error(got)
	}
}

// TestAnotherAddress: one may also be somebody who is not on the list, with a whole address.
func TestAnotherAddress(t *testing.T) {
	t.Parallel()
	site := serve(t)
	p := browser.Open(t, site+base+"/wie?"+asking(site).Encode(), browser.View{})
	p.Tab("E-mailadres")
	p.Type("iemand")
	p.Enter()
	if p.Status() != 400 || !strings.HasPrefix(p.Title(), "Fout: ") {
		t.Errorf("%d %s", p.Status(), p.Title())
	}
	p.Axe()
	p.NoSideways()
	if at := p.Focus(); at == nil || at.Name != "E-mailadres" {
		t.Errorf("the keyboard is at %v", at)
	}
	p.Replace("iemand@gast.example")
	p.Enter()
	if got := p.Text(); !strings.HasPrefix(got, "terug toestand") {
		t.Error(got)
	}
}

func TestThePagesAreValid(t *testing.T) {
	t.Parallel()
	site := serve(t)
	browser.Valid(t, browser.Fetch(t, site+base+"/wie?"+asking(site).Encode(), site+base+"/uit"))
}

// TestRequestsThatAreNotAsTheyMustBe: who has no client that we know is sent nowhere; a known one hears what is wrong.
func TestRequestsThatAreNotAsTheyMustBe(t *testing.T) {
	t.Parallel()
	site := serve(t)
	for _, change := range [][2]string{{"client_id", "another"}, {"client_id", ""}, {"redirect_uri", "https://evil.example/"}, {"redirect_uri", site + "/console/terug/"}, {"redirect_uri", ""}} {
		r, err := still.Get(site + base + "/wie?" + asking(site, change[:]...).Encode())
		if status, to, body := answer(t, r, err); status != 400 || to != nil || strings.Contains(body, "evil") {
			t.Errorf("%v: %d, sent to %v", change, status, to)
		}
		r, err = still.PostForm(site+base+"/wie", asking(site, append(change[:], "wie", "tess@team.example")...))
		if status, to, _ := answer(t, r, err); status != 400 || to != nil {
			t.Errorf("%v in a form: %d, sent to %v", change, status, to)
		}
	}
	for _, c := range [][3]string{{"response_type", "token", "unsupported_response_type"}, {"scope", "email", "invalid_scope"},
		{"code_challenge_method", "plain", "invalid_request"}, {"code_challenge", "", "invalid_request"}} {
		r, err := still.Get(site + base + "/wie?" + asking(site, c[0], c[1]).Encode())
		status, to, _ := answer(t, r, err)
		if status != 303 || to.Query().Get("error") != c[2] || to.Query().Get("state") != "toestand" || to.Query().Has("code") {
			t.Errorf("%v: %d, sent to %v", c, status, to)
		}
	}
}

// TestTokens: a code is changed once, by whoever asked for it.
func TestTokens(t *testing.T) {
	t.Parallel()
	site := serve(t)
	code := func() string {
		r, err := still.PostForm(site+base+"/wie", asking(site, "wie", "tess@team.example"))
		_, to, _ := answer(t, r, err)
		return to.Query().Get("code")
	}
	change := func(code string, changes ...string) (int, map[string]any) {
		form := url.Values{"grant_type": {"authorization_code"}, "client_id": {"console"}, "redirect_uri": {site + "/console/terug"}, "code": {code}, "code_verifier": {verifier}}
		for i := 0; i < len(changes); i += 2 {
			form.Set(changes[i], changes[i+1])
		}
		r, err := http.PostForm(site+base+"/token", form)
		status, _, body := answer(t, r, err)
		var said map[string]any
		if err := json.Unmarshal([]byte(body), &said); err != nil {
			t.Fatal(err)
		}
		return status, said
	}
	for _, c := range [][3]string{{"code_verifier", strings.Repeat("a", 43), "invalid_grant"}, {"code_verifier", "", "invalid_grant"}, {"redirect_uri", site, "invalid_grant"},
		{"client_id", "another", "invalid_client"}, {"grant_type", "password", "unsupported_grant_type"}, {"client_secret", "x", "invalid_client"}} {
		if status, said := change(code(), c[0], c[1]); status < 400 || said["error"] != c[2] || said["id_token"] != nil {
			t.Errorf("%v: %d %v", c, status, said)
		}
	}
	good := code()
	if status, said := change(good); status != 200 || said["id_token"] == nil {
		t.Errorf("%d %v", status, said)
	}
	if status, said := change(good); status != 400 || said["error"] != "invalid_grant" {
		t.Errorf("the second time: %d %v", status, said)
	}
	tried := code()
	change(tried, "code_verifier", "wrong")
	if status, said := change(tried); status != 400 || said["error"] != "invalid_grant" {
		t.Errorf("after a wrong try: %d %v", status, said)
	}
}

func TestSignedOut(t *testing.T) {
	t.Parallel()
	site := serve(t)
	for to, want := range map[string]int{site + "/": 303, "https://evil.example/": 200, "": 200} {
		r, err := still.Get(site + base + "/uit?" + url.Values{"client_id": {"console"}, "post_logout_redirect_uri": {to}}.Encode())
		if status, _, _ := answer(t, r, err); status != want {
			t.Errorf("%q: %d", to, status)
		}
	}
}
