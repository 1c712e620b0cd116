package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"aanmeldpunt/internal/mdt"
)

// lastMoment is how far the clock goes: moments are written with a year of four digits.
var lastMoment = time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)

// errTooFar says that a move would pass lastMoment.
var errTooFar = errors.New("the clock goes to the year 9000")

// forward moves the clock: it stands still at each moment at which something falls due, in their order,
// does what is due then, and ends at the moment asked for with every letter that follows sent. Meanwhile
// letters go without pacing, for an hour of this clock takes no time.
func (d *desk) forward(by time.Duration) error {
	defer d.pace.Lift()()
	d.sending.Lock()
	defer d.sending.Unlock()
	to := d.clock.hold().Add(by)
	if to.After(lastMoment) {
		return errors.Join(errTooFar, d.clock.release())
	}
	err := d.walk(d.life, to)
	d.clock.set(to)
	_, expiry := d.db.Sweep(d.life, to)
	return errors.Join(err, expiry, d.clock.release())
}

// walk stands still at every moment up to and including to at which something falls due, and does it.
func (d *desk) walk(ctx context.Context, to time.Time) error {
	var before *due
	for {
		if err := d.quiet(ctx); err != nil {
			return err
		}
		next, err := d.nextDue(ctx)
		if err != nil || next == nil || next.At.After(to) {
			return err
		}
		if before != nil && before.letter == next.letter && before.At.Equal(next.At) {
			return fmt.Errorf("letter %s, due at %s, cannot be handled", next.letter, next.At.Format(time.RFC3339))
		}
		before = next
		d.clock.set(next.At)
		if err := d.sweep(false); err != nil {
			return err
		}
	}
}

// quiet waits until the stream is empty and SES has reported on all it took.
func (d *desk) quiet(ctx context.Context) error {
	d.stream.drain(context.Background())
	return d.outbox.Settle(ctx)
}

// due is what the clock does next.
type due struct {
	What   string    `json:"wat"`
	At     time.Time `json:"om"`
	letter string
}

// nextDue finds what falls due first, or nil.
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
