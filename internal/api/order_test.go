package api_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
)

// TestWhichAnswerComesFirst is the order of answers: what is wrong first is said first.
func TestWhichAnswerComesFirst(t *testing.T) {
	closed := "/v1/bijeenkomsten/startbijeenkomst/aanmeldingen"
	big := `{"naam":"` + strings.Repeat("a", 33<<10) + `"}`
	for _, c := range []struct {
		name, method, path, body, kind string
		want                           int
		code                           string
	}{
		{"unknown meeting before method", "DELETE", "/v1/bijeenkomsten/geen/aanmeldingen", big, "text/plain", 404, "bijeenkomst.onbekend"},
		{"method before size", "PUT", closed, big, "text/plain", 405, "methode.onbekend"},
		{"size before type", "POST", closed, big, "text/plain", 413, "verzoek.teGroot"},
		{"type before unreadable", "POST", closed, "{", "text/plain", 415, "verzoek.soort"},
		{"unreadable before fields", "POST", closed, "{", "application/json", 400, "verzoek.vorm"},
		{"fields before state", "POST", closed, `{"naam":""}`, "application/json", 400, "invoer"},
		{"state", "POST", closed, noor, "application/json", 409, "bijeenkomst.geweest"},
		{"just the size", "POST", beslisdag, `{"naam":"` + strings.Repeat("a", 32<<10-11) + `"}`, "application/json", 400, "invoer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			got := d.do(c.method, c.path, c.body, "Content-Type: "+c.kind)
			if got.Code != c.want || got.text("code") != c.code {
				t.Errorf("%d %s, want %d %s", got.Code, got.text("code"), c.want, c.code)
			}
			if n := d.kinds(); len(n) != 0 {
				t.Errorf("letters: %v", n)
			}
		})
	}
}

// TestPathsAndMethods: what is not there is 404, what cannot be done there 405 with Allow, HEAD is GET
// without a body, and nothing is redirected.
func TestPathsAndMethods(t *testing.T) {
	d := newDesk(t)
	for path, want := range map[string]int{
		"/v1/bijeenkomsten": 200, "/v1/bijeenkomsten/": 404, "/v1/bijeenkomsten/beslisdag": 200, "/v1/bijeenkomsten/beslisdag/": 404,
		"/v1/bijeenkomsten/geen": 404, "/v1/regios": 200, "/v1/regios/": 404, "/v1//regios": 404, "/v1": 404, "/V1/regios": 404,
		"/v1/openapi.json": 200, "/v1/regios/../regios": 404, "/iets": 404, "/v1/berichten": 405, beslisdag: 405, "/v1/bijeenkomsten/" + strings.Repeat("a", 3000): 404,
		"/v1/bijeenkomsten/%00": 404, "/v1/bijeenkomsten/%ff/aanmeldingen": 404,
	} {
		get, head := d.do("GET", path, ""), d.do("HEAD", path, "")
		if get.Code != want || head.Code != want {
			t.Errorf("%s: GET %d, HEAD %d, want %d", path, get.Code, head.Code, want)
		}
		if head.Body.Len() != 0 {
			t.Errorf("%s: HEAD has a body", path)
		}
		if (get.Code == 405) != (get.Header().Get("Allow") == "OPTIONS, POST") {
			t.Errorf("%s: Allow %q", path, get.Header().Get("Allow"))
		}
		if want >= 400 && get.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", path, get.Header().Get("Content-Type"))
		}
	}
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} {
		got := d.do(method, "/v1/regios", "")
		if got.Code != 405 || got.Header().Get("Allow") != "GET, HEAD, OPTIONS" {
			t.Errorf("%s: %d, Allow %q", method, got.Code, got.Header().Get("Allow"))
		}
	}
}

// TestHeadersOnEveryAnswer holds answers of every sort against what the API and web rules ask.
func TestHeadersOnEveryAnswer(t *testing.T) {
	d := newDesk(t)
	answers := []answered{d.do("GET", "/v1/regios", ""), d.do("GET", "/iets", ""), d.do("PUT", "/v1/regios", ""),
		d.post(beslisdag, noor), d.post(beslisdag, "{"), d.do("OPTIONS", beslisdag, ""), d.do("HEAD", "/v1/regios", "")}
	for _, a := range answers {
		got := map[string]string{}
		for _, name := range []string{"API-Version", "Cache-Control", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Set-Cookie"} {
			got[name] = a.Header().Get(name)
		}
		want := map[string]string{"API-Version": "1.0.0", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
			"Strict-Transport-Security": "max-age=31536000; includeSubDomains", "X-Frame-Options": "DENY", "Set-Cookie": ""}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d: %s", a.Code, diff)
		}
		if !strings.Contains(a.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'") {
			t.Errorf("%d: no frame-ancestors", a.Code)
		}
	}
}

// TestWhoMayCall: only the configured websites, to the letter; the description of the API is for everyone;
// cookies never come along.
func TestWhoMayCall(t *testing.T) {
	d := newDesk(t)
	for origin, want := range map[string]string{
		"https://www.website.example": "https://www.website.example",
		"null":                        "", "http://www.website.example": "", "https://www.website.example.evil.example": "",
		"https://evil-www.website.example": "", "https://website.example": "", "https://www.website.example:8443": "",
		"HTTPS://WWW.WEBSITE.EXAMPLE": "",
	} {
		for _, got := range []answered{
			d.do("GET", "/v1/bijeenkomsten", "", "Origin: "+origin),
			d.do("OPTIONS", beslisdag, "", "Origin: "+origin, "Access-Control-Request-Method: POST"),
			d.post(beslisdag, `{"naam":""}`, "Origin: "+origin),
		} {
			h := got.Header()
			if h.Get("Access-Control-Allow-Origin") != want || h.Get("Access-Control-Allow-Credentials") != "" || h.Get("Vary") != "Origin" {
				t.Errorf("%s: %v", origin, h)
			}
		}
	}
	preflight := d.do("OPTIONS", beslisdag, "", "Origin: https://www.website.example", "Access-Control-Request-Method: POST")
	if preflight.Code != 204 || preflight.Header().Get("Access-Control-Allow-Headers") != "Content-Type, Idempotency-Key" {
		t.Errorf("%d %v", preflight.Code, preflight.Header())
	}
	if got := d.do("GET", "/v1/openapi.json", "").Header().Get("Access-Control-Allow-Origin"); got != "*" {
		t.Errorf("openapi.json: %q", got)
	}
}

// TestStoreDown: without the store the answer is 503 with Retry-After, no cause is shown, nothing is half
// stored, and it goes on by itself when the store is back.
func TestStoreDown(t *testing.T) {
	paths := map[string]string{beslisdag: noor,
		voorstellen: `{"naam":"Noor","email":"noor@gast.example","thema":"Samen","doel":"inspireren","soort":"idee"}`,
		attenderen:  `{"email":"noor@gast.example","toestemming":true}`,
		berichten:   `{"naam":"Noor","email":"noor@gast.example","onderwerp":"anders","bericht":"Hallo"}`}
	for path, body := range paths {
		t.Run(path, func(t *testing.T) {
			d := newDesk(t)
			d.do("GET", "/v1/bijeenkomsten", "") // what is remembered hides nothing
			d.engine.down = fmt.Errorf("arn:aws:dynamodb:table/geheim: %w", store.ErrUnavailable)
			got := d.post(path, body)
			if got.Code != 503 || got.Header().Get("Retry-After") == "" {
				t.Errorf("%d, Retry-After %q", got.Code, got.Header().Get("Retry-After"))
			}
			if strings.Contains(got.Body.String(), "arn") || strings.Contains(got.Body.String(), "store") {
				t.Errorf("the cause is shown: %s", got.Body)
			}
			d.engine.down = nil
			if n := d.kinds(); len(n) != 0 {
				t.Errorf("letters: %v", n)
			}
			if got := d.post(path, body); got.Code != 201 {
				t.Errorf("afterwards: %d", got.Code)
			}
		})
	}
}

// TestFaultOfOurs: what nobody foresaw is a 500 that shows no cause, also when it is a panic.
func TestFaultOfOurs(t *testing.T) {
	d := newDesk(t)
	d.engine.down = errors.New("reflect: Field of nil at store.go:12")
	broken := d.post(beslisdag, noor)
	d.service.Identity = nil
	d.engine.down = nil
	panicked := d.post(beslisdag, noor)
	for _, got := range []answered{broken, panicked} {
		if got.Code != http.StatusInternalServerError || got.text("code") != "storing" || strings.Contains(got.Body.String(), ".go") {
			t.Errorf("%d %s", got.Code, got.Body)
		}
	}
	if strings.Contains(d.log.String(), "noor") {
		t.Error("an address stands in the log")
	}
}
