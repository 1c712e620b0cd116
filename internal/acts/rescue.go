package acts

import (
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// ErrNoSuspect says that there is no such suspect, or no more: it was rescued before, or has passed its end.
var ErrNoSuspect = errors.New("acts: no such suspect")

// suspected gives the stored answer of a used key its right, where a suspect is its record: nil where the same
// was sent before.
func (d *Desk) suspected(err error, body string) error {
	var before *store.SuspectedBefore
	switch {
	case !errors.As(err, &before):
		return err
	case before.Suspect.Body != body:
		return ErrKeyUsed
	}
	return nil
}

// Rescue makes of a suspect what it would have been, for the team says that it is no spam: decided now, with the
// place in line that it had when it came. Its letters go out. The error is ErrNoSuspect, *Refused (then it stays
// a suspect) or the store's.
func (d *Desk) Rescue(ctx context.Context, person mdt.PersonID, id string) error {
	return untilStored(func() error {
		suspect, err := d.Store.SuspectOf(ctx, person, id, d.Now())
		if err != nil {
			return err
		}
		if suspect == nil {
			return ErrNoSuspect
		}
		if suspect.Kind == mdt.SuspectMessage {
			return d.rescueMessage(ctx, *suspect)
		}
		meeting, err := d.Catalogue.Any(ctx, suspect.Meeting)
		switch {
		case err != nil:
			return err
		case meeting == nil:
			return ErrNoSuspect
		}
		return d.rescueAt(ctx, *meeting, *suspect)
	})
}

func (d *Desk) rescueAt(ctx context.Context, meeting mdt.Meeting, suspect mdt.Suspect) error {
	switch suspect.Kind {
	case mdt.SuspectProposal:
		return d.rescueProposal(ctx, meeting, suspect)
	case mdt.SuspectInterest:
		return d.rescueInterest(ctx, meeting, suspect)
	}
	on := registering{RegisterRequest: d.registerRequest(meeting, *suspect.Registration), leave: given, rescues: &suspect}
	_, err := d.tryRegistration(ctx, &on)
	return err
}

func (d *Desk) rescueProposal(ctx context.Context, meeting mdt.Meeting, suspect mdt.Suspect) error {
	decision, refusal := mdt.RescueProposal(suspect, d.proposeRequest(meeting, *suspect.Proposal))
	if refusal != nil {
		return refuse(refusal)
	}
	err := d.Store.Propose(ctx, decision)
	var before *store.ProposedBefore
	if errors.As(err, &before) {
		return d.Store.Forget(ctx, suspect) // it was sent again with the same key, as people do
	}
	return err
}

func (d *Desk) rescueInterest(ctx context.Context, meeting mdt.Meeting, suspect mdt.Suspect) error {
	ask := d.tellRequest(meeting, *suspect.Interest, suspect.Person)
	var err error
	if ask.Standing, err = d.Store.Interest(ctx, meeting.ID, suspect.Person, d.Now()); err != nil {
		return err
	}
	ask.Now = d.Now()
	decision, refusal := mdt.RescueInterest(suspect, ask)
	if refusal != nil {
		return refuse(refusal)
	}
	return d.Store.Tell(ctx, decision, nil, ask.Now)
}

// rescueMessage sends a message to who answers for its region now. Where what it names exists no more, that is
// the national team.
func (d *Desk) rescueMessage(ctx context.Context, suspect mdt.Suspect) error {
	regions, err := d.Catalogue.Regions(ctx)
	if err != nil {
		return err
	}
	form := *suspect.Message
	routed, fault := mdt.Route(regions, d.Atlas, form.Region, form.Municipality, d.Now())
	if fault != nil {
		routed = mdt.Routed{ToTeam: true}
	}
	ask := d.askRequest(form, routed, regions)
	if ask.Confirmed, err = d.Store.Confirmed(ctx, ask.Person, ask.Now); err != nil {
		return err
	}
	d.tellRouting(ctx, routed)
	err = d.Store.Ask(ctx, mdt.RescueMessage(suspect, ask))
	var before *store.AskedBefore
	if errors.As(err, &before) {
		return d.Store.Forget(ctx, suspect)
	}
	return err
}
