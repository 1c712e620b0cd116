package main

import (
	"net/http"
	"strings"
)

// A browser sends to this very machine, over http, also the cookies that are for https alone; most other programs do
// not. Here each such cookie has a twin that those send.
const (
	hostPrefix = "__Host-"
	twinPrefix = "lokaal-"
)

// twinned lets programs sign in that keep cookies as a browser keeps those of a site on the internet.
func twinned(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, cookie := range r.Cookies() {
			name, is := strings.CutPrefix(cookie.Name, twinPrefix)
			if _, err := r.Cookie(hostPrefix + name); is && err != nil {
				r.AddCookie(&http.Cookie{Name: hostPrefix + name, Value: cookie.Value})
			}
		}
		next.ServeHTTP(&twins{ResponseWriter: w}, r)
	})
}

// twins adds the twins to an answer before its first byte.
type twins struct {
	http.ResponseWriter
	begun bool
}

func (t *twins) WriteHeader(status int) {
	t.begin()
	t.ResponseWriter.WriteHeader(status)
}

func (t *twins) Write(p []byte) (int, error) {
	t.begin()
	return t.ResponseWriter.Write(p)
}

// Unwrap lets whoever needs more of the connection find it.
func (t *twins) Unwrap() http.ResponseWriter { return t.ResponseWriter }

func (t *twins) begin() {
	if t.begun {
		return
	}
	t.begun = true
	answer := http.Response{Header: t.Header()}
	for _, cookie := range answer.Cookies() {
		if name, is := strings.CutPrefix(cookie.Name, hostPrefix); is {
			cookie.Name, cookie.Secure = twinPrefix+name, false
			http.SetCookie(t, cookie)
		}
	}
}
