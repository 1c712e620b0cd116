package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/console"
	"aanmeldpunt/internal/forms"
)

// TestWhatOfABodyGoesIntoAnEvent: as much as its function takes and one byte more. A sheet for the desk goes whole.
func TestWhatOfABodyGoesIntoAnEvent(t *testing.T) {
	lengths := newFunction(func(_ context.Context, e events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		return events.APIGatewayV2HTTPResponse{StatusCode: http.StatusOK, Body: strconv.Itoa(len(e.Body))}, nil
	})
	g := &gate{fallback: lengths, traffic: new(traffic), log: slog.New(slog.DiscardHandler)}
	for _, tt := range []struct {
		path       string
		sent, want int
	}{
		{"/v1/berichten", 100, 100},
		{"/v1/berichten", 1 << 20, forms.MaxBody + 1},
		{"/consolex", 1 << 20, forms.MaxBody + 1},
		{"/console/regiobestanden", 40 << 10, 40 << 10},
		{"/console/regiobestanden", 1 << 20, console.MaxFile + 1},
	} {
		r := httptest.NewRequest(http.MethodPost, tt.path, bytes.NewReader([]byte(strings.Repeat("a", tt.sent))))
		r.Header.Set("Content-Type", "application/json") // such a body stands in an event as it is
		w := httptest.NewRecorder()
		g.ServeHTTP(w, r)
		if got := w.Body.String(); got != strconv.Itoa(tt.want) {
			t.Errorf("%d bytes to %s: %s, want %d", tt.sent, tt.path, got, tt.want)
		}
	}
}
