// Package gateway turns an event of an API Gateway HTTP API (payload format 2.0) into a request for a plain
// http.Handler, and the handler's answer back. It also does the reverse, so that one machine can feed the
// same functions real events. It knows nothing of what the handlers do.
package gateway

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// ErrNotHTTP says that the event is not one of an HTTP API in payload format 2.0: the function was wired to
// something else.
var ErrNotHTTP = errors.New("gateway: no event of an HTTP API, payload format 2.0")

// Handler makes a Lambda handler of an HTTP handler. An event that is not an HTTP API's gives ErrNotHTTP, and
// a body that is not the base64 it says to be is answered 400; the HTTP handler sees neither.
//
// The request's RemoteAddr is the address the gateway itself saw. Header fields that came several times
// are one value with commas, as the gateway hands them over.
func Handler(h http.Handler) func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	return func(ctx context.Context, e events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		w, err := serve(ctx, h, e)
		switch {
		case err != nil:
			return events.APIGatewayV2HTTPResponse{}, err
		case w == nil:
			return badBody, nil
		}
		return w.response(), nil
	}
}

// serve gives what the handler answered; nil where the body is not what the event says.
func serve(ctx context.Context, h http.Handler, e events.APIGatewayV2HTTPRequest) (*writer, error) {
	if e.Version != "2.0" || e.RequestContext.HTTP.Method == "" {
		return nil, ErrNotHTTP
	}
	r, err := request(e)
	if err != nil {
		return nil, nil
	}
	w := newWriter(r.Method)
	h.ServeHTTP(w, r.WithContext(ctx))
	return w, nil
}

var badBody = events.APIGatewayV2HTTPResponse{
	StatusCode: http.StatusBadRequest,
	Headers:    map[string]string{"Content-Type": "application/problem+json", "Cache-Control": "no-store"},
	Body:       `{"type":"about:blank","title":"Niet goed ingevuld","status":400,"detail":"We kunnen dit niet lezen."}`,
}

// request builds the request that the event tells of; the error is that of a body that is no base64.
func request(e events.APIGatewayV2HTTPRequest) (*http.Request, error) {
	body, length, err := body(e)
	if err != nil {
		return nil, err
	}
	u := location(e)
	r := &http.Request{
		Method:        e.RequestContext.HTTP.Method,
		URL:           u,
		RequestURI:    u.RequestURI(),
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        header(e),
		Body:          body,
		ContentLength: length,
		Host:          e.Headers["host"],
		RemoteAddr:    net.JoinHostPort(e.RequestContext.HTTP.SourceIP, "0"),
	}
	if r.Host == "" {
		r.Host = e.RequestContext.DomainName
	}
	return r, nil
}

// location is the path and query. The gateway puts the stage before the path, unless it is the default one.
func location(e events.APIGatewayV2HTTPRequest) *url.URL {
	path := e.RawPath
	if stage := e.RequestContext.Stage; stage != "" && stage != "$default" {
		if rest, ok := strings.CutPrefix(path, "/"+stage); ok && (rest == "" || rest[0] == '/') {
			path = rest
		}
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	u := &url.URL{Path: path, RawQuery: e.RawQueryString}
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = plain, path
	}
	return u
}

func header(e events.APIGatewayV2HTTPRequest) http.Header {
	h := make(http.Header, len(e.Headers)+1)
	for name, value := range e.Headers {
		if !strings.EqualFold(name, "host") {
			h.Set(name, value)
		}
	}
	if len(e.Cookies) > 0 {
		h.Set("Cookie", strings.Join(e.Cookies, "; "))
	}
	return h
}

func body(e events.APIGatewayV2HTTPRequest) (body io.ReadCloser, length int64, err error) {
	text := e.Body
	if e.IsBase64Encoded {
		decoded, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, 0, err
		}
		text = string(decoded)
	}
	if text == "" {
		return http.NoBody, 0, nil
	}
	return io.NopCloser(strings.NewReader(text)), int64(len(text)), nil
}
