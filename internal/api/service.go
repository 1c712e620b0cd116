// Package api is the JSON API: one small handler per resource over the acts.
// It knows nothing of Lambda, of mails' words or of pages.
package api

import (
	"net/http"
	"strings"
	"time"

	"aanmeldpunt/internal/acts"
)

// Version is the version of the API's interface, in every answer's API-Version header.
const Version = "1.0.0"

// Service is what the handlers share.
type Service struct {
	*acts.Desk
	Origins  []string      // websites that may call from a browser
	Site     string        // base address of our own pages, without a slash at the end
	Patience time.Duration // how long one request may try, all its calls together; 0: as long as its caller waits
}

// endpoint is one path with what its methods do. prepare, when set, runs before the method is judged
// and says whether the path names something that exists: 404 comes before 405.
type endpoint struct {
	pattern string
	prepare func(*http.Request) (*http.Request, error)
	methods map[string]func(http.ResponseWriter, *http.Request) error
	anyone  bool // CORS for everyone
}

// handler serves some endpoints, and answers 404 for every other path.
func (s *Service) handler(endpoints ...endpoint) http.Handler {
	return s.frame(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, e := range endpoints {
			if values, ok := match(e.pattern, r.URL.Path); ok {
				for name, value := range values {
					r.SetPathValue(name, value)
				}
				s.serve(w, r, e)
				return
			}
		}
		s.fail(w, r, notFound("pad.onbekend"))
	}))
}

// match holds a path against a pattern with {names} for single segments; nothing is cleaned or redirected.
func match(pattern, path string) (map[string]string, bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	var values map[string]string
	for i, segment := range want {
		if name, ok := strings.CutPrefix(segment, "{"); ok && have[i] != "" {
			if values == nil {
				values = map[string]string{}
			}
			values[strings.TrimSuffix(name, "}")] = have[i]
		} else if segment != have[i] {
			return nil, false
		}
	}
	return values, true
}

func (s *Service) serve(w http.ResponseWriter, r *http.Request, e endpoint) {
	s.cors(w, r, e)
	if e.prepare != nil {
		prepared, err := e.prepare(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		r = prepared
	}
	if r.Method == http.MethodOptions {
		s.options(w, r, e)
		return
	}
	act, ok := e.methods[r.Method]
	if !ok && r.Method == http.MethodHead {
		act, ok = e.methods[http.MethodGet]
	}
	if !ok {
		w.Header().Set("Allow", e.allowed())
		s.fail(w, r, methodNotAllowed())
		return
	}
	if err := act(w, r); err != nil {
		s.fail(w, r, err)
	}
}
