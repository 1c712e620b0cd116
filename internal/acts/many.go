package acts

import (
	"context"
	"errors"
	"slices"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// ErrOtherEntry says that by now the entry is another than the one that was shown. Nothing was stored.
var ErrOtherEntry = errors.New("acts: the entry is another than was shown")

// Seen is what was shown of one deed among many: its letters, by what each says and to whom, and the version of the
// entry (0: any will do).
type Seen struct {
	Letters string
	Version int64
}

// Glance is what one deed among many would come to: its letters, or why it cannot be done.
type Glance struct {
	Seen
	Letters []mdt.Letter
	Refused *Refused
}

// Preview tells what deeds would come to that are done one after another in this order, and does none of them. Whom
// one of them tells of a seat, or takes out of the line, the next passes by.
func Preview(ctx context.Context, deeds []Deed) ([]Glance, error) {
	glances, told := make([]Glance, len(deeds)), map[mdt.PersonID]bool{}
	ctx = passing(ctx, told)
	for i, deed := range deeds {
		p, err := deed.plan(ctx, true)
		switch {
		case errors.As(err, &glances[i].Refused):
			continue
		case err != nil:
			return nil, err
		}
		glances[i].Letters = mailed(p.letters)
		glances[i].Seen = Seen{Told(glances[i].Letters), p.version}
		for _, l := range p.letters {
			told[l.Person] = true
		}
	}
	return glances, nil
}

// Told names letters by what they tell (Kinds) and to whom.
func Told(letters []mdt.Letter) string {
	names := make([]string, len(letters))
	for i, l := range letters {
		names[i] = Kinds([]mdt.Letter{l}) + "-" + l.Reference
	}
	slices.Sort(names)
	return strings.Join(names, ".")
}

// DoSeen does a deed as it was shown: on that version of the entry, with those letters. The error is ErrOtherEntry,
// ErrOtherLetters, *Refused or the store's.
func (d Deed) DoSeen(ctx context.Context, seen Seen) error {
	return untilStored(func() error {
		p, err := d.plan(ctx, false)
		switch {
		case err != nil:
			return err
		case seen.Version != 0 && p.version != seen.Version:
			return ErrOtherEntry
		case Told(mailed(p.letters)) != seen.Letters:
			return ErrOtherLetters
		}
		return p.store(ctx)
	})
}

// toldKey is where a context holds who is told something by a deed before this one.
type toldKey struct{}

func passing(ctx context.Context, persons map[mdt.PersonID]bool) context.Context {
	return context.WithValue(ctx, toldKey{}, persons)
}

func passed(ctx context.Context) map[mdt.PersonID]bool {
	persons, _ := ctx.Value(toldKey{}).(map[mdt.PersonID]bool)
	return persons
}

// DoAgreed does a deed whose letters were agreed to among those of others. The error is *Refused or the store's.
func (d Deed) DoAgreed(ctx context.Context) error {
	return untilStored(func() error {
		p, err := d.plan(ctx, false)
		if err != nil {
			return err
		}
		return p.store(ctx)
	})
}

// ResendingLast sends once more the last letter of an entry that still says what is so.
func (d *Desk) ResendingLast(meeting string, person mdt.PersonID) Deed {
	return Deed{func(ctx context.Context, dry bool) (planned, error) {
		scene, err := d.sceneWithLetters(ctx, meeting, person)
		if err != nil {
			return planned{}, err
		}
		if scene.Entry == nil {
			return planned{}, refuse(&mdt.Refusal{Code: "handeling.kanNiet"})
		}
		letters, err := d.Store.Letters(ctx, scene.Entry.LetterIDs)
		if err != nil {
			return planned{}, err
		}
		slices.SortFunc(letters, func(a, b mdt.Letter) int { return b.Created.Compare(a.Created) })
		why := &mdt.Refusal{Code: "brief.achterhaald"}
		for _, old := range letters {
			act, refusal := mdt.Resend(scene, old)
			if refusal == nil {
				return d.planned(act, scene), nil
			}
			why = refusal
		}
		return planned{}, refuse(why)
	}}
}
