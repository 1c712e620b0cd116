package api

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
)

// frame puts round every answer what every answer carries, and turns a panic into a plain 500.
func (s *Service) frame(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header())
		if r.Method == http.MethodHead {
			w = headOnly{w}
		}
		if s.Patience > 0 {
			ctx, cancel := context.WithTimeout(r.Context(), s.Patience)
			defer cancel()
			r = r.WithContext(ctx)
		}
		defer func() {
			if p := recover(); p != nil {
				s.fail(w, r, fmt.Errorf("api: panic: %v\n%s", p, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// setHeaders sets what the API rules (API4, API11) and the web rules (W2-W4) ask of every answer.
func setHeaders(h http.Header) {
	h.Set("API-Version", Version)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
}

// headOnly answers HEAD: everything of GET but the body.
type headOnly struct{ http.ResponseWriter }

func (headOnly) Write(p []byte) (int, error) { return len(p), nil }

// cors allows the configured websites, and for public documents everyone. Cookies are never allowed.
func (s *Service) cors(w http.ResponseWriter, r *http.Request, e endpoint) {
	h := w.Header()
	if e.anyone {
		h.Set("Access-Control-Allow-Origin", "*")
	} else {
		h.Add("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if origin == "" || !slices.Contains(s.Origins, origin) {
			return
		}
		h.Set("Access-Control-Allow-Origin", origin)
	}
	h.Set("Access-Control-Expose-Headers", "API-Version, Retry-After")
}

func (s *Service) options(w http.ResponseWriter, r *http.Request, e endpoint) {
	h := w.Header()
	h.Set("Allow", e.allowed())
	if h.Get("Access-Control-Allow-Origin") != "" && r.Header.Get("Access-Control-Request-Method") != "" {
		h.Set("Access-Control-Allow-Methods", e.allowed())
		h.Set("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key")
		h.Set("Access-Control-Max-Age", "600")
	}
	w.WriteHeader(http.StatusNoContent)
}

func (e endpoint) allowed() string {
	methods := []string{http.MethodOptions}
	for method := range e.methods {
		methods = append(methods, method)
		if method == http.MethodGet {
			methods = append(methods, http.MethodHead)
		}
	}
	slices.Sort(methods)
	return strings.Join(methods, ", ")
}
