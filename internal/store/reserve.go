package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"aanmeldpunt/internal/mdt"
)

const (
	attrConfirmed = "bevestigdOp"
	attrReserved  = "besproken"
	// attrLetters is the moment by which the letters to an address that nobody confirmed are made up for, in
	// milliseconds: the memory of mdt.AddressRate.
	attrLetters = "brievenTat"
	// reserveTries bounds the tries of one Reserve: each but the last fails only because another was quicker.
	reserveTries = 10
	// mostReleased is how many letters one confirmation lets go: who has more of them was spammed.
	mostReleased = 100
)

// Reserve gives a letter its turn among those that a visitor's posts cause to one address: when it may go. As long
// as nobody has shown the address to be their own these are few, and the others have a turn later; once somebody
// has, it is now. first says that nothing was known of the address: no such letter went to it before.
func (s *Store) Reserve(ctx context.Context, letter mdt.Letter, now time.Time) (when time.Time, first bool, err error) {
	w := Write{Key: addressKey(letter.Person), If: []Condition{{Attr: AttrPK, Op: Absent}}}
	when, then := mdt.AddressRate.Reserve(time.Time{}, now)
	w.Set = Item{attrLetters: then.UnixMilli(), AttrExpires: letter.Expires.Unix()}
	for try := range reserveTries {
		_, err := s.engine.Change(ctx, w)
		var no *Refused
		switch {
		case err == nil:
			return when, try == 0, nil
		case !errors.As(err, &no) || len(no.Reasons) == 0:
			return now, false, err
		}
		old := no.Reasons[0].Old
		if confirmed(old, now) {
			return now, false, nil
		}
		when, w = reserveAgain(letter, old, now)
	}
	return now, false, fmt.Errorf("%w: an address whose letters change faster than one can be counted", ErrBusy)
}

// reserveAgain takes the next turn of an address of which something is known, as long as it is. What is kept of it
// keeps its end.
func reserveAgain(letter mdt.Letter, old Item, now time.Time) (time.Time, Write) {
	stands := Condition{Attr: AttrPK, Op: Present}
	if old == nil {
		old, stands.Op = Item{}, Absent
	}
	was, counted := old[attrLetters].(int64)
	when, then := mdt.AddressRate.Reserve(time.UnixMilli(was).UTC(), now)
	w := Write{Key: addressKey(letter.Person), Set: Item{attrLetters: then.UnixMilli()}, If: []Condition{{Attr: attrLetters, Op: Absent}, stands}}
	if counted {
		w.If[0] = Condition{Attr: attrLetters, Op: Equal, Value: was}
	}
	if _, noted := old[attrConfirmed]; !noted {
		w.If = append(w.If, Condition{Attr: attrConfirmed, Op: Absent})
	}
	if _, ends := old[AttrExpires]; !ends {
		w.Set[AttrExpires] = letter.Expires.Unix()
	}
	return when, w
}

// unreserve takes away what is known of an address where that is no more than the turn of a letter that is gone: its
// person was erased right before it was taken. Should somebody with that address have come since, the count of their
// letters begins anew.
func (s *Store) unreserve(ctx context.Context, letter mdt.Letter) error {
	if letter.Person == "" || !letter.FromAPost() {
		return nil
	}
	w := Write{Key: addressKey(letter.Person), Delete: true,
		If: []Condition{{Attr: attrLetters, Op: Present}, {Attr: AttrExpires, Op: Equal, Value: letter.Expires.Unix()}}}
	for _, more := range []string{attrConfirmed, attrAdditions, attrBroken, attrLinksFrom} {
		w.If = append(w.If, Condition{Attr: more, Op: Absent})
	}
	b := new(batch)
	b.add(w, nil)
	if err := s.run(ctx, b); err != nil {
		if errors.Is(err, ErrLostRace) {
			return nil // there is nothing, or more than that
		}
		return err
	}
	return s.Scrub(ctx)
}

// confirmed says whether an address's item notes that it is its owner's own.
func confirmed(it Item, now time.Time) bool {
	end, limited := it[AttrExpires].(int64)
	_, noted := it[attrConfirmed]
	return noted && (!limited || end > now.Unix())
}

// release lets the letters go that waited because nobody had confirmed their address, those first that waited
// longest.
func (s *Store) release(ctx context.Context, p mdt.PersonID, now time.Time) error {
	ids, err := s.LettersTo(ctx, p)
	if err != nil {
		return err
	}
	letters, err := s.Unsettled(ctx, ids)
	if err != nil {
		return err
	}
	letters = slices.DeleteFunc(letters, func(l mdt.Letter) bool { return l.State != mdt.Held || !l.Reserved })
	slices.SortFunc(letters, func(a, b mdt.Letter) int { return a.Due.Compare(b.Due) })
	for _, letter := range letters[:min(len(letters), mostReleased)] {
		_, err := s.engine.Change(ctx, Write{Key: letterKey(letter.ID), If: []Condition{stateIn([]mdt.DeliveryState{mdt.Held})},
			Set: deliverySet(letter.ID, mdt.Delivery{State: mdt.Pending, Due: now, Changed: now})})
		if err != nil && !refused(err) {
			return err
		}
	}
	_, err = s.engine.Change(ctx, Write{Key: addressKey(p), If: []Condition{{Attr: attrConfirmed, Op: Present}}, Remove: []string{attrLetters}})
	if refused(err) {
		return nil // it is gone
	}
	return err
}

// LettersTo gives the ids of the letters to a person that the person's entries know of.
func (s *Store) LettersTo(ctx context.Context, p mdt.PersonID) (ids []string, err error) {
	for after := ""; ; {
		page, err := s.engine.Query(ctx, Query{PK: personKey(p, "").PK, After: after})
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			ids = append(ids, lettersOf(it)...)
		}
		if after = page.Next; after == "" {
			return ids, nil
		}
	}
}
