package pages

import (
	"encoding/json"
	"net/http"

	"aanmeldpunt/internal/look"
)

// copy gives everything of the person to take along, whatever the link is for. A mail that was passed on must not
// open it: it takes a fresh link.
func (s *Service) copy(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if !v.fresh {
		return s.showOwn(w, r, http.StatusForbidden, v, ownShown{summary: s.summary("409", nil, say("mijn.nieuweLinkNodig"))})
	}
	letters, err := s.OwnLetters(r.Context(), v.own)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(v.own.Copied(letters, look.Why, v.now), "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	w.Header().Set("Content-Disposition", `attachment; filename="gegevens.json"`)
	return look.Give(w, "application/json", string(text))
}
