package gateway

import (
	"encoding/base64"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// MaxBody is the largest body the gateway lets through, in bytes. It answers 413 by itself.
const MaxBody = 10 << 20

// Event gives the event that the gateway would make of a request whose body has been read. The source is
// the TCP peer. Time and request id are left out.
func Event(r *http.Request, body []byte) events.APIGatewayV2HTTPRequest {
	peer := peer(r)
	e := events.APIGatewayV2HTTPRequest{
		Version:               "2.0",
		RouteKey:              "$default",
		RawPath:               r.URL.EscapedPath(),
		RawQueryString:        r.URL.RawQuery,
		Headers:               headers(r, peer, len(body)),
		Cookies:               cookies(r.Header),
		QueryStringParameters: query(r),
		Body:                  string(body),
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			RouteKey: "$default",
			Stage:    "$default",
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: r.Method, Path: r.URL.Path, Protocol: r.Proto, SourceIP: peer, UserAgent: r.UserAgent()},
		},
	}
	e.RequestContext.DomainName, _, _ = strings.Cut(r.Host, ":")
	if len(body) > 0 && !plain(r.Header, body) {
		e.Body, e.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	return e
}

func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// headers are the fields in lower case, several values of one joined by commas. The gateway adds its own
// account of where the request came from behind whatever the client claimed.
func headers(r *http.Request, peer string, length int) map[string]string {
	h := make(map[string]string, len(r.Header)+3)
	for name, values := range r.Header {
		if name != "Cookie" {
			h[strings.ToLower(name)] = strings.Join(values, ",")
		}
	}
	h["host"] = r.Host
	if length > 0 {
		h["content-length"] = strconv.Itoa(length)
	}
	h["x-forwarded-proto"] = "http"
	if claimed := h["x-forwarded-for"]; claimed != "" {
		peer = claimed + ", " + peer
	}
	h["x-forwarded-for"] = peer
	return h
}

func cookies(h http.Header) []string {
	var cookies []string
	for _, line := range h.Values("Cookie") {
		for cookie := range strings.SplitSeq(line, ";") {
			if cookie = strings.TrimSpace(cookie); cookie != "" {
				cookies = append(cookies, cookie)
			}
		}
	}
	return cookies
}

func query(r *http.Request) map[string]string {
	if r.URL.RawQuery == "" {
		return nil
	}
	parameters := map[string]string{}
	for name, values := range r.URL.Query() {
		parameters[name] = strings.Join(values, ",")
	}
	return parameters
}

// Write answers with what a function gave back, the way the gateway does. A body that is not the base64 it
// says to be, or a status that is none, is a fault of the function: 502.
func Write(w http.ResponseWriter, response events.APIGatewayV2HTTPResponse) {
	body := []byte(response.Body)
	if response.IsBase64Encoded {
		decoded, err := base64.StdEncoding.DecodeString(response.Body)
		if err != nil {
			response.StatusCode = 0
		}
		body = decoded
	}
	if response.StatusCode < 200 || response.StatusCode > 599 {
		http.Error(w, `{"message":"Internal Server Error"}`, http.StatusBadGateway)
		return
	}
	h := w.Header()
	for name, value := range response.Headers {
		h.Set(name, value)
	}
	for _, cookie := range response.Cookies {
		h.Add("Set-Cookie", cookie)
	}
	w.WriteHeader(response.StatusCode)
	_, _ = w.Write(body) // a client that is gone hears nothing
}
