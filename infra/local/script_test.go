package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/infra/browser"
)

// press presses a button on a page that its script does not leave, and waits for what it says.
func press(s *server, p *browser.Page, button, heading string) {
	s.t.Helper()
	p.Tab(button)
	p.Space()
	s.waitFor(heading, func() bool { f := p.Focus(); return f != nil && f.Role == "heading" && f.Name == heading })
}

// TestScriptsOfTheGuide: with the guide's scripts a visitor stays on the website and reads what we say.
func TestScriptsOfTheGuide(t *testing.T) {
	t.Parallel()
	s, site := embedded(t, "-limits", "off")
	for _, v := range visits {
		p := browser.Open(t, site.URL+"/"+v.form, browser.View{Scripts: true})
		fillIn(p, v.entries...)
		press(s, p, v.button, "Gelukt")
		if text := p.Text(); !regexp.MustCompile(`Je kenmerk is [2-9A-Z]{8}\.`).MatchString(text) || p.Address() != site.URL+"/"+v.form {
			t.Errorf("%s: %s", v.form, text)
		}
		if said := p.Complaints(); len(said) > 0 {
			t.Errorf("%s: %s", v.form, said)
		}
		v.arrives(s)
	}
	if got := s.free(); got != 150-2 {
		t.Errorf("%d seats are free, and two of 150 were taken", got)
	}
}

// TestScriptShowsFaults: all at once, each at its field, and a second try with what was mended goes well.
func TestScriptShowsFaults(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	var shown []*browser.Page
	for form, c := range map[string]struct {
		button  string
		entries []entry
		faults  map[string]string // by the name of the field
		legends []string
	}{
		"aanmelding": {"Aanmelden", []entry{{"Je e-mailadres", "noor@gast"}, {"Ronde 1: Jongeren aan zet", ""}, {"Ronde 1: School en wijk samen", ""}, {"Naam van je gast", "Ali"}},
			map[string]string{"Je naam": "Vul je naam in.", "Je e-mailadres": "Vul een volledig e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
				"E-mailadres van je gast": "Vul het e-mailadres van je gast in.", "Ronde 1: Jongeren aan zet": "Deze deelsessies zijn op hetzelfde moment. Kies er één."},
			[]string{"Aan welke deelsessies wil je meedoen? (niet verplicht)Deze deelsessies zijn op hetzelfde moment. Kies er één."}},
		"voorstel": {"Voorstel versturen", []entry{{"Wie leidt de deelsessie? (niet verplicht)", "Iemand anders"}},
			map[string]string{"Je naam": "Vul je naam in.", "Je e-mailadres": "Vul je e-mailadres in.", "Wat is het thema van je deelsessie?": "Vul het thema van je deelsessie in.",
				"Wat is het doel?": "Kies het doel van je deelsessie.", "Wat wil je inbrengen?": "Kies wat je wilt inbrengen.",
				"Naam van wie de deelsessie leidt (alleen bij iemand anders)":        "Vul de naam in van wie de deelsessie leidt.",
				"E-mailadres van wie de deelsessie leidt (alleen bij iemand anders)": "Vul het e-mailadres in van wie de deelsessie leidt."}, nil},
		"attendering": {"Houd mij op de hoogte", nil, map[string]string{"Je e-mailadres": "Vul je e-mailadres in.",
			"Ja, mail mij als de aanmelding opengaat.": "Zet een vinkje als je wilt dat we je mailen. Anders kunnen we je niets sturen."}, nil},
		"bericht": {"Bericht versturen", []entry{{"Om welke gemeente gaat het? (niet verplicht)", "Nergenshuizen"}},
			map[string]string{"Je naam": "Vul je naam in.", "Je e-mailadres": "Vul je e-mailadres in.", "Waar gaat je bericht over?": "Kies waar je bericht over gaat.",
				"Je vraag of bericht": "Schrijf je vraag of bericht.", "Om welke gemeente gaat het? (niet verplicht)": "We kennen deze gemeente niet. Kijk of de naam klopt. Of laat dit leeg."}, nil},
	} {
		p := browser.Open(t, site.URL+"/"+form, browser.View{Scripts: true})
		fillIn(p, c.entries...)
		press(s, p, c.button, "Dit ging niet goed")
		if diff := cmp.Diff(c.faults, faultsOn(p)); diff != "" {
			t.Errorf("%s (-want +shown):\n%s", form, diff)
		}
		for _, legend := range c.legends {
			if !strings.Contains(strings.ReplaceAll(p.Text(), "\n", ""), legend) {
				t.Errorf("%s: %q is not read", form, legend)
			}
		}
		shown = append(shown, p)
	}
	if n := len(s.mailbox("")); n != 0 {
		t.Errorf("%d letters", n)
	}
	for _, p := range shown {
		p.Axe()
	}
}

// faultsOn gives what is said at the fields of a page, by the field's name, and holds the list on top to it.
func faultsOn(p *browser.Page) map[string]string {
	faults, linked := map[string]string{}, map[string]bool{}
	for _, stop := range p.Stops() {
		switch {
		case stop.Role == "link":
			linked[stop.Name] = true
		case stop.Invalid:
			faults[stop.Name] = stop.Description
			if !linked[stop.Description] {
				faults[stop.Name] += " (not in the list on top)"
			}
		case stop.Description != "":
			faults[stop.Name] = "not invalid"
		}
	}
	return faults
}

// TestScriptShowsARefusal: what cannot be done now is told, and what was filled in stays.
func TestScriptShowsARefusal(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	site.change("/aanmelding.js", func(js string) string { return strings.ReplaceAll(js, "netwerkbijeenkomst", "startbijeenkomst") })
	site.change("/aanmelding.js", func(js string) string { return strings.ReplaceAll(js, `{ vervoer: veld("antwoorden.vervoer") }`, "{}") })
	p := browser.Open(t, site.URL+"/aanmelding", browser.View{Scripts: true})
	fillIn(p, entry{"Je naam", "Noor"}, entry{"Je e-mailadres", "noor@gast.example"})
	press(s, p, "Aanmelden", "Dit ging niet goed")
	if text := p.Text(); !strings.Contains(text, "Deze bijeenkomst is geweest.") {
		t.Error(text)
	}
	p.Tab("Je naam")
	if f := p.Focus(); f.Value != "Noor" || f.Invalid {
		t.Errorf("%+v", f)
	}
}

// TestScriptOfACrowd: where a network sent too much, its visitors read from when they can.
func TestScriptOfACrowd(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	p := browser.Open(t, site.URL+"/bericht", browser.View{Scripts: true})
	fillIn(p, hallo...)
	if codes := postsAs(t, http.DefaultClient, s, 100); codes[429] == 0 {
		t.Fatalf("answers %v", codes)
	}
	press(s, p, "Bericht versturen", "Dit ging niet goed")
	if text := p.Text(); !regexp.MustCompile(`Er komen veel formulieren vanaf jouw netwerk\..* Vanaf \d\d:\d\d uur kan het weer\.`).MatchString(text) {
		t.Error(text)
	}
	if n := len(s.mailbox("?aan=noor@gast.example")); n != 0 {
		t.Errorf("%d letters", n)
	}
}

// TestScriptOfAStranger: a website that is not let in gets nothing stored, and its visitor is told; so where the website's own
// policy does not let us in.
func TestScriptOfAStranger(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	stranger := newWebsite(t)
	stranger.build(t, s.guide())
	for name, c := range map[string]struct {
		at   *website
		csp  string
		says string
	}{
		"another origin":    {stranger, "", "CORS"},
		"the site's policy": {site, "default-src 'self'", "Content Security Policy"},
	} {
		if c.csp != "" {
			c.at.send("Content-Security-Policy", c.csp)
		}
		p := browser.Open(t, c.at.URL+"/bericht", browser.View{Scripts: true})
		fillIn(p, hallo...)
		press(s, p, "Bericht versturen", "Dit ging niet goed")
		if text := p.Text(); !strings.Contains(text, "Je gegevens zijn niet verstuurd.") {
			t.Errorf("%s: %s", name, text)
		}
		if said := strings.Join(p.Complaints(), "\n"); !strings.Contains(said, c.says) {
			t.Errorf("%s: %s", name, said)
		}
	}
	if n := len(s.mailbox("")); n != 0 {
		t.Errorf("%d letters", n)
	}
}

// TestListOfTheGuide: the meetings that one can register for, and without scripts the link.
func TestListOfTheGuide(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	p := browser.Open(t, site.URL+"/bijeenkomsten", browser.View{Scripts: true})
	s.waitFor("the list", func() bool { return strings.Contains(p.Text(), "Netwerkbijeenkomst") })
	text := p.Text()
	if !strings.Contains(text, "Netwerkbijeenkomst (voorbeeld) op donderdag 29 april 2027") || strings.Contains(text, "Regiodag Noord") || strings.Contains(text, "Startbijeenkomst") {
		t.Error(text)
	}
	p.Tab("Beslisdag (voorbeeld)")
	p.Enter()
	if p.Address() != s.url+"/bijeenkomsten/beslisdag" || p.Status() != 200 {
		t.Errorf("%d %s", p.Status(), p.Address())
	}
	without := browser.Open(t, site.URL+"/bijeenkomsten", browser.View{})
	without.Tab("Bekijk alle bijeenkomsten")
	without.Enter()
	if without.Address() != s.url+"/" || without.Status() != 200 {
		t.Errorf("%d %s", without.Status(), without.Address())
	}
}
