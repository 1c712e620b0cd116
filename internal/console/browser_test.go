package console_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aanmeldpunt/infra/browser"
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

// opened is the desk as a browser sees it, with the page that was served last.
type opened struct {
	base string
	last string
}

// served gives the desk an address that a browser can open, where this person is in.
func (p *person) served() *opened {
	p.t.Helper()
	o := new(opened)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.cookie != nil {
			r.AddCookie(p.cookie)
		}
		answer := httptest.NewRecorder()
		p.service.Handler().ServeHTTP(answer, r)
		if strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") && answer.Header().Get("X-Frame-Options") == "DENY" && answer.Code != http.StatusSeeOther {
			o.last = answer.Body.String()
		}
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // a browser that is gone sees nothing
	}))
	p.t.Cleanup(server.Close)
	o.base = server.URL
	return o
}

// state is a page of the desk in one of the states it can have: how to come there, by what somebody does.
type state struct {
	name   string
	as     string // "": nobody
	path   string
	status int
	before func(*desk)                // what happened until then
	act    func(*desk, *browser.Page) // what is done on the page
	after  int                        // the status of what comes of that
}

func pressed(names ...string) func(*desk, *browser.Page) {
	return func(_ *desk, p *browser.Page) {
		for _, name := range names {
			p.Tab(name)
		}
		p.Enter()
	}
}

// typedIn types in a field and sends the form with the Enter key.
func typedIn(name, text string) func(*desk, *browser.Page) {
	return func(_ *desk, p *browser.Page) {
		p.Tab(name)
		p.Replace(text)
		p.Enter()
	}
}

// states are those of every part of the desk.
func states() []state {
	return append(slices.Concat(entryStates(), privacyStates(), meetingStates()), []state{
		{name: "overzicht", as: sam, path: "/console", status: 200},
		{name: "overzicht-facilitator", as: femke, path: "/console", status: 200},
		{name: "bijeenkomst", as: sam, path: "/console/bijeenkomsten/netwerkbijeenkomst", status: 200},
		{name: "deelnemers", as: sam, path: "/console/bijeenkomsten/netwerkbijeenkomst/deelnemers", status: 200, before: registered},
		{name: "deelnemers-facilitator", as: femke, path: "/console/bijeenkomsten/netwerkbijeenkomst/deelnemers", status: 200, before: registered},
		{name: "uitvoer", as: sam, path: "/console/bijeenkomsten/netwerkbijeenkomst/uitvoer", status: 200, after: 200,
			act: func(_ *desk, p *browser.Page) { p.Tab("Een volgend deel Aanmeldingen"); p.Space() }},
		{name: "uitvoer-facilitator", as: femke, path: "/console/bijeenkomsten/beslisdag/uitvoer", status: 200},
		{name: "deelnemers-leeg", as: sam, path: "/console/bijeenkomsten/beslisdag/deelnemers", status: 200},
		{name: "naamkaartjes", as: sam, path: "/console/bijeenkomsten/netwerkbijeenkomst/naamkaartjes", status: 200, before: registered},
		{name: "mensen", as: sam, path: "/console/mensen", status: 200},
		{name: "mensen-fout", as: sam, path: "/console/mensen", status: 200, act: pressed("Naam"), after: 400},
		{name: "mensen-gedaan", as: sam, path: "/console/mensen?gedaan=mensentoegevoegd", status: 200},
		{name: "mens", as: sam, path: "/console/mensen/{wim}", status: 200},
		{name: "regios", as: sam, path: "/console/regios", status: 200},
		{name: "regios-facilitator", as: femke, path: "/console/regios", status: 200},
		{name: "regio", as: sam, path: "/console/regios/hof-en-gouwe", status: 200},
		{name: "regio-vacant", as: wim, path: "/console/regios/veen-en-esdorpen", status: 200},
		{name: "regio-van-facilitator", as: femke, path: "/console/regios/wad-en-wierden", status: 200},
		{name: "regio-nieuw", as: sam, path: newRegion, status: 200},
		{name: "regio-nieuw-fout", as: sam, path: newRegion, status: 200, act: typedIn("Naam van de regio", "Wad en Wierden"), after: 400},
		{name: "regio-wijzigen", as: sam, path: "/console/regios/hof-en-gouwe/wijzigen", status: 200},
		{name: "regio-wijzigen-vacant", as: sam, path: "/console/regios/veen-en-esdorpen/wijzigen", status: 200},
		{name: "regio-wijzigen-fout", as: sam, path: "/console/regios/veen-en-esdorpen/wijzigen", status: 200, act: typedIn("E-mailadres", "x"), after: 400},
		{name: "regio-wijzigen-rij", as: sam, path: "/console/regios/veen-en-esdorpen/wijzigen", status: 200, act: pressed("Nog een facilitator"), after: 200},
		{name: "regio-vraag", as: sam, path: "/console/regios/hof-en-gouwe/wijzigen", status: 200, before: func(d *desk) { d.asked("hof-en-gouwe") }, act: typedIn("Laatste dag", "31-12-2026"), after: 200},
		{name: "regio-botsing", as: sam, path: "/console/regios/hof-en-gouwe/wijzigen", status: 200, act: meanwhile, after: 409},
		{name: "mensen-van-regio", as: sam, path: "/console/mensen?regio=hof-en-gouwe&nummer=0", status: 200},
		{name: "gemeenten", as: sam, path: "/console/gemeenten", status: 200},
		{name: "gemeenten-lezer", as: wim, path: "/console/gemeenten", status: 200},
		{name: "gemeenten-van-regio", as: sam, path: "/console/gemeenten?regio=wad-en-wierden", status: 200},
		{name: "gemeenten-nietheel", as: sam, path: "/console/gemeenten", status: 200, before: misplaced},
		{name: "gemeenten-fout", as: sam, path: "/console/gemeenten", status: 200, act: typedIn("Welke gemeente? (niet verplicht)", "Bergen"), after: 400},
		{name: "gemeenten-vraag", as: sam, path: "/console/gemeenten", status: 200, act: moving, after: 200},
		{name: "regiobestanden", as: sam, path: "/console/regiobestanden", status: 200},
		{name: "regiobestanden-lezer", as: wim, path: "/console/regiobestanden", status: 200},
		{name: "regiobestanden-fout", as: sam, path: "/console/regiobestanden", status: 200, act: sending(wrongSheet), after: 400},
		{name: "regiobestanden-vraag", as: sam, path: "/console/regiobestanden", status: 200, before: func(d *desk) { d.asked("hof-en-gouwe") }, act: sending(otherRegions), after: 200},
		{name: "regiobestanden-facilitators", as: sam, path: "/console/regiobestanden", status: 200, act: sending(otherFacilitators), after: 200},
		{name: "mag-niet", as: femke, path: "/console/mensen", status: 403},
		{name: "keuze-onbekend", as: sam, path: list + "?stand=onzin", status: 400},
		{name: "niet-gevonden", as: sam, path: "/console/nergens", status: 404},
		{name: "uitgelogd", path: "/console/uit", status: 200},
		{name: "weer-ingelogd", as: sam, path: "/console/klaar", status: 200},
	}...)
}

// TestEveryPageInEveryState: no fault for axe, valid HTML, no sideways scrolling on a phone, no complaint of the
// browser about the policy.
func TestEveryPageInEveryState(t *testing.T) {
	valid := map[string][]byte{}
	for _, st := range states() {
		t.Run(st.name, func(t *testing.T) {
			d := newDesk(t)
			if st.before != nil {
				st.before(d)
			}
			p := d.nobody()
			if st.as != "" {
				p = d.as(st.as)
			}
			site := p.served()
			path := strings.NewReplacer("{wim}", d.idOf(wim), "{noor}", d.entryOf("noor@gast.example")).Replace(d.at(st.path))
			for name, made := range d.paths {
				path = strings.ReplaceAll(path, name, made)
			}
			for _, width := range browser.Widths() {
				d.look(t, st, site, path, width)
			}
			valid[st.name] = []byte(site.last)
		})
	}
	browser.Valid(t, valid)
}

// look opens a page at one width and holds it against what every page must be.
func (d *desk) look(t *testing.T, st state, site *opened, path string, width int) {
	t.Helper()
	d.set(now)
	p := browser.Open(t, site.base+path, browser.View{Width: width})
	want := st.status
	if p.Status() != want {
		t.Fatalf("%d: %s", p.Status(), p.Text())
	}
	if st.act != nil {
		st.act(d, p)
		want = st.after
	}
	if p.Status() != want {
		t.Errorf("came to %d, want %d: %s", p.Status(), want, p.Text())
	}
	p.Sound("beheer-" + st.name)
}

// TestTheSessionSaysThatItEnds: before the idle end the page says so, and one press makes the session go on without
// leaving the form.
func TestTheSessionSaysThatItEnds(t *testing.T) {
	d := newDesk(t)
	var behind atomic.Int64 // how far the desk's clock is behind that of the browser
	d.service.Gate.Now = func() time.Time { return time.Now().Add(-time.Duration(behind.Load())) }
	behind.Store(int64(30 * time.Minute))
	early := browser.Open(t, d.as(sam).served().base+"/console/mensen", browser.View{Scripts: true})
	if strings.Contains(early.Text(), "Je wordt uitgelogd") {
		t.Error("half an hour before the end it warns")
	}
	behind.Store(int64(55 * time.Minute))
	site := d.as(sam).served()
	late := browser.Open(t, site.base+"/console/mensen", browser.View{Scripts: true})
	if !strings.Contains(late.Text(), "Je wordt uitgelogd over 5 minuten") {
		t.Fatalf("five minutes before the end it says %s", late.Text())
	}
	late.Axe()
	behind.Store(0)
	late.Tab("Blijf ingelogd")
	late.Space()
	for until := time.Now().Add(10 * time.Second); strings.Contains(late.Text(), "Je wordt uitgelogd"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("the warning stays")
		}
	}
	if late.Address() != site.base+"/console/mensen" {
		t.Errorf("it led to %s", late.Address())
	}
	if complaints := late.Complaints(); len(complaints) > 0 {
		t.Error(complaints)
	}
}
