package api

import (
	"net/http"

	"aanmeldpunt/internal/forms"
)

// Interests serves POST /v1/bijeenkomsten/{bijeenkomst}/attenderingen.
func (s *Service) Interests() http.Handler {
	return s.handler(s.posts("attenderingen", s.tell))
}

// noted is the answer to an interest.
type noted struct {
	Reference string `json:"kenmerk"`
	Text      string `json:"melding"`
}

func (s *Service) tell(w http.ResponseWriter, r *http.Request) error {
	meeting := meetingOf(r)
	values, err := s.read(r, forms.InterestSpec())
	if err != nil {
		return err
	}
	form, faults := forms.Interest(values)
	if len(faults) > 0 {
		return invalid(faults)
	}
	reference, err := s.Tell(r.Context(), meeting, form, post(r, values))
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, noted{reference, s.received("attendering", form.Email, reference)})
}
