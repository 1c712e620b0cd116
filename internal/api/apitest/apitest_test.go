package apitest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// judge gives what is held against one exchange.
func judge(t *testing.T, method, path, sent string, status int, kind, answer string) error {
	t.Helper()
	router, err := document()
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, strings.NewReader(sent))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	w.Header().Set("API-Version", "1.0.0")
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	io.WriteString(w, answer)
	return Fault(router, r, []byte(sent), w)
}

func TestWhatIsHeldAgainstAnExchange(t *testing.T) {
	const (
		post    = "/v1/bijeenkomsten/dag/aanmeldingen"
		good    = `{"naam":"J","email":"j@b.nl"}`
		done    = `{"kenmerk":"7KXQ2MNB","status":"bevestigd","melding":"m"}`
		problem = `{"type":"urn:x","title":"t","status":%d,"detail":"d"}`
	)
	for _, c := range []struct {
		name, method, path, sent string
		status                   int
		kind, answer             string
		ok                       bool
	}{
		{"taken", "POST", post, good, 201, "application/json", done, true},
		{"taken, though it may not", "POST", post, `{"naam":"J","email":"j@b.nl","id":1}`, 201, "application/json", done, false},
		{"taken without a name", "POST", post, `{"email":"j@b.nl"}`, 201, "application/json", done, false},
		{"refused for that", "POST", post, `{"id":1}`, 400, "application/problem+json", fmt.Sprintf(problem, 400), true},
		{"a status nobody knows", "POST", post, good, 201, "application/json", `{"kenmerk":"7KXQ2MNB","status":"misschien","melding":"m"}`, false},
		{"a reference with an O", "POST", post, good, 201, "application/json", `{"kenmerk":"OKXQ2MNB","status":"bevestigd","melding":"m"}`, false},
		{"an answer of another code", "POST", post, good, 418, "application/problem+json", fmt.Sprintf(problem, 418), false},
		{"a problem as plain JSON", "POST", post, good, 409, "application/json", fmt.Sprintf(problem, 409), false},
		{"a slow-down without when", "POST", post, good, 429, "application/problem+json", fmt.Sprintf(problem, 429), false},
		{"somewhere else", "GET", "/v1/iets", "", 404, "application/problem+json", fmt.Sprintf(problem, 404), true},
		{"somewhere else, but there", "GET", "/v1/iets", "", 200, "application/json", `{}`, false},
		{"somewhere else, of another status", "GET", "/v1/iets", "", 404, "application/problem+json", fmt.Sprintf(problem, 500), false},
		{"another method, not told which", "PUT", post, "", 405, "application/problem+json", fmt.Sprintf(problem, 405), false},
	} {
		if err := judge(t, c.method, c.path, c.sent, c.status, c.kind, c.answer); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestCheckedPassesOn(t *testing.T) {
	h := Checked(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("API-Version", "1.0.0")
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(201)
		fmt.Fprintf(w, `{"kenmerk":"7KXQ2MNB","melding":%q}`, body[2:7])
	}))
	r := httptest.NewRequest("POST", "/v1/bijeenkomsten/dag/attenderingen", strings.NewReader(`{"email":"j@b.nl","toestemming":true}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != 201 || !strings.Contains(w.Body.String(), `"email"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
