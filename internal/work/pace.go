package work

import (
	"context"
	"sync"
	"time"
)

// Pace spreads letters over time, so that the account's rate is never passed. A nil Pace does not wait.
type Pace struct {
	mu    sync.Mutex
	every time.Duration
	next  time.Time
}

// NewPace lets at most rate letters a second through; zero or less lets all through.
func NewPace(rate float64) *Pace {
	if rate <= 0 {
		return nil
	}
	return &Pace{every: time.Duration(float64(time.Second) / rate)}
}

// Wait waits for the caller's turn, or gives the context's error when its end comes first.
func (p *Pace) Wait(ctx context.Context) error {
	if p == nil {
		return ctx.Err()
	}
	timer := time.NewTimer(time.Until(p.turn(time.Now())))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Pace) turn(now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	turn := p.next
	if turn.Before(now) {
		turn = now
	}
	p.next = turn.Add(p.every)
	return turn
}
