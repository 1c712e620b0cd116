package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/gateway"
)

// exhausted is a desk at which the tests' network has posted all it may.
func exhausted(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.service.Limits = acts.NewLimits()
	for range 60 {
		if got := d.post(beslisdag, noor); got.Code != 201 {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	if got := d.post(beslisdag, noor); got.Code != 429 {
		t.Fatalf("after sixty: %d", got.Code)
	}
	return d
}

// TestTooOftenAmongTheAnswers: behind what makes a request unreadable, before what is wrong with its fields,
// an answer that was given before, and a state that forbids.
func TestTooOftenAmongTheAnswers(t *testing.T) {
	d := exhausted(t)
	closed := "/v1/bijeenkomsten/startbijeenkomst/aanmeldingen"
	for _, c := range []struct {
		name, method, path, body, kind string
		want                           int
	}{
		{"unknown meeting", "POST", "/v1/bijeenkomsten/geen/aanmeldingen", noor, "application/json", 404},
		{"method", "PUT", beslisdag, noor, "application/json", 405},
		{"size", "POST", beslisdag, `{"naam":"` + strings.Repeat("a", 33<<10) + `"}`, "application/json", 413},
		{"type", "POST", beslisdag, noor, "text/plain", 415},
		{"unreadable", "POST", beslisdag, "{", "application/json", 400},
		{"fields", "POST", beslisdag, `{"naam":""}`, "application/json", 429},
		{"state", "POST", closed, noor, "application/json", 429},
		{"proposal", "POST", voorstellen, `{}`, "application/json", 429},
		{"interest", "POST", attenderen, `{}`, "application/json", 429},
		{"message", "POST", berichten, `{}`, "application/json", 429},
		{"reading", "GET", "/v1/bijeenkomsten", "", "", 200},
		{"asking who may", "OPTIONS", beslisdag, "", "", 204},
	} {
		if got := d.do(c.method, c.path, c.body, "Content-Type: "+c.kind); got.Code != c.want {
			t.Errorf("%s: %d, want %d", c.name, got.Code, c.want)
		}
	}
}

func TestTheAnswerToTooOften(t *testing.T) {
	d := exhausted(t)
	d.engine.take()
	got := d.post(beslisdag, noor, "Origin: https://www.website.example")
	if got.Code != 429 || got.text("code") != "teVaak" || got.text("title") != "Te vaak" || !strings.Contains(got.text("detail"), "Wacht 1 minuut.") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	h := got.Header()
	if h.Get("Retry-After") != "10" || h.Get("Content-Type") != "application/problem+json" || h.Get("Access-Control-Allow-Origin") == "" ||
		!strings.Contains(h.Get("Access-Control-Expose-Headers"), "Retry-After") {
		t.Errorf("%v", h)
	}
	if calls := d.engine.take(); calls != "" {
		t.Errorf("it asked %s", calls)
	}
	d.now = d.now.Add(10 * time.Second)
	if got := d.post(beslisdag, noor); got.Code != 201 {
		t.Errorf("after the wait: %d", got.Code)
	}
}

// TestAKeyIsNotUsedUpByTooOften: the same key works when the wait is over.
func TestAKeyIsNotUsedUpByTooOften(t *testing.T) {
	d := exhausted(t)
	sam := `{"naam":"Sam","email":"sam@gast.example"}`
	if got := d.post(beslisdag, sam, "Idempotency-Key: k1"); got.Code != 429 {
		t.Fatal(got.Code)
	}
	d.now = d.now.Add(10 * time.Second)
	if got := d.post(beslisdag, sam, "Idempotency-Key: k1"); got.Code != 201 {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if got := d.post(beslisdag, sam, "Idempotency-Key: k1"); got.Code != 429 {
		t.Errorf("the stored answer came before the limit: %d", got.Code)
	}
}

// TestWhatIsRefusedAnywayCostsNothing: neither faults, nor a meeting that takes nobody, take of the limit.
func TestWhatIsRefusedAnywayCostsNothing(t *testing.T) {
	d := newDesk(t)
	d.service.Limits = acts.NewLimits()
	closed := "/v1/bijeenkomsten/startbijeenkomst/aanmeldingen"
	for range 100 {
		if got := d.post(beslisdag, `{"naam":""}`); got.Code != 400 {
			t.Fatal(got.Code)
		}
		if got := d.post(closed, noor); got.Code != 409 {
			t.Fatal(got.Code)
		}
	}
	if got := d.post(beslisdag, noor); got.Code != 201 {
		t.Errorf("%d", got.Code)
	}
}

// TestOnlyTheGatewayKnowsTheNetwork: what a request says of its own way here changes nothing.
func TestOnlyTheGatewayKnowsTheNetwork(t *testing.T) {
	d := newDesk(t)
	d.service.Limits = acts.NewLimits()
	function := gateway.Handler(d.service.Registrations())
	codes := map[int]int{}
	for i := range 100 {
		claimed := "203.0.113." + itoa(i)
		answer, err := function(t.Context(), events.APIGatewayV2HTTPRequest{Version: "2.0", RawPath: beslisdag, Body: noor,
			Headers: map[string]string{"content-type": "application/json", "x-forwarded-for": claimed + ", 192.0.2.9", "x-real-ip": claimed,
				"forwarded": "for=" + claimed, "true-client-ip": claimed, "cf-connecting-ip": claimed},
			RequestContext: events.APIGatewayV2HTTPRequestContext{HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: "POST", Path: beslisdag, SourceIP: "192.0.2.9"}}})
		if err != nil {
			t.Fatal(err)
		}
		codes[answer.StatusCode]++
	}
	if codes[201] != 60 || codes[429] != 40 {
		t.Errorf("answers %v", codes)
	}
	r := httptest.NewRequest("POST", beslisdag, strings.NewReader(noor))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Forwarded-For", "192.0.2.9")
	r.RemoteAddr = "192.0.2.10:1"
	w := httptest.NewRecorder()
	if d.service.Registrations().ServeHTTP(w, r); w.Code != http.StatusCreated {
		t.Errorf("another network was answered %d", w.Code)
	}
}
