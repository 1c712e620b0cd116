package trials

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

// What DynamoDB and the network do on a bad day. dynoxide is the database; the faults are made where the
// SDK hands its calls to HTTP. The whole rush, 10,000 for 500 seats:
//
//	AANMELDPUNT_LONG=1 go test -run Faults -timeout 30m -v ./infra/trials

// together is how many posts are under way at once, as many as instances of a function might be. The limit is
// dynoxide's: where each of its answers takes seconds for the crowd before it, the last look at a lost
// answer (3 seconds) ends without one, and then a 503 can stand for something that is stored.
const together = 100

var badDay = storetest.Rates{Conflict: 0.3, Throttle: 0.1, Lost: 0.05}

// faulty gives a desk on dynoxide whose calls go wrong at rates that can be set; change, when given, is put
// between the desk and the database.
func faulty(t testing.TB, seed uint64, change func(store.Engine) store.Engine) (*desk, *storetest.Faults) {
	t.Helper()
	database := storetest.StartDynoxide(t)
	transport := storetest.NewTransport()
	transport.MaxConnsPerHost = 256
	faults := storetest.NewFaults(transport, seed, storetest.Rates{})
	engine := store.Engine(database.Through(t, faults))
	if change != nil {
		engine = change(engine)
	}
	return newDesk(t, store.Retrying(engine)), faults
}

// TestRushThroughFaults: the same end state as without faults. Nobody hears a 5xx but 503, and then nothing
// stands under that address.
func TestRushThroughFaults(t *testing.T) {
	t.Parallel()
	n, seats := number(300, 600, 10_000), number(25, 50, 500)
	d, faults := faulty(t, 1, nil)
	d.open("dag", seats, nil)
	faults.Set(badDay)
	begun := time.Now()
	results := d.rushBy(together, "dag", emails(n))
	took := time.Since(begun)
	faults.Set(storetest.Rates{})
	d.repost("dag", results)
	got := d.judge("dag", results)
	if got.confirmed != seats || got.waiting != n-seats || got.counter.Occupied != seats || got.counter.Waiting != n-seats || got.faults != nil {
		t.Errorf("%d confirmed, %d waiting, counter %+v, %v", got.confirmed, got.waiting, got.counter, got.faults)
	}
	for _, kind := range []string{"conflict", "throttle", "lost"} {
		if faults.Made(kind) < n/50 {
			t.Errorf("only %d times a %s: the rush proves nothing", faults.Made(kind), kind)
		}
	}
	t.Logf("%d posts in %v: %d conflicts, %d throttled, %d answers lost", n, took.Round(time.Second), faults.Made("conflict"), faults.Made("throttle"), faults.Made("lost"))
	d.wantStored(results)
}

// repost demands of every post that was answered 503 that nothing of it stands, and sends it again, until
// nobody is sent away any more.
func (d *desk) repost(meeting string, results []posted) {
	d.t.Helper()
	for range 20 {
		var places []int
		var addresses []string
		for i, r := range results {
			if r.code == http.StatusServiceUnavailable {
				places, addresses = append(places, i), append(addresses, r.email)
			}
		}
		if places == nil {
			return
		}
		d.t.Logf("%d of %d posts were answered 503", len(places), len(results))
		_, entries := d.stands(meeting, addresses...)
		for i, again := range d.rush(meeting, addresses) {
			if was := results[places[i]]; entries[i] != nil || was.again == "" {
				d.t.Errorf("%s was answered 503 (Retry-After %q), and %+v stands", was.email, was.again, entries[i])
			}
			results[places[i]] = again
		}
	}
}

// TestFaultsAreSeenWithoutTheGuards takes away what the rush leans on, one by one: bounds on the counter, and
// what settles a lost answer. Each time the very same checks must find something.
func TestFaultsAreSeenWithoutTheGuards(t *testing.T) {
	t.Parallel()
	const n, seats = 150, 20
	t.Run("no bounds", func(t *testing.T) {
		d, faults := faulty(t, 2, func(e store.Engine) store.Engine { return unguarded{e} })
		d.open("dag", seats, nil)
		faults.Set(badDay)
		results := d.rush("dag", emails(n))
		faults.Set(storetest.Rates{})
		if got := d.judge("dag", results); got.confirmed <= seats {
			t.Errorf("%d confirmed for %d seats: the rush proves nothing", got.confirmed, seats)
		}
	})
	t.Run("no token and no proof", func(t *testing.T) {
		var whole store.Engine
		d, faults := faulty(t, 3, func(e store.Engine) store.Engine {
			whole = e
			return forgetful{e}
		})
		d.open("dag", seats, nil)
		faults.Set(badDay)
		d.rush("dag", emails(n))
		faults.Set(storetest.Rates{})
		if known := newDesk(t, whole).letters()[mdt.LetterKnown]; known == 0 {
			t.Error("nobody was taken for known though answers were lost: the rush proves nothing")
		}
	})
}

// forgetful is an engine under which a repeated transaction is a new one, and which finds no proof of it.
type forgetful struct{ store.Engine }

func (f forgetful) Transact(ctx context.Context, _ string, writes []store.Write) error {
	return f.Engine.Transact(ctx, store.NewToken(), writes)
}

func (f forgetful) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	if len(keys) == 1 && strings.HasPrefix(keys[0].PK, store.LetterPrefix) {
		return make([]store.Item, 1), nil
	}
	return f.Engine.Get(ctx, keys...)
}

// loses is a transport that, once armed, lets a transaction be done and loses its answer. Then the database is
// out of reach for so many transactions.
type loses struct {
	next        http.RoundTripper
	armed, lost bool
	unreachable int
}

func (l *loses) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
		return l.next.RoundTrip(r)
	}
	if !l.armed {
		if l.lost && l.unreachable > 0 {
			l.unreachable--
			return nil, &net.OpError{Op: "dial", Err: errors.New("no route to the database")}
		}
		return l.next.RoundTrip(r)
	}
	l.armed, l.lost = false, true
	answer, err := l.next.RoundTrip(r)
	if err == nil {
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	return nil, errors.New("connection reset by peer")
}

// TestAnswerLostOnTheLastSeat: the seat was given and the answer was lost. The visitor hears "bevestigd", by
// the token where the database can be asked again, by the letter that stands there where it cannot.
func TestAnswerLostOnTheLastSeat(t *testing.T) {
	post := func(t *testing.T, unreachable int, change func(store.Engine) store.Engine) (posted, *desk) {
		database := storetest.StartDynoxide(t)
		transport := &loses{next: storetest.NewTransport(), unreachable: unreachable}
		d := newDesk(t, store.Retrying(change(database.Through(t, transport))))
		d.open("dag", 1, nil)
		transport.armed = true
		return d.post("dag", "noor@gast.example"), d
	}
	plain := func(e store.Engine) store.Engine { return e }
	for name, unreachable := range map[string]int{"asked again": 0, "out of reach": 3} {
		t.Run(name, func(t *testing.T) {
			got, d := post(t, unreachable, plain)
			if got.code != http.StatusCreated || got.status != mdt.Confirmed {
				t.Errorf("answered %d %s", got.code, got.body)
			}
			counter, entries := d.stands("dag", "noor@gast.example")
			if counter.Occupied != 1 || counter.Waiting != 0 || entries[0] == nil || entries[0].Status != mdt.Confirmed {
				t.Errorf("counter %+v, entry %+v", counter, entries[0])
			}
			if n := d.letters(); n[mdt.LetterRegistered] != 1 || len(n) != 1 {
				t.Errorf("letters %v", n)
			}
		})
	}
	if got, _ := post(t, 0, func(e store.Engine) store.Engine { return forgetful{e} }); got.status == mdt.Confirmed {
		t.Error("without token and proof the answer is the same: the trial proves nothing")
	}
}

// TestMailThroughFaults: claims and results get lost as well. In the end every letter went out once: a claim
// whose answer was lost is not known to be ours, so nothing is sent on it until its lease is over.
func TestMailThroughFaults(t *testing.T) {
	t.Parallel()
	d, faults := faulty(t, 4, nil)
	n := number(40, 100, 2_000)
	d.open("dag", n, nil)
	results := d.rush("dag", emails(n))
	mailer, office := d.mailer()
	mailer.Workers = 16
	faults.Set(badDay)
	for range 12 {
		if err := mailer.Sweep(context.Background(), false); err != nil {
			t.Fatal(err)
		}
		d.pass(max(mdt.Lease, mdt.EventsWithin) + time.Minute)
	}
	faults.Set(storetest.Rates{})
	for _, r := range results {
		if got := office.kind[r.email]; len(got) != 1 {
			t.Fatalf("%s got letters %v", r.email, got)
		}
	}
	if states, err := d.store.CountLetters(context.Background()); err != nil || states[mdt.Accepted] != n {
		t.Errorf("%v, %v", states, err)
	}
	if faults.Made("lost") == 0 {
		t.Error("no answer was lost: the trial proves nothing")
	}
}
