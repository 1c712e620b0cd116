package api

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
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
	values, err := forms.Read(r, forms.ProposalSpec())
	if err != nil {
		return err
	}
	form, faults := forms.Proposal(values, regionIDs(regions))
	if len(faults) > 0 {
		return invalid(faults)
	}
	ask := mdt.ProposeRequest{Now: s.Now(), Meeting: meeting, Form: form, Person: s.Identity.Person(form.Email)}
	if form.Leader.Who == mdt.LedByOther {
		ask.Leader = s.Identity.Person(form.Leader.Email)
	}
	ask.ID, ask.Reference, ask.Body = s.unique(values, "voorstel", meeting.ID, form.Email)
	stored, err := s.storeProposal(r.Context(), ask)
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, proposed{stored.Reference, stored.Status, s.received("voorstel", form.Email, stored.Reference)})
}

// storeProposal decides and stores, or gives what was stored with the same key before: also after the
// deadline, for an answer that was given stays.
func (s *Service) storeProposal(ctx context.Context, ask mdt.ProposeRequest) (mdt.Proposal, error) {
	decision, refusal := mdt.Propose(ask)
	if refusal != nil {
		return s.proposedBefore(ctx, ask, refusal)
	}
	err := s.Store.Propose(ctx, decision)
	var before *store.ProposedBefore
	if errors.As(err, &before) {
		return sameProposal(before.Proposal, ask)
	}
	return decision.Proposal, err
}

func (s *Service) proposedBefore(ctx context.Context, ask mdt.ProposeRequest, refusal *mdt.Refusal) (mdt.Proposal, error) {
	if ask.Body == "" {
		return mdt.Proposal{}, s.conflict(refusal)
	}
	before, err := s.Store.Proposal(ctx, ask.Meeting.ID, ask.ID, ask.Person)
	switch {
	case err != nil:
		return mdt.Proposal{}, err
	case before == nil:
		return mdt.Proposal{}, s.conflict(refusal)
	}
	return sameProposal(*before, ask)
}

func sameProposal(before mdt.Proposal, ask mdt.ProposeRequest) (mdt.Proposal, error) {
	if before.Body != ask.Body {
		return mdt.Proposal{}, keyUsedOtherwise()
	}
	return before, nil
}

// unique names a new entry. With an idempotency key the name and the reference are made from it, so that
// the entry is its own record of the key; body is then the digest of what was sent. Without one they are
// random and body is empty.
func (s *Service) unique(values *forms.Values, call, meeting string, email mdt.Address) (id, reference, body string) {
	once := s.once(values, call, meeting, email)
	if once == nil {
		id = strings.ToLower(rand.Text())
		return id, s.Identity.Reference(call, id), ""
	}
	return once.Key, s.Identity.Reference(call, once.Key), once.Body
}
