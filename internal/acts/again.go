package acts

import (
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// ErrNoLetter says that there is no such letter, or no more.
var ErrNoLetter = errors.New("acts: no such letter")

// SendAgain puts a letter back among those to be sent, for the team, if it is still as it was seen (mdt.Delivery.Seen). The
// error is ErrNoLetter, *Refused, ErrOtherLetters or the store's.
func (d *Desk) SendAgain(ctx context.Context, id, seen string) (mdt.Letter, error) {
	letter, entry, err := d.LetterWithEntry(ctx, id)
	if err != nil {
		return letter, err
	}
	delivery, code := letter.Again(entry, d.Now())
	if code != "" {
		return letter, refuse(&mdt.Refusal{Code: code})
	}
	was := letter.Delivery
	if was.Seen() != seen {
		return letter, ErrOtherLetters
	}
	letter.Delivery = delivery
	err = d.Store.SendAgain(ctx, letter, was)
	if errors.Is(err, store.ErrLostRace) {
		err = ErrOtherLetters
	}
	return letter, err
}

// LetterWithEntry reads a letter, and the registration that it is about (nil: none, or it is gone).
func (d *Desk) LetterWithEntry(ctx context.Context, id string) (mdt.Letter, *mdt.Registration, error) {
	letter, err := d.Store.Letter(ctx, id)
	switch {
	case err != nil:
		return mdt.Letter{}, nil, err
	case letter == nil:
		return mdt.Letter{}, nil, ErrNoLetter
	case letter.Meeting == nil || letter.Person == "":
		return *letter, nil, nil
	}
	standing, err := d.Store.Standing(ctx, letter.Meeting.ID, letter.Person)
	if err != nil || standing.Entries[0] == nil || standing.Entries[0].Reference != letter.Reference {
		return *letter, nil, err
	}
	return *letter, standing.Entries[0], nil
}
