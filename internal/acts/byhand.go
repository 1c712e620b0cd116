package acts

import (
	"context"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// ByHand is an entry that the team takes down: a checked form, in which an address may be missing, and whom the person
// brings along.
type ByHand struct {
	Form   mdt.RegistrationForm
	Key    string // drawn with the form: sent twice, it makes the same entries
	Remark *mdt.Remark
}

// Registering takes down an entry. self is the one who registers.
func (d *Desk) Registering(meeting mdt.Meeting, in ByHand) (deed Deed, self mdt.Entrant) {
	ask := mdt.RegisterRequest{Meeting: meeting, Form: in.Form, Self: d.entrantByHand(meeting, in.Form.Email, in.Key, "")}
	for i, guest := range in.Form.Guests {
		ask.Guests = append(ask.Guests, d.entrantByHand(meeting, guest.Email, in.Key, strings.Repeat("+", i+1)))
	}
	return Deed{func(ctx context.Context, dry bool) (planned, error) {
		on := registering{RegisterRequest: ask, leave: given}
		if err := d.stand(ctx, &on); err != nil {
			return planned{}, err
		}
		decision, refusal := mdt.RegisterByHand(on.RegisterRequest)
		if refusal == nil && decision.NeedsNumber {
			if on.Number = 1; !dry {
				var err error
				if on.Number, err = d.Store.NextNumber(ctx, meeting.ID); err != nil {
					return planned{}, err
				}
			}
			decision, refusal = mdt.RegisterByHand(on.RegisterRequest)
		}
		if refusal != nil {
			return planned{}, refuse(refusal)
		}
		if in.Remark != nil && len(decision.Entries) > 0 {
			decision.Entries[0].New.Remarks = append(decision.Entries[0].New.Remarks, *in.Remark)
		}
		return planned{letters: decision.Letters, store: func(ctx context.Context) error { return d.storeByHand(ctx, decision) }}, nil
	}}, ask.Self
}

func (d *Desk) storeByHand(ctx context.Context, decision mdt.Registering) error {
	err := d.Store.Register(ctx, decision, nil, d.Now())
	d.Catalogue.Forget(decision.Meeting.ID)
	return fullOrganisation(err)
}

// entrantByHand is somebody whom the team takes down: known by an address, or else by the form and the place in it.
func (d *Desk) entrantByHand(meeting mdt.Meeting, email mdt.Address, key, place string) mdt.Entrant {
	if email.Normal != "" {
		return d.entrant(meeting, email)
	}
	person := d.Identity.Digest("zonder adres", meeting.ID, key, place)
	return mdt.Entrant{Person: mdt.PersonID(person), Reference: d.Identity.Reference("aanmelding", meeting.ID, person)}
}
