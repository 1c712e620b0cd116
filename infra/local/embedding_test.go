package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
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
