package acts

import (
	"context"

	"aanmeldpunt/internal/mdt"
)

// EditingProposal stores what the team changes of a proposal.
func (d *Desk) EditingProposal(meeting, id string, person mdt.PersonID, form mdt.ProposalChange) Deed {
	return Deed{func(ctx context.Context, dry bool) (planned, error) {
		scene, err := d.proposalScene(ctx, meeting, id, person)
		if err != nil {
			return planned{}, err
		}
		if form.Leader.Who == mdt.LedByOther {
			scene.Leader = d.Identity.Person(form.Leader.Email)
		}
		act, refusal := mdt.EditProposal(scene, form)
		if refusal != nil {
			return planned{}, refuse(refusal)
		}
		return planned{letters: act.Letters, store: func(ctx context.Context) error {
			if act.IsZero() {
				return nil
			}
			return d.Store.ActOnProposal(ctx, act)
		}}, nil
	}}
}
