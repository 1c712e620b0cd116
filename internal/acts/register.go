package acts

import (
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Registered is what a registration is answered with. Status is what a fresh entry would have got.
type Registered struct {
	Reference string
	Status    mdt.Status
}

// Register stores a registration with its guests, its seats or places in line, and its letters; a known
// address gets the same answer and a letter that says so. The error is *Refused, *TooOften, ErrKeyUsed or the store's.
func (d *Desk) Register(ctx context.Context, meeting mdt.Meeting, form mdt.RegistrationForm, post Post) (Registered, error) {
	ask := d.registerRequest(meeting, form)
	once := d.once(post, "aanmelding", meeting.ID, ask.Self.Person)
	ask.Invited = post.Invited
	leave := d.askLeave(ctx, post.From, meeting.RegisteringStatus(mdt.Counter{}, d.Now()) == mdt.Open)
	on := registering{RegisterRequest: ask, once: once, leave: leave, trap: post.Trap}
	var result Registered
	err := untilStored(func() (err error) {
		result, err = d.tryRegistration(ctx, &on)
		return err
	})
	before, err := d.settle(ctx, err, once)
	if before == nil {
		return result, err
	}
	return Registered{before.Answer["kenmerk"], mdt.Status(before.Answer["status"])}, nil
}

// registering is a registration on its way.
type registering struct {
	mdt.RegisterRequest
	once    *store.Once
	leave   *leave
	trap    bool
	last    int64        // the last place in line that was given, read for a suspect
	rescues *mdt.Suspect // what it was until now
}

func (d *Desk) registerRequest(meeting mdt.Meeting, form mdt.RegistrationForm) mdt.RegisterRequest {
	ask := mdt.RegisterRequest{Meeting: meeting, Form: form, Self: d.entrant(meeting, form.Email)}
	for _, guest := range form.Guests {
		ask.Guests = append(ask.Guests, d.entrant(meeting, guest.Email))
	}
	return ask
}

func (d *Desk) entrant(meeting mdt.Meeting, email mdt.Address) mdt.Entrant {
	person := d.Identity.Person(email)
	return mdt.Entrant{Person: person, Reference: d.Identity.Reference("aanmelding", meeting.ID, string(person))}
}

// tryRegistration is one round: what stands there, the decision, the storing.
func (d *Desk) tryRegistration(ctx context.Context, on *registering) (Registered, error) {
	if err := on.leave.beside(d.stand(ctx, on)); err != nil {
		return Registered{}, err
	}
	decision, err := d.decideRegistration(ctx, on)
	if err != nil {
		return Registered{}, err
	}
	result := Registered{decision.Reference, decision.Status}
	if on.once != nil {
		on.once.Answer = map[string]string{"kenmerk": result.Reference, "status": string(result.Status)}
	}
	return result, fullOrganisation(d.storeRegistration(ctx, on, decision))
}

// fullOrganisation makes of the store's word for it what is told to people.
func fullOrganisation(err error) error {
	if errors.Is(err, store.ErrOrganisationFull) {
		return refuse(&mdt.Refusal{Code: "organisatie.max", Pointer: "#/organisatie"})
	}
	return err
}

func (d *Desk) decideRegistration(ctx context.Context, on *registering) (mdt.Registering, error) {
	decision, refusal := on.decide()
	if refusal != nil {
		return decision, refuse(refusal)
	}
	if err := on.leave.given(); err != nil || !decision.NeedsNumber {
		return decision, err
	}
	var err error
	if on.Number, err = d.Store.NextNumber(ctx, on.Meeting.ID); err != nil {
		return decision, err
	}
	if decision, refusal = on.decide(); refusal != nil {
		return decision, refuse(refusal)
	}
	return decision, nil
}

func (on *registering) decide() (mdt.Registering, *mdt.Refusal) {
	if on.rescues != nil {
		return mdt.RescueRegistration(*on.rescues, on.RegisterRequest)
	}
	return mdt.Register(on.RegisterRequest)
}

func (d *Desk) storeRegistration(ctx context.Context, on *registering, decision mdt.Registering) error {
	if on.trap {
		return d.Store.Suspect(ctx, on.SuspectOf(randomID(), on.last), on.Meeting, decision.Count.Organisations, on.once)
	}
	err := d.Store.Register(ctx, decision, on.once, on.Now)
	d.Catalogue.Forget(on.Meeting.ID)
	return err
}

// stand reads the counter and the entries, and the meeting anew where the counter says it has changed.
func (d *Desk) stand(ctx context.Context, on *registering) error {
	persons := []mdt.PersonID{on.Self.Person}
	for _, guest := range on.Guests {
		persons = append(persons, guest.Person)
	}
	read := d.Store.Standing
	if on.trap {
		read = d.Store.StandingInLine
	}
	standing, err := read(ctx, on.Meeting.ID, persons...)
	if err != nil {
		return err
	}
	if on.Meeting, err = d.current(ctx, on.Meeting, standing.Counter); err != nil {
		return err
	}
	on.Now, on.Counter, on.Self.Standing, on.last = d.Now(), standing.Counter, standing.Entries[0], standing.Number
	for i := range on.Guests {
		on.Guests[i].Standing = standing.Entries[i+1]
	}
	return nil
}

// current gives the meeting that the counter belongs to: read anew where the one at hand is older.
func (d *Desk) current(ctx context.Context, meeting mdt.Meeting, counter mdt.Counter) (mdt.Meeting, error) {
	if counter.Version == meeting.Version {
		return meeting, nil
	}
	again, err := d.Catalogue.Reread(ctx, meeting.ID)
	if err != nil || again == nil {
		return meeting, errors.Join(store.ErrUnavailable, err)
	}
	return *again, nil
}
