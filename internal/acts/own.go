package acts

import (
	"context"
	"slices"

	"aanmeldpunt/internal/mdt"
)

// Cancel takes a registration back. The error is *Refused or the store's.
func (d *Desk) Cancel(ctx context.Context, meeting string, person mdt.PersonID) error {
	return d.act(ctx, meeting, person, mdt.Cancel)
}

// Accept takes the seat that is offered in a line; part is empty for the meeting's own.
func (d *Desk) Accept(ctx context.Context, meeting, part string, person mdt.PersonID) error {
	others := d.handing(func(other string) bool { return part != "" && other != "" && other != part })
	return d.actIn(ctx, others, meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Accept(s, part) })
}

// Pass lets an offered seat go to the next in line.
func (d *Desk) Pass(ctx context.Context, meeting, part string, person mdt.PersonID, keepWaiting bool) error {
	return d.actIn(ctx, d.only(part), meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Pass(s, part, keepWaiting) })
}

// KeepWaiting asks for offers again after those that were left unanswered.
func (d *Desk) KeepWaiting(ctx context.Context, meeting, part string, person mdt.PersonID) error {
	return d.actIn(ctx, d.bareScene, meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.KeepWaiting(s, part) })
}

// WaitForPart puts somebody who has a seat in the line for a full part.
func (d *Desk) WaitForPart(ctx context.Context, meeting, part string, person mdt.PersonID) error {
	return d.actIn(ctx, d.bareScene, meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.WaitForPart(s, part) })
}

// LeavePart gives up a part of a meeting, or the place in its line.
func (d *Desk) LeavePart(ctx context.Context, meeting, part string, person mdt.PersonID) error {
	return d.actIn(ctx, d.only(part), meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.LeavePart(s, part) })
}

// Change stores what a person changes of an own registration.
func (d *Desk) Change(ctx context.Context, meeting string, person mdt.PersonID, form mdt.ChangeForm) error {
	return d.actIn(ctx, d.leaving(form), meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Change(s, form) })
}

// leaving is the view for a change, which hands on the seats of the parts that are left.
func (d *Desk) leaving(form mdt.ChangeForm) view {
	return d.handing(func(part string) bool {
		return part != "" && !slices.Contains(form.Parts, part) && !slices.Contains(form.WaitFor, part)
	})
}

// Resize gives a line of a meeting another number of seats (0: no limit); added ones go to those in line.
func (d *Desk) Resize(ctx context.Context, meeting, part string, seats int) error {
	for done := false; !done; {
		err := untilStored(func() (err error) {
			var act mdt.Act
			if act, done, err = d.resizing(ctx, meeting, part, seats); err != nil {
				return err
			}
			return d.store(ctx, act)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) resizing(ctx context.Context, meeting, part string, seats int) (act mdt.Act, done bool, err error) {
	known, err := d.Catalogue.Any(ctx, meeting)
	if err != nil || known == nil {
		return act, true, err
	}
	standing, err := d.Store.Standing(ctx, meeting)
	if err != nil {
		return act, false, err
	}
	scene := mdt.Scene{Now: d.Now(), Counter: standing.Counter}
	if scene.Meeting, err = d.current(ctx, *known, standing.Counter); err != nil {
		return act, false, err
	}
	scene.Next, err = d.next(ctx, meeting, scene.Counter, map[string]mdt.Way{part: {}}, mdt.ResizeLines)
	if err != nil {
		return act, false, err
	}
	act, done = mdt.Resize(scene, part, seats)
	return act, done, nil
}
