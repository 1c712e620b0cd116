package main

import (
	"context"
	"time"

	"aanmeldpunt/internal/mdt"
)

// forward moves the clock: it stands still at each moment at which something falls due, in their order,
// does what is due then, and ends at the moment asked for with every letter that follows sent.
func (d *desk) forward(ctx context.Context, by time.Duration) error {
	d.moving.Lock()
	defer d.moving.Unlock()
	to := d.clock.Now().Add(by)
	d.quiet()
	for {
		due, err := d.nextDue(ctx)
		if err != nil {
			return err
		}
		if due == nil || due.At.After(to) {
			break
		}
		if due.At.After(d.clock.Now()) {
			d.clock.stop(due.At)
		}
		if err := d.sweep(false); err != nil {
			return err
		}
		d.quiet()
		if again, err := d.nextDue(ctx); err != nil || again != nil && !again.At.After(due.At) && again.Letter == due.Letter {
			d.clock.stop(d.clock.Now().Add(time.Second)) // it could not be done now: go on, it is taken up later
		}
	}
	if to.After(d.clock.Now()) {
		d.clock.stop(to)
	}
	if _, err := d.db.Sweep(ctx, d.clock.Now()); err != nil {
		return err
	}
	return d.clock.run()
}

// quiet waits until the stream is empty and SES has reported on all it took.
func (d *desk) quiet() {
	d.stream.drain()
	d.outbox.Settle()
}

// due is what the clock does next.
type due struct {
	What   string    `json:"wat"`
	At     time.Time `json:"om"`
	Letter string    `json:"-"`
}

// nextDue finds the letter whose moment comes first, or nil.
func (d *desk) nextDue(ctx context.Context) (*due, error) {
	var first *due
	for _, state := range append([]mdt.DeliveryState{mdt.Sending}, mdt.Claimable...) {
		id, at, err := d.store.FirstDue(ctx, state)
		if err != nil {
			return nil, err
		}
		if id != "" && (first == nil || at.Before(first.At)) {
			first = &due{"brieven nasturen", at, id}
		}
	}
	return first, nil
}

// state is what GET /lokaal/status.json shows.
func (d *desk) state(ctx context.Context) (map[string]any, error) {
	counts, err := d.store.CountLetters(ctx)
	if err != nil {
		return nil, err
	}
	next, err := d.nextDue(ctx)
	if err != nil {
		return nil, err
	}
	return map[string]any{"now": d.clock.Now().UTC(), "brieven": counts, "volgende": next}, nil
}
