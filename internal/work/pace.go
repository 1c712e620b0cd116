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
	holds int           // how many Lifts have not ended
	lift  chan struct{} // closed while there are any
}

// NewPace lets at most rate letters a second through; zero or less lets all through.
func NewPace(rate float64) *Pace {
	if rate <= 0 {
		return nil
	}
	return &Pace{every: time.Duration(float64(time.Second) / rate), lift: make(chan struct{})}
}

// Wait waits for the caller's turn, or gives the context's error when its end comes first.
func (p *Pace) Wait(ctx context.Context) error {
	if p == nil {
		return ctx.Err()
	}
	turn, lift := p.turn(time.Now())
	timer := time.NewTimer(time.Until(turn))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-lift:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Pace) turn(now time.Time) (turn time.Time, lift <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holds > 0 {
		return now, p.lift
	}
	turn = p.next
	if turn.Before(now) {
		turn = now
	}
	p.next = turn.Add(p.every)
	return turn, p.lift
}

// Lift lets everyone through at once, those who wait too, until the function it gives is called: for a
// clock that is moved, as hours of that clock must not take hours.
func (p *Pace) Lift() (end func()) {
	if p == nil {
		return func() {}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holds++; p.holds == 1 {
		close(p.lift)
	}
	return sync.OnceFunc(p.settle)
}

func (p *Pace) settle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holds--; p.holds == 0 {
		p.lift, p.next = make(chan struct{}), time.Time{} // the turns that were given out are void
	}
}
