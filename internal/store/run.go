package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"time"
)

// Transaction is what Run carries out.
type Transaction struct {
	Token  string // from NewToken; one per unchanged transaction
	Proof  Key    // an item that only this transaction creates; zero: none
	Writes []Write
}

// NewToken gives a token for one transaction: 26 characters that nobody else has.
func NewToken() string { return rand.Text() }

// Run carries out a transaction once, trying again while the database is busy or an answer was lost, for at
// most 20 seconds or until ctx ends. It gives nil when the transaction was done, *Refused when its
// conditions failed, and else ErrUnavailable (wrapped, with the cause): then nothing of it stands, as far as
// a last look at Proof could tell.
func Run(ctx context.Context, e Engine, t Transaction) error {
	return patient.run(ctx, e, t)
}

// patience is how a call is tried again: after a random time up to a bound that doubles with each try
// (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/), so that those who
// collided do not meet again.
type patience struct {
	base, most time.Duration // the bound of the first wait, and of any
	whole      time.Duration // when to give up
	deadTries  int           // how often to call a database that is unavailable
	settle     time.Duration // what a last look may take, even when the caller's time is over
	sleep      func(context.Context, time.Duration) error
	random     func(time.Duration) time.Duration // from 0 up to and including the bound
}

// A larger bound would spare refused tries, which cost as much as done ones, but 64 clients at one item then
// wait up to 17 seconds for their turn, near the end of everyone's patience; with this one up to 10.
var patient = patience{
	base: 20 * time.Millisecond, most: 500 * time.Millisecond, whole: 20 * time.Second,
	deadTries: 3, settle: 3 * time.Second, sleep: sleep, random: fullJitter,
}

func fullJitter(bound time.Duration) time.Duration { return mathrand.N(bound + 1) }

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p patience) run(ctx context.Context, e Engine, t Transaction) error {
	lost := false // whether an answer was lost, so that it may have happened
	err := p.again(ctx, func() error {
		err := e.Transact(ctx, t.Token, t.Writes)
		lost = lost || errors.Is(err, ErrUnknown)
		return err
	})
	if err != nil && lost && p.stands(ctx, e, t.Proof) {
		return nil
	}
	return err
}

// stands looks whether the item that proves a transaction is there.
func (p patience) stands(ctx context.Context, e Engine, proof Key) bool {
	if proof == (Key{}) {
		return false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.settle)
	defer cancel()
	p.deadTries = -1 // its whole time, also while the database is away
	found := false
	err := p.again(ctx, func() error {
		items, err := e.Get(ctx, proof)
		found = err == nil && items[0] != nil
		return err
	})
	return err == nil && found
}

// again calls until the answer is one that trying again does not change, or the patience is at its end.
func (p patience) again(ctx context.Context, call func() error) error {
	begun, dead := time.Now(), 0
	for try := 0; ; try++ {
		err := call()
		if errors.Is(err, ErrUnavailable) {
			dead++
		}
		switch {
		case ctx.Err() != nil && (transient(err) || errors.Is(err, ctx.Err())):
			return fmt.Errorf("%w: the caller's time is over: %w", ErrUnavailable, err)
		case !transient(err) || dead == p.deadTries:
			return err
		}
		waited := time.Since(begun)
		pause := p.pause(try, waited)
		if waited+pause > p.whole || p.sleep(ctx, pause) != nil {
			return fmt.Errorf("%w after %d tries: %w", ErrUnavailable, try+1, err)
		}
	}
}

func transient(err error) bool {
	return errors.Is(err, ErrBusy) || errors.Is(err, ErrUnknown) || errors.Is(err, ErrUnavailable)
}

// pause is how long to wait before the next try. The bound falls again with the time that is left: who has
// waited long tries more often than who has just come, or a crowd that keeps coming would starve it.
func (p patience) pause(try int, waited time.Duration) time.Duration {
	left := max(0.05, 1-waited.Seconds()/p.whole.Seconds())
	bound := time.Duration(left * float64(p.most))
	if try < 20 { // beyond, the shift would overflow
		bound = min(bound, p.base<<try)
	}
	return p.random(bound)
}
