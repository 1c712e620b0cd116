package pages_test

import (
	"strings"
	"testing"
	"time"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// spacious gives the day enough seats for a person with guests, and a part for one.
func spacious(n *mdt.Network) {
	small(n)
	m := meetingOf(n, dag)
	m.Capacity, m.MaxGuests = 10, 2
	m.Parts[len(m.Parts)-1].Seats = 1
}

func inLine(s *site) {
	s.register(dag, "eerst@gast.example", nil)
	s.register(dag, noor, nil)
}

func offer(s *site) {
	inLine(s)
	s.must(s.service.Cancel(s.t.Context(), dag, s.person("eerst@gast.example")))
}

// all gives a person one of each.
func all(s *site) {
	m := meetingOf(&s.network, dag)
	last := m.Parts[len(m.Parts)-1].ID
	s.register(dag, "eerst@gast.example", func(f *mdt.RegistrationForm) { f.Parts = []string{last} })
	s.register(dag, noor, func(f *mdt.RegistrationForm) {
		f.Wishes, f.Organisation = "een tolk", "De Brug"
		f.Guests = []mdt.Guest{{Name: "Bo", Email: s.address("bo@gast.example")}}
	})
	s.register("beslisdag", noor, nil)
	s.propose()
	_, err := s.service.Ask(s.t.Context(), mdt.MessageForm{Name: "Noor", Email: s.address(noor), Subject: mdt.SubjectJoin, Text: "Mijn vraag"}, mdt.Routed{ToTeam: true}, nil, acts.Post{})
	s.must(err)
}

// looked is a desk whose team opened what somebody has.
func looked(s *site) {
	all(s)
	for i, role := range []string{mdt.RoleTeam, mdt.RoleFacilitator, mdt.RoleReader} {
		s.must(s.service.Store.Log(s.t.Context(), mdt.LogLine{At: s.now.AddDate(0, 0, -i), By: "wie", Name: "Sam", Role: role, What: mdt.DeedSeen,
			About: s.entry(dag, noor).Reference, Subject: s.person(noor)}))
	}
}

// ownState is one's own page in one of the states it can have.
type ownState struct {
	name   string
	change func(*mdt.Network)
	before func(*site)
	path   func(*site) string
	status int
	act    func(*site, *browser.Page) // what is done on the page
	after  int                        // the status of what comes of that
}

func ofDay(s *site) string { return s.mine("aanmelding/" + dag) }

var ownStates = []ownState{
	{name: "mijn", path: func(*site) string { return "/mijn" }, status: 200},
	{name: "mijn-fout", path: func(*site) string { return "/mijn" }, status: 200, after: 400, act: pressed("Je e-mailadres")},
	{name: "mijn-verstuurd", path: func(*site) string { return "/mijn?gedaan=verstuurd" }, status: 200},
	{name: "eigen-plek", change: spacious, before: all, path: ofDay, status: 200},
	{name: "eigen-wachtlijst", before: inLine, path: ofDay, status: 200},
	{name: "eigen-aanbod", before: offer, path: ofDay, status: 200},
	{name: "eigen-stil", before: func(s *site) {
		offer(s)
		for range 2 {
			s.now = s.entry(dag, noor).Until.Add(time.Second)
			s.must(s.service.LapseOffers(s.t.Context()))
			s.register(dag, "weer@gast.example", nil)
			s.must(s.service.Cancel(s.t.Context(), dag, s.person("weer@gast.example")))
		}
	}, path: ofDay, status: 200},
	{name: "eigen-afgemeld", before: func(s *site) { inLine(s); s.must(s.service.Cancel(s.t.Context(), dag, s.person(noor))) }, path: ofDay, status: 200},
	{name: "eigen-weg", path: ofDay, status: 200},
	{name: "eigen-geweest", before: func(s *site) { inLine(s); s.now = meetingOf(&s.network, dag).End }, path: ofDay, status: 200},
	{name: "eigen-alles", change: spacious, before: all, path: func(s *site) string { return s.mine("alles") }, status: 200},
	{name: "eigen-vers", change: spacious, before: all, path: func(s *site) string { return s.fresh("alles") }, status: 200},
	{name: "eigen-bekeken", change: spacious, before: looked, path: func(s *site) string { return s.mine("alles") }, status: 200},
	{name: "eigen-wissen", change: spacious, before: all, path: func(s *site) string { return s.fresh("alles") + "?wis=alles" }, status: 200},
	{name: "eigen-wijzigen", change: spacious, before: all, path: func(s *site) string { return s.fresh("alles") + "?wijzig=" + s.entry(dag, noor).Reference }, status: 200},
	{name: "eigen-fout", change: spacious, before: all, path: func(s *site) string { return ofDay(s) + "?wijzig=" + s.entry(dag, noor).Reference }, status: 200, after: 400,
		act: func(_ *site, p *browser.Page) { p.Tab("Je naam"); p.Replace(" "); p.Enter() }},
	{name: "eigen-conflict", change: spacious, before: all, path: func(s *site) string { return ofDay(s) + "?wijzig=" + s.entry(dag, noor).Reference }, status: 200, after: 409,
		act: func(s *site, p *browser.Page) {
			p.Tab("Je naam")
			p.Replace("Noortje")
			s.press(ofDay(s), "handeling", "wijzigen", "kenmerk", s.entry(dag, noor).Reference, "organisatie", "Elders")
			p.Enter()
		}},
	{name: "eigen-kan-niet", before: offer, path: ofDay, status: 200, after: 409, act: func(s *site, p *browser.Page) {
		p.Tab("Plek accepteren voor Netwerkbijeenkomst (voorbeeld)")
		s.must(s.service.Pass(s.t.Context(), dag, "", s.person(noor), true))
		p.Enter()
	}},
	{name: "eigen-voorstel", before: func(s *site) { s.propose() }, path: func(s *site) string {
		return s.mine(links.Entry(links.Proposal, dag, s.proposal().Reference))
	}, status: 200},
	{name: "eigen-leiding", before: func(s *site) { s.propose() }, path: func(s *site) string {
		return s.link(links.Own, "bo@gast.example", links.Entry(links.Leading, dag, s.proposal().Reference), nil)
	}, status: 200},
	{name: "eigen-gast", change: spacious, before: all, path: func(s *site) string {
		return s.link(links.Own, "bo@gast.example", "aanmelding/"+dag, nil)
	}, status: 200},
	{name: "eigen-link-weg", path: func(*site) string { return "/mijn/weg" }, status: 404},
}

// TestOnesOwnPageInEveryState: no fault for axe, valid HTML, no sideways scrolling, no complaint of the browser.
func TestOnesOwnPageInEveryState(t *testing.T) {
	valid := map[string][]byte{}
	for _, st := range ownStates {
		t.Run(st.name, func(t *testing.T) {
			change := st.change
			if change == nil {
				change = small
			}
			for _, width := range browser.Widths() {
				s := newSite(t, change)
				if st.before != nil {
					st.before(s)
				}
				p := browser.Open(t, s.served()+st.path(s), browser.View{Width: width})
				want := st.status
				if p.Status() != want {
					t.Fatalf("%d", p.Status())
				}
				if st.act != nil {
					st.act(s, p)
					want = st.after
				}
				if p.Status() != want {
					t.Fatalf("came to %d, want %d: %s", p.Status(), want, p.Text())
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

// TestOnesOwnPageByKeyboard: whole journeys without scripts and without a mouse.
func TestOnesOwnPageByKeyboard(t *testing.T) {
	const about = " voor Netwerkbijeenkomst (voorbeeld)"
	for _, test := range []struct {
		name   string
		before func(*site)
		do     func(*site, *browser.Page)
		say    string
		status mdt.Status
	}{
		{"accept", offer, func(_ *site, p *browser.Page) { p.Tab("Plek accepteren" + about); p.Enter() }, "De plek is van jou.", mdt.Confirmed},
		{"pass on and stop waiting", offer, func(_ *site, p *browser.Page) {
			p.Tab("Ja, ik wacht op een andere plek")
			p.Choose("Nee, haal mij van de lijst")
			p.Tab("Plek doorgeven" + about)
			p.Enter()
		}, "Jij staat niet meer op de wachtlijst.", mdt.Cancelled},
		{"cancel", func(s *site) { s.register(dag, noor, nil) }, func(_ *site, p *browser.Page) { p.Tab("Afmelden" + about); p.Enter() }, "Je bent afgemeld.", mdt.Cancelled},
		{"change", func(s *site) { s.register(dag, noor, nil) }, func(_ *site, p *browser.Page) {
			p.Tab("Gegevens wijzigen")
			p.Space()
			p.Tab("Je naam")
			p.Replace("Noortje")
			p.Enter()
		}, "We hebben je gegevens bewaard.", mdt.Confirmed},
		{"ask for a fresh link", inLine, func(_ *site, p *browser.Page) { p.Tab("Stuur mij een nieuwe link"); p.Enter() }, "Die link werkt een uur.", mdt.Waiting},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, small)
			test.before(s)
			p := browser.Open(t, s.served()+ofDay(s), browser.View{Width: browser.Phone})
			test.do(s, p)
			if p.Status() != 200 || !strings.Contains(p.Text(), test.say) {
				t.Errorf("%d, does not say %q: %s", p.Status(), test.say, p.Text())
			}
			if status := s.entry(dag, noor).Status; status != test.status {
				t.Errorf("stands as %q", status)
			}
		})
	}
}
