package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/docs"
	"aanmeldpunt/infra/browser"
)

// wrong is the address that is no address yet.
const wrong = "noor@gast"

// mistaken gives what a visitor fills in with a mistake in one's own address.
func mistaken(entries []entry) (out []entry) {
	for _, e := range entries {
		if e.label == "Je e-mailadres" {
			e.value = wrong
		}
		out = append(out, e)
	}
	return out
}

// sendIn presses the button of a website's form, and waits for the page that comes of it.
func sendIn(p *browser.Page, button string) {
	p.Tab(button)
	p.Enter()
}

// TestFormsOfTheGuide: without scripts a form on a website stores what was filled in, and the visitor is back on the website.
func TestFormsOfTheGuide(t *testing.T) {
	t.Parallel()
	s, site := embedded(t, "-limits", "off")
	for _, v := range visits {
		p := browser.Open(t, site.URL+"/"+v.form, browser.View{})
		fillIn(p, v.entries...)
		sendIn(p, v.button)
		if p.Address() != site.URL+"/bedankt" || p.Status() != 200 || !strings.Contains(p.Text(), "Tot dan!") {
			t.Errorf("%s: %d %s", v.form, p.Status(), p.Address())
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

// TestFaultsInFormsOfTheGuide: our own page shows what is wrong with all that was filled in, and leads back to the website once
// it is mended.
func TestFaultsInFormsOfTheGuide(t *testing.T) {
	t.Parallel()
	s, site := embedded(t, "-limits", "off")
	for _, v := range visits {
		p := browser.Open(t, site.URL+"/"+v.form, browser.View{})
		fillIn(p, mistaken(v.entries)...)
		sendIn(p, v.button)
		if p.Status() != 400 || !strings.HasPrefix(p.Address(), s.url+"/") || !strings.HasPrefix(p.Title(), "Fout: ") {
			t.Errorf("%s: %d %s %q", v.form, p.Status(), p.Address(), p.Title())
			continue
		}
		p.Tab("Je e-mailadres")
		if f := p.Focus(); f.Value != wrong || !f.Invalid || !strings.Contains(f.Description, "Vul een volledig e-mailadres in") {
			t.Errorf("%s: %+v", v.form, f)
		}
		if n := len(s.mailbox("?aan=" + v.to)); n > 0 && v.form == "aanmelding" {
			t.Errorf("%s: %d letters already", v.form, n)
		}
		p.Replace("noor@gast.example")
		p.Enter()
		if p.Address() != site.URL+"/bedankt" {
			t.Errorf("%s: %d %s\n%s", v.form, p.Status(), p.Address(), p.Text())
		}
		v.arrives(s)
	}
}

// TestFormWithoutWayBack: without an address, or with one elsewhere, the visitor comes to our own page of thanks.
func TestFormWithoutWayBack(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	hidden := regexp.MustCompile(`<input type="hidden" name="terugNaar"[^>]*>`)
	for _, instead := range []string{"", `<input type="hidden" name="terugNaar" value="https://elders.example/">`,
		`<input type="hidden" name="terugNaar" value="` + site.URL + `.elders.example/">`} {
		site.change("/bericht", func(page string) string { return hidden.ReplaceAllString(page, "<!-- terug -->"+instead) })
		p := browser.Open(t, site.URL+"/bericht", browser.View{})
		fillIn(p, hallo...)
		sendIn(p, "Bericht versturen")
		if !strings.HasPrefix(p.Address(), s.url+"/bedankt/") || p.Status() != 200 {
			t.Errorf("%q: %d %s", instead, p.Status(), p.Address())
		}
	}
}

// TestRefusedFormOfAWebsite: what cannot be done now is told on our page.
func TestRefusedFormOfAWebsite(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	site.change("/aanmelding", func(page string) string {
		return strings.ReplaceAll(page, "/netwerkbijeenkomst/", "/startbijeenkomst/")
	})
	p := browser.Open(t, site.URL+"/aanmelding", browser.View{})
	fillIn(p, entry{"Je naam", "Noor"}, entry{"Je e-mailadres", "noor@gast.example"})
	sendIn(p, "Aanmelden")
	if p.Status() != 409 || !strings.HasPrefix(p.Address(), s.url+"/") || !strings.Contains(p.Text(), "Deze bijeenkomst is geweest.") {
		t.Errorf("%d %s\n%s", p.Status(), p.Address(), p.Text())
	}
}

// TestFormOfAStranger: a website that is not let in, or that hides where its form comes from, gets 403 and nothing stored.
func TestFormOfAStranger(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	stranger := newWebsite(t)
	stranger.build(t, s.guide())
	hiding := func(policy string) *website { site.send("Referrer-Policy", policy); return site }
	for name, at := range map[string]func() *website{
		"another origin": func() *website { return stranger },
		"no-referrer":    func() *website { return hiding("no-referrer") },
		"same-origin":    func() *website { return hiding("same-origin") },
	} {
		p := browser.Open(t, at().URL+"/bericht", browser.View{})
		fillIn(p, hallo...)
		sendIn(p, "Bericht versturen")
		if p.Status() != 403 || !strings.Contains(p.Text(), "Dit formulier kwam van een andere site") {
			t.Errorf("%s: %d %s", name, p.Status(), p.Text())
		}
	}
	if n := len(s.mailbox("")); n != 0 {
		t.Errorf("%d letters", n)
	}
}

// TestTrapOfTheGuide: who fills in the field that people do not see is answered like everybody, and causes no letter.
func TestTrapOfTheGuide(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	site.change("/bericht", func(page string) string {
		return strings.Replace(page, `name="valstrik"`, `name="valstrik" value="https://reclame.example"`, 1)
	})
	p := browser.Open(t, site.URL+"/bericht", browser.View{})
	fillIn(p, hallo...)
	sendIn(p, "Bericht versturen")
	if p.Address() != site.URL+"/bedankt" {
		t.Errorf("%d %s", p.Status(), p.Address())
	}
	scripted := browser.Open(t, site.URL+"/bericht", browser.View{Scripts: true})
	fillIn(scripted, hallo...)
	press(s, scripted, "Bericht versturen", "Gelukt")
	if n := len(s.mailbox("")); n != 0 {
		t.Errorf("%d letters", n)
	}
}

// TestPolicyOfAWebsite: what the guide has a website allow is needed, both for where the form goes and for the way back.
func TestPolicyOfAWebsite(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	for policy, letters := range map[string]int{"form-action 'self'": 0, "form-action " + s.url: 1} {
		site.send("Content-Security-Policy", policy)
		p := browser.Open(t, site.URL+"/bericht", browser.View{})
		fillIn(p, hallo...)
		p.Tab("Bericht versturen")
		p.Space()
		s.waitFor("a complaint about "+policy, func() bool { return strings.Contains(strings.Join(p.Complaints(), " "), "Content Security Policy") })
		if n := len(s.mailbox("?aan=noor@gast.example")); n > 1 || p.Address() == site.URL+"/bedankt" {
			t.Errorf("%s: %d letters, want %d; at %s", policy, n, letters, p.Address())
		}
		if letters == 1 {
			s.letters("noor@gast.example", 1)
		}
	}
}

// TestWaysOfTheGuide: the link, the words for a privacy statement, and every address that the guide names.
func TestWaysOfTheGuide(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	for from, way := range map[string][2]string{
		"/link":              {"Meld je aan voor de netwerkbijeenkomst", "/bijeenkomsten/netwerkbijeenkomst/aanmelden"},
		"/privacyverklaring": {"privacyverklaring van het aanmeldpunt", "/privacy"},
	} {
		p := browser.Open(t, site.URL+from, browser.View{})
		p.Tab(way[0])
		p.Enter()
		if p.Address() != s.url+way[1] || p.Status() != 200 {
			t.Errorf("%s: %d %s", from, p.Status(), p.Address())
		}
	}
	rows := regexp.MustCompile("(?m)^\\| `(/[^`]*)` \\|").FindAllStringSubmatch(docs.Embedding, -1)
	if len(rows) < 10 {
		t.Errorf("%d addresses", len(rows))
	}
	for _, row := range rows {
		if a := s.get(row[1]); a.StatusCode != 200 {
			t.Errorf("%s answers %d", row[1], a.StatusCode)
		}
	}
}

// TestEveryExampleIsTried: the website holds each, or another test sends it.
func TestEveryExampleIsTried(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	var commands []string
	for _, b := range s.guide() {
		switch {
		case b.language == "json": // TestAnswersOfTheGuide
		case b.language == "sh":
			commands = append(commands, strings.TrimSpace(b.text))
		case !site.taken[b.text]:
			t.Errorf("nobody tries\n%s", b.text)
		}
	}
	want := []string{"go run ./infra/local", "python3 -m http.server 8081", "curl '" + s.url + "/lokaal/postvak.json?aan=noor@gast.example'"}
	if diff := cmp.Diff(want, commands); diff != "" {
		t.Errorf("(-want +told):\n%s", diff)
	}
	s.mailbox("?aan=noor@gast.example")
	if !strings.Contains(websites, ":8081") {
		t.Errorf("%s are let in, and the guide starts a website on 8081", websites)
	}
}
