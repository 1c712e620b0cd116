package main

import (
	"strings"
	"testing"

	"aanmeldpunt/infra/browser"
)

// TestAMeetingFromAnEmptyPage: by keyboard and without scripts the team makes a meeting, opens it and publishes it; a
// visitor finds it and registers; the team moves it and says yes to the mail, which the visitor gets.
func TestAMeetingFromAnEmptyPage(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	desk := browser.Open(t, s.url+"/console", browser.View{})
	desk.Tab("Sam Visser Team sam@mdt-team.example")
	desk.Enter()
	desk.Tab("Nieuwe bijeenkomst")
	desk.Enter()
	desk.Tab("Beslisdag")
	desk.Choose("Regiodag")
	write := func(p *browser.Page, fields ...string) {
		for i := 0; i+1 < len(fields); i += 2 {
			p.Tab(fields[i])
			p.Replace(fields[i+1])
		}
		p.Enter()
	}
	write(desk, "Naam", "Regiodag Oever", "Dag", "20-4-2027", "Tijd", "13.00", "Dag", "20-4-2027", "Tijd", "16.00", "Plaats (niet verplicht)", "Het Veerhuis, Tiel")
	reads(t, desk, "Gemaakt.", "Concept")

	desk.Tab("Bewerken")
	desk.Enter()
	desk.Tab("Aanmelden en plekken")
	desk.Enter()
	desk.Tab("Aantal plekken (niet verplicht)")
	desk.Replace("2")
	desk.Tab("Nog niet, het moment is nog niet bekend")
	desk.Choose("Dat kan, in deze tijd")
	desk.Tab("Bewaar")
	desk.Enter()
	reads(t, desk, "Bewaard.")

	visitor := browser.Open(t, s.url+"/", browser.View{Width: browser.Phone})
	if strings.Contains(visitor.Text(), "Regiodag Oever") {
		t.Error("a visitor sees the concept")
	}
	desk.Tab("Publiceren")
	desk.Enter()
	desk.Tab("Publiceer")
	desk.Enter()
	reads(t, desk, "De bijeenkomst staat nu op de site.")

	visitor.Visit(s.url + "/")
	reads(t, visitor, "Regiodag Oever")
	visitor.Visit(s.url + "/bijeenkomsten/regiodag-oever")
	reads(t, visitor, "dinsdag 20 april 2027, 13.00 tot 16.00 uur", "Het Veerhuis, Tiel")
	visitor.Tab("Aanmelden voor Regiodag Oever")
	visitor.Enter()
	write(visitor, "Je naam", "Noor", "Je e-mailadres", "noor@gast.example")
	if strings.Contains(visitor.Text(), "Klopt dit?") {
		visitor.Tab("Ja, versturen")
		visitor.Enter()
	}
	reads(t, visitor, "We hebben je aanmelding ontvangen.")
	s.letters("noor@gast.example", 1)

	desk.Visit(s.url + "/console/bijeenkomsten/regiodag-oever/gegevens")
	write(desk, "Plaats (niet verplicht)", "De Nieuwe Zaal, Tiel")
	reads(t, desk, "Er gaat 1 mail uit", "1 mens met een plek")
	desk.Tab("Ja, verstuur 1 mail")
	desk.Enter()
	reads(t, desk, "Bewaard.")
	s.post("/lokaal/klok", `{"vooruit": "2m"}`)
	moved := s.letters("noor@gast.example", 2)[0]
	if !strings.Contains(moved.Subject, "er verandert iets") || !strings.Contains(moved.Text, "Waar nu: De Nieuwe Zaal, Tiel") {
		t.Errorf("%s: %s", moved.Subject, moved.Text)
	}
	visitor.Visit(s.url + "/bijeenkomsten/regiodag-oever")
	reads(t, visitor, "De Nieuwe Zaal, Tiel")
}

func reads(t *testing.T, p *browser.Page, words ...string) {
	t.Helper()
	text := p.Text()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Fatalf("%s does not say %q: %s", p.Address(), word, text)
		}
	}
}
