package trials

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"

	"aanmeldpunt/internal/store"
)

// asked is one operation: a registration (with a guest, or -1), or a look at the free seats.
type asked struct {
	look        bool
	self, guest int
}

// told is its answer.
type told struct {
	waits bool
	free  int
}

// seats is a meeting as an outsider may think of it.
type seats struct {
	occupied, waiting int
	known             [3]uint64
}

const everybody = 3 * 64 // as many people as seats.known holds

func (s *seats) knows(who int) bool { return s.known[who/64]>>(who%64)&1 == 1 }
func (s *seats) note(who int)       { s.known[who/64] |= 1 << (who % 64) }

func (s *seats) free(capacity int) int { return max(0, capacity-s.occupied) }

// next is the rule: once per address, seats while they last, guests with whoever brings them; too few for all
// are offered to the first of them; what is answered tells nothing of a guest who is known.
func (s seats) next(capacity int, in asked, out told) (bool, seats) {
	free := s.free(capacity)
	if in.look {
		return out.free == free, s
	}
	n, asFresh := 1, 1
	if in.guest >= 0 {
		asFresh = 2
		if !s.knows(in.guest) {
			n = 2
		}
	}
	if told := free < asFresh; told != out.waits || s.knows(in.self) {
		return told == out.waits, s
	}
	waits := free < n
	s.note(in.self)
	if in.guest >= 0 {
		s.note(in.guest)
	}
	if waits {
		s.occupied += free
		s.waiting += n - free
	} else {
		s.occupied += n
	}
	return true, s
}

func model(capacity int) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return seats{} },
		Step: func(state, in, out any) (bool, any) {
			ok, next := state.(seats).next(capacity, in.(asked), out.(told))
			return ok, next
		},
	}
}

// given is a number in line with the time in which it was given.
type given struct{ number, from, until int64 }

// inLine says whether the numbers can have been given in their order, each once and in its time.
func inLine(line []given) bool {
	slices.SortFunc(line, func(a, b given) int { return int(a.number - b.number) })
	last, now := int64(0), int64(0)
	for _, g := range line {
		if now = max(now, g.from); g.number == last || now > g.until {
			return false
		}
		last = g.number
	}
	return true
}

// slow delays the calls of an engine, each by its own random time.
type slow struct {
	store.Engine
	most time.Duration
}

func (s slow) wait() {
	if rand.IntN(3) == 0 {
		time.Sleep(rand.N(s.most))
	}
}

func (s slow) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	s.wait()
	defer s.wait()
	return s.Engine.Get(ctx, keys...)
}

func (s slow) Next(ctx context.Context, key store.Key) (int64, error) {
	defer s.wait()
	return s.Engine.Next(ctx, key)
}

func (s slow) Transact(ctx context.Context, token string, writes []store.Write) error {
	defer s.wait()
	return s.Engine.Transact(ctx, token, writes)
}
