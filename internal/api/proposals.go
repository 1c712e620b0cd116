package api

import (
	"net/http"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// Proposals serves POST /v1/bijeenkomsten/{bijeenkomst}/voorstellen.
func (s *Service) Proposals() http.Handler {
	return s.handler(s.posts("voorstellen", s.propose))
}

// proposed is the answer to a proposal.
type proposed struct {
	Reference string             `json:"kenmerk"`
	Status    mdt.ProposalStatus `json:"status"`
	Text      string             `json:"melding"`
}

func (s *Service) propose(w http.ResponseWriter, r *http.Request) error {
	meeting := meetingOf(r)
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	values, err := s.read(r, forms.ProposalSpec())
	if err != nil {
		return err
	}
	form, faults := forms.Proposal(values, mdt.RegionIDs(regions))
	if len(faults) > 0 {
		return invalid(faults)
	}
	stored, err := s.Propose(r.Context(), meeting, form, post(r, values))
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, proposed{stored.Reference, stored.Status, s.received("voorstel", form.Email, stored.Reference)})
}
