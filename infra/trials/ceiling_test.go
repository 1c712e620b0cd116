package trials

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/dynamo"
	"aanmeldpunt/internal/store/storetest"
)

// patienceOfAVisitor is within which every post must be answered, however many come at once.
const patienceOfAVisitor = 20 * time.Second

// TestCeiling: how many registrations a second one meeting takes where its counter is held for 15 ms by each
// of them, as DynamoDB does. Every client is an instance of its own, as on Lambda, and posts again as soon as
// it is answered. The table in ARCHITECTURE is what this prints:
//
//	AANMELDPUNT_LONG=1 go test -run Ceiling -v ./infra/trials
func TestCeiling(t *testing.T) {
	database := storetest.StartDynoxide(t)
	t.Logf("%8s %6s %16s %18s %12s %12s", "clients", "posts", "answered 201/s", "tries per success", "median", "slowest")
	for _, clients := range []int{1, 8, 64} {
		proxy := storetest.StartContention(t, database.Endpoint)
		meeting := fmt.Sprintf("dag%d", clients)
		newDesk(t, database.Engine).open(meeting, 100_000, nil)
		begun := time.Now()
		answers := crowd(t, database, proxy.URL, meeting, clients, max(1, number(64, 128, 960)/clients))
		rate := float64(len(answers)) / time.Since(begun).Seconds()
		slices.SortFunc(answers, func(a, b timed) int { return int(a.took - b.took) })
		for _, a := range answers {
			if a.code != http.StatusCreated || a.status != mdt.Confirmed || a.took > patienceOfAVisitor {
				t.Errorf("%d clients: answered %d after %v: %s", clients, a.code, a.took, a.body)
			}
		}
		done, canceled := float64(proxy.Done.Load()), float64(proxy.Canceled.Load())
		t.Logf("%8d %6d %16.1f %18.2f %12v %12v", clients, len(answers), rate, (done+canceled)/done,
			answers[len(answers)/2].took.Round(time.Millisecond), answers[len(answers)-1].took.Round(time.Millisecond))
		if counter, _ := newDesk(t, database.Engine).stands(meeting); counter.Occupied != len(answers) {
			t.Errorf("%d seats taken by %d posts", counter.Occupied, len(answers))
		}
		if clients > 1 && canceled == 0 {
			t.Error("nothing was cancelled: the trial proves nothing")
		}
	}
}

type timed struct {
	posted
	took time.Duration
}

// crowd lets so many clients, each with a desk of its own, post so often through the proxy.
func crowd(t testing.TB, database *storetest.Dynoxide, proxy, meeting string, clients, posts int) (answers []timed) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for c := range clients {
		client := database.NewClient(t, proxy, &http.Client{Transport: storetest.NewTransport()})
		d := newDesk(t, store.Retrying(dynamo.New(client, storetest.TableName)))
		wg.Go(func() {
			for p := range posts {
				begun := time.Now()
				answer := d.post(meeting, fmt.Sprintf("b%d-%d@gast.example", c, p))
				mu.Lock()
				answers = append(answers, timed{answer, time.Since(begun)})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return answers
}

// TestCeilingWithoutPatience: without the loop that tries again most of a crowd would be sent away.
func TestCeilingWithoutPatience(t *testing.T) {
	database := storetest.StartDynoxide(t)
	proxy := storetest.StartContention(t, database.Endpoint)
	newDesk(t, database.Engine).open("dag", 100, nil)
	var refused atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		client := database.NewClient(t, proxy.URL, &http.Client{Transport: storetest.NewTransport()})
		wg.Go(func() {
			write := store.Write{Key: store.Key{PK: "bijeenkomst#dag", SK: "teller"}, Add: map[string]int64{"bezet": 1}}
			err := dynamo.New(client, storetest.TableName).Transact(context.Background(), store.NewToken(), []store.Write{write})
			if errors.Is(err, store.ErrBusy) {
				refused.Add(1)
			}
		})
	}
	wg.Wait()
	if refused.Load() == 0 {
		t.Error("8 transactions at once on one item were all let through: the proxy is no contention")
	}
}
