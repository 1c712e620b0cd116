package console_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/signin"
	"aanmeldpunt/internal/store"
)

func (d *desk) idOf(email string) string {
	address, _ := mdt.ParseAddress(email)
	return string(d.service.Identity.Person(address))
}

// signIn goes the way through the issuer, which says that the address is email's.
func (d *desk) signIn(email, next string) (*person, shown) {
	d.t.Helper()
	d.issuer.email = email
	begun := d.nobody().get("/console/login?" + url.Values{"next": {next}}.Encode())
	attempt := begun.Result().Cookies()
	if begun.Code != http.StatusSeeOther || len(attempt) != 1 {
		d.t.Fatalf("the login answered %d with %d cookies", begun.Code, len(attempt))
	}
	p := &person{d, attempt[0]}
	back := p.get("/console/terug?code=c&state=s")
	for _, cookie := range back.Result().Cookies() {
		if cookie.Name == "__Host-beheer" {
			return &person{d, cookie}, back
		}
	}
	return nil, back
}

func TestSignIn(t *testing.T) {
	d := newDesk(t)
	for next, want := range map[string]string{"/console/mensen": "/console/mensen", "": "/console", "//elders.example": "/console",
		"https://elders.example/console": "/console", `/\elders.example`: "/console", "/mijn": "/console"} {
		p, back := d.signIn(sam, next)
		if p == nil || back.Code != http.StatusSeeOther || back.Header().Get("Location") != want {
			t.Fatalf("next=%q: %d to %q", next, back.Code, back.Header().Get("Location"))
		}
		c := p.cookie
		if !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("the cookie is %+v", c)
		}
		if got := p.get("/console"); got.Code != 200 || !got.says("Sam Visser · Team") {
			t.Errorf("inside it answers %d", got.Code)
		}
	}
	if p, back := d.signIn("noor@gast.example", "/console"); p != nil || back.Code != http.StatusForbidden || !back.says("Je staat niet op de lijst") {
		t.Errorf("who is on no list got %d", back.Code)
	}
	for _, fault := range []error{signin.ErrReturn, signin.ErrToken, signin.ErrRefused, signin.ErrIssuer, errors.New("what?")} {
		d.issuer.err = nil
		begun := d.nobody().get("/console/login")
		d.issuer.err = fault
		p := &person{d, begun.Result().Cookies()[0]}
		back := p.get("/console/terug?code=c&state=s")
		if back.Code < 400 || strings.Contains(strings.Join(back.Header().Values("Set-Cookie"), " "), "__Host-beheer") {
			t.Errorf("%v: %d and %v", fault, back.Code, back.Header().Values("Set-Cookie"))
		}
	}
	d.issuer.err = nil
	if back := d.nobody().get("/console/terug?code=c&state=s"); back.Code != http.StatusBadRequest {
		t.Errorf("who never went there came back to %d", back.Code)
	}
}

func TestSessionsEnd(t *testing.T) {
	d := newDesk(t)
	in := func(p *person) bool { return p.get("/console").Code == 200 }
	idle, busy := d.as(sam), d.as(sam)
	for range 12 {
		d.set(d.time().Add(59 * time.Minute))
		if !in(busy) {
			t.Fatal("who works on is out")
		}
	}
	if in(idle) {
		t.Error("who was idle is in")
	}
	d.set(now.Add(12*time.Hour - time.Second))
	if !in(busy) {
		t.Error("before twelve hours one is out")
	}
	d.set(now.Add(12 * time.Hour))
	if in(busy) {
		t.Error("after twelve hours one is in")
	}
}

func TestOutAtTheNextRequest(t *testing.T) {
	d := newDesk(t)
	sam, wim, esra := d.as(sam), d.as(wim), d.as("esra@mdt-team.example")
	path := "/console/mensen/" + d.idOf("wim@mdt-team.example")
	if got := sam.post(path, "handeling", "verwijderen"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := wim.get("/console"); got.Code != http.StatusSeeOther {
		t.Errorf("taken off the list one gets %d", got.Code)
	}
	if got := wim.post("/console/verlengen"); got.Code != http.StatusUnauthorized {
		t.Errorf("taken off the list one posts: %d", got.Code)
	}
	other := d.as("sam@mdt-team.example")
	if got := sam.post("/console/uit", "overal", "ja"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	for name, p := range map[string]*person{"this browser": sam, "another browser": other} {
		if got := p.get("/console"); got.Code != http.StatusSeeOther {
			t.Errorf("signed out everywhere, %s still gets %d", name, got.Code)
		}
	}
	if got := esra.get("/console"); got.Code != 200 {
		t.Errorf("somebody else was signed out too: %d", got.Code)
	}
	d.set(d.time().Add(time.Second))
	if got := d.as("sam@mdt-team.example").get("/console"); got.Code != 200 {
		t.Errorf("signed in anew one gets %d", got.Code)
	}
}

// TestASessionIsReplaced: who signs in anew in a browser ends the session that it had, and no other; one who may not in
// ends none.
func TestASessionIsReplaced(t *testing.T) {
	d := newDesk(t)
	old, elsewhere := d.as(sam), d.as(sam)
	again := func(email string) *person {
		d.issuer.email = email
		attempt := d.nobody().get("/console/login").Result().Cookies()[0]
		p := &person{d, old.cookie}
		back := p.do("GET", "/console/terug?code=c&state=s", "", "Cookie: "+attempt.Name+"="+attempt.Value)
		for _, cookie := range back.Result().Cookies() {
			if cookie.Name == "__Host-beheer" {
				return &person{d, cookie}
			}
		}
		return nil
	}
	if again("noor@gast.example") != nil || old.get("/console").Code != http.StatusOK {
		t.Fatal("a login of somebody else ended the session")
	}
	p := again(wim)
	if p == nil || !p.get("/console").says("Wim de Lezer") {
		t.Fatal("nobody signed in anew")
	}
	if got := old.get("/console"); got.Code != http.StatusSeeOther {
		t.Errorf("the old session still gets %d", got.Code)
	}
	if got := elsewhere.get("/console"); got.Code != http.StatusOK {
		t.Errorf("another browser gets %d", got.Code)
	}
}

// TestNothingTypedIsLost: a form that comes after the session's end comes back whole, to be sent again.
func TestNothingTypedIsLost(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	d.set(d.time().Add(2 * time.Hour))
	got := p.post("/console/mensen", "naam", `Nu "van" <Dam>`, "email", "nu@mdt-team.example", "regios", "a", "regios", "b")
	if got.Code != http.StatusUnauthorized || !got.says("Wat je invulde, staat er nog") {
		t.Fatal(got.Code)
	}
	for _, want := range []string{`name="naam" value="Nu &#34;van&#34; &lt;Dam&gt;"`, `name="regios" value="a"`, `name="regios" value="b"`, `action="/console/mensen"`} {
		if !strings.Contains(got.html, want) {
			t.Errorf("%s is not in it", want)
		}
	}
	if got := p.do("POST", "/console/mensen", "naam=Nu", "Origin: https://elders.example"); strings.Contains(got.html, "Nu") {
		t.Error("what another site sent is shown to be sent again")
	}
	if changed := d.engine.changed(); len(changed) > 0 && changed[0] == "mensen" {
		t.Error("it was stored")
	}
}

func TestTheStoreIsDown(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	d.engine.down = store.ErrUnavailable
	got := p.get("/console")
	if got.Code != http.StatusServiceUnavailable || got.Header().Get("Retry-After") == "" || strings.Contains(got.html, "store") {
		t.Errorf("%d, %q", got.Code, got.Header().Get("Retry-After"))
	}
}
