package acts

import (
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// eraseTrace takes away one thing that stands under a person: its letters first, as it is by the trace that they
// are found, then what others' entries say of it, then the trace itself as it was read.
func (d *Desk) eraseTrace(ctx context.Context, t mdt.Trace) error {
	if err := d.eraseLetters(ctx, t); err != nil {
		return err
	}
	for _, earlier := range t.Earlier {
		if err := d.eraseLeftBehind(ctx, earlier); err != nil {
			return err
		}
	}
	switch {
	case t.Of == mdt.NoteRegistration:
		return d.eraseRegistration(ctx, t)
	case t.Of == mdt.NoteProposal:
		return d.eraseProposal(ctx, t)
	case t.Of == mdt.NoteLeading && len(t.NamedBy) > 0:
		return d.eraseLeading(ctx, t)
	}
	return d.Store.EraseTrace(ctx, t)
}

// eraseLetters takes away the letters of a trace, and the name out of those to others.
func (d *Desk) eraseLetters(ctx context.Context, t mdt.Trace) error {
	if err := d.Store.EraseLetters(ctx, t.Own...); err != nil {
		return err
	}
	switch t.Of {
	case mdt.NoteMessage:
		return d.eraseForwarded(ctx, t.Mentions)
	case mdt.NoteProposal: // to whoever was to lead it: there is nothing to lead any more
		return d.Store.EraseLetters(ctx, t.Mentions...)
	}
	for _, id := range t.Mentions {
		if err := d.Store.Unname(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// eraseLeftBehind takes away what an entry left under an address that was not its person's.
func (d *Desk) eraseLeftBehind(ctx context.Context, earlier mdt.PersonID) error {
	traces, err := d.Store.Traces(ctx, earlier, d.Now())
	if err != nil {
		return err
	}
	for _, t := range mdt.LeftBehind(traces) {
		if err := d.Store.EraseLetters(ctx, t.Own...); err != nil {
			return err
		}
		if err := d.Store.EraseTrace(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// eraseForwarded takes away a message's letters to others, and asks who may have got them to erase them too.
func (d *Desk) eraseForwarded(ctx context.Context, ids []string) error {
	return untilStored(func() error {
		letters, err := d.Store.Letters(ctx, ids)
		if err != nil {
			return err
		}
		for _, letter := range letters {
			if err := d.Store.EraseForwarded(ctx, letter, mdt.EraseRequest(letter, d.Now())); err != nil {
				return err
			}
		}
		return nil
	})
}

// eraseRegistration takes away a registration, after the guests' entries no longer say who brought them and
// those who brought this person no longer name them.
func (d *Desk) eraseRegistration(ctx context.Context, t mdt.Trace) error {
	for _, guest := range t.Named {
		if err := d.Store.ForgetNamer(ctx, t.Meeting, guest, t.Person); err != nil {
			return err
		}
	}
	for _, namer := range t.NamedBy {
		if err := d.Store.ForgetGuest(ctx, t.Meeting, namer, t.Person); err != nil {
			return err
		}
	}
	scene, err := d.scene(ctx, t.Meeting, t.Person)
	if err != nil {
		return err
	}
	switch {
	case scene.Meeting.ID == "": // there is no meeting any more whose seats are counted
		return d.Store.EraseTrace(ctx, t)
	case scene.Entry == nil:
		return nil
	case scene.Entry.Version != t.Version || scene.Entry.Additions != t.Additions:
		return store.ErrLostRace
	}
	return d.store(ctx, mdt.Remove(scene))
}

// eraseProposal takes away a proposal, and with it what its leader has of it.
func (d *Desk) eraseProposal(ctx context.Context, t mdt.Trace) error {
	gone := []mdt.Trace{t}
	for _, leader := range t.Named {
		led, err := d.Store.LeaderTrace(ctx, leader, t, d.Now())
		if err != nil {
			return err
		}
		if led == nil {
			continue
		}
		if err := d.Store.EraseLetters(ctx, led.Own...); err != nil {
			return err
		}
		gone = append(gone, *led)
	}
	return d.Store.EraseTrace(ctx, gone...)
}

// eraseLeading takes a person out of the proposal of another, who hears that nobody leads it now where that still
// matters.
func (d *Desk) eraseLeading(ctx context.Context, t mdt.Trace) error {
	var refused *Refused
	err := d.DeclineLeading(ctx, mdt.Leading{Person: t.Person, Meeting: t.Meeting, Proposal: t.ID, By: t.NamedBy[0]})
	if err != nil && !errors.As(err, &refused) {
		return err
	}
	return d.Store.EraseLeading(ctx, t)
}

// eraseFromSuspects takes a person out of those forms of others that look like spam. It is the one thing that is
// searched for: they are few, and go after thirty days.
func (d *Desk) eraseFromSuspects(ctx context.Context, person mdt.PersonID) error {
	for after := ""; ; {
		suspects, next, err := d.Store.Suspects(ctx, after)
		if err != nil {
			return err
		}
		for _, s := range suspects {
			if err := d.eraseFromSuspect(ctx, s, person); err != nil {
				return err
			}
		}
		if after = next; after == "" {
			return nil
		}
	}
}

func (d *Desk) eraseFromSuspect(ctx context.Context, listed mdt.Suspect, person mdt.PersonID) error {
	if _, named := listed.Without(person, d.Identity.Person); !named {
		return nil
	}
	suspect, err := d.Store.SuspectOf(ctx, listed.Person, listed.ID, d.Now()) // the list may lag
	if err != nil || suspect == nil {
		return err
	}
	rest, named := suspect.Without(person, d.Identity.Person)
	if !named {
		return nil
	}
	return d.Store.Replace(ctx, *suspect, rest)
}
