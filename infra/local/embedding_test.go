package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/docs"
	"aanmeldpunt/infra/browser"
)

func TestGuidePage(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	address := s.url + "/lokaal/inbouwen"
	p := browser.Open(t, address, browser.View{})
	p.Axe()
	p.NoSideways()
	p.Picture("lokaal-inbouwen")
	if said := p.Complaints(); len(said) > 0 {
		t.Error(said)
	}
	browser.Valid(t, browser.Fetch(t, address))
}

// TestGuidePageNamesThisDesk: no made-up address is left, nothing else differs from the document, and the way to it is told.
func TestGuidePageNamesThisDesk(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin, "-origins", "https://www.website.example,http://localhost:8081")
	text := string(s.get("/lokaal/inbouwen").body)
	for _, stranger := range []string{"https://aanmelden.example", "www.jouwsite.example", "127.0.0.1:8080"} {
		if !strings.Contains(docs.Embedding, stranger) || strings.Contains(text, stranger) {
			t.Errorf("%s is to be filled in", stranger)
		}
	}
	var told []block
	for _, found := range regexp.MustCompile("(?s)\n```([a-z]+)\n(.*?\n)```\n").FindAllStringSubmatch(docs.Embedding, -1) {
		filled := strings.NewReplacer("https://aanmelden.example", s.url, "http://127.0.0.1:8080", s.url, "https://www.jouwsite.example", "https://www.website.example").Replace(found[2])
		told = append(told, block{found[1], filled})
	}
	if diff := cmp.Diff(told, s.guide(), cmp.AllowUnexported(block{})); diff != "" {
		t.Errorf("the page (-document +page):\n%s", diff)
	}
	if index := string(s.get("/lokaal/").body); !strings.Contains(index, s.url+"/lokaal/inbouwen") || !strings.Contains(s.said, s.url+"/lokaal/inbouwen") {
		t.Errorf("nothing leads there: %s", index)
	}
}

// TestGuidePageOfAnotherNetwork: the examples name meetings that are there, where one can do what the example does.
func TestGuidePageOfAnotherNetwork(t *testing.T) {
	t.Parallel()
	file := networkFile(t, func(n map[string]any) {
		for _, m := range n["bijeenkomsten"].([]any) {
			m := m.(map[string]any)
			m["id"] = "eigen-" + m["id"].(string)
			delete(m, "hoortBij")
		}
	})
	text := string(serve(t, "-data", t.TempDir(), "-now", begin, "-network", file, "-origins", "").get("/lokaal/inbouwen").body)
	for _, want := range []string{"/bijeenkomsten/eigen-informatiesessie-samenwerken/aanmelden", "/bijeenkomsten/eigen-informatiesessie-samenwerken/aanmeldingen", "/bijeenkomsten/eigen-netwerkbijeenkomst/voorstel",
		"/bijeenkomsten/eigen-regiodag-noord/attenderingen", "https://www.jouwsite.example/bedankt"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not there", want)
		}
	}
}

// visit is what a visitor fills in on a website's own form, and the letter it causes.
type visit struct {
	form, button string
	entries      []entry
	to, subject  string
}

var visits = []visit{
	{"aanmelding", "Aanmelden", []entry{{"Je naam", "Noor van 't Hoff"}, {"Je e-mailadres", "noor@gast.example"},
		{"Naam van je organisatie (niet verplicht)", "De Brug"}, {"Wat is je rol? (niet verplicht)", "begeleider"}, {"Je telefoonnummer (niet verplicht)", "06 12345678"},
		{"Lek en Gooi", ""}, {"Landelijk", ""}, {"Ronde 1: Jongeren aan zet", ""}, {"Ronde 2: Jongeren bereiken", ""},
		{"Naam van je gast", "Ali"}, {"E-mailadres van je gast", "ali@gast.example"},
		{"Hoe kom je naar de bijeenkomst? (niet verplicht)", "Met de auto"}, {"Wat heb je nodig om mee te kunnen doen? (niet verplicht)", "Een tolk"}},
		"noor@gast.example", "Je bent aangemeld: Netwerkbijeenkomst (voorbeeld)"},
	{"voorstel", "Voorstel versturen", []entry{{"Je naam", "Noor"}, {"Je e-mailadres", "noor@gast.example"}, {"Wat is het thema van je deelsessie?", "Samen"},
		{"Wat is het doel?", "Reflecteren: je leert samen van een casus of vraag."}, {"Wat wil je inbrengen?", "Een casus of hulpvraag"},
		{"Wil je er iets bij vertellen? (niet verplicht)", "Eerste regel\nTweede regel"}, {"Wie leidt de deelsessie? (niet verplicht)", "Iemand anders"},
		{"Naam van wie de deelsessie leidt (alleen bij iemand anders)", "Sam"}, {"E-mailadres van wie de deelsessie leidt (alleen bij iemand anders)", "sam@gast.example"},
		{"Wie is dat? (niet verplicht)", "Jongere"}, {"Landelijk", ""}},
		"sam@gast.example", "Je bent genoemd als moderator: Netwerkbijeenkomst (voorbeeld)"},
	{"attendering", "Houd mij op de hoogte", []entry{{"Je e-mailadres", "noor@gast.example"}, {"Je naam (niet verplicht)", "Noor"},
		{"Ja, mail mij als de aanmelding opengaat.", ""}},
		"noor@gast.example", "Zet in je agenda: Regiodag Noord (voorbeeld)"},
	{"bericht", "Bericht versturen", []entry{{"Je naam", "Noor"}, {"Je e-mailadres", "noor@gast.example"}, {"Waar gaat je bericht over?", "Iets anders"},
		{"Je vraag of bericht", "Hallo"}, {"Naam van je organisatie (niet verplicht)", "De Brug"}, {"Om welke gemeente gaat het? (niet verplicht)", "Zwolle"},
		{"Of kies een regio (niet verplicht)", "Vecht en Reest"}},
		"noor@gast.example", "We hebben je bericht doorgestuurd"},
}

// arrives wants the letter of a visit in the mailbox.
func (v visit) arrives(s *server) {
	s.t.Helper()
	letters := s.letters(v.to, 1)
	if letters[0].Subject != v.subject {
		s.t.Errorf("%s: a letter %q, want %q", v.form, letters[0].Subject, v.subject)
	}
}

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
	s, site := embedded(t)
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
		s.waitFor(v.subject, func() bool {
			return slices.ContainsFunc(s.mailbox("?aan="+v.to), func(l letter) bool { return l.Subject == v.subject })
		})
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

// door stands before a desk and answers its first posts itself, as we do when we cannot be reached or are asked too often.
type door struct {
	mu      sync.Mutex
	answers []string // "503 0": a status and the seconds of Retry-After
	keys    []string
	desk    http.Handler
	origin  string
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if r.Method != http.MethodPost {
		d.desk.ServeHTTP(w, r)
		return
	}
	d.keys = append(d.keys, r.Header.Get("Idempotency-Key"))
	if len(d.answers) == 0 {
		d.desk.ServeHTTP(w, r)
		return
	}
	var status, after int
	_, _ = fmt.Sscan(d.answers[0], &status, &after)
	d.answers = d.answers[1:]
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", d.origin)
	h.Set("Access-Control-Expose-Headers", "API-Version, Retry-After")
	h.Set("Retry-After", fmt.Sprint(after))
	h.Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"status":%d,"detail":"Zo zeggen wij dat."}`, status)
}

// behind puts a door between the website and the desk.
func behind(t *testing.T, s *server, site *website, answers ...string) *door {
	t.Helper()
	to, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	d := &door{answers: answers, origin: site.URL, desk: httputil.NewSingleHostReverseProxy(to)}
	front := httptest.NewServer(d)
	t.Cleanup(front.Close)
	site.change("/bericht.js", func(js string) string { return strings.ReplaceAll(js, s.url, front.URL) })
	site.mu.Lock()
	defer site.mu.Unlock()
	site.headers["Content-Security-Policy"] = strings.ReplaceAll(site.headers["Content-Security-Policy"], s.url, front.URL)
	return d
}

var hallo = []entry{{"Je naam", "Noor"}, {"Je e-mailadres", "noor@gast.example"}, {"Waar gaat je bericht over?", "Iets anders"}, {"Je vraag of bericht", "Hallo"}}

// TestScriptTriesAgain: where we cannot be reached for a moment it tries again by itself, under the same key, and all is stored once.
func TestScriptTriesAgain(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	d := behind(t, s, site, "503 0", "503 1")
	p := browser.Open(t, site.URL+"/bericht", browser.View{Scripts: true})
	fillIn(p, hallo...)
	press(s, p, "Bericht versturen", "Gelukt")
	if len(d.keys) != 3 || d.keys[0] == "" || d.keys[1] != d.keys[0] || d.keys[2] != d.keys[0] {
		t.Errorf("keys %q", d.keys)
	}
	s.letters("noor@gast.example", 1)
}

// TestScriptSaysWhen: too often, and it says from when it can be done; the same again is sent under the same key, another text
// under another.
func TestScriptSaysWhen(t *testing.T) {
	t.Parallel()
	s, site := embedded(t)
	d := behind(t, s, site, "429 120", "429 120")
	p := browser.Open(t, site.URL+"/bericht", browser.View{Scripts: true})
	fillIn(p, hallo...)
	press(s, p, "Bericht versturen", "Dit ging niet goed")
	if text := p.Text(); !regexp.MustCompile(`Zo zeggen wij dat\. Vanaf \d\d:\d\d uur kan het weer\.`).MatchString(text) {
		t.Error(text)
	}
	press(s, p, "Bericht versturen", "Dit ging niet goed")
	s.waitFor("a second post", func() bool { d.mu.Lock(); defer d.mu.Unlock(); return len(d.keys) == 2 })
	s.waitFor("its answer", func() bool { return strings.Contains(p.Text(), "Dit ging niet goed") })
	fillIn(p, entry{"Je vraag of bericht", "Hallo allemaal"})
	press(s, p, "Bericht versturen", "Gelukt")
	if len(d.keys) != 3 || d.keys[0] != d.keys[1] || d.keys[2] == d.keys[0] {
		t.Errorf("keys %q", d.keys)
	}
	s.letters("noor@gast.example", 1)
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
			c.at.headers["Content-Security-Policy"] = c.csp
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

// TestAnswersOfTheGuide: the example of a 400 is what one gets, and each status comes with the code beside it.
func TestAnswersOfTheGuide(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	var asked, told []string
	for _, b := range s.guide() {
		if b.language == "json" {
			asked = append(asked, b.text)
		}
	}
	if len(asked) != 2 {
		t.Fatalf("%d examples in JSON", len(asked))
	}
	got := s.post(berichten, asked[0])
	var want map[string]any
	if err := json.Unmarshal([]byte(asked[1]), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.json(t)); diff != "" || got.StatusCode != 400 {
		t.Errorf("%d (-told +got):\n%s", got.StatusCode, diff)
	}
	for _, row := range regexp.MustCompile("(?m)^\\| (\\d{3}) \\| `([^`]+)`").FindAllStringSubmatch(docs.Embedding, -1) {
		told = append(told, row[1]+" "+row[2])
	}
	var seen []string
	hello := `{"naam":"Noor","email":"noor@gast.example","onderwerp":"anders","bericht":"Hallo"}`
	key := func(text string) answered {
		r, _ := http.NewRequest("POST", s.url+berichten, strings.NewReader(text))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", "dezelfde")
		return s.send(r)
	}
	key(hello)
	for _, a := range []answered{got, s.post(berichten, "{"), s.post("/v1/bijeenkomsten/geen/aanmeldingen", hello), s.get("/v1/bijeenkomsten/"), s.get(berichten),
		s.post(berichten, strings.Repeat(" ", 40<<10)), s.do("POST", berichten, "text/plain", hello), key(strings.Replace(hello, "Hallo", "Dag", 1))} {
		seen = append(seen, fmt.Sprintf("%d %v", a.StatusCode, a.json(t)["code"]))
	}
	seen = append(seen, "429 teVaak", "500 storing", "503 storing") // shown where they are made: internal/api
	if diff := cmp.Diff(seen, told); diff != "" {
		t.Errorf("(-seen +told):\n%s", diff)
	}
}
