package dynamo_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/dynamo"
	"aanmeldpunt/internal/store/storetest"
)

// seat takes one of the seats and puts an entry for it.
func seat(i, seats int) []store.Write {
	guard := []store.Condition{{Attr: "taken", Op: store.AtMost, Value: int64(seats - 1)}}
	return []store.Write{
		{Key: store.Key{PK: "meeting", SK: "counter"}, Add: map[string]int64{"taken": 1}, If: guard},
		{Key: store.Key{PK: "entries", SK: fmt.Sprint(i)}, Put: store.Item{}, If: []store.Condition{{Attr: store.AttrPK, Op: store.Absent}}},
	}
}

// count gives the counter and the number of entries, read without faults.
func count(t *testing.T, e store.Engine) (taken int64, entries int) {
	t.Helper()
	items, err := e.Get(context.Background(), store.Key{PK: "meeting", SK: "counter"})
	if err != nil {
		t.Fatal(err)
	}
	page, err := e.Query(context.Background(), store.Query{PK: "entries"})
	if err != nil {
		t.Fatal(err)
	}
	taken, _ = items[0]["taken"].(int64)
	return taken, len(page.Items)
}

// TestFaultsChangeNothingOfTheOutcome has 80 clients race for 50 seats over a wire on which much goes wrong.
func TestFaultsChangeNothingOfTheOutcome(t *testing.T) {
	t.Parallel()
	d := storetest.StartDynoxide(t)
	faults := storetest.NewFaults(storetest.NewTransport(), 1, storetest.Rates{Conflict: 0.3, Throttle: 0.1, Lost: 0.05, Fault: 0.02, Unsent: 0.02})
	e := d.Through(t, faults)
	var told atomic.Int64
	var group sync.WaitGroup
	for i := range 80 {
		group.Go(func() {
			err := store.Run(context.Background(), e, store.Transaction{
				Token: store.NewToken(), Proof: store.Key{PK: "entries", SK: fmt.Sprint(i)}, Writes: seat(i, 50),
			})
			if refused := new(store.Refused); err == nil {
				told.Add(1)
			} else if !errors.As(err, &refused) {
				t.Errorf("client %d: %v", i, err)
			}
		})
	}
	group.Wait()
	if taken, entries := count(t, d.Engine); told.Load() != 50 || taken != 50 || entries != 50 {
		t.Errorf("of 50 seats %d were given, %d counted, %d have an entry", told.Load(), taken, entries)
	}
	for _, kind := range []string{"conflict", "throttle"} {
		if faults.Made(kind) == 0 {
			t.Errorf("no %s was made: the test shows nothing", kind)
		}
	}
}

// TestALostAnswerCountsOnce resends under one token; under fresh ones the same resending counts twice.
func TestALostAnswerCountsOnce(t *testing.T) {
	t.Parallel()
	d := storetest.StartDynoxide(t)
	e := d.Through(t, storetest.NewFaults(storetest.NewTransport(), 2, storetest.Rates{Lost: 0.3}))
	counted := func(name string, token func(string) string) int64 {
		k := store.Key{PK: "count", SK: name}
		for range 50 {
			mine := store.NewToken()
			for {
				err := e.Transact(context.Background(), token(mine), []store.Write{{Key: k, Add: map[string]int64{"n": 1}}})
				if err == nil {
					break
				}
				if !errors.Is(err, store.ErrUnknown) {
					t.Fatal(err)
				}
			}
		}
		items, err := d.Engine.Get(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		return items[0]["n"].(int64)
	}
	if n := counted("one token", func(mine string) string { return mine }); n != 50 {
		t.Errorf("50 transactions counted %d times", n)
	}
	if n := counted("fresh tokens", func(string) string { return store.NewToken() }); n <= 50 {
		t.Errorf("with fresh tokens 50 transactions counted %d times: the test shows nothing", n)
	}
}

var contentionRounds = flag.Int("contention.rounds", 1, "transactions per client in the contention test; 20 shows a steady state")

// TestEverybodyGetsThroughAContendedItem has 1, 8 and 64 clients change one item through a proxy that
// cancels what overlaps. It prints the rate, which is a ceiling for one meeting, and the tries it took.
func TestEverybodyGetsThroughAContendedItem(t *testing.T) {
	t.Parallel()
	d := storetest.StartDynoxide(t)
	proxy := storetest.StartContention(t, d.Endpoint)
	e := dynamo.New(d.NewClient(t, proxy.URL, &http.Client{Transport: storetest.NewTransport()}), storetest.TableName)
	id := 0
	for _, clients := range []int{1, 8, 64} {
		proxy.Done.Store(0)
		proxy.Canceled.Store(0)
		begun := time.Now()
		slowest, failed := rush(e, clients, *contentionRounds, id)
		took, n := time.Since(begun), clients**contentionRounds
		id += n
		t.Logf("%2d clients: %.0f a second, %.1f tries each, slowest %v", clients, float64(n)/took.Seconds(),
			1+float64(proxy.Canceled.Load())/float64(n), slowest.Round(time.Millisecond))
		if failed > 0 || slowest > 20*time.Second {
			t.Errorf("%d clients: %d failed, slowest %v", clients, failed, slowest)
		}
	}
	if taken, entries := count(t, d.Engine); int(taken) != id || entries != id {
		t.Errorf("%d done, %d counted, %d entries", id, taken, entries)
	}
	if proxy.Canceled.Load() == 0 {
		t.Error("nothing was cancelled: the test shows nothing")
	}
	t.Run("not without trying again", func(t *testing.T) {
		var canceled atomic.Int64
		var group sync.WaitGroup
		for i := range 64 {
			group.Go(func() {
				if err := e.Transact(context.Background(), store.NewToken(), seat(id+i, 1<<30)); errors.Is(err, store.ErrBusy) {
					canceled.Add(1)
				}
			})
		}
		group.Wait()
		if canceled.Load() == 0 {
			t.Error("64 transactions at once all went through: the proxy cancels nothing")
		}
	})
}

func rush(e store.Engine, clients, rounds, id int) (slowest time.Duration, failed int) {
	var mu sync.Mutex
	var group sync.WaitGroup
	for c := range clients {
		group.Go(func() {
			for r := range rounds {
				begun := time.Now()
				_, err := e.Get(context.Background(), store.Key{PK: "meeting", SK: "counter"}) // as who decides by it does
				if err == nil {
					err = store.Run(context.Background(), e, store.Transaction{Token: store.NewToken(), Writes: seat(id+c*rounds+r, 1<<30)})
				}
				mu.Lock()
				if slowest = max(slowest, time.Since(begun)); err != nil {
					failed++
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return slowest, failed
}

// TestUnits holds what a transaction and reads consume against the published rules: 2 write units a started
// KB of each item of a transaction, 1 more for an index entry, 1 read unit a started 4 KB, half one in a list.
func TestUnits(t *testing.T) {
	t.Parallel()
	d := storetest.StartDynoxide(t)
	var read, write float64
	e := d.Engine.Counting(func(table string, r, w float64) {
		if table != storetest.TableName {
			t.Errorf("units of table %q", table)
		}
		read, write = read+r, write+w
	})
	ctx, k := context.Background(), store.Key{PK: "p", SK: "s"}
	steps := []struct {
		name        string
		do          func() error
		read, write float64
	}{
		{"two small items", func() error { return e.Transact(ctx, "", seat(1, 9)) }, 0, 4},
		{"an item in the index", func() error {
			return e.Transact(ctx, "", []store.Write{{Key: k, Put: store.Item{"lijst": "l", "volgorde": "o"}}})
		}, 0, 3},
		{"a change", func() error {
			_, err := e.Change(ctx, store.Write{Key: store.Key{PK: "q", SK: "s"}, Set: store.Item{"a": "b"}})
			return err
		}, 0, 1},
		{"a number", func() error { _, err := e.Next(ctx, store.Key{PK: "n", SK: "s"}); return err }, 0, 1},
		{"one item", func() error { _, err := e.Get(ctx, k); return err }, 1, 0},
		{"two items", func() error { _, err := e.Get(ctx, k, store.Key{PK: "q", SK: "s"}); return err }, 2, 0},
		{"a partition", func() error { _, err := e.Query(ctx, store.Query{PK: "p"}); return err }, 1, 0},
		{"a list", func() error { _, err := e.Query(ctx, store.Query{List: "l"}); return err }, 0.5, 0},
	}
	for _, step := range steps {
		read, write = 0, 0
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		if read != step.read || write != step.write {
			t.Errorf("%s: %v read and %v write units, want %v and %v", step.name, read, write, step.read, step.write)
		}
	}
}
