package gateway

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/google/go-cmp/cmp"
)

// started gives what the runtime makes of an event and sends, through its own way of starting a function.
func started(t *testing.T, h http.Handler, payload []byte) ([]byte, error) {
	t.Helper()
	return lambda.NewHandler(Streamed(h)).Invoke(t.Context(), payload)
}

// TestStreamedAnswersAlike: what is spliced together says the same as what is encoded piece by piece, whatever stands in it.
func TestDirectAnswersAlike(t *testing.T) {
	t.Parallel()
	asked, err := os.ReadFile(filepath.Join(recorded, "http", "lijst.json"))
	if err != nil {
		t.Fatal(err)
	}
	for name, answer := range map[string]http.HandlerFunc{
		"text":    func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"body":"é"}`)) },
		"nothing": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"bytes":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte{0, 1, 0xff, 0xfe}) },
		"megabyte": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(bytes.Repeat([]byte{0xff, 'a', 0}, 1<<19))
		},
		"a piece and one":      func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte{0xfe}, piece+1)) },
		"a piece less one":     func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte{0xfe}, piece-1)) },
		"given whole":          func(w http.ResponseWriter, _ *http.Request) { give(w, bytes.Repeat([]byte{0xff, 'a', 0}, 1<<19)) },
		"given whole, as text": func(w http.ResponseWriter, _ *http.Request) { give(w, []byte("café")) },
		"compressed, with cookies": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/csv")
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("X-Note", `"body":"`)
			http.SetCookie(w, &http.Cookie{Name: "a", Value: `body:`})
			_, _ = w.Write([]byte("no gzip, but nobody looks"))
		},
	} {
		want, err := Handler(answer)(t.Context(), read(t, filepath.Join(recorded, "http", "lijst.json")))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := started(t, answer, asked)
		if err != nil {
			t.Fatal(err)
		}
		var got events.APIGatewayV2HTTPResponse
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// give hands a body over whole, as the exports do.
func give(w http.ResponseWriter, body []byte) {
	w.(interface{ Keep([]byte) }).Keep(body)
}

func TestStreamedRefusesTheSame(t *testing.T) {
	t.Parallel()
	untouched := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the handler was called") })
	files, _ := filepath.Glob(filepath.Join(recorded, "anders", "*.json"))
	for _, file := range files {
		payload, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if answer, err := started(t, untouched, payload); err == nil {
			t.Errorf("%s: %s, %v", file, answer, err)
		}
	}
	if len(files) < 10 {
		t.Errorf("only %d events of others", len(files))
	}
	for _, payload := range []string{"", "[]", "{", `"tekst"`, `{"version": 2}`} {
		if answer, err := started(t, untouched, []byte(payload)); err == nil {
			t.Errorf("%s: %s, %v", payload, answer, err)
		}
	}
	e := read(t, filepath.Join(recorded, "http", "aanmelding-json.json"))
	e.Body, e.IsBase64Encoded = "geen base64!", true
	payload, _ := json.Marshal(e)
	if answer, err := started(t, untouched, payload); err != nil || !bytes.Contains(answer, []byte(`"statusCode":400`)) {
		t.Errorf("%s, %v", answer, err)
	}
}
