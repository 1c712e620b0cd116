package trials

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

// Brawls: some people at one meeting and its part do whatever one can do, all at once, from two desks, while the
// clock ends offers and the team adds seats. Afterwards everything must fit together.
//
//	AANMELDPUNT_LONG=1 go test -run Brawl -timeout 1h -v ./infra/trials

// brawl has so many at once do so many acts each, half of them after the first offers are over.
func (d *desk) brawl(id string, persons, together, acts int, seed uint64) *standing {
	d.t.Helper()
	meeting, seated, line := d.line(id, persons/3, persons-persons/3, func(m *mdt.Meeting) {
		m.Parts = []mdt.Part{{ID: "zaal", Name: "Zaal", Start: m.Start, End: m.End, Seats: 2}}
		m.Direct = seed%5 == 4
	})
	all := append(seated, line...)
	desks := []*desk{d, d.twin(0)}
	before := d.passed.Load()
	for range 2 {
		var wg sync.WaitGroup
		for i := range together {
			own := rand.New(rand.NewPCG(seed, uint64(i)))
			wg.Go(func() {
				for range acts / 2 {
					desks[own.IntN(2)].whatever(id, all[own.IntN(len(all))], own)
				}
			})
		}
		wg.Wait()
		for _, one := range desks {
			one.pass(50 * time.Hour)
		}
	}
	d.passed.Store(before)
	resized, err := d.store.Meeting(context.Background(), id)
	if err != nil || resized.Capacity < meeting.Capacity {
		d.t.Fatal(resized, err)
	}
	return d.settled(*resized, all)
}

// whatever does one of the things that one can do.
func (d *desk) whatever(id, email string, own *rand.Rand) {
	ctx, who, line := context.Background(), d.person(email), []string{"", "", "zaal"}[own.IntN(3)]
	keep := own.IntN(2) == 0
	switch own.IntN(13) {
	case 0, 1:
		insist(d.t, func() error { return d.acts.Cancel(ctx, id, who) })
	case 2, 3:
		for d.post(id, email).code == 503 {
		}
	case 4, 5:
		insist(d.t, func() error { return d.acts.Accept(ctx, id, line, who) })
	case 6, 7:
		insist(d.t, func() error { return d.acts.Pass(ctx, id, line, who, keep) })
	case 8:
		insist(d.t, func() error { return d.acts.KeepWaiting(ctx, id, line, who) })
	case 9:
		insist(d.t, func() error { return d.acts.LapseOffers(ctx) })
	case 10:
		insist(d.t, func() error { return d.rewrite(ctx, id, email, own) })
	case 11:
		insist(d.t, func() error { return d.acts.WaitForPart(ctx, id, "zaal", who) })
	case 12:
		insist(d.t, func() error { return d.another(ctx, id) })
	}
}

// rewrite takes or leaves the part, as the page shows it now.
func (d *desk) rewrite(ctx context.Context, id, email string, own *rand.Rand) error {
	standing, err := d.store.Standing(ctx, id, d.person(email))
	if err != nil || standing.Entries[0] == nil {
		return err
	}
	form := mdt.ChangeForm{KeepWishes: true, Edition: standing.Entries[0].Edition}
	form.Name = fmt.Sprint("Noor ", own.IntN(100))
	if own.IntN(2) == 0 {
		form.Parts = []string{"zaal"}
	}
	err = d.acts.Change(ctx, id, d.person(email), form)
	var refused *acts.Refused
	if errors.As(err, &refused) && refused.Code == changed {
		return nil
	}
	return err
}

var adding sync.Mutex // else one who read an older number would take seats away

// another adds a seat, up to eight.
func (d *desk) another(ctx context.Context, id string) error {
	adding.Lock()
	defer adding.Unlock()
	meeting, err := d.store.Meeting(ctx, id)
	if err != nil || meeting.Capacity >= 8 {
		return err
	}
	return d.acts.Resize(ctx, id, "", meeting.Capacity+1)
}

func TestBrawls(t *testing.T) {
	t.Parallel()
	d := newDesk(t, slow{openBolt(t), time.Millisecond})
	for i := range number(4, 20, 500) {
		if s := d.brawl(fmt.Sprintf("dag%d", i), 12, 6, 40, uint64(i)); s.faults != nil {
			t.Fatalf("brawl %d: %v", i, s.faults)
		}
	}
}

// TestBrawlsThroughFaults: the same while the database refuses, slows down and loses its answers.
func TestBrawlsThroughFaults(t *testing.T) {
	t.Parallel()
	d, faults := faulty(t, 5, nil)
	for i := range number(1, 3, 50) {
		faults.Set(storetest.Rates{})
		id := fmt.Sprintf("dag%d", i)
		s := d.brawlWith(id, uint64(i), func() { faults.Set(badDay) }, func() { faults.Set(storetest.Rates{}) })
		if s.faults != nil {
			t.Fatalf("brawl %d: %v", i, s.faults)
		}
	}
	for _, kind := range []string{"conflict", "throttle", "lost"} {
		if faults.Made(kind) < 20 {
			t.Errorf("only %d times a %s: the brawl proves nothing", faults.Made(kind), kind)
		}
	}
}

// brawlWith is a brawl with something that begins before the acts and ends before what is left is looked at.
func (d *desk) brawlWith(id string, seed uint64, begin, end func()) *standing {
	begin()
	defer end()
	return d.brawl(id, 12, 6, 24, seed)
}

// unversioned is an engine that lets an entry be overwritten by whoever read an older one.
type unversioned struct{ store.Engine }

func (u unversioned) Transact(ctx context.Context, token string, writes []store.Write) error {
	loose := append([]store.Write{}, writes...)
	for i := range loose {
		if strings.HasPrefix(loose[i].Key.PK, "persoon#") && loose[i].Put == nil {
			loose[i].If = nil
		}
	}
	return u.Engine.Transact(ctx, token, loose)
}

// TestBrawlsAreSeenWithoutTheGuards: without what the acts lean on something does not fit.
func TestBrawlsAreSeenWithoutTheGuards(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]func(store.Engine) store.Engine{
		"versions": func(e store.Engine) store.Engine { return unversioned{e} },
		"counts":   func(e store.Engine) store.Engine { return unguarded{e} },
	} {
		d := newDesk(t, slow{broken(openBolt(t)), time.Millisecond})
		var faults []string
		for i := 0; i < 60 && faults == nil; i++ {
			faults = d.brawl(fmt.Sprintf("dag%d", i), 12, 6, 40, uint64(i)).faults
		}
		if faults == nil {
			t.Errorf("without %s everything fits: the brawls prove nothing", name)
		}
		t.Logf("without %s: %s", name, strings.Join(faults[:min(2, len(faults))], "; "))
	}
}
