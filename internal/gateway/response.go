package gateway

import (
	"bytes"
	"encoding/base64"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// writer keeps what a handler answers.
type writer struct {
	method string
	header http.Header
	sent   http.Header // the header as it was when the answer began
	status int
	body   bytes.Buffer
}

func newWriter(method string) *writer { return &writer{method: method, header: http.Header{}} }

func (w *writer) Header() http.Header { return w.header }

// WriteHeader begins the answer; only the first final status counts, as in net/http.
func (w *writer) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status, w.sent = status, w.header.Clone()
	}
}

func (w *writer) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if w.bodyless() {
		return len(p), nil
	}
	return w.body.Write(p)
}

// Keep takes a whole body without copying it: from then on it is the gateway's.
func (w *writer) Keep(body []byte) {
	w.WriteHeader(http.StatusOK)
	if !w.bodyless() {
		w.body = *bytes.NewBuffer(body)
	}
}

// bodyless says whether HTTP allows no body here.
func (w *writer) bodyless() bool {
	return w.method == http.MethodHead || w.status == http.StatusNoContent || w.status == http.StatusNotModified
}

// response is the answer as the gateway takes it.
func (w *writer) response() events.APIGatewayV2HTTPResponse {
	out := w.head()
	if plain(w.sent, w.body.Bytes()) {
		out.Body = w.body.String()
		return out
	}
	out.Body, out.IsBase64Encoded = base64.StdEncoding.EncodeToString(w.body.Bytes()), true
	return out
}

// head is all of it but the body: cookies apart, every other field one value.
func (w *writer) head() events.APIGatewayV2HTTPResponse {
	w.WriteHeader(http.StatusOK)
	out := events.APIGatewayV2HTTPResponse{StatusCode: w.status, Headers: map[string]string{}}
	if w.body.Len() > 0 && w.sent.Get("Content-Type") == "" {
		w.sent.Set("Content-Type", http.DetectContentType(w.body.Bytes()))
	}
	for name, values := range w.sent {
		if name == "Set-Cookie" {
			out.Cookies = values
			continue
		}
		out.Headers[name] = strings.Join(values, ", ")
	}
	return out
}

// plain says whether a body can travel as text within JSON: it is text, by its type and by its bytes.
func plain(h http.Header, body []byte) bool {
	return textual(h.Get("Content-Type")) && h.Get("Content-Encoding") == "" && utf8.Valid(body)
}

// textual says which types the gateway hands over as text. Forms are not among them.
func textual(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(contentType), ";")
	}
	switch media {
	case "", "application/json", "application/javascript", "application/xml":
		return true
	}
	return strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "+json") || strings.HasSuffix(media, "+xml")
}
