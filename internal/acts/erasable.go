package acts

import (
	"context"

	"aanmeldpunt/internal/mdt"
)

// Erasable tells what Erase would take away now, and which letters would go out: an erasure that has not begun, and nil
// where nothing of it stands. The letter to the person comes first where there is one.
func (d *Desk) Erasable(ctx context.Context, person mdt.PersonID, reference string) (*mdt.Erasure, []mdt.Letter, error) {
	traces, err := d.Store.Traces(ctx, person, d.Now())
	if err != nil {
		return nil, nil, err
	}
	e, found := mdt.BeginErasure("", person, reference, traces, d.Now())
	if !found {
		return nil, nil, nil
	}
	var letters []mdt.Letter
	if own := e.Foreseen(traces, d.Now()); own != nil {
		letters = append(letters, *own)
	}
	for _, t := range e.Scope(traces) {
		more, err := d.lettersOnErasing(ctx, t)
		if err != nil {
			return nil, nil, err
		}
		letters = append(letters, more...)
	}
	return &e, letters, nil
}

// lettersOnErasing are those that erasing a trace sends to others: to who gets the seat, to who got the message, to
// whose session has nobody to lead it any more.
func (d *Desk) lettersOnErasing(ctx context.Context, t mdt.Trace) ([]mdt.Letter, error) {
	switch {
	case t.Of == mdt.NoteRegistration:
		scene, err := d.scene(ctx, t.Meeting, t.Person)
		if err != nil || scene.Entry == nil {
			return nil, err
		}
		return mdt.Remove(scene).Letters, nil
	case t.Of == mdt.NoteMessage:
		return d.eraseRequests(ctx, t.Mentions)
	case t.Of == mdt.NoteLeading && len(t.NamedBy) > 0:
		scene, err := d.proposalScene(ctx, t.Meeting, t.ID, t.NamedBy[0])
		if err != nil || scene.Proposal == nil {
			return nil, err
		}
		act, refusal := mdt.DeclineLeading(scene, t.Person)
		if refusal != nil { // it is over, or another leads it by now: nobody is told
			return nil, nil
		}
		return act.Letters, nil
	}
	return nil, nil
}

func (d *Desk) eraseRequests(ctx context.Context, ids []string) (requests []mdt.Letter, err error) {
	letters, err := d.Store.Letters(ctx, ids)
	for _, letter := range letters {
		if request := mdt.EraseRequest(letter, d.Now()); request != nil {
			requests = append(requests, *request)
		}
	}
	return requests, err
}
