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
	leave := d.askLeave(ctx, post.From, meeting.RegisteringStatus(mdt.Counter{}, d.Now()) == mdt.Open)
	var result Registered
	err := untilStored(func() (err error) {
		result, err = d.tryRegistration(ctx, &ask, once, leave)
		return err
	})
	before, err := d.settle(ctx, err, once)
	if before == nil {
		return result, err
	}
	return Registered{before.Answer["kenmerk"], mdt.Status(before.Answer["status"])}, nil
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
func (d *Desk) tryRegistration(ctx context.Context, ask *mdt.RegisterRequest, once *store.Once, leave *leave) (Registered, error) {
	if err := leave.beside(d.stand(ctx, ask)); err != nil {
		return Registered{}, err
	}
	decision, refusal := mdt.Register(*ask)
	if refusal == nil {
		if err := leave.given(); err != nil {
			return Registered{}, err
		}
	}
	if refusal == nil && decision.NeedsNumber {
		var err error
		if ask.Number, err = d.Store.NextNumber(ctx, ask.Meeting.ID); err != nil {
			return Registered{}, err
		}
		decision, refusal = mdt.Register(*ask)
	}
	if refusal != nil {
		return Registered{}, refuse(refusal)
	}
	result := Registered{decision.Reference, decision.Status}
	if once != nil {
		once.Answer = map[string]string{"kenmerk": result.Reference, "status": string(result.Status)}
	}
	err := d.Store.Register(ctx, decision, once, ask.Now)
	d.Catalogue.Forget(ask.Meeting.ID)
	if errors.Is(err, store.ErrOrganisationFull) {
		return Registered{}, refuse(&mdt.Refusal{Code: "organisatie.max", Pointer: "#/organisatie"})
	}
	return result, err
}

// stand reads the counter and the entries, and the meeting anew where the counter says it has changed.
func (d *Desk) stand(ctx context.Context, ask *mdt.RegisterRequest) error {
	persons := []mdt.PersonID{ask.Self.Person}
	for _, guest := range ask.Guests {
		persons = append(persons, guest.Person)
	}
	standing, err := d.Store.Standing(ctx, ask.Meeting.ID, persons...)
	if err != nil {
		return err
	}
	if ask.Meeting, err = d.current(ctx, ask.Meeting, standing.Counter); err != nil {
		return err
	}
	ask.Now, ask.Counter, ask.Self.Standing = d.Now(), standing.Counter, standing.Entries[0]
	for i := range ask.Guests {
		ask.Guests[i].Standing = standing.Entries[i+1]
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
