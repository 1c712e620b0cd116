package pages_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// TestWhatTheStateForbids: 409 with the form, what was typed, and a way on.
func TestWhatTheStateForbids(t *testing.T) {
	full := func(n *mdt.Network) { meetingOf(n, "netwerkbijeenkomst").PerOrg = 1 }
	for _, test := range []struct {
		name, path, body string
		change           func(*mdt.Network)
		says             string
		id               string // of the field, where there is one
		lead             string
	}{
		{"closed", aanmelden, whole[aanmelden], func(n *mdt.Network) { meetingOf(n, "beslisdag").Registering.Closes = at(now) }, "Je kunt je niet meer aanmelden.", "", "/bijeenkomsten/beslisdag"},
		{"not yet", "/bijeenkomsten/regiodag-noord/aanmelden", whole[aanmelden], nil, "Je kunt je nog niet aanmelden. Dat kan vanaf", "", opHoogte},
		{"off", aanmelden, whole[aanmelden], func(n *mdt.Network) { meetingOf(n, "beslisdag").Cancelled = true }, "Deze bijeenkomst gaat niet door.", "", "/"},
		{"too late", voorstel, whole[voorstel], func(n *mdt.Network) { meetingOf(n, "netwerkbijeenkomst").Proposing.Closes = at(now) }, "Je kunt geen voorstel meer insturen.", "", metGasten},
		{"no proposals", "/bijeenkomsten/beslisdag/voorstel", whole[voorstel], nil, "Voor deze bijeenkomst vragen we geen voorstellen.", "", aanmelden},
		{"open already", opHoogte, whole[opHoogte], func(n *mdt.Network) { meetingOf(n, "regiodag-noord").Registering.Opens = at(now) }, "Je kunt je al aanmelden.", "", "/bijeenkomsten/regiodag-noord/aanmelden"},
		{"part begun", metGasten, whole[metGasten], func(n *mdt.Network) {
			m := meetingOf(n, "netwerkbijeenkomst")
			m.Registering.Closes, m.Start = at(now.Add(time.Hour)), now.Add(-time.Hour)
			m.End = now.Add(time.Hour)
			for i := range m.Parts {
				m.Parts[i].Start = now.Add(-time.Minute)
			}
		}, "Dit onderdeel is al begonnen. Kies een ander.", "onderdelen_4", ""},
		{"organisation", metGasten, whole[metGasten] + "&organisatie=Org", full, "Voor deze organisatie zijn alle plekken bezet.", "organisatie", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, test.change)
			got := s.form(test.path, test.body)
			if got.Code != 409 || !got.says(test.says) || !strings.HasPrefix(got.title(), "Fout: ") || !strings.Contains(got.html, `role="alert"`) {
				t.Errorf("%d %q", got.Code, got.title())
			}
			if typed := attribute(got.field("email"), "value"); typed != "noor@gast.example" {
				t.Errorf("the address is %q", typed)
			}
			if test.id != "" && !got.linksTo("#"+test.id) {
				t.Errorf("no link to #%s in %v", test.id, got.links())
			}
			if test.lead != "" && !got.linksTo(test.lead) {
				t.Errorf("no way to %s in %v", test.lead, got.links())
			}
			checkDescriptions(t, test.path, got)
			if test.id != "" {
				return
			}
			empty := s.get(test.path)
			if empty.Code != 409 || !empty.says(test.says) || !empty.linksTo("/") || strings.Contains(empty.html, "<form class") {
				t.Errorf("GET: %d", empty.Code)
			}
			if test.lead != "" && !empty.linksTo(test.lead) {
				t.Errorf("GET: no way to %s in %v", test.lead, empty.links())
			}
		})
	}
}

// TestAFullMeeting says before one starts that there is a waiting list, and a full part cannot be chosen.
func TestAFullMeeting(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) {
		meetingOf(n, "netwerkbijeenkomst").Capacity = 2
	})
	for i := range 2 {
		body := fmt.Sprintf("naam=N&email=n%d@gast.example&onderdelen=ronde-1-meekijken", i)
		if got := s.form(metGasten, body); got.Code != 303 {
			t.Fatal(got.Code)
		}
	}
	got := s.get(metGasten)
	if got.Code != 200 || !got.says("Alle plekken zijn nu bezet.") {
		t.Errorf("%d", got.Code)
	}
	if !strings.Contains(got.html, `value="ronde-1-meekijken" disabled`) || !got.says("Vol. Na je aanmelding") {
		t.Error("a full part can be chosen")
	}
	again := s.form(metGasten, "naam=N&email=n3@gast.example&onderdelen=ronde-1-meekijken")
	if again.Code != 409 || !strings.Contains(again.html, `value="ronde-1-meekijken" checked`) || strings.Contains(again.html, `value="ronde-1-meekijken" checked disabled`) ||
		!again.linksTo("#onderdelen_4") {
		t.Errorf("%d, links %v", again.Code, again.links())
	}
	if page := s.get("/bijeenkomsten/netwerkbijeenkomst"); !page.says("Vol, met een wachtlijst") || !page.says("Aanmelden voor de wachtlijst") || !page.says("Meekijken met een begeleider Vol") {
		t.Error("the meeting does not say that it is full")
	}
}
