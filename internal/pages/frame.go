package pages

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
)

// frame puts round every answer what every answer carries, and turns a panic into a plain 500.
func (s *Service) frame(next http.Handler) http.Handler {
	policy := s.policy()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header(), policy)
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
				s.fail(w, r, fmt.Errorf("pages: panic: %v\n%s", p, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// policy is the content security policy (W3). Forms may end at the websites that a visitor came from, for a
// browser holds the policy against redirects too.
func (s *Service) policy() string {
	return "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action " +
		strings.Join(append([]string{"'self'"}, s.Origins...), " ") + "; base-uri 'none'; frame-ancestors 'none'"
}

// setHeaders sets the headers of requirements W2-W4 and API11. What is the same for everyone and never
// changes may lift the ban on caches.
func setHeaders(h http.Header, policy string) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
}

// headOnly answers HEAD: everything of GET but the body.
type headOnly struct{ http.ResponseWriter }

func (headOnly) Write(p []byte) (int, error) { return len(p), nil }

// match holds a path, as it was sent, against a pattern with {names} for single segments; nothing is cleaned
// or redirected.
func match(pattern, path string) (map[string]string, bool) {
	var values map[string]string
	for {
		want, restWant, moreWant := strings.Cut(pattern, "/")
		have, restHave, moreHave := strings.Cut(path, "/")
		have, err := url.PathUnescape(have)
		name, named := strings.CutPrefix(want, "{")
		switch {
		case err != nil || moreWant != moreHave || named && have == "" || !named && want != have:
			return nil, false
		case named && values == nil:
			values = map[string]string{strings.TrimSuffix(name, "}"): have}
		case named:
			values[strings.TrimSuffix(name, "}")] = have
		}
		if !moreWant {
			return values, true
		}
		pattern, path = restWant, restHave
	}
}
