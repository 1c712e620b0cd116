package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

const recorded = "testdata"

func read(t *testing.T, path string) (e events.APIGatewayV2HTTPRequest) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// seen is what a handler can see of a request.
type seen struct {
	Method, Path, Query, Host, Remote, Body string
	Length                                  int64
	Header                                  http.Header
	Cookies                                 []string
}

func look(r *http.Request) seen {
	body, _ := io.ReadAll(r.Body)
	s := seen{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, r.Host, r.RemoteAddr, string(body), r.ContentLength, r.Header.Clone(), nil}
	for _, cookie := range r.Cookies() {
		s.Cookies = append(s.Cookies, cookie.String())
	}
	s.Header.Del("Cookie")
	return s
}

// through gives what a handler sees of an event.
func through(t *testing.T, e events.APIGatewayV2HTTPRequest) (s seen) {
	t.Helper()
	response, err := Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { s = look(r) }))(t.Context(), e)
	if err != nil || response.StatusCode != 200 {
		t.Fatal(response, err)
	}
	return s
}

func TestRecordedEvents(t *testing.T) {
	form := through(t, read(t, recorded+"/http/aanmelding-formulier.json"))
	if want := "naam=Sjoerd+fan+der+Meulen&email=sjoerd%40voorbeeld.example&regios=landelijk&sleutel=proef-2"; form.Body != want || form.Length != int64(len(want)) {
		t.Errorf("form body %q of %d bytes", form.Body, form.Length)
	}
	if form.Method != "POST" || form.Path != "/v1/bijeenkomsten/beslisdag/aanmeldingen" ||
		form.Host != "aanmelden.voorbeeld.example" || form.Remote != "198.51.100.7:0" {
		t.Errorf("%+v", form)
	}
	if got := through(t, read(t, recorded+"/http/aanmelding-json.json")); !strings.Contains(got.Body, "Nguyễn Thị Ánh") || got.Header.Get("Idempotency-Key") != "3f0c9a1e-proef" {
		t.Errorf("%+v", got)
	}
	if got := through(t, read(t, recorded+"/http/regios.json")); got.Query != "gemeente=%27s-Gravenhage" || got.Body != "" {
		t.Errorf("%+v", got)
	}
	staged := through(t, read(t, recorded+"/http/koekjes-en-stap.json"))
	if diff := cmp.Diff([]string{"sessie=een", "taal=nl"}, staged.Cookies); diff != "" || staged.Path != "/mijn/abc" {
		t.Errorf("%s, cookies %s", staged.Path, diff)
	}
}

func TestEventsOfOtherServicesAreRefused(t *testing.T) {
	files, err := filepath.Glob(recorded + "/anders/*.json")
	if err != nil || len(files) < 15 {
		t.Fatal(files, err)
	}
	called := false
	handler := Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	for _, file := range files {
		if _, err := handler(t.Context(), read(t, file)); !errors.Is(err, ErrNotHTTP) {
			t.Errorf("%s: error %v", file, err)
		}
	}
	if called {
		t.Error("one of them reached the handler")
	}
}

func TestTheClientCannotChooseItsAddress(t *testing.T) {
	e := read(t, recorded+"/http/lijst.json")
	e.Headers["x-forwarded-for"] = "203.0.113.9, 198.51.100.7"
	e.Headers["x-real-ip"] = "203.0.113.9"
	if got := through(t, e).Remote; got != "198.51.100.7:0" {
		t.Errorf("remote address %q", got)
	}
	e.RequestContext.HTTP.SourceIP = "2001:db8::7"
	if got := through(t, e).Remote; got != "[2001:db8::7]:0" {
		t.Errorf("remote address %q", got)
	}
}

func TestTheStageIsNoPartOfThePath(t *testing.T) {
	for _, test := range []struct{ stage, raw, want string }{
		{"$default", "/v1/regios", "/v1/regios"},
		{"proef", "/proef/v1/regios", "/v1/regios"},
		{"proef", "/proef", "/"},
		{"proef", "/proefdier", "/proefdier"},
		{"v1", "/v1/v1/regios", "/v1/regios"},
		{"", "", "/"},
		{"$default", "/a%2Fb%20c", "/a%2Fb%20c"},
		{"$default", "//a/", "//a/"},
	} {
		e := read(t, recorded+"/http/lijst.json")
		e.RequestContext.Stage, e.RawPath = test.stage, test.raw
		if got := through(t, e).Path; got != test.want {
			t.Errorf("stage %s, %s: %s, want %s", test.stage, test.raw, got, test.want)
		}
	}
}

func TestHeadersAreNotSplit(t *testing.T) {
	e := read(t, recorded+"/http/lijst.json")
	e.Headers["if-modified-since"] = "Wed, 10 Mar 2027 08:30:00 GMT"
	e.Headers["accept-language"] = "nl,en"
	got := through(t, e).Header
	if diff := cmp.Diff([]string{"Wed, 10 Mar 2027 08:30:00 GMT"}, got.Values("If-Modified-Since")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"nl,en"}, got.Values("Accept-Language")); diff != "" {
		t.Error(diff)
	}
}

func TestABodyThatIsNoBase64IsRefused(t *testing.T) {
	e := read(t, recorded+"/http/aanmelding-formulier.json")
	e.Body = "naam=Jan"
	response, err := Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the handler was called") }))(t.Context(), e)
	if err != nil || response.StatusCode != 400 || !json.Valid([]byte(response.Body)) {
		t.Errorf("%+v, %v", response, err)
	}
}

func TestTheContextComesAlong(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "van ver")
	_, err := Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Context().Value(key{}) != "van ver" {
			t.Error("another context")
		}
	}))(ctx, read(t, recorded+"/http/lijst.json"))
	if err != nil {
		t.Fatal(err)
	}
}

// answer gives what a handler's answer becomes.
func answer(t *testing.T, method string, h http.HandlerFunc) events.APIGatewayV2HTTPResponse {
	t.Helper()
	e := read(t, recorded+"/http/lijst.json")
	e.RequestContext.HTTP.Method = method
	response, err := Handler(h)(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func TestAnswers(t *testing.T) {
	got := answer(t, "GET", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.Header().Add("Vary", "Origin")
		w.Header().Add("Vary", "Accept")
		w.Header().Add("Set-Cookie", "a=1; Expires=Wed, 10 Mar 2027 08:30:00 GMT")
		w.Header().Add("Set-Cookie", "b=2")
		w.WriteHeader(http.StatusConflict)
		w.Header().Set("Te-Laat", "ja")
		w.WriteHeader(http.StatusOK)
		io.WriteString(w, `{"é":1}`)
	})
	want := events.APIGatewayV2HTTPResponse{
		StatusCode: 409,
		Headers:    map[string]string{"Content-Type": "application/problem+json", "Vary": "Origin, Accept"},
		Cookies:    []string{"a=1; Expires=Wed, 10 Mar 2027 08:30:00 GMT", "b=2"},
		Body:       `{"é":1}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhichBodiesTravelAsText(t *testing.T) {
	for _, test := range []struct {
		contentType, body string
		text              bool
	}{
		{"application/json", `{}`, true},
		{"application/problem+json; charset=utf-8", `{}`, true},
		{"text/html; charset=utf-8", "é", true},
		{"text/calendar; charset=utf-8", "BEGIN:VCALENDAR", true},
		{"image/svg+xml", "<svg/>", true},
		{"text/plain", "\xff", false},
		{"image/png", "png", false},
		{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK", false},
		{"application/octet-stream", "a", false},
	} {
		got := answer(t, "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", test.contentType)
			io.WriteString(w, test.body)
		})
		if got.IsBase64Encoded == test.text {
			t.Errorf("%s: base64 is %v", test.contentType, got.IsBase64Encoded)
		}
		w := httptest.NewRecorder()
		if Write(w, got); w.Body.String() != test.body {
			t.Errorf("%s: %q came out as %q", test.contentType, test.body, w.Body)
		}
	}
}

func TestAnswersWithoutBody(t *testing.T) {
	write := func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "woorden") }
	if got := answer(t, "HEAD", write); got.Body != "" || got.StatusCode != 200 {
		t.Errorf("HEAD: %+v", got)
	}
	if got := answer(t, "GET", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204); write(w, r) }); got.Body != "" || got.StatusCode != 204 {
		t.Errorf("204: %+v", got)
	}
	if got := answer(t, "GET", func(http.ResponseWriter, *http.Request) {}); got.StatusCode != 200 {
		t.Errorf("silence: %+v", got)
	}
}

func TestAFunctionThatAnswersNonsense(t *testing.T) {
	for _, response := range []events.APIGatewayV2HTTPResponse{{}, {StatusCode: 99}, {StatusCode: 200, Body: "%", IsBase64Encoded: true}} {
		w := httptest.NewRecorder()
		if Write(w, response); w.Code != http.StatusBadGateway {
			t.Errorf("%+v gives %d", response, w.Code)
		}
	}
}

func TestEventsLookLikeTheGateways(t *testing.T) {
	r := httptest.NewRequest("POST", "/v1/berichten?a=1&a=2", nil)
	r.RemoteAddr = "127.0.0.9:4711"
	r.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Cookie": {"a=1; b=2", "c=3"}, "X-Forwarded-For": {"203.0.113.9"}, "Accept": {"a", "b"}}
	e := Event(r, []byte("naam=Jan"))
	if e.Body != "bmFhbT1KYW4=" || !e.IsBase64Encoded {
		t.Errorf("form body %q", e.Body)
	}
	if diff := cmp.Diff([]string{"a=1", "b=2", "c=3"}, e.Cookies); diff != "" {
		t.Error(diff)
	}
	if e.Headers["accept"] != "a,b" || e.Headers["cookie"] != "" || e.Headers["x-forwarded-for"] != "203.0.113.9, 127.0.0.9" || e.Headers["content-length"] != "8" {
		t.Errorf("headers %v", e.Headers)
	}
	if e.RequestContext.HTTP.SourceIP != "127.0.0.9" || e.QueryStringParameters["a"] != "1,2" {
		t.Errorf("%+v", e)
	}
	r.Header.Set("Content-Type", "application/json")
	if e := Event(r, []byte(`{"a":1}`)); e.IsBase64Encoded || e.Body != `{"a":1}` {
		t.Errorf("JSON body %q", e.Body)
	}
}

// A million inputs: go test -run '^$' -fuzz '^FuzzAnyEvent$' -fuzztime 1000000x -fuzzminimizetime 1x ./internal/gateway,
// and the same for FuzzARequestGoesThroughAnEventUnchanged.

// There and back a handler sees the request that was made, apart from what the gateway adds and joins.
func FuzzARequestGoesThroughAnEventUnchanged(f *testing.F) {
	f.Add("POST", "/v1/a%2Fb", "x=1&y=%20;&", "application/json", "een, twee", "a=1", []byte(`{"naam":"é"}`))
	f.Add("GET", "/", "", "", "", "", []byte(nil))
	f.Add("PUT", "/ü", "?", "application/x-www-form-urlencoded", "\t", "a", []byte("\xff\x00"))
	f.Fuzz(func(t *testing.T, method, path, query, contentType, value, cookie string, body []byte) {
		server, err := http.NewRequestWithContext(t.Context(), method, "http://aanmelden.example", nil)
		if err != nil || !visible(path+query+contentType+value+cookie) {
			t.Skip()
		}
		location, err := server.URL.Parse("/" + strings.TrimLeft(path, "/") + "?" + query)
		if err != nil || location.Host != server.URL.Host {
			t.Skip()
		}
		server.URL, server.RemoteAddr, server.ContentLength = location, "198.51.100.7:99", int64(len(body))
		server.Header = http.Header{"Content-Type": {contentType}, "X-Proef": {value}, "Cookie": {cookie}}
		server.Body = io.NopCloser(strings.NewReader(string(body)))
		want := look(server)

		wire, err := json.Marshal(Event(server, body))
		if err != nil {
			t.Fatal(err)
		}
		var e events.APIGatewayV2HTTPRequest
		if err := json.Unmarshal(wire, &e); err != nil {
			t.Fatal(err)
		}
		got := through(t, e)
		for _, added := range []string{"Content-Length", "X-Forwarded-For", "X-Forwarded-Proto"} {
			got.Header.Del(added)
		}
		want.Remote = "198.51.100.7:0"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// visible keeps to what HTTP lets through in a request line and a header.
func visible(s string) bool {
	return !slices.ContainsFunc([]byte(s), func(c byte) bool { return c < ' ' || c > '~' })
}

// Whatever an event holds, the answer is one a gateway can pass on.
func FuzzAnyEvent(f *testing.F) {
	for _, pattern := range []string{"/http/*.json", "/anders/*.json"} {
		files, err := filepath.Glob(recorded + pattern)
		if err != nil || len(files) == 0 {
			f.Fatal(files, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	handler := Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := look(r)
		w.Header().Set("X-Echo", s.Path+s.Query)
		io.WriteString(w, s.Body)
	}))
	f.Fuzz(func(t *testing.T, text []byte) {
		var e events.APIGatewayV2HTTPRequest
		if json.Unmarshal(text, &e) != nil {
			t.Skip()
		}
		response, err := handler(t.Context(), e)
		if errors.Is(err, ErrNotHTTP) {
			return
		}
		if err != nil || response.StatusCode != 200 && response.StatusCode != 400 {
			t.Fatalf("%+v, %v", response, err)
		}
		if w := httptest.NewRecorder(); e.RequestContext.HTTP.Method != "HEAD" && response.StatusCode == 200 {
			if Write(w, response); e.IsBase64Encoded == (w.Body.String() == e.Body) && e.Body != "" {
				t.Errorf("body %q came back as %q", e.Body, w.Body)
			}
		}
	})
}
