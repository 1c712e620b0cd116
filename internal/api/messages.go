package api

import (
	"context"
	"errors"
	"net/http"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
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
	values, err := forms.Read(r, forms.MessageSpec())
	if err != nil {
		return err
	}
	now := s.Now()
	form, faults := forms.Message(values, regionIDs(regions))
	routed, fault := mdt.Route(regions, s.Atlas, form.Region, form.Municipality, now)
	if fault != nil {
		faults = append(faults, *fault)
	}
	if len(faults) > 0 {
		return invalid(faults)
	}
	ask := mdt.AskRequest{Now: now, Form: form, Routed: routed, Team: s.team(), Person: s.Identity.Person(form.Email)}
	ask.FromFacilitator = mdt.IsFacilitator(regions, form.Email, now)
	ask.ID, ask.Reference, ask.Body = s.unique(values, "bericht", "", form.Email)
	stored, err := s.storeMessage(r.Context(), ask)
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, s.asked(stored, form.Email))
}

func (s *Service) team() mdt.Responder {
	return mdt.Responder{Name: content.TeamName, Email: s.TeamMail}
}

func (s *Service) storeMessage(ctx context.Context, ask mdt.AskRequest) (mdt.Message, error) {
	var err error
	if ask.Confirmed, err = s.Store.Confirmed(ctx, ask.Person, ask.Now); err != nil {
		return mdt.Message{}, err
	}
	if ask.Routed.Alarm != "" {
		s.Log.ErrorContext(ctx, "message goes to the national team", "reason", ask.Routed.Alarm)
	}
	decision := mdt.Ask(ask)
	err = s.Store.Ask(ctx, decision)
	var before *store.AskedBefore
	if !errors.As(err, &before) {
		return decision.Message, err
	}
	if before.Message.Body != ask.Body {
		return mdt.Message{}, keyUsedOtherwise()
	}
	return before.Message, nil
}

func (s *Service) asked(m mdt.Message, email mdt.Address) asked {
	out := asked{Reference: m.Reference, Recipient: m.Recipient, Text: content.Answer("bericht",
		map[string]string{"email": email.Mail, "kenmerk": m.Reference, "teammail": s.TeamMail, "ontvanger": m.Recipient})}
	if m.Region != "" {
		out.Region = &m.Region
	}
	return out
}
