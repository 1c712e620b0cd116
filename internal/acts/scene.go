package acts

import (
	"context"
	"errors"
	"maps"
	"slices"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// decision is a rule of mdt: what an act changes, or why it cannot be done. An act without entries changes nothing.
type decision func(mdt.Scene) (mdt.Act, *mdt.Refusal)

// act reads the scene of a registration, decides and stores, again while others are quicker.
func (d *Desk) act(ctx context.Context, meeting string, person mdt.PersonID, decide decision) error {
	return d.actIn(ctx, d.scene, meeting, person, decide)
}

// view reads what an act on one registration is decided on.
type view func(ctx context.Context, meeting string, person mdt.PersonID) (mdt.Scene, error)

func (d *Desk) actIn(ctx context.Context, read view, meeting string, person mdt.PersonID, decide decision) error {
	return untilStored(func() error {
		scene, err := read(ctx, meeting, person)
		if err != nil {
			return err
		}
		act, refusal := decide(scene)
		if refusal == nil && act.NeedsNumber {
			if scene.Number, err = d.Store.NextNumber(ctx, meeting); err != nil {
				return err
			}
			act, refusal = decide(scene)
		}
		if refusal != nil {
			return refuse(refusal)
		}
		return d.store(ctx, act)
	})
}

func (d *Desk) store(ctx context.Context, act mdt.Act) error {
	err := d.Store.Act(ctx, act)
	d.Catalogue.Forget(act.Meeting.ID)
	if errors.Is(err, store.ErrOrganisationFull) {
		return refuse(&mdt.Refusal{Code: "organisatie.max", Pointer: "#/organisatie"})
	}
	return err
}

// scene is the whole view: with the letters that have not gone, and who is next in every line.
func (d *Desk) scene(ctx context.Context, meeting string, person mdt.PersonID) (mdt.Scene, error) {
	return d.handing(func(string) bool { return true })(ctx, meeting, person)
}

// handing is the view for an act that may hand on seats of these lines and no others.
func (d *Desk) handing(on func(part string) bool) view {
	return func(ctx context.Context, meeting string, person mdt.PersonID) (mdt.Scene, error) {
		scene, err := d.sceneWithLetters(ctx, meeting, person)
		if err != nil || scene.Entry == nil {
			return scene, err
		}
		gives := scene.Entry.Gives()
		maps.DeleteFunc(gives, func(part string, _ mdt.Way) bool { return !on(part) })
		scene.Next, err = d.next(ctx, meeting, scene.Counter, gives, 1)
		return scene, err
	}
}

// only is the view for an act that may hand on a seat of one line.
func (d *Desk) only(line string) view {
	return d.handing(func(part string) bool { return part == line })
}

// sceneWithLetters is the view for an act that gives no seat away.
func (d *Desk) sceneWithLetters(ctx context.Context, meeting string, person mdt.PersonID) (mdt.Scene, error) {
	scene, err := d.bareScene(ctx, meeting, person)
	if err != nil || scene.Entry == nil {
		return scene, err
	}
	scene.Letters, err = d.Store.Unsettled(ctx, scene.Entry.LetterIDs)
	return scene, err
}

// bareScene is the view for an act that takes no letter back either.
func (d *Desk) bareScene(ctx context.Context, meeting string, person mdt.PersonID) (mdt.Scene, error) {
	known, err := d.Catalogue.Any(ctx, meeting)
	if err != nil {
		return mdt.Scene{}, err
	}
	if known == nil {
		return mdt.Scene{}, nil // every act on a registration that is not there is refused
	}
	standing, err := d.Store.Standing(ctx, meeting, person)
	if err != nil {
		return mdt.Scene{}, err
	}
	scene := mdt.Scene{Now: d.Now(), Counter: standing.Counter, Entry: standing.Entries[0]}
	scene.Meeting, err = d.current(ctx, *known, standing.Counter)
	return scene, err
}

// next finds who is next in lines for a seat on its way.
func (d *Desk) next(ctx context.Context, meeting string, counter mdt.Counter, lines map[string]mdt.Way, limit int) (map[string][]*mdt.Registration, error) {
	found, gone := map[string][]*mdt.Registration{}, passed(ctx)
	for part, way := range lines {
		if counter.Line(part).Waiting == 0 {
			continue
		}
		persons, err := d.Store.NextInLine(ctx, meeting, part, way, limit+len(gone))
		persons = slices.DeleteFunc(persons, func(p mdt.PersonID) bool { return gone[p] })
		if err != nil {
			return nil, err
		}
		if len(persons) == 0 {
			continue
		}
		standing, err := d.Store.Standing(ctx, meeting, persons...)
		if err != nil {
			return nil, err
		}
		for _, entry := range standing.Entries {
			if entry != nil { // it was taken away in between: the line has turned, and the act is decided again
				found[part] = append(found[part], entry)
			}
		}
	}
	return found, nil
}
