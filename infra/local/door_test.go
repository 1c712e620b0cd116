package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"aanmeldpunt/infra/browser"
)

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
	fillIn(p, entry{"Je vraag of bericht", "Hallo allemaal"})
	press(s, p, "Bericht versturen", "Gelukt")
	if len(d.keys) != 3 || d.keys[0] != d.keys[1] || d.keys[2] == d.keys[0] {
		t.Errorf("keys %q", d.keys)
	}
	s.letters("noor@gast.example", 1)
}
