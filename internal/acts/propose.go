package acts

import (
	"cmp"
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Propose stores a proposal and its letters, or gives what was stored with the same key before: also after
// the deadline, for an answer that was given stays. The error is *Refused, *TooOften, ErrKeyUsed or the store's.
func (d *Desk) Propose(ctx context.Context, meeting mdt.Meeting, form mdt.ProposalForm, post Post) (mdt.Proposal, error) {
	ask := d.proposeRequest(meeting, form)
	ask.ID, ask.Reference, ask.Body = d.unique(post, "voorstel", meeting.ID, ask.Person)
	decision, refusal := mdt.Propose(ask)
	if refusal != nil {
		return d.proposedBefore(ctx, ask, refusal, post.Trap)
	}
	if err := d.askLeave(ctx, post.From, false).given(); err != nil {
		return mdt.Proposal{}, err
	}
	if post.Trap {
		return decision.Proposal, d.suspected(d.Store.Suspect(ctx, ask.SuspectOf(), meeting, nil, nil), ask.Body)
	}
	err := d.Store.Propose(ctx, decision)
	var before *store.ProposedBefore
	if errors.As(err, &before) {
		return sameProposal(before.Proposal, ask)
	}
	return decision.Proposal, err
}

func (d *Desk) proposeRequest(meeting mdt.Meeting, form mdt.ProposalForm) mdt.ProposeRequest {
	ask := mdt.ProposeRequest{Now: d.Now(), Meeting: meeting, Form: form, Person: d.Identity.Person(form.Email)}
	if form.Leader.Who == mdt.LedByOther {
		ask.Leader = d.Identity.Person(form.Leader.Email)
	}
	return ask
}

func (d *Desk) proposedBefore(ctx context.Context, ask mdt.ProposeRequest, refusal *mdt.Refusal, trap bool) (mdt.Proposal, error) {
	if ask.Body == "" {
		return mdt.Proposal{}, refuse(refusal)
	}
	if trap {
		before, err := d.Store.SuspectOf(ctx, ask.Person, ask.ID, ask.Now)
		if err != nil || before == nil {
			return mdt.Proposal{}, cmp.Or[error](err, refuse(refusal))
		}
		return sameProposal(mdt.Proposal{Reference: before.Reference, Status: mdt.Received, Body: before.Body}, ask)
	}
	before, err := d.Store.Proposal(ctx, ask.Meeting.ID, ask.ID, ask.Person)
	switch {
	case err != nil:
		return mdt.Proposal{}, err
	case before == nil:
		return mdt.Proposal{}, refuse(refusal)
	}
	return sameProposal(*before, ask)
}

func sameProposal(before mdt.Proposal, ask mdt.ProposeRequest) (mdt.Proposal, error) {
	if before.Body != ask.Body {
		return mdt.Proposal{}, ErrKeyUsed
	}
	return before, nil
}
