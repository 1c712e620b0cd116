package api

import (
	"net/http"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// Messages serves POST /v1/berichten.
func (s *Service) Messages() http.Handler {
	return s.handler(endpoint{
		pattern: "/v1/berichten",
		methods: map[string]func(http.ResponseWriter, *http.Request) error{http.MethodPost: s.ask},
	})
}

// asked is the answer to a message. Region is null where the message names none.
type asked struct {
	Reference string  `json:"kenmerk"`
	Region    *string `json:"regio"`
	Recipient string  `json:"ontvanger"`
	Text      string  `json:"melding"`
}

func (s *Service) ask(w http.ResponseWriter, r *http.Request) error {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	values, err := s.read(r, forms.MessageSpec())
	if err != nil {
		return err
	}
	form, faults := forms.Message(values, mdt.RegionIDs(regions))
	routed, fault := mdt.Route(regions, s.Atlas, form.Region, form.Municipality, s.Now())
	if fault != nil {
		faults = append(faults, *fault)
	}
	if len(faults) > 0 {
		return invalid(faults)
	}
	stored, err := s.Ask(r.Context(), form, routed, regions, post(r, values))
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, s.asked(stored, form.Email))
}

func (s *Service) asked(m mdt.Message, email mdt.Address) asked {
	out := asked{Reference: m.Reference, Recipient: m.Recipient, Text: content.Answer("bericht",
		map[string]string{"email": email.Mail, "kenmerk": m.Reference, "teammail": s.Team.Email, "ontvanger": m.Recipient})}
	if m.Region != "" {
		out.Region = &m.Region
	}
	return out
}
