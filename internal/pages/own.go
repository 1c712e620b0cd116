package pages

import (
	"net/http"

	"aanmeldpunt/internal/links"
)

// own says what a personal link is for.
func (s *Service) own(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.Links.Verify(links.Own, r.PathValue("token"), s.Now()); err != nil {
		return &trouble{status: http.StatusNotFound, about: "link"}
	}
	return s.plain(w, r, "persoonlijk")
}
