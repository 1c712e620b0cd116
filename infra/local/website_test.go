package main

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
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

// one gives the one example in a language that holds some words.
func one(t testing.TB, blocks []block, language, words string) string {
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
	return found[0]
}

// website is somebody else's website, made of the guide's examples.
type website struct {
	*httptest.Server
	mu      sync.Mutex
	files   map[string]string
	headers map[string]string
}

func newWebsite(t testing.TB) *website {
	t.Helper()
	site := &website{files: map[string]string{}, headers: map[string]string{}}
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
	scripts := one(t, blocks, "html", `src="/aanmeldpunt.js"`)
	site.files["/aanmeldpunt.css"] = one(t, blocks, "css", ".valstrik")
	site.files["/aanmeldpunt.js"] = one(t, blocks, "js", "function koppel(")
	for name, id := range websiteForms {
		site.files["/"+name+".js"] = one(t, blocks, "js", `koppel("`+id+`"`)
		site.files["/"+name] = page(name, one(t, blocks, "html", `<form id="`+id+`"`)+strings.ReplaceAll(scripts, "/aanmelding.js", "/"+name+".js"))
	}
	site.files["/bijeenkomsten"] = page("Bijeenkomsten", one(t, blocks, "html", `id="bijeenkomsten"`))
	site.files["/bijeenkomsten.js"] = one(t, blocks, "js", "toonBijeenkomsten(")
	site.files["/link"] = page("Link", one(t, blocks, "html", "Meld je aan voor de netwerkbijeenkomst</a>"))
	site.files["/privacyverklaring"] = page("Privacy", one(t, blocks, "html", "<h2>"))
	site.files["/bedankt"] = page("Dank je wel", "<p>Tot dan!</p>")
	for _, name := range []string{"Content-Security-Policy", "Referrer-Policy"} {
		_, site.headers[name], _ = strings.Cut(strings.TrimSpace(one(t, blocks, "text", name+": ")), ": ")
	}
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
