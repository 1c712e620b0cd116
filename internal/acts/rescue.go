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

// Rescuing makes of a suspect what it would have been, for the team says that it is no spam: decided now, with the
// place in line that it had when it came. The errors of the deed are those of any, and ErrNoSuspect; one that is
// refused stays a suspect.
func (d *Desk) Rescuing(person mdt.PersonID, id string) Deed {
	return Deed{func(ctx context.Context, dry bool) (planned, error) {
		suspect, meeting, err := d.suspectAndMeeting(ctx, person, id)
		if err != nil {
			return planned{}, err
		}
		switch suspect.Kind {
		case mdt.SuspectMessage:
			return d.rescuingMessage(ctx, suspect)
		case mdt.SuspectProposal:
			return d.rescuingProposal(meeting, suspect)
		case mdt.SuspectInterest:
			return d.rescuingInterest(ctx, meeting, suspect)
		}
		return d.rescuingRegistration(ctx, meeting, suspect, dry)
	}}
}

// SuspectOf gives a suspect. The error is ErrNoSuspect or the store's.
func (d *Desk) SuspectOf(ctx context.Context, person mdt.PersonID, id string) (mdt.Suspect, error) {
	suspect, _, err := d.suspectAndMeeting(ctx, person, id)
	return suspect, err
}

// suspectAndMeeting reads a suspect, and the meeting that it is for where it is for one.
func (d *Desk) suspectAndMeeting(ctx context.Context, person mdt.PersonID, id string) (mdt.Suspect, mdt.Meeting, error) {
	suspect, err := d.Store.SuspectOf(ctx, person, id, d.Now())
	switch {
	case err != nil:
		return mdt.Suspect{}, mdt.Meeting{}, err
	case suspect == nil:
		return mdt.Suspect{}, mdt.Meeting{}, ErrNoSuspect
	case suspect.Kind == mdt.SuspectMessage:
		return *suspect, mdt.Meeting{}, nil
	}
	meeting, err := d.Catalogue.Any(ctx, suspect.Meeting)
	switch {
	case err != nil:
		return *suspect, mdt.Meeting{}, err
	case meeting == nil:
		return *suspect, mdt.Meeting{}, ErrNoSuspect
	}
	return *suspect, *meeting, nil
}

func (d *Desk) rescuingRegistration(ctx context.Context, meeting mdt.Meeting, suspect mdt.Suspect, dry bool) (planned, error) {
	on := &registering{RegisterRequest: d.registerRequest(meeting, *suspect.Registration), leave: given, rescues: &suspect}
	if err := d.stand(ctx, on); err != nil {
		return planned{}, err
	}
	decide := d.decideRegistration
	if dry {
		decide = decideDry
	}
	decision, err := decide(ctx, on)
	if err != nil {
		return planned{}, err
	}
	return planned{letters: decision.Letters, store: func(ctx context.Context) error { return fullOrganisation(d.storeRegistration(ctx, on, decision)) }}, nil
}

// decideDry takes no number: which one it gets changes no letter.
func decideDry(_ context.Context, on *registering) (mdt.Registering, error) {
	decision, refusal := on.decide()
	if refusal == nil && decision.NeedsNumber {
		on.Number = 1
		decision, refusal = on.decide()
	}
	if refusal != nil {
		return decision, refuse(refusal)
	}
	return decision, nil
}

func (d *Desk) rescuingProposal(meeting mdt.Meeting, suspect mdt.Suspect) (planned, error) {
	decision, refusal := mdt.RescueProposal(suspect, d.proposeRequest(meeting, *suspect.Proposal))
	if refusal != nil {
		return planned{}, refuse(refusal)
	}
	return planned{letters: decision.Letters, store: func(ctx context.Context) error {
		err := d.Store.Propose(ctx, decision)
		var before *store.ProposedBefore
		if errors.As(err, &before) {
			return d.Store.Forget(ctx, suspect) // it was sent again with the same key, as people do
		}
		return err
	}}, nil
}

func (d *Desk) rescuingInterest(ctx context.Context, meeting mdt.Meeting, suspect mdt.Suspect) (planned, error) {
	ask := d.tellRequest(meeting, *suspect.Interest, suspect.Person)
	var err error
	if ask.Standing, err = d.Store.Interest(ctx, meeting.ID, suspect.Person, d.Now()); err != nil {
		return planned{}, err
	}
	ask.Now = d.Now()
	decision, refusal := mdt.RescueInterest(suspect, ask)
	if refusal != nil {
		return planned{}, refuse(refusal)
	}
	return planned{letters: decision.Letters, store: func(ctx context.Context) error { return d.Store.Tell(ctx, decision, nil, d.Now()) }}, nil
}

// rescuingMessage sends a message to who answers for its region now. Where what it names exists no more, that is the
// national team.
func (d *Desk) rescuingMessage(ctx context.Context, suspect mdt.Suspect) (planned, error) {
	regions, err := d.Catalogue.Regions(ctx)
	if err != nil {
		return planned{}, err
	}
	form := *suspect.Message
	routed, fault := mdt.Route(regions, d.Atlas, form.Region, form.Municipality, d.Now())
	if fault != nil {
		routed = mdt.Routed{ToTeam: true}
	}
	ask := d.askRequest(form, routed, regions)
	if ask.Confirmed, err = d.Store.Confirmed(ctx, ask.Person, ask.Now); err != nil {
		return planned{}, err
	}
	decision := mdt.RescueMessage(suspect, ask)
	return planned{letters: decision.Letters, store: func(ctx context.Context) error {
		d.tellRouting(ctx, routed)
		err := d.Store.Ask(ctx, decision)
		var before *store.AskedBefore
		if errors.As(err, &before) {
			return d.Store.Forget(ctx, suspect)
		}
		return err
	}}, nil
}
