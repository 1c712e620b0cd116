package trials

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Races for seats that come free. All runs:
//
//	AANMELDPUNT_LONG=1 go test -run FreedSeats -timeout 1h -v ./infra/trials

// line fills a meeting and lets others wait for it; it gives the addresses of both.
func (d *desk) line(id string, seats, waiting int, change func(*mdt.Meeting)) (meeting mdt.Meeting, seated, inLine []string) {
	d.t.Helper()
	d.open(id, seats, change)
	for i := range seats + waiting {
		p := d.post(id, fmt.Sprintf("%s-%03d@gast.example", id, i))
		if p.code != 201 {
			d.t.Fatal(p.body)
		}
		if i < seats {
			seated = append(seated, p.email)
		} else {
			inLine = append(inLine, p.email)
		}
	}
	found, err := d.store.Meeting(context.Background(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return *found, seated, inLine
}

// twin is another desk on the same store, whose clock is wrong by so much.
func (d *desk) twin(wrong time.Duration) *desk {
	other := newDesk(d.t, d.engine)
	other.passed.Store(d.passed.Load() + int64(wrong))
	return other
}

// atOnce does all of it at the same moment.
func atOnce(acts ...func()) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	ready.Add(len(acts))
	for _, act := range acts {
		done.Go(func() {
			ready.Done()
			<-gate
			act()
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

// insist does an act until the store answers; that it cannot be done is an answer.
func insist(t testing.TB, act func() error) {
	for range 50 {
		err := act()
		var refused *acts.Refused
		switch {
		case err == nil || errors.As(err, &refused):
			return
		case !errors.Is(err, store.ErrUnavailable) && !errors.Is(err, store.ErrUnknown):
			t.Errorf("%v", err)
			return
		}
	}
	t.Error("the store never answers")
}

// comeAndGo lets everybody who has a seat cancel while as many others post, half of all at a desk whose clock is
// wrong; meanwhile the counter is watched. It gives what is left, and how often too many seats were seen.
func (d *desk) comeAndGo(id string, seats, waiting int, change func(*mdt.Meeting)) (*standing, int) {
	meeting, seated, inLine := d.line(id, seats, waiting, change)
	desks := []*desk{d, d.twin(-10 * time.Minute)}
	all := append(append([]string{}, seated...), inLine...)
	var todo []func()
	for i, email := range seated {
		at, fresh := desks[i%2], fmt.Sprintf("%s-n%02d@gast.example", id, i)
		all = append(all, fresh)
		todo = append(todo, func() {
			insist(d.t, func() error { return at.acts.Cancel(context.Background(), id, at.person(email)) })
		}, func() {
			for at.post(id, fresh).code == 503 {
			}
		})
	}
	var seen atomic.Int64
	watched := make(chan struct{})
	over := make(chan struct{})
	go func() {
		defer close(watched)
		for {
			select {
			case <-over:
				return
			default:
				if counter, _ := d.stands(id); counter.Occupied > seats {
					seen.Add(1)
				}
			}
		}
	}()
	rand.Shuffle(len(todo), func(i, j int) { todo[i], todo[j] = todo[j], todo[i] })
	atOnce(todo...)
	close(over)
	<-watched
	return d.settled(meeting, all), int(seen.Load())
}

func TestFreedSeats(t *testing.T) {
	t.Parallel()
	d := newDesk(t, openBolt(t))
	runs := number(4, 20, 500)
	for i := range runs {
		waiting, direct := rand.IntN(60), i%4 == 3
		s, over := d.comeAndGo(fmt.Sprintf("dag%d", i), 50, waiting, func(m *mdt.Meeting) { m.Direct = direct })
		if len(s.faults) > 0 || over > 0 || s.with(mdt.Cancelled) != 50 || direct && s.with(mdt.Offered) > 0 {
			t.Fatalf("run %d, %d waiting: %d cancelled, too many seats %d times, %v", i, waiting, s.with(mdt.Cancelled), over, s.faults)
		}
		if given := s.with(mdt.Offered) + s.with(mdt.Confirmed); given != min(50, waiting+50) {
			t.Fatalf("run %d: %d seats are given", i, given)
		}
	}
}

// lax is an engine that judges by the counter without some of its demands.
type lax struct {
	store.Engine
	without []string
}

func (l lax) Transact(ctx context.Context, token string, writes []store.Write) error {
	loose := append([]store.Write{}, writes...)
	for i := range loose {
		if loose[i].Key.SK != "teller" {
			continue
		}
		var kept []store.Condition
		for _, c := range loose[i].If {
			drop := false
			for _, name := range l.without {
				drop = drop || c.Attr == name
			}
			if !drop {
				kept = append(kept, c)
			}
		}
		loose[i].If = kept
	}
	return l.Engine.Transact(ctx, token, loose)
}

// TestFreedSeatsAreSeenWithoutTheGuards takes away what the races lean on, one by one.
func TestFreedSeatsAreSeenWithoutTheGuards(t *testing.T) {
	t.Parallel()
	for _, without := range [][]string{{"bezet"}, {"beurt", "wachtend"}} {
		d := newDesk(t, slow{lax{openBolt(t), without}, time.Millisecond})
		var faults []string
		for i := 0; i < 400 && faults == nil; i++ {
			s, over := d.comeAndGo(fmt.Sprintf("dag%d", i), 20, rand.IntN(20), nil)
			if faults = s.faults; over > 0 {
				faults = append(faults, "too many seats")
			}
		}
		if faults == nil {
			t.Errorf("without %v nothing goes wrong: the races prove nothing", without)
		}
		t.Logf("without %v: %s", without, strings.Join(faults[:min(2, len(faults))], "; "))
	}
}

// TestOneFreedSeat: small races, each of which can end in few ways.
func TestOneFreedSeat(t *testing.T) {
	t.Parallel()
	d := newDesk(t, slow{openBolt(t), time.Millisecond})
	cancel := func(id, email string) func() {
		return func() {
			insist(t, func() error { return d.acts.Cancel(context.Background(), id, d.person(email)) })
		}
	}
	for i := range number(20, 60, 1000) {
		id := fmt.Sprintf("samen%d", i)
		meeting, seated, line := d.line(id, 1, 3, nil)
		atOnce(cancel(id, seated[0]), cancel(id, line[0]))
		s := d.settled(meeting, append(seated, line...))
		if s.faults != nil || s.with(mdt.Cancelled) != 2 || s.entries[2].Status != mdt.Offered || s.counter.Occupied != 1 {
			t.Fatalf("who is first leaves: %+v, %v", s.counter, s.faults)
		}

		id = fmt.Sprintf("vaak%d", i)
		meeting, seated, line = d.line(id, 2, 2, nil)
		again := cancel(id, seated[0])
		atOnce(again, again, again, again, again)
		s = d.settled(meeting, append(seated, line...))
		if s.faults != nil || s.with(mdt.Cancelled) != 1 || s.with(mdt.Offered) != 1 || s.counter.Occupied != 2 {
			t.Fatalf("cancelled five times: %+v, %v", s.counter, s.faults)
		}

		id = fmt.Sprintf("klok%d", i)
		meeting, seated, line = d.line(id, 2, 4, nil)
		cancel(id, seated[0])()
		cancel(id, seated[1])()
		before := d.passed.Load()
		d.pass(72 * time.Hour)
		other := d.twin(0)
		run := func(at *desk) func() {
			return func() { insist(t, func() error { return at.acts.LapseOffers(context.Background()) }) }
		}
		accept := func() {
			insist(t, func() error { return d.acts.Accept(context.Background(), id, "", d.person(line[0])) })
		}
		atOnce(run(d), run(other), run(d), run(other), accept)
		s = d.settled(meeting, append(seated, line...))
		if s.faults != nil || s.entries[2].Status != mdt.Waiting || s.entries[2].Lapses != 1 || s.entries[4].Status != mdt.Offered || s.entries[5].Status != mdt.Offered {
			t.Fatalf("two clocks: %+v, %v", s.counter, s.faults)
		}
		d.passed.Store(before)
	}
}

// TestSeatsAddedAtOnce: the number of seats is lowered, nobody leaves; then it is raised while people come and go.
func TestSeatsAddedAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, slow{openBolt(t), time.Millisecond})
	for i := range number(4, 10, 200) {
		id := fmt.Sprintf("dag%d", i)
		_, seated, line := d.line(id, 20, 30, nil)
		resize := func(seats int) { insist(t, func() error { return d.acts.Resize(context.Background(), id, "", seats) }) }
		resize(16)
		for _, email := range seated[:4] {
			d.cancel(id, email)
		}
		lowered := d.settled(mdt.Meeting{ID: id, Capacity: 20}, append(seated, line...))
		if lowered.counter.Occupied != 16 || lowered.with(mdt.Offered) != 0 {
			t.Fatalf("lowered: %+v", lowered.counter)
		}
		todo := []func(){func() { resize(46) }}
		for _, email := range seated[4:10] {
			todo = append(todo, func() {
				insist(t, func() error { return d.acts.Cancel(context.Background(), id, d.person(email)) })
			})
		}
		atOnce(todo...)
		s := d.settled(mdt.Meeting{ID: id, Capacity: 46}, append(seated, line...))
		if s.faults != nil || s.with(mdt.Offered) != 30 || s.counter.Occupied != 40 {
			t.Fatalf("raised: %+v, %v", s.counter, s.faults)
		}
	}
}
