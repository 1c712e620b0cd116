package acts

import (
	"context"
	"errors"
	"sync/atomic"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// LapseOffers ends the offers whose time is over; each seat goes to the next in line. Of one meeting they end in
// the order of their moments, and one that cannot be ended keeps no other from it.
func (d *Desk) LapseOffers(ctx context.Context) error {
	for {
		offers, err := d.Store.LapsedOffers(ctx, d.Now())
		if err != nil || len(offers) == 0 {
			return err
		}
		ended, err := d.lapseAll(ctx, offers)
		if err != nil || ended == 0 {
			return err // none ended: the list lags behind what was done, and the next run sees it
		}
	}
}

func (d *Desk) lapseAll(ctx context.Context, offers []store.Offer) (ended int, err error) {
	var order []string
	of := map[string][]store.Offer{}
	for _, offer := range offers {
		if of[offer.Meeting] == nil {
			order = append(order, offer.Meeting)
		}
		of[offer.Meeting] = append(of[offer.Meeting], offer)
	}
	var did atomic.Int64
	err = several(ctx, together, order, func(meeting string) error {
		return several(ctx, 1, of[meeting], func(offer store.Offer) error {
			changed, err := d.lapse(ctx, offer.Meeting, offer.Part, offer.Person)
			if changed {
				did.Add(1)
			}
			return err
		})
	})
	return int(did.Load()), err
}

func (d *Desk) lapse(ctx context.Context, meeting, part string, person mdt.PersonID) (did bool, err error) {
	err = d.actIn(ctx, d.only(part), meeting, person, ifChanged(&did, func(s mdt.Scene) (mdt.Act, bool) { return mdt.Lapse(s, part) }))
	return did && err == nil, err
}

// ifChanged makes a decision of a rule that finds something to do or nothing; did tells which.
func ifChanged(did *bool, rule func(mdt.Scene) (mdt.Act, bool)) decision {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) {
		*did = false
		if s.Entry == nil {
			return mdt.Act{}, nil
		}
		var act mdt.Act
		act, *did = rule(s)
		return act, nil
	}
}

// errNoTime says that the caller's time is nearly over: what is left waits for the next run.
var errNoTime = errors.New("acts: no time is left in this run")
