// Package apitest holds what the JSON API takes and answers against its own OpenAPI document.
package apitest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"aanmeldpunt/internal/api"
)

const base = "/v1" // the path of the document's server

// document is the router over the document; requests are matched below base.
var document = sync.OnceValues(func() (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromData([]byte(api.Description("https://aanmelden.example", "team@mdt.example")))
	if err != nil {
		return nil, err
	}
	doc.Servers = nil
	return legacy.NewRouter(doc)
})

// Checked serves with h, and fails the test for an answer that the document does not foresee, and for a
// request that is taken (2xx) though the document forbids it. What no route knows must be a problem of its
// own status. Bodies of forms are left to the table of fields.
func Checked(t testing.TB, h http.Handler) http.Handler {
	t.Helper()
	router, err := document()
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			body = nil // a test of a broken connection
		} else {
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		if fault := Fault(router, r, body, answer); fault != nil {
			t.Errorf("%s %s, %d: %v", r.Method, r.URL.Path, answer.Code, fault)
		}
		pass(w, answer)
	})
}

// Fault gives what the document has against a request (only where it was taken) or its answer.
func Fault(router routers.Router, r *http.Request, body []byte, answer *httptest.ResponseRecorder) error {
	described := r.Clone(r.Context())
	described.URL.Path = strings.TrimPrefix(r.URL.Path, base)
	described.URL.RawPath = ""
	described.Body = io.NopCloser(bytes.NewReader(body))
	route, params, err := router.FindRoute(described)
	if err != nil || strings.HasSuffix(r.URL.Path, "/") { // the router overlooks a last slash
		return unknown(r, answer)
	}
	asked := &openapi3filter.RequestValidationInput{Request: described, PathParams: params, Route: route,
		Options: &openapi3filter.Options{ExcludeRequestBody: !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json")}}
	if answer.Code < 300 {
		if err := openapi3filter.ValidateRequest(r.Context(), asked); err != nil {
			return err
		}
	}
	return openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: asked, Status: answer.Code, Header: answer.Header(),
		Body:    io.NopCloser(bytes.NewReader(answer.Body.Bytes())),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	})
}

func pass(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // the recorder's test reads it
}
