package api

import (
	"context"
	"errors"
	"net/http"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// maxRaces bounds how often one post decides again because others were quicker.
const maxRaces = 50

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
	values, err := forms.Read(r, forms.RegistrationSpec(meeting))
	if err != nil {
		return err
	}
	form, faults := forms.Registration(values, meeting, regionIDs(regions))
	if len(faults) > 0 {
		return invalid(faults)
	}
	result, err := s.decideRegistration(r.Context(), meeting, form, s.once(values, "aanmelding", meeting.ID, form.Email))
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, result)
}

// decideRegistration reads, decides and stores, again and again while others are quicker.
func (s *Service) decideRegistration(ctx context.Context, meeting mdt.Meeting, form mdt.RegistrationForm, once *store.Once) (registered, error) {
	ask := s.registerRequest(meeting, form)
	for range maxRaces {
		result, err := s.tryRegistration(ctx, &ask, once)
		if !errors.Is(err, store.ErrLostRace) {
			return s.settledRegistration(ctx, err, once, result, form.Email)
		}
	}
	return registered{}, store.ErrUnavailable
}

// settledRegistration is the answer, or the one that was given to the same key before.
func (s *Service) settledRegistration(ctx context.Context, err error, once *store.Once, result registered, email mdt.Address) (registered, error) {
	before, err := s.settle(ctx, err, once)
	if before == nil {
		return result, err
	}
	reference := before.Answer["kenmerk"]
	return registered{reference, mdt.Status(before.Answer["status"]), s.received("aanmelding", email, reference)}, nil
}

func (s *Service) registerRequest(meeting mdt.Meeting, form mdt.RegistrationForm) mdt.RegisterRequest {
	ask := mdt.RegisterRequest{Meeting: meeting, Form: form, Self: s.entrant(meeting, form.Email)}
	for _, guest := range form.Guests {
		ask.Guests = append(ask.Guests, s.entrant(meeting, guest.Email))
	}
	return ask
}

func (s *Service) entrant(meeting mdt.Meeting, email mdt.Address) mdt.Entrant {
	person := s.Identity.Person(email)
	return mdt.Entrant{Person: person, Reference: s.Identity.Reference("aanmelding", meeting.ID, string(person))}
}

// tryRegistration is one round: what stands there, the decision, the storing.
func (s *Service) tryRegistration(ctx context.Context, ask *mdt.RegisterRequest, once *store.Once) (registered, error) {
	if err := s.stand(ctx, ask); err != nil {
		return registered{}, err
	}
	decision, refusal := mdt.Register(*ask)
	if refusal == nil && decision.NeedsNumber {
		var err error
		if ask.Number, err = s.Store.NextNumber(ctx, ask.Meeting.ID); err != nil {
			return registered{}, err
		}
		decision, refusal = mdt.Register(*ask)
	}
	if refusal != nil {
		return registered{}, s.conflict(refusal)
	}
	result := registered{decision.Reference, decision.Status, s.received("aanmelding", ask.Form.Email, decision.Reference)}
	if once != nil {
		once.Answer = map[string]string{"kenmerk": result.Reference, "status": string(result.Status)}
	}
	err := s.Store.Register(ctx, decision, once, ask.Now)
	if errors.Is(err, store.ErrOrganisationFull) {
		return registered{}, s.conflict(&mdt.Refusal{Code: "organisatie.max", Pointer: "#/organisatie"})
	}
	return result, err
}

// stand reads the counter and the entries, and the meeting anew where the counter says it has changed.
func (s *Service) stand(ctx context.Context, ask *mdt.RegisterRequest) error {
	persons := []mdt.PersonID{ask.Self.Person}
	for _, guest := range ask.Guests {
		persons = append(persons, guest.Person)
	}
	standing, err := s.Store.Standing(ctx, ask.Meeting.ID, persons...)
	if err != nil {
		return err
	}
	if standing.Counter.Version != ask.Meeting.Version {
		meeting, err := s.Catalogue.Reread(ctx, ask.Meeting.ID)
		if err != nil || meeting == nil {
			return errors.Join(store.ErrUnavailable, err)
		}
		ask.Meeting = *meeting
	}
	ask.Now, ask.Counter, ask.Self.Standing = s.Now(), standing.Counter, standing.Entries[0]
	for i := range ask.Guests {
		ask.Guests[i].Standing = standing.Entries[i+1]
	}
	return nil
}

func regionIDs(regions []mdt.Region) []string {
	ids := make([]string, len(regions))
	for i, region := range regions {
		ids[i] = region.ID
	}
	return ids
}
