package acts

import (
	"context"
	"fmt"
	"sync"
	"time"

	"aanmeldpunt/internal/mdt"
)

// TooOften says that a network posts more than it may. Nothing was stored.
type TooOften struct{ After time.Duration } // when it may again

func (t *TooOften) Error() string { return fmt.Sprintf("acts: too often: again after %s", t.After) }

// Minutes is After in whole minutes, at least one: what people are told.
func (t *TooOften) Minutes() int { return max(1, int((t.After+time.Minute-1)/time.Minute)) }

// Limits is what this process remembers of the networks that post: who may not for now is told so without
// asking the table, which holds what counts.
type Limits struct {
	mu   sync.Mutex
	made map[string]time.Time // by the network's name of the day
}

// NewLimits remembers nothing yet.
func NewLimits() *Limits { return &Limits{made: map[string]time.Time{}} }

// mostNetworks bounds the memory: with more than these, what has passed is forgotten first.
const mostNetworks = 10_000

func (l *Limits) known(name string) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.made[name]
}

func (l *Limits) note(name string, made, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.made) >= mostNetworks {
		l.forget(now)
	}
	if made.After(l.made[name]) {
		l.made[name] = made
	}
}

// forget makes room. Where every network is still being counted all are forgotten: the table knows them.
func (l *Limits) forget(now time.Time) {
	for name, made := range l.made {
		if made.Before(now) {
			delete(l.made, name)
		}
	}
	if len(l.made) >= mostNetworks {
		clear(l.made)
	}
}

// Limited says that the network of an address (with or without a port) is known to have posted more than it
// may; nil: go on. It asks nothing of the table, and comes before the fields of a form are judged.
func (d *Desk) Limited(from string) *TooOften {
	name := d.network(from)
	if name == "" {
		return nil
	}
	if _, wait := mdt.NetworkRate.Take(d.Limits.known(name), d.Now()); wait > 0 {
		return &TooOften{wait}
	}
	return nil
}

// network names the network that an address belongs to, or gives "" where nothing is limited.
func (d *Desk) network(from string) string {
	if d.Limits == nil {
		return ""
	}
	network := mdt.NetworkOf(from)
	if network == "" {
		return ""
	}
	return d.Identity.Network(network, d.Now())
}

// leave is a network's leave to do one act: it takes one of the network's limit, once.
type leave struct {
	take  func() error
	asked bool
}

// given is the leave of what no network is limited in.
var given = &leave{take: func() error { return nil }}

// askLeave prepares for a network's leave. With soon it is asked for at once, beside what the act does first,
// so that it takes no time; without, only where given is called.
func (d *Desk) askLeave(ctx context.Context, from string, soon bool) *leave {
	name := d.network(from)
	if name == "" {
		return given
	}
	l := &leave{take: sync.OnceValue(func() error { return d.takeOne(ctx, name) }), asked: soon}
	if soon {
		go func() { _ = l.take() }() // whoever calls given hears the answer
	}
	return l
}

// given waits for the leave; the error is *TooOften.
func (l *leave) given() error { return l.take() }

// beside waits for a leave that was asked for, so that nothing that was begun is left running, and gives the
// error of what was done meanwhile, or else the leave's.
func (l *leave) beside(err error) error {
	if !l.asked {
		return err
	}
	if refused := l.take(); err == nil {
		return refused
	}
	return err
}

// takeOne takes one of the network's limit. Where the table does not answer nobody is kept out: what the act
// itself does there then decides.
func (d *Desk) takeOne(ctx context.Context, name string) error {
	now, known := d.Now(), d.Limits.known(name)
	if _, wait := mdt.NetworkRate.Take(known, now); wait > 0 {
		return &TooOften{wait}
	}
	made, wait, err := d.Store.Take(ctx, name, mdt.NetworkRate, known, now)
	if err != nil {
		d.Log.WarnContext(ctx, "a limit could not be asked for, and lets through", "error", err)
		return nil
	}
	d.Limits.note(name, made, now)
	if wait > 0 {
		return &TooOften{wait}
	}
	return nil
}
