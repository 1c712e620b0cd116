package store

import (
	"context"
	"errors"
	"reflect"
)

// Retrying gives an engine whose Get, Query, Next and Change are tried again as Run does it; Transact is
// left to Run, which knows the proof.
//
// A Change whose answer was lost is sent again when it only sets and removes: if it is then refused by an
// item that shows all it asked for, it counts as done (so callers set something that is theirs alone, such
// as a lease). One that adds would count twice: it is not sent again, and the caller gets ErrUnknown.
// Next may skip a number. Scrub goes to the engine, where it has that, and is not tried again.
func Retrying(e Engine) Engine { return retrying{e, patient} }

type retrying struct {
	Engine
	patience
}

func (r retrying) Get(ctx context.Context, keys ...Key) (items []Item, err error) {
	err = r.again(ctx, func() error {
		items, err = r.Engine.Get(ctx, keys...)
		return err
	})
	return items, err
}

func (r retrying) Query(ctx context.Context, q Query) (page Page, err error) {
	err = r.again(ctx, func() error {
		page, err = r.Engine.Query(ctx, q)
		return err
	})
	return page, err
}

func (r retrying) Next(ctx context.Context, key Key) (n int64, err error) {
	err = r.again(ctx, func() error {
		n, err = r.Engine.Next(ctx, key)
		return err
	})
	return n, err
}

func (r retrying) Change(ctx context.Context, w Write) (item Item, err error) {
	lost := false
	var unrepeatable error
	err = r.again(ctx, func() error {
		item, err = r.Engine.Change(ctx, w)
		if !errors.Is(err, ErrUnknown) {
			return err
		}
		if lost = true; len(w.Add) > 0 {
			unrepeatable = err
			return nil
		}
		return err
	})
	if unrepeatable != nil {
		return nil, unrepeatable
	}
	if done := itself(err, w); lost && done != nil {
		return done, nil
	}
	return item, err
}

func (r retrying) Scrub(ctx context.Context) error { return scrub(ctx, r.Engine) }

// itself gives the item that refused w where that item shows all that w asked for.
func itself(err error, w Write) Item {
	var refused *Refused
	if !errors.As(err, &refused) || len(refused.Reasons) == 0 {
		return nil
	}
	old := refused.Reasons[0].Old
	for name, value := range w.Set {
		if !reflect.DeepEqual(old[name], value) {
			return nil
		}
	}
	for _, name := range w.Remove {
		if _, there := old[name]; there {
			return nil
		}
	}
	return old
}
