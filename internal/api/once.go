package api

import (
	"net/http"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// post is what an act must know of a body beside its fields.
func post(values *forms.Values) acts.Post {
	return acts.Post{Key: values.Key(), Values: values.Canonical()}
}

func keyUsedOtherwise() *problem {
	return newProblem(http.StatusUnprocessableEntity, "sleutel.anders", nil)
}

// received is what is said after something was stored.
func (s *Service) received(what string, email mdt.Address, reference string) string {
	return content.Answer(what, map[string]string{"email": email.Mail, "kenmerk": reference, "teammail": s.Team.Email})
}
