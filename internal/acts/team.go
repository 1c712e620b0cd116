package acts

import (
	"context"

	"aanmeldpunt/internal/mdt"
)

// Approve lets somebody in whose entry waits for the team's yes: to a seat, or in line. The error is *Refused or
// the store's.
func (d *Desk) Approve(ctx context.Context, meeting string, person mdt.PersonID) error {
	return d.actIn(ctx, d.sceneWithLetters, meeting, person, mdt.Approve)
}

// PlaceByHand gives somebody a seat out of turn.
func (d *Desk) PlaceByHand(ctx context.Context, meeting string, person mdt.PersonID) error {
	return d.actIn(ctx, d.sceneWithLetters, meeting, person, mdt.PlaceByHand)
}

// Revoke takes somebody's entry back for the team, and tells the person why.
func (d *Desk) Revoke(ctx context.Context, meeting string, person mdt.PersonID, why string) error {
	return d.act(ctx, meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Revoke(s, why) })
}
