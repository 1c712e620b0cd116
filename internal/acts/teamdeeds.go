package acts

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// ErrOtherLetters says that by now other letters would go out than were agreed to. Nothing was stored.
var ErrOtherLetters = errors.New("acts: other letters than were agreed to")

// Deed is something that the team does. It is decided on what stands, first to show which letters would go out, then
// to do it if as many go as were agreed to.
type Deed struct {
	plan func(ctx context.Context, dry bool) (planned, error)
}

// planned is what a deed comes to: its letters, and what stores it all.
type planned struct {
	letters []mdt.Letter
	store   func(context.Context) error
	version int64 // of the entry that it was decided on; 0: it is on none
}

// Letters are those that would go out now, to whomever. The error is *Refused or the store's.
func (d Deed) Letters(ctx context.Context) ([]mdt.Letter, error) {
	p, err := d.plan(ctx, true)
	return mailed(p.letters), err
}

// Do does it, with as many letters as were agreed to. The error is ErrOtherLetters, *Refused or the store's.
func (d Deed) Do(ctx context.Context, agreed int) error {
	return d.doWith(ctx, func(letters []mdt.Letter) bool { return len(letters) == agreed })
}

// DoShown does it with the letters that were shown, as Kinds names them: as many, and saying the same. Of the last seat
// it makes a place or none whether somebody else was first. The error is as Do's.
func (d Deed) DoShown(ctx context.Context, shown string) error {
	return d.doWith(ctx, func(letters []mdt.Letter) bool { return Kinds(letters) == shown })
}

func (d Deed) doWith(ctx context.Context, agreed func([]mdt.Letter) bool) error {
	return untilStored(func() error {
		p, err := d.plan(ctx, false)
		switch {
		case err != nil:
			return err
		case !agreed(mailed(p.letters)):
			return ErrOtherLetters
		}
		return p.store(ctx)
	})
}

// Kinds names letters by what they tell: each its kind, and whether its reader has a seat, waits or is to be approved.
func Kinds(letters []mdt.Letter) string {
	names := make([]string, len(letters))
	for i, l := range letters {
		names[i] = strconv.Itoa(int(l.Kind))
		if l.Waiting {
			names[i] += "w"
		}
		if l.Asked {
			names[i] += "a"
		}
	}
	slices.Sort(names)
	return strings.Join(names, ".")
}

// mailed are the letters that go to somebody: who has no address gets none.
func mailed(letters []mdt.Letter) []mdt.Letter {
	return slices.DeleteFunc(slices.Clone(letters), func(l mdt.Letter) bool { return l.To == "" })
}

// deed is one on a registration, decided on a view of it.
func (d *Desk) deed(read view, meeting string, person mdt.PersonID, decide decision) Deed {
	return Deed{func(ctx context.Context, dry bool) (planned, error) {
		scene, err := read(ctx, meeting, person)
		if err != nil {
			return planned{}, err
		}
		act, refusal := decide(scene)
		if refusal == nil && act.NeedsNumber {
			if scene.Number = 1; !dry {
				if scene.Number, err = d.Store.NextNumber(ctx, meeting); err != nil {
					return planned{}, err
				}
			}
			act, refusal = decide(scene)
		}
		if refusal != nil {
			return planned{}, refuse(refusal)
		}
		return d.planned(act, scene), nil
	}}
}

// planned is what an act comes to that was decided on a scene.
func (d *Desk) planned(act mdt.Act, scene mdt.Scene) planned {
	p := planned{letters: act.Letters, store: func(ctx context.Context) error { return d.store(ctx, act) }}
	if scene.Entry != nil {
		p.version = scene.Entry.Version
	}
	return p
}

// remarked is a decision that also writes down with the entry why.
func (d *Desk) remarked(decide decision, person mdt.PersonID, by, why string) decision {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) {
		act, refusal := decide(s)
		if refusal != nil || why == "" {
			return act, refusal
		}
		return mdt.Remarked(act, person, mdt.Remark{At: s.Now, By: by, Text: why}), nil
	}
}

// Placing gives somebody a seat out of turn, where there is none one more than the meeting has (beyond).
func (d *Desk) Placing(meeting string, person mdt.PersonID, beyond bool, by, why string) Deed {
	place := mdt.PlaceByHand
	if beyond {
		place = mdt.PlaceBeyond
	}
	return d.deed(d.sceneWithLetters, meeting, person, d.remarked(place, person, by, why))
}

// Approving lets somebody in whose entry waits for the team's yes.
func (d *Desk) Approving(meeting string, person mdt.PersonID) Deed {
	return d.deed(d.sceneWithLetters, meeting, person, mdt.Approve)
}

// Revoking takes somebody's entry back, and tells the person why.
func (d *Desk) Revoking(meeting string, person mdt.PersonID, by, why string) Deed {
	revoke := func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Revoke(s, why) }
	return d.deed(d.scene, meeting, person, d.remarked(revoke, person, by, why))
}

// Changing stores what the team changes of somebody's entry, as the person could.
func (d *Desk) Changing(meeting string, person mdt.PersonID, form mdt.ChangeForm) Deed {
	return d.deed(d.leaving(form), meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Change(s, form) })
}

// Noting writes something down with an entry; nobody hears of it.
func (d *Desk) Noting(meeting string, person mdt.PersonID, n mdt.Annotation) Deed {
	return d.deed(d.bareScene, meeting, person, func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Annotate(s, n) })
}

// Resending sends a letter of an entry once more.
func (d *Desk) Resending(meeting string, person mdt.PersonID, letter string) Deed {
	return Deed{func(ctx context.Context, dry bool) (planned, error) {
		scene, err := d.sceneWithLetters(ctx, meeting, person)
		if err != nil {
			return planned{}, err
		}
		if scene.Entry == nil || !slices.Contains(scene.Entry.LetterIDs, letter) { // before it is looked for: it may be no id at all
			return planned{}, refuse(&mdt.Refusal{Code: "handeling.kanNiet"})
		}
		old, err := d.Store.Letter(ctx, letter)
		if err != nil {
			return planned{}, err
		}
		if old == nil {
			return planned{}, refuse(&mdt.Refusal{Code: "handeling.kanNiet"})
		}
		act, refusal := mdt.Resend(scene, *old)
		if refusal != nil {
			return planned{}, refuse(refusal)
		}
		return d.planned(act, scene), nil
	}}
}

// Correcting gives an entry the address that it should have had.
func (d *Desk) Correcting(meeting string, person mdt.PersonID, email mdt.Address) Deed {
	return Deed{func(ctx context.Context, dry bool) (planned, error) {
		c, err := d.correction(ctx, meeting, person, email)
		if err != nil {
			return planned{}, err
		}
		act, refusal := mdt.CorrectAddress(c)
		if refusal != nil {
			return planned{}, refuse(refusal)
		}
		return d.planned(act, c.Scene), nil
	}}
}

// correction reads what the correction of an address is decided on: the entry, what stands under the right address,
// and everybody whose entry names this one.
func (d *Desk) correction(ctx context.Context, meeting string, person mdt.PersonID, email mdt.Address) (c mdt.Correction, err error) {
	if c.Scene, err = d.sceneWithLetters(ctx, meeting, person); err != nil || c.Entry == nil {
		return c, err
	}
	c.Email, c.Owner = email, d.entrant(c.Meeting, email)
	persons := append([]mdt.PersonID{c.Owner.Person}, c.Entry.NamedBy...)
	if c.Entry.BroughtBy != "" {
		persons = append(persons, c.Entry.BroughtBy)
	}
	for _, guest := range c.Entry.Guests {
		persons = append(persons, guest.Person)
	}
	slices.Sort(persons[1:])
	standing, err := d.Store.Standing(ctx, meeting, slices.Compact(persons)...)
	if err != nil {
		return c, err
	}
	c.Owner.Standing = standing.Entries[0]
	for _, other := range standing.Entries[1:] {
		if other != nil && other.Person != person && other.Person != c.Owner.Person {
			c.Others = append(c.Others, other)
		}
	}
	own, err := d.Own(ctx, person)
	c.Wishes = own.WishesOf(meeting)
	return c, err
}
