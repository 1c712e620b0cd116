package pages

import (
	"net/http"
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
