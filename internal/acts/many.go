package acts

import (
	"context"
	"errors"
	"slices"

	"aanmeldpunt/internal/mdt"
)

// Many are deeds that are agreed to together and done one by one.
type Many struct{ deeds []Deed }

// Together gathers deeds.
func Together(deeds ...Deed) Many { return Many{deeds} }

// Shown is a deed that has the letters of all and does nothing: whether it can be done says that as many letters go
// as were agreed to. One that cannot be done now sends none.
func (m Many) Shown() Deed {
	return Deed{func(ctx context.Context, dry bool) (all planned, err error) {
		for _, deed := range m.deeds {
			letters, err := deed.Letters(ctx)
			var no *Refused
			if err != nil && !errors.As(err, &no) {
				return planned{}, err
			}
			all.letters = append(all.letters, letters...)
		}
		all.store = func(context.Context) error { return nil }
		return all, nil
	}}
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
				return planned{act.Letters, func(ctx context.Context) error { return d.store(ctx, act) }}, nil
			}
			why = refusal
		}
		return planned{}, refuse(why)
	}}
}
