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
		suspect, meeting, err := d.suspectAndMeeting(ctx, person, id)
		if err != nil {
			return err
		}
		switch suspect.Kind {
		case mdt.SuspectMessage:
			return d.rescueMessage(ctx, suspect)
		case mdt.SuspectProposal:
			return d.rescueProposal(ctx, meeting, suspect)
		case mdt.SuspectInterest:
			return d.rescueInterest(ctx, meeting, suspect)
		}
		_, err = d.tryRegistration(ctx, d.rescuedRegistration(meeting, suspect))
		return err
	})
}

// Rescuable gives a suspect, and the letters that would go out if it were rescued now. The errors are those of Rescue.
func (d *Desk) Rescuable(ctx context.Context, person mdt.PersonID, id string) (mdt.Suspect, []mdt.Letter, error) {
	suspect, meeting, err := d.suspectAndMeeting(ctx, person, id)
	if err != nil {
		return suspect, nil, err
	}
	switch suspect.Kind {
	case mdt.SuspectMessage:
		decision, _, err := d.decideMessage(ctx, suspect)
		return suspect, decision.Letters, err
	case mdt.SuspectProposal:
		decision, err := d.decideProposal(meeting, suspect)
		return suspect, decision.Letters, err
	case mdt.SuspectInterest:
		decision, err := d.decideInterest(ctx, meeting, suspect)
		return suspect, decision.Letters, err
	}
	on := d.rescuedRegistration(meeting, suspect)
	if err := d.stand(ctx, on); err != nil {
		return suspect, nil, err
	}
	decision, refusal := on.decide()
	if refusal == nil && decision.NeedsNumber { // which one it gets changes no letter
		on.Number = 1
		decision, refusal = on.decide()
	}
	if refusal != nil {
		return suspect, nil, refuse(refusal)
	}
	return suspect, decision.Letters, nil
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

func (d *Desk) rescuedRegistration(meeting mdt.Meeting, suspect mdt.Suspect) *registering {
	return &registering{RegisterRequest: d.registerRequest(meeting, *suspect.Registration), leave: given, rescues: &suspect}
}

func (d *Desk) decideProposal(meeting mdt.Meeting, suspect mdt.Suspect) (mdt.Proposing, error) {
	decision, refusal := mdt.RescueProposal(suspect, d.proposeRequest(meeting, *suspect.Proposal))
	if refusal != nil {
		return decision, refuse(refusal)
	}
	return decision, nil
}

func (d *Desk) rescueProposal(ctx context.Context, meeting mdt.Meeting, suspect mdt.Suspect) error {
	decision, err := d.decideProposal(meeting, suspect)
	if err != nil {
		return err
	}
	err = d.Store.Propose(ctx, decision)
	var before *store.ProposedBefore
	if errors.As(err, &before) {
		return d.Store.Forget(ctx, suspect) // it was sent again with the same key, as people do
	}
	return err
}

func (d *Desk) decideInterest(ctx context.Context, meeting mdt.Meeting, suspect mdt.Suspect) (mdt.Telling, error) {
	ask := d.tellRequest(meeting, *suspect.Interest, suspect.Person)
	var err error
	if ask.Standing, err = d.Store.Interest(ctx, meeting.ID, suspect.Person, d.Now()); err != nil {
		return mdt.Telling{}, err
	}
	ask.Now = d.Now()
	decision, refusal := mdt.RescueInterest(suspect, ask)
	if refusal != nil {
		return decision, refuse(refusal)
	}
	return decision, nil
}

func (d *Desk) rescueInterest(ctx context.Context, meeting mdt.Meeting, suspect mdt.Suspect) error {
	decision, err := d.decideInterest(ctx, meeting, suspect)
	if err != nil {
		return err
	}
	return d.Store.Tell(ctx, decision, nil, d.Now())
}

// decideMessage sends a message to who answers for its region now. Where what it names exists no more, that is the
// national team.
func (d *Desk) decideMessage(ctx context.Context, suspect mdt.Suspect) (mdt.Asking, mdt.Routed, error) {
	regions, err := d.Catalogue.Regions(ctx)
	if err != nil {
		return mdt.Asking{}, mdt.Routed{}, err
	}
	form := *suspect.Message
	routed, fault := mdt.Route(regions, d.Atlas, form.Region, form.Municipality, d.Now())
	if fault != nil {
		routed = mdt.Routed{ToTeam: true}
	}
	ask := d.askRequest(form, routed, regions)
	if ask.Confirmed, err = d.Store.Confirmed(ctx, ask.Person, ask.Now); err != nil {
		return mdt.Asking{}, routed, err
	}
	return mdt.RescueMessage(suspect, ask), routed, nil
}

func (d *Desk) rescueMessage(ctx context.Context, suspect mdt.Suspect) error {
	decision, routed, err := d.decideMessage(ctx, suspect)
	if err != nil {
		return err
	}
	d.tellRouting(ctx, routed)
	err = d.Store.Ask(ctx, decision)
	var before *store.AskedBefore
	if errors.As(err, &before) {
		return d.Store.Forget(ctx, suspect)
	}
	return err
}
