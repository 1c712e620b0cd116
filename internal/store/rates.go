package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"aanmeldpunt/internal/mdt"
)

// A limit of a rate is one item: the moment by which all that was taken is made up for, in milliseconds. It
// is moved only on the condition that the limit allows it, so that however many come at once, and through
// however many processes, no more get through than may.

const (
	attrMade = "tat" // theoretical arrival time, as the algorithm calls it
	// limitKept is how long a limit is remembered that nobody asks for any more: longer than it takes to be
	// made up for, and far less than the 25 hours that anything derived from a network's address may stay.
	limitKept = time.Hour
	// limitTries bounds the tries of one Take: each but the last fails only because another was quicker.
	limitTries = 5
)

func limitKey(name string) Key { return Key{"limiet#" + name, "limiet"} }

// Take takes one of a limit. Known is the moment that is remembered of it here (zero: none): where nobody else
// took of it since, it costs one call, and one more where somebody did. made is the moment as it is now; a wait
// above 0 says that there is none before then.
func (s *Store) Take(ctx context.Context, name string, rate mdt.Rate, known, now time.Time) (made time.Time, wait time.Duration, err error) {
	for range limitTries {
		it, err := s.engine.Change(ctx, takeWrite(name, rate, known, now))
		var no *Refused
		switch {
		case err == nil:
			return madeOf(it), 0, nil
		case !errors.As(err, &no) || len(no.Reasons) == 0:
			return known, 0, err
		}
		known = madeOf(no.Reasons[0].Old)
		if _, wait := rate.Take(known, now); wait > 0 {
			return known, wait, nil
		}
	}
	return known, 0, fmt.Errorf("%w: a limit that changes faster than it can be taken of", ErrBusy)
}

// takeWrite adds to a moment that is still ahead, and begins anew with one that has passed.
func takeWrite(name string, rate mdt.Rate, known, now time.Time) Write {
	w := Write{Key: limitKey(name), Set: Item{AttrExpires: now.Add(limitKept).Unix()}}
	if known.Before(now) {
		w.Set[attrMade] = now.Add(rate.Every).UnixMilli()
		w.If = []Condition{{Attr: attrMade, Op: AtMost, Value: now.UnixMilli()}}
		return w
	}
	w.Add = map[string]int64{attrMade: rate.Every.Milliseconds()}
	w.If = []Condition{{Attr: attrMade, Op: AtLeast, Value: now.UnixMilli()}, {Attr: attrMade, Op: AtMost, Value: rate.Latest(now).UnixMilli()}}
	return w
}

// madeOf reads the moment off a limit's item; zero where there is none.
func madeOf(it Item) time.Time {
	if ms, ok := it[attrMade].(int64); ok {
		return time.UnixMilli(ms).UTC()
	}
	return time.Time{}
}
