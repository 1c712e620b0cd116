package mdt

import "slices"

// Correction is what the correction of an address is decided on.
type Correction struct {
	Scene
	Email  Address         // the right one
	Owner  Entrant         // whose that is, with what stands there
	Wishes string          // what the person needs, as far as that is kept
	Others []*Registration // of who brought the person or named them, and of the person's guests
}

// CorrectAddress gives an entry the address that it should have had. It moves to the person whose address that is, with
// its seat, its place in line, its wishes and all that others' entries say of it; whoever is registered there already
// stays, and the entry too. A letter tells the right person how it stands; what was still to go to the wrong address
// does not go.
func CorrectAddress(c Correction) (Act, *Refusal) {
	if _, refusal := c.begin(); refusal != nil {
		return Act{}, refusal
	}
	if c.Owner.Person != c.Entry.Person && c.Owner.Standing.Active() {
		return Act{}, &Refusal{Code: "balie.adresBezet", Pointer: "#/email"}
	}
	if c.Email.Mail == c.Entry.Email {
		return Act{Meeting: c.Meeting}, nil
	}
	moved := *c.Entry
	moved.Person, moved.Reference, moved.Email = c.Owner.Person, c.Owner.Reference, c.Email.Mail
	moved.Version, moved.Edition, moved.KnownLetter = c.Entry.Version+1, c.Entry.Edition+1, 0
	if moved.Status == Confirmed {
		moved.Revision++
	}
	act := Act{Meeting: c.Meeting, Entries: c.moves(&moved)}
	act.Count = counted(c.Meeting, act.Entries)
	act.Letters = []Letter{c.letter(&moved)}
	for _, letter := range c.Letters {
		act.Drops = append(act.Drops, letter.ID)
	}
	if c.Wishes != "" && moved.Person != c.Entry.Person {
		act.Wishes = &Wishes{moved.Person, moved.Meeting, c.Wishes, WishesExpire(c.Meeting)}
		act.OldWishes = &Wishes{Person: c.Entry.Person, Meeting: moved.Meeting}
	}
	return act, nil
}

// moves are the entries that change: the one that moves, and those that name its person.
func (c Correction) moves(moved *Registration) []EntryChange {
	if moved.Person == c.Entry.Person {
		return []EntryChange{{New: moved, Was: c.Entry}}
	}
	moved.Earlier = append(slices.Clone(c.Entry.Earlier), c.Entry.Person)
	changes := []EntryChange{{Was: c.Entry}, {New: moved, Was: c.Owner.Standing}}
	if was := c.Owner.Standing; was != nil {
		moved.Earlier = append(moved.Earlier, was.Earlier...)
		moved.Version, moved.Edition = was.Version+1, max(moved.Edition, was.Edition+1)
	}
	for _, other := range c.Others {
		now := *other
		now.Guests = slices.Clone(other.Guests)
		for i := range now.Guests {
			if now.Guests[i].Person == c.Entry.Person {
				now.Guests[i].Person = moved.Person
			}
		}
		if now.BroughtBy == c.Entry.Person {
			now.BroughtBy = moved.Person
		}
		now.Version++
		changes = append(changes, EntryChange{New: &now, Was: other})
	}
	return changes
}

// letter tells the right person how the entry stands.
func (c Correction) letter(moved *Registration) Letter {
	kind := LetterWaiting
	switch {
	case moved.BroughtBy != "" && moved.Status != Offered:
		kind = LetterGuest
	case moved.Status == Confirmed:
		kind = LetterRegistered
	case moved.Status == Offered:
		kind = LetterOffer
	}
	letter := newLetter(kind, moved, c.Meeting, c.Now)
	letter.ByTeam = true
	switch kind {
	case LetterGuest:
		letter.By = ShowableName(moved.BroughtName)
	case LetterOffer:
		letter.Until = moved.Until
		if moved.From.After(c.Now) {
			letter.Due = *moved.From
		}
	}
	return letter
}
