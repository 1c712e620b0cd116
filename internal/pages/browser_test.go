package pages_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/mdt"
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

// served gives the site an address that a browser can open.
func (s *site) served() string {
	s.t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		s.service.Handler().ServeHTTP(answer, r)
		if strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") {
			s.last = answer.Body.String()
		}
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // a browser that is gone sees nothing
	}))
	s.t.Cleanup(server.Close)
	return server.URL
}

// state is a page in one of the states it can have: how to come there, by what a visitor does.
type state struct {
	name   string
	path   string
	status int
	change func(*mdt.Network)
	before func(*site)                // what happened until then
	act    func(*site, *browser.Page) // what is done on the page
	after  int                        // the status of what comes of that
}

func pressed(names ...string) func(*site, *browser.Page) {
	return func(_ *site, p *browser.Page) {
		for _, name := range names {
			p.Tab(name)
		}
		p.Enter()
	}
}

func fullMeeting(n *mdt.Network) { meetingOf(n, "netwerkbijeenkomst").Capacity = 1 }

func takeSeats(s *site) {
	for _, name := range []string{"een", "twee"} {
		s.form(metGasten, "naam=N&email="+name+"@gast.example&onderdelen=ronde-1-meekijken")
	}
}

var states = []state{
	{name: "start", path: "/", status: 200},
	{name: "start-leeg", path: "/", status: 200, change: func(n *mdt.Network) { n.Meetings = nil }},
	{name: "bijeenkomst", path: "/bijeenkomsten/beslisdag", status: 200},
	{name: "bijeenkomst-programma", path: "/bijeenkomsten/netwerkbijeenkomst", status: 200},
	{name: "bijeenkomst-vol", path: "/bijeenkomsten/netwerkbijeenkomst", status: 200, change: fullMeeting, before: takeSeats},
	{name: "bijeenkomst-straks", path: "/bijeenkomsten/regiodag-noord", status: 200},
	{name: "bijeenkomst-geweest", path: "/bijeenkomsten/startbijeenkomst", status: 200},
	{name: "bijeenkomst-gaat-niet-door", path: "/bijeenkomsten/beslisdag", status: 200, change: func(n *mdt.Network) { meetingOf(n, "beslisdag").Cancelled = true }},
	{name: "bijeenkomst-hoort-bij", path: "/bijeenkomsten/informatiesessie-samenwerken", status: 200},
	{name: "regios", path: "/regios", status: 200},
	{name: "regios-gevonden", path: "/regios?gemeente=Utrecht", status: 200},
	{name: "regios-kiezen", path: "/regios?gemeente=Bergen", status: 200},
	{name: "regios-onbekend", path: "/regios?gemeente=Nergenshuizen", status: 200},
	{name: "aanmelden", path: metGasten, status: 200},
	{name: "aanmelden-fout", path: metGasten, status: 200, after: 400, act: pressed("Je naam")},
	{name: "aanmelden-allebei", path: aanmelden, status: 200, change: func(n *mdt.Network) { meetingOf(n, "beslisdag").Online = true }},
	{name: "aanmelden-vol", path: metGasten, status: 200, change: fullMeeting, before: takeSeats},
	{name: "aanmelden-gesloten", path: "/bijeenkomsten/regiodag-delta/aanmelden", status: 409},
	{name: "aanmelden-klopt-dit", path: aanmelden, status: 200, after: 200, act: func(s *site, p *browser.Page) {
		p.Tab("Je naam")
		p.Type("Noor")
		p.Tab("Je e-mailadres")
		p.Type("noor@gast.example")
		p.Enter()
	}},
	{name: "aanmelden-bedankt", path: metGasten, status: 200, after: 200, act: func(s *site, p *browser.Page) {
		p.Tab("Je naam")
		p.Type("Noor")
		p.Tab("Je e-mailadres")
		p.Type("noor@gast.example")
		s.now = s.now.Add(time.Minute)
		p.Enter()
	}},
	{name: "aanmelden-al-verstuurd", path: aanmelden, status: 200, after: 422, act: func(s *site, p *browser.Page) {
		p.Tab("Je naam")
		p.Type("Noor")
		p.Tab("Je e-mailadres")
		p.Type("noor@gast.example")
		s.now = s.now.Add(time.Minute)
		key := shown{html: s.last}.hidden().Get("sleutel")
		s.form(aanmelden, "naam=Nora&email=noor@gast.example&sleutel="+key)
		p.Enter()
	}},
	{name: "voorstel", path: voorstel, status: 200},
	{name: "voorstel-fout", path: voorstel, status: 200, after: 400, act: func(s *site, p *browser.Page) {
		p.Tab("Ikzelf")
		p.Choose("Iemand anders")
		p.Tab("Naam van wie de deelsessie leidt")
		p.Enter()
	}},
	{name: "houd-me-op-de-hoogte", path: opHoogte, status: 200},
	{name: "houd-me-op-de-hoogte-fout", path: opHoogte, status: 200, after: 400, act: pressed("Je e-mailadres")},
	{name: "contact", path: contact, status: 200},
	{name: "contact-gevonden", path: "/contact?gemeente=Utrecht", status: 200},
	{name: "contact-regio", path: "/contact?regio=veen-en-esdorpen", status: 200},
	{name: "contact-fout", path: "/contact?gemeente=Bergen", status: 200, after: 400, act: pressed("Je naam")},
	{name: "mijn", path: "/mijn", status: 200},
	{name: "mijn-fout", path: "/mijn", status: 200, after: 400, act: pressed("Je e-mailadres")},
	{name: "mijn-verstuurd", path: "/mijn?gedaan=verstuurd", status: 200},
	{name: "privacy", path: "/privacy", status: 200},
	{name: "toegankelijkheid", path: "/toegankelijkheid", status: 200},
	{name: "bedankt-later", path: "/bedankt/weg", status: 200},
	{name: "niet-gevonden", path: "/nergens", status: 404},
	{name: "bijeenkomst-onbekend", path: "/bijeenkomsten/nergens", status: 404},
	{name: "link-verlopen", path: "/mijn/weg", status: 404},
}

// atSummary holds a form that came back with faults to where the focus must be.
func atSummary(t *testing.T, p *browser.Page) {
	t.Helper()
	if focus := p.FocusWithin(5 * time.Second); focus == nil || focus.Role != "heading" {
		t.Errorf("the focus is on %+v, not on the summary", focus)
	}
}

// TestEveryPageInEveryState: no fault for axe, valid HTML, no sideways scrolling on a phone, no complaint of the
// browser about the policy, and titles that tell the pages apart.
func TestEveryPageInEveryState(t *testing.T) {
	valid := map[string][]byte{}
	for _, st := range states {
		t.Run(st.name, func(t *testing.T) {
			s := newSite(t, st.change)
			if st.before != nil {
				st.before(s)
			}
			base := s.served()
			for _, width := range browser.Widths() {
				s.now = now
				p := browser.Open(t, base+st.path, browser.View{Width: width})
				want := st.status
				if p.Status() != want {
					t.Fatalf("%d", p.Status())
				}
				if st.act != nil {
					st.act(s, p)
					want = st.after
				}
				if p.Status() != want {
					t.Errorf("came to %d, want %d: %s", p.Status(), want, p.Text())
				}
				if want >= 400 && st.act != nil {
					atSummary(t, p)
				}
				p.Sound(st.name)
				valid[st.name] = []byte(s.last)
			}
		})
	}
	browser.Valid(t, valid)
}
