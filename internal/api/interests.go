package api

import (
	"context"
	"errors"
	"net/http"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
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
	values, err := forms.Read(r, forms.InterestSpec())
	if err != nil {
		return err
	}
	form, faults := forms.Interest(values)
	if len(faults) > 0 {
		return invalid(faults)
	}
	result, err := s.decideInterest(r.Context(), meeting, form, s.once(values, "attendering", meeting.ID, form.Email))
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, result)
}

func (s *Service) decideInterest(ctx context.Context, meeting mdt.Meeting, form mdt.InterestForm, once *store.Once) (noted, error) {
	person := s.Identity.Person(form.Email)
	ask := mdt.TellRequest{Meeting: meeting, Form: form, Person: person,
		Reference: s.Identity.Reference("attendering", meeting.ID, string(person))}
	if once != nil {
		once.Answer = map[string]string{"kenmerk": ask.Reference}
	}
	result := noted{ask.Reference, s.received("attendering", form.Email, ask.Reference)}
	for range maxRaces {
		err := s.tryInterest(ctx, &ask, once)
		if errors.Is(err, store.ErrLostRace) {
			continue
		}
		// The reference belongs to the address: an earlier answer to the same key is this very one.
		if before, err := s.settle(ctx, err, once); before == nil && err != nil {
			return noted{}, err
		}
		return result, nil
	}
	return noted{}, store.ErrUnavailable
}

func (s *Service) tryInterest(ctx context.Context, ask *mdt.TellRequest, once *store.Once) error {
	standing, err := s.Store.Interest(ctx, ask.Meeting.ID, ask.Person)
	if err != nil {
		return err
	}
	ask.Now, ask.Standing = s.Now(), standing
	decision, refusal := mdt.Tell(*ask)
	if refusal != nil {
		return s.conflict(refusal)
	}
	return s.Store.Tell(ctx, decision, once, ask.Now)
}
