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
	return errors.Join(err, expiry, d.tick(), d.quiet(d.life), d.clock.release())
}

// expireStep is how far the clock may walk before what has expired is taken away: it does not count any more.
const expireStep = 24 * time.Hour

// walk stands still at every moment up to and including to at which something falls due, and does it. What
// fails keeps nothing else from being done, unless it stays what falls due first.
func (d *desk) walk(ctx context.Context, to time.Time) error {
	var before due
	var failed []error
	expired := d.clock.Now()
	for {
		if err := d.quiet(ctx); err != nil {
			return errors.Join(append(failed, err)...)
		}
		next, err := d.nextDue(ctx)
		if err != nil || next == nil || next.At.After(to) {
			return errors.Join(append(failed, err)...)
		}
		if *next == before {
			return errors.Join(append(failed, fmt.Errorf("%s, due at %s, cannot be handled", next, next.At.Format(time.RFC3339)))...)
		}
		before = *next
		if d.clock.set(next.At); next.At.Sub(expired) >= expireStep {
			expired = next.At
			if _, err := d.db.Sweep(ctx, expired); err != nil {
				failed = append(failed, err)
			}
		}
		if err := errors.Join(d.tick(), d.sweep(false)); err != nil {
			failed = append(failed, err)
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
	What    string    `json:"wat"`
	At      time.Time `json:"om"`
	Meeting string    `json:"bijeenkomst,omitempty"`
	letter  string
}

func (n due) String() string {
	if n.letter != "" {
		return "letter " + n.letter
	}
	return n.What + " " + n.Meeting
}

// nextDue finds what falls due first, or nil: a letter, or what the acts have to do.
func (d *desk) nextDue(ctx context.Context) (*due, error) {
	var first *due
	act, err := d.acts.Next(ctx)
	if err != nil {
		return nil, err
	}
	if act != nil {
		first = &due{What: act.Task.What, At: act.At, Meeting: act.Task.Meeting}
	}
	for _, state := range append([]mdt.DeliveryState{mdt.Sending}, mdt.Claimable...) {
		id, at, err := d.store.FirstDue(ctx, state)
		if err != nil {
			return nil, err
		}
		if id != "" && (first == nil || at.Before(first.At)) {
			first = &due{What: "brieven nasturen", At: at, letter: id}
		}
	}
	return first, nil
}
