package acts

import (
	"context"

	"aanmeldpunt/internal/mdt"
)

// ChangeProposal stores what a person changes of an own proposal. The error is *Refused or the store's.
func (d *Desk) ChangeProposal(ctx context.Context, meeting, id string, person mdt.PersonID, form mdt.ProposalChange) error {
	return d.onProposal(ctx, meeting, id, person, func(s mdt.ProposalScene) (mdt.ProposalAct, *mdt.Refusal) {
		if form.Leader.Who == mdt.LedByOther {
			s.Leader = d.Identity.Person(form.Leader.Email)
		}
		return mdt.ChangeProposal(s, form)
	})
}

// WithdrawProposal takes an own proposal back. The error is *Refused or the store's.
func (d *Desk) WithdrawProposal(ctx context.Context, meeting, id string, person mdt.PersonID) error {
	return d.onProposal(ctx, meeting, id, person, mdt.WithdrawProposal)
}

// DeclineLeading takes a person's name off the proposal of somebody else. The error is *Refused or the store's.
func (d *Desk) DeclineLeading(ctx context.Context, led mdt.Leading) error {
	return d.onProposal(ctx, led.Meeting, led.Proposal, led.By, func(s mdt.ProposalScene) (mdt.ProposalAct, *mdt.Refusal) {
		return mdt.DeclineLeading(s, led.Person)
	})
}

// onProposal reads a proposal, decides and stores, again while others are quicker.
func (d *Desk) onProposal(ctx context.Context, meeting, id string, person mdt.PersonID,
	decide func(mdt.ProposalScene) (mdt.ProposalAct, *mdt.Refusal)) error {
	return untilStored(func() error {
		scene, err := d.proposalScene(ctx, meeting, id, person)
		if err != nil {
			return err
		}
		act, refusal := decide(scene)
		if refusal != nil {
			return refuse(refusal)
		}
		if act.IsZero() {
			return nil
		}
		return d.Store.ActOnProposal(ctx, act)
	})
}

func (d *Desk) proposalScene(ctx context.Context, meeting, id string, person mdt.PersonID) (scene mdt.ProposalScene, err error) {
	known, err := d.Catalogue.Any(ctx, meeting)
	if err != nil || known == nil {
		return scene, err // every act on a proposal that is not there is refused
	}
	scene.Now, scene.Meeting = d.Now(), *known
	if scene.Proposal, err = d.Store.Proposal(ctx, meeting, id, person); err != nil || scene.Proposal == nil {
		return scene, err
	}
	scene.Letters, err = d.Store.Unsettled(ctx, scene.Proposal.LetterIDs)
	return scene, err
}

// WithdrawInterest ends somebody's wish to be told; one that has ended, or is gone, stays so.
func (d *Desk) WithdrawInterest(ctx context.Context, meeting string, person mdt.PersonID) error {
	return untilStored(func() error {
		own, err := d.Own(ctx, person)
		if err != nil {
			return err
		}
		interest := own.InterestIn(meeting)
		if interest == nil {
			return nil
		}
		letters, err := d.Store.Unsettled(ctx, interest.Of.LetterIDs)
		if err != nil {
			return err
		}
		telling, changed := mdt.WithdrawInterest(interest.Of, interest.Expires, letters, d.Now())
		if !changed {
			return nil
		}
		return d.Store.Tell(ctx, telling, nil, d.Now())
	})
}
