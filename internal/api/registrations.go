package api

import (
	"net/http"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// Registrations serves POST /v1/bijeenkomsten/{bijeenkomst}/aanmeldingen.
func (s *Service) Registrations() http.Handler {
	return s.handler(s.posts("aanmeldingen", s.register))
}

// registered is the answer to a registration.
type registered struct {
	Reference string     `json:"kenmerk"`
	Status    mdt.Status `json:"status"`
	Text      string     `json:"melding"`
}

func (s *Service) register(w http.ResponseWriter, r *http.Request) error {
	meeting := meetingOf(r)
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	values, err := s.read(r, forms.RegistrationSpec(meeting))
	if err != nil {
		return err
	}
	form, faults := forms.Registration(values, meeting, mdt.RegionIDs(regions))
	if len(faults) > 0 {
		return invalid(faults)
	}
	result, err := s.Register(r.Context(), meeting, form, post(r, values))
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, registered{result.Reference, result.Status, s.received("aanmelding", form.Email, result.Reference)})
}
