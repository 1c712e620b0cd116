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

// once is the record of the post's idempotency key, or nil without one. A key counts per call and address.
func (s *Service) once(values *forms.Values, call, meeting string, email mdt.Address) *store.Once {
	key := values.Key()
	if key == "" {
		return nil
	}
	return &store.Once{
		Key:  s.Identity.Digest("post", call, meeting, string(s.Identity.Person(email)), key),
		Body: s.Identity.Digest("inhoud", string(values.Canonical())),
	}
}

func keyUsedOtherwise() *problem {
	return newProblem(http.StatusUnprocessableEntity, "sleutel.anders", nil)
}

// settle gives the stored answer of a used key its right: before a refusal (409), and in the place of
// storing again. It gives what was answered before, or nil and the error that stands.
func (s *Service) settle(ctx context.Context, err error, once *store.Once) (*store.Once, error) {
	var used *store.Repeated
	var refusal *problem
	before := (*store.Once)(nil)
	switch {
	case errors.As(err, &used):
		before = &used.Once
	case once != nil && errors.As(err, &refusal) && refusal.Status == http.StatusConflict:
		stored, readErr := s.Store.Answered(ctx, once.Key, s.Now())
		if readErr != nil {
			return nil, readErr
		}
		if stored == nil {
			return nil, err
		}
		before = stored
	default:
		return nil, err
	}
	if before.Body != once.Body {
		return nil, keyUsedOtherwise()
	}
	return before, nil
}

// received is what is said after something was stored.
func (s *Service) received(what string, email mdt.Address, reference string) string {
	return content.Answer(what, map[string]string{"email": email.Mail, "kenmerk": reference, "teammail": s.TeamMail})
}
