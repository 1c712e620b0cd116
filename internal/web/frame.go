// Package web is what every answer of ours has, whoever makes it: the headers that the web asks for, no body
// for HEAD, one patience for a request, and a plain answer where we fell.
package web

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"
)

// Frame is put round what answers.
type Frame struct {
	Policy   string                                          // content security policy (W3)
	Patience time.Duration                                   // how long one request may try; 0: as long as its caller waits
	Fail     func(http.ResponseWriter, *http.Request, error) // answers a request that made us fall
}

// Round gives next with the frame round it.
func (f Frame) Round(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.setHeaders(w.Header())
		if r.Method == http.MethodHead {
			w = headOnly{w}
		}
		if f.Patience > 0 {
			ctx, cancel := context.WithTimeout(r.Context(), f.Patience)
			defer cancel()
			r = r.WithContext(ctx)
		}
		defer func() {
			if p := recover(); p != nil {
				f.Fail(w, r, fmt.Errorf("web: panic: %v\n%s", p, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Caught does something that goes on beside a handler, where a fall would end the whole process with all that it was
// answering, and gives a fall as an error.
func Caught(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("web: panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}

// setHeaders sets what the web rules (W2-W4) and the API rules (API11) ask of every answer. What is the same
// for everyone and never changes may lift the ban on caches.
func (f Frame) setHeaders(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", f.Policy)
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
}

// headOnly answers HEAD: everything of GET but the body.
type headOnly struct{ http.ResponseWriter }

func (headOnly) Write(p []byte) (int, error) { return len(p), nil }
