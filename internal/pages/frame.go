package pages

import (
	"net/http"
	"net/url"
	"strings"

	"aanmeldpunt/internal/web"
)

// frame puts round every answer what every answer carries.
func (s *Service) frame(next http.Handler) http.Handler {
	return web.Frame{Policy: s.policy(), Patience: s.Patience, Fail: s.fail}.Round(next)
}

// policy is the content security policy (W3). Forms may end at the websites that a visitor came from, for a
// browser holds the policy against redirects too.
func (s *Service) policy() string {
	return "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action " +
		strings.Join(append([]string{"'self'"}, s.Origins...), " ") + "; base-uri 'none'; frame-ancestors 'none'"
}

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
