package acts

import (
	"context"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Own reads everything of one person, in one round trip.
func (d *Desk) Own(ctx context.Context, person mdt.PersonID) (mdt.Dossier, error) {
	return d.Store.Dossier(ctx, person, d.Now())
}

// OwnLetters reads the letters to a person that are kept.
func (d *Desk) OwnLetters(ctx context.Context, own mdt.Dossier) ([]mdt.Letter, error) {
	return d.Store.Letters(ctx, own.LetterIDs)
}

// Confirm notes that an address is its owner's own, for somebody pressed a button behind a link that was
// mailed to it. It is known as long as the last entry of that person is kept.
func (d *Desk) Confirm(ctx context.Context, own mdt.Dossier) error {
	until := own.Expires()
	if until.IsZero() || own.Address.Of.Confirmed != nil && !own.Address.Expires.Before(until) {
		return nil
	}
	if own.Address.Expires.After(until) {
		until = own.Address.Expires
	}
	return d.Store.Confirm(ctx, own.Person, own.AddressKnown(d.Now()), until, d.Now())
}

// SendLink mails somebody a link to everything of their own. For an address that has nothing here, one that got
// too many letters today, and a form that looks like a machine's, the same is done and nothing is mailed. The
// error is *TooOften or the store's.
func (d *Desk) SendLink(ctx context.Context, to mdt.Address, post Post) error {
	person, leave := d.Identity.Person(to), d.askLeave(ctx, post.From, true)
	return untilStored(func() error {
		own, err := d.Own(ctx, person)
		if err := leave.beside(err); err != nil {
			return err
		}
		if post.Trap {
			own = mdt.Dossier{Person: person}
		}
		return d.Store.SendLink(ctx, mdt.SendLink(own, to, d.Now()))
	})
}

// FreshLink mails a link for an entry, as links names it, that is good for an hour and opens what a mail that
// was passed on must not. The error is *Refused or the store's.
func (d *Desk) FreshLink(ctx context.Context, person mdt.PersonID, entry string) error {
	return untilStored(func() error {
		own, err := d.Own(ctx, person)
		if err != nil {
			return err
		}
		to, err := d.leaderMail(ctx, own)
		if err != nil {
			return err
		}
		sending, refusal := mdt.FreshLink(own, entry, to, d.Now())
		if refusal != nil {
			return refuse(refusal)
		}
		return d.Store.SendLink(ctx, sending)
	})
}

// leaderMail finds the address of somebody of whom only proposals of others hold it; else it is empty.
func (d *Desk) leaderMail(ctx context.Context, own mdt.Dossier) (string, error) {
	if email, _ := own.Mail(); email != "" {
		return "", nil
	}
	for _, led := range own.Leading {
		proposal, err := d.Led(ctx, led.Of)
		if err != nil || proposal != nil {
			return proposal.LeaderMail(), err
		}
	}
	return "", nil
}

// Led reads the proposal that somebody is named in as leader; nil where it is gone, or names somebody else by now.
func (d *Desk) Led(ctx context.Context, led mdt.Leading) (*mdt.Proposal, error) {
	proposal, err := d.Store.Proposal(ctx, led.Meeting, led.Proposal, led.By)
	if err != nil || proposal == nil || proposal.Leader.Person != led.Person {
		return nil, err
	}
	return proposal, nil
}

// EndLinks makes all links of a person work no more that were issued before the one in hand.
func (d *Desk) EndLinks(ctx context.Context, own mdt.Dossier, issued time.Time) error {
	until := own.Expires()
	if own.Address.Expires.After(until) {
		until = own.Address.Expires
	}
	return d.Store.EndLinks(ctx, own.Person, own.AddressKnown(d.Now()), issued, until)
}
