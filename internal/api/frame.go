package api

import (
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/web"
)

// policy forbids everything: nothing of ours is a page (W3).
const policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// frame puts round every answer what every answer carries, with the version of the interface (API4).
func (s *Service) frame(next http.Handler) http.Handler {
	return web.Frame{Policy: policy, Patience: s.Patience, Fail: s.fail}.Round(
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("API-Version", Version)
			next.ServeHTTP(w, r)
		}))
}

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
