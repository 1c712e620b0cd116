package main

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"aanmeldpunt/infra/browser"
)

// block is an example of the guide, as the page of the local mode shows it.
type block struct{ language, text string }

var shownBlock = regexp.MustCompile(`(?s)<pre><code class="language-([a-z]+)">(.*?)</code></pre>`)

// guide gives the examples of the guide, filled in for this desk.
func (s *server) guide() (blocks []block) {
	s.t.Helper()
	for _, found := range shownBlock.FindAllStringSubmatch(string(s.get("/lokaal/inbouwen").body), -1) {
		blocks = append(blocks, block{found[1], html.UnescapeString(found[2])})
	}
	if len(blocks) < 15 {
		s.t.Fatalf("the guide has %d examples", len(blocks))
	}
	return blocks
}

// take gives the one example in a language that holds some words, and notes that it is tried.
func (site *website) take(t testing.TB, blocks []block, language, words string) string {
	t.Helper()
	var found []string
	for _, b := range blocks {
		if b.language == language && strings.Contains(b.text, words) {
			found = append(found, b.text)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d examples in %s hold %q", len(found), language, words)
	}
	site.taken[found[0]] = true
	return found[0]
}

// website is somebody else's website, made of the guide's examples.
type website struct {
	*httptest.Server
	mu      sync.Mutex
	files   map[string]string
	headers map[string]string
	taken   map[string]bool // examples
}

func newWebsite(t testing.TB) *website {
	t.Helper()
	site := &website{files: map[string]string{}, headers: map[string]string{}, taken: map[string]bool{}}
	site.Server = httptest.NewServer(site)
	t.Cleanup(site.Close)
	return site
}

func (site *website) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	site.mu.Lock()
	defer site.mu.Unlock()
	text, ok := site.files[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	for name, value := range site.headers {
		w.Header().Set(name, value)
	}
	kinds := map[string]string{".js": "text/javascript", "css": "text/css"}
	kind := kinds[r.URL.Path[max(0, len(r.URL.Path)-3):]]
	if kind == "" {
		kind = "text/html"
	}
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	fmt.Fprint(w, text)
}

// websiteForms are the forms of the guide: where their pages and scripts are on the website.
var websiteForms = map[string]string{"aanmelding": "aanmelding", "voorstel": "voorstel", "attendering": "attendering", "bericht": "bericht-versturen"}

// build puts the examples on the website, each where the guide says, and follows the guide in what else it sends.
func (site *website) build(t testing.TB, blocks []block) {
	t.Helper()
	site.mu.Lock()
	defer site.mu.Unlock()
	scripts := site.take(t, blocks, "html", `src="/aanmeldpunt.js"`)
	site.files["/aanmeldpunt.css"] = site.take(t, blocks, "css", ".valstrik")
	site.files["/aanmeldpunt.js"] = site.take(t, blocks, "js", "function koppel(")
	for name, id := range websiteForms {
		site.files["/"+name+".js"] = site.take(t, blocks, "js", `koppel("`+id+`"`)
		site.files["/"+name] = page(name, site.take(t, blocks, "html", `<form id="`+id+`"`)+strings.ReplaceAll(scripts, "/aanmelding.js", "/"+name+".js"))
	}
	site.files["/bijeenkomsten"] = page("Bijeenkomsten", site.take(t, blocks, "html", `id="bijeenkomsten"`))
	site.files["/bijeenkomsten.js"] = site.take(t, blocks, "js", "toonBijeenkomsten(")
	site.files["/link"] = page("Link", site.take(t, blocks, "html", "Meld je aan voor de netwerkbijeenkomst</a>"))
	site.files["/privacyverklaring"] = page("Privacy", site.take(t, blocks, "html", "<h2>"))
	site.files["/bedankt"] = page("Dank je wel", "<p>Tot dan!</p>")
	for _, name := range []string{"Content-Security-Policy", "Referrer-Policy"} {
		_, site.headers[name], _ = strings.Cut(strings.TrimSpace(site.take(t, blocks, "text", name+": ")), ": ")
	}
}

// send makes the website send a header with its pages.
func (site *website) send(name, value string) {
	site.mu.Lock()
	defer site.mu.Unlock()
	site.headers[name] = value
}

// change changes what the website serves.
func (site *website) change(path string, by func(text string) string) {
	site.mu.Lock()
	defer site.mu.Unlock()
	site.files[path] = by(site.files[path])
}

func page(title, body string) string {
	return `<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>` + title + `</title>
<link rel="stylesheet" href="/aanmeldpunt.css">
<link rel="icon" href="/aanmeldpunt.css">
</head>
<body>
<main>
<h1>` + title + `</h1>
` + body + `</main>
</body>
</html>
`
}

// embedded starts a website made of the guide's examples, and a desk that lets it in.
func embedded(t *testing.T, args ...string) (*server, *website) {
	t.Helper()
	site := newWebsite(t)
	s := serve(t, append([]string{"-data", t.TempDir(), "-now", begin, "-origins", site.URL}, args...)...)
	site.build(t, s.guide())
	return s, site
}

// entry is one field as a visitor fills it in: a box is ticked, a choice made, a text typed.
type entry struct{ label, value string }

func fillIn(p *browser.Page, entries ...entry) {
	for _, e := range entries {
		p.Tab(e.label)
		switch p.Focus().Role {
		case "checkbox":
			p.Space()
		case "combobox":
			p.Choose(e.value)
		default:
			p.Replace(e.value)
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
	s.waitFor(v.form+": "+v.subject, func() bool {
		return slices.ContainsFunc(s.mailbox("?aan="+v.to), func(l letter) bool { return l.Subject == v.subject })
	})
}

// free gives how many seats the meeting of the examples has.
func (s *server) free() int {
	s.t.Helper()
	var meeting struct {
		Registering struct {
			Free int `json:"vrijePlekken"`
		} `json:"aanmelden"`
	}
	if err := json.Unmarshal(s.get("/v1/bijeenkomsten/netwerkbijeenkomst").body, &meeting); err != nil {
		s.t.Fatal(err)
	}
	return meeting.Registering.Free
}

// hallo is a short message.
var hallo = []entry{{"Je naam", "Noor"}, {"Je e-mailadres", "noor@gast.example"}, {"Waar gaat je bericht over?", "Iets anders"}, {"Je vraag of bericht", "Hallo"}}
