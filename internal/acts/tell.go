package acts

import (
	"context"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Tell stores an interest and its letter, and gives its reference, which belongs to the address and meeting.
// The error is *Refused, *TooOften, ErrKeyUsed or the store's.
func (d *Desk) Tell(ctx context.Context, meeting mdt.Meeting, form mdt.InterestForm, post Post) (string, error) {
	person := d.Identity.Person(form.Email)
	ask := d.tellRequest(meeting, form, person)
	once := d.once(post, "attendering", meeting.ID, person)
	if once != nil {
		once.Answer = map[string]string{"kenmerk": ask.Reference}
	}
	leave := d.askLeave(ctx, post.From, meeting.TellingStatus(d.Now()) == mdt.Open)
	err := untilStored(func() error { return d.tryInterest(ctx, &ask, once, leave, post.Trap) })
	// The reference belongs to the address: an earlier answer to the same key is this very one.
	if before, err := d.settle(ctx, err, once); before == nil && err != nil {
		return "", err
	}
	return ask.Reference, nil
}

func (d *Desk) tellRequest(meeting mdt.Meeting, form mdt.InterestForm, person mdt.PersonID) mdt.TellRequest {
	return mdt.TellRequest{Meeting: meeting, Form: form, Person: person,
		Reference: d.Identity.Reference("attendering", meeting.ID, string(person))}
}

func (d *Desk) tryInterest(ctx context.Context, ask *mdt.TellRequest, once *store.Once, leave *leave, trap bool) error {
	standing, err := d.Store.Interest(ctx, ask.Meeting.ID, ask.Person, d.Now())
	if err := leave.beside(err); err != nil {
		return err
	}
	ask.Now, ask.Standing = d.Now(), standing
	decision, refusal := mdt.Tell(*ask)
	if refusal != nil {
		return refuse(refusal)
	}
	if err := leave.given(); err != nil {
		return err
	}
	if trap {
		return d.Store.Suspect(ctx, ask.SuspectOf(randomID()), ask.Meeting, nil, once)
	}
	return d.Store.Tell(ctx, decision, once, ask.Now)
}
