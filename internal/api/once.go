package api

import (
	"net/http"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// read takes a body apart. Who posts too often hears that before the fields are judged.
func (s *Service) read(r *http.Request, spec forms.Spec) (*forms.Values, error) {
	values, err := forms.Read(r, spec)
	if err != nil {
		return nil, err
	}
	if often := s.Limited(r.RemoteAddr); often != nil {
		return nil, often
	}
	return values, nil
}

// post is what an act must know of a post beside its fields.
func post(r *http.Request, values *forms.Values) acts.Post {
	return acts.Post{Key: values.Key(), Values: values.Canonical(), From: r.RemoteAddr, Trap: values.Trap()}
}

func keyUsedOtherwise() *problem {
	return newProblem(http.StatusUnprocessableEntity, "sleutel.anders", nil)
}

// received is what is said after something was stored.
func (s *Service) received(what string, email mdt.Address, reference string) string {
	return content.Answer(what, map[string]string{"email": email.Mail, "kenmerk": reference, "teammail": s.Team.Email})
}
