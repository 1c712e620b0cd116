package acts

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Erase takes away everything of a person, or the one entry with that reference, with the letters it led to and
// what others' entries say of it; seats go to whoever is next. It takes many transactions: what is to be erased
// is noted first, so that the clock brings to its end what was cut off. The last thing that is stored is the
// letter that tells of it. Where nothing of it stands there is nothing to do. The error is the store's.
func (d *Desk) Erase(ctx context.Context, person mdt.PersonID, reference string) error {
	for range maxRaces {
		erasure, err := d.erasure(ctx, person, reference)
		if errors.Is(err, store.ErrLostRace) {
			continue
		}
		if err != nil || erasure == nil {
			return err
		}
		if err := d.carryOut(ctx, *erasure); err != nil || erasure.Covers(reference) {
			return err
		}
	}
	return store.ErrUnavailable
}

// erasure gives what is being erased of the person already, or begins it; nil where there is nothing to erase.
func (d *Desk) erasure(ctx context.Context, person mdt.PersonID, reference string) (*mdt.Erasure, error) {
	standing, err := d.Store.Erasure(ctx, person)
	if err != nil || standing != nil {
		return standing, err
	}
	begun, _, err := d.toErase(ctx, person, reference)
	if err != nil || begun == nil {
		return nil, err
	}
	return begun, d.Store.BeginErasure(ctx, *begun)
}

// toErase decides what would be erased of what stands, which comes along; nil where there is nothing to erase. The erasure
// begins before the reading: what comes in after that stays.
func (d *Desk) toErase(ctx context.Context, person mdt.PersonID, reference string) (*mdt.Erasure, []mdt.Trace, error) {
	now := d.Now()
	traces, err := d.Store.Traces(ctx, person, now)
	if err != nil {
		return nil, nil, err
	}
	e, found := mdt.BeginErasure(strings.ToLower(rand.Text()), person, reference, traces, now)
	if !found {
		return nil, nil, nil
	}
	return &e, traces, nil
}

// ResumeErasures goes on with every erasure that was cut off.
func (d *Desk) ResumeErasures(ctx context.Context) error {
	erasures, err := d.Store.Erasures(ctx)
	for _, e := range erasures {
		err = errors.Join(err, d.carryOut(ctx, e))
	}
	return err
}

// carryOut erases what still stands, and looks again, until there is nothing left but to tell of it.
func (d *Desk) carryOut(ctx context.Context, e mdt.Erasure) error {
	return untilStored(func() error {
		traces, err := d.Store.Traces(ctx, e.Person, d.Now())
		if err != nil {
			return err
		}
		scope := e.Scope(traces)
		if len(scope) == 0 {
			return d.endErasure(ctx, e, traces)
		}
		for _, t := range scope {
			if err := d.eraseTrace(ctx, t); err != nil {
				return err
			}
		}
		return store.ErrLostRace
	})
}

// endErasure takes away what is left: what is known of the address itself and what others sent that looks like
// spam, where nothing else of the person stands, and the note of the erasure. The log gets a proof that says
// nothing of anybody.
func (d *Desk) endErasure(ctx context.Context, e mdt.Erasure, left []mdt.Trace) error {
	if mdt.Everything(left) {
		if err := d.eraseFromSuspects(ctx, e.Person); err != nil {
			return err
		}
	}
	address, letter := e.Last(left, d.Now())
	if address != nil {
		if err := d.Store.EraseLetters(ctx, address.Own...); err != nil {
			return err
		}
	}
	err := d.Store.EndErasure(ctx, e, address, letter)
	if errors.Is(err, store.ErrLostRace) {
		standing, readErr := d.Store.Erasure(ctx, e.Person)
		if readErr == nil && (standing == nil || standing.ID != e.ID) {
			return nil // somebody else brought it to its end
		}
	}
	if err != nil {
		return err
	}
	d.Log.InfoContext(ctx, "erased", "erasure", e.ID, "entries", e.Counts, "told", letter != nil)
	if letter == nil {
		return d.Store.Scrub(ctx) // no letter will bring it about
	}
	return nil
}
