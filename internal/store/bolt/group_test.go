package bolt

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
)

// held stops the writer right after a commit until release is called; what comes meanwhile is committed
// together.
func held(t *testing.T, db *DB) (release func()) {
	t.Helper()
	stopped, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	db.OnCommit(func([]Change) {
		once.Do(func() { close(stopped); <-goOn })
	})
	go func() {
		_ = db.Transact(context.Background(), "", []store.Write{{Key: store.Key{PK: "held", SK: "s"}, Put: store.Item{}}})
	}()
	<-stopped
	return func() { close(goOn) }
}

// queued waits until n requests stand in line.
func queued(db *DB, n int) {
	for len(db.queue) < n {
		time.Sleep(time.Millisecond)
	}
}

func TestOneCommitHoldsManyAndARefusedOneHurtsNoOther(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	release := held(t, db)
	before := newest(db.file)
	counter := store.Key{PK: "c", SK: "n"}
	outcomes := make([]error, 40)
	var group sync.WaitGroup
	for i := range outcomes {
		group.Go(func() {
			outcomes[i] = db.Transact(context.Background(), "", []store.Write{
				{Key: counter, Add: map[string]int64{"n": 1}, If: []store.Condition{{Attr: "n", Op: store.AtMost, Value: int64(9)}}},
				{Key: store.Key{PK: "e", SK: fmt.Sprint(i)}, Put: store.Item{}},
			})
		})
	}
	queued(db, len(outcomes))
	release()
	group.Wait()
	done := 0
	for i, err := range outcomes {
		var refused *store.Refused
		if err == nil {
			done++
		} else if !errors.As(err, &refused) || refused.Reasons[0].Old["n"] != int64(10) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if commits := newest(db.file) - before; done != 10 || commits != 1 {
		t.Errorf("%d of 40 were done, in %d commits; want 10 in 1", done, commits)
	}
	page, err := db.Query(t.Context(), store.Query{PK: "e"})
	if len(page.Items) != 10 || err != nil {
		t.Errorf("%d entries, %v", len(page.Items), err)
	}
}

func TestACallerMayLeaveTheLine(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	release := held(t, db)
	ctx, cancel := context.WithCancel(context.Background())
	left, stays := store.Key{PK: "p", SK: "left"}, store.Key{PK: "p", SK: "stays"}
	outcome := make(chan error, 2)
	go func() { outcome <- db.Transact(ctx, "", []store.Write{{Key: left, Put: store.Item{}}}) }()
	queued(db, 1)
	cancel()
	if err := <-outcome; !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrUnknown) {
		t.Errorf("left with %v", err)
	}
	go func() {
		outcome <- db.Transact(context.Background(), "", []store.Write{{Key: stays, Put: store.Item{}}})
	}()
	queued(db, 2)
	release()
	if err := <-outcome; err != nil {
		t.Error(err)
	}
	items, err := db.Get(t.Context(), left, stays)
	if err != nil || items[0] != nil || items[1] == nil {
		t.Errorf("stands %v, %v", items, err)
	}
}

func TestACallerWhoLeavesDuringTheCommitDoesNotKnow(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	goOn := make(chan struct{})
	db.OnCommit(func([]Change) { cancel(); <-goOn })
	err := db.Transact(ctx, "", []store.Write{{Key: store.Key{PK: "p", SK: "s"}, Put: store.Item{}}})
	close(goOn)
	if !errors.Is(err, store.ErrUnknown) {
		t.Errorf("got %v", err)
	}
}

func TestTheStreamTellsWhatWasCommitted(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	var told []Change
	db.OnCommit(func(changes []Change) { told = append(told, changes...) })
	a, b := store.Key{PK: "p", SK: "a"}, store.Key{PK: "p", SK: "b"}
	absent := []store.Condition{{Attr: store.AttrPK, Op: store.Absent}}
	for _, writes := range [][]store.Write{
		{{Key: a, Put: store.Item{}}, {Key: b, Set: store.Item{"n": int64(1)}}},
		{{Key: b, Put: store.Item{}, If: absent}, {Key: a, Delete: true}}, // refused
		{{Key: b, Check: true, If: []store.Condition{{Attr: store.AttrPK, Op: store.Present}}}, {Key: a, Put: store.Item{"x": "y"}}},
		{{Key: b, Add: map[string]int64{"n": 1}}},
		{{Key: a, Delete: true}, {Key: store.Key{PK: "p", SK: "never"}, Delete: true}},
	} {
		_ = db.Transact(t.Context(), "", writes)
	}
	want := []Change{{a, Insert}, {b, Insert}, {a, Modify}, {b, Modify}, {a, Remove}}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSweepTakesWhatExpired(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	now := time.Unix(1_800_000_000, 0)
	const n = 3*lookTogether/2 + 7
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			item := store.Item{"i": int64(i), store.AttrList: "l", store.AttrOrder: fmt.Sprintf("%06d", i)}
			switch i % 3 {
			case 0:
				item[store.AttrExpires] = now.Unix()
			case 1:
				item[store.AttrExpires] = now.Unix() + 1
			}
			if err := db.Transact(context.Background(), "", []store.Write{{Key: store.Key{PK: "p", SK: fmt.Sprint(i)}, Put: item}}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	removed := 0
	db.OnCommit(func(changes []Change) {
		for _, change := range changes {
			if change.Event == Remove {
				removed++
			}
		}
	})
	const expired = (n + 2) / 3
	if deleted, err := db.Sweep(t.Context(), now); deleted != expired || err != nil || removed != expired {
		t.Errorf("%d deleted, %d told, %v; want %d", deleted, removed, err, expired)
	}
	left := 0
	if err := db.Each(t.Context(), func(item store.Item) bool {
		if left++; item["i"].(int64)%3 == 0 {
			t.Errorf("%v stands", item)
		}
		return true
	}); err != nil || left != n-expired {
		t.Errorf("%d left, %v", left, err)
	}
	page, err := db.Query(t.Context(), store.Query{List: "l", Limit: 2})
	if err != nil || page.Items[0]["i"] != int64(1) || page.Items[1]["i"] != int64(2) {
		t.Errorf("the list begins with %v, %v", page.Items, err)
	}
	if deleted, err := db.Sweep(t.Context(), now); deleted != 0 || err != nil {
		t.Errorf("a second time: %d, %v", deleted, err)
	}
}

func TestEachEndsWhenToldAndLetsItsUserWrite(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	for i := range 3 {
		if err := db.Transact(t.Context(), "", []store.Write{{Key: store.Key{PK: "p", SK: fmt.Sprint(i)}, Put: store.Item{}}}); err != nil {
			t.Fatal(err)
		}
	}
	var seen []string
	err := db.Each(t.Context(), func(item store.Item) bool {
		seen = append(seen, item.Key().SK)
		_, err := db.Change(t.Context(), store.Write{Key: item.Key(), Set: store.Item{"seen": true}})
		return err == nil && len(seen) < 2
	})
	if diff := cmp.Diff([]string{"0", "1"}, seen); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestAfterCloseNothingIsDone(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	k := store.Key{PK: "p", SK: "s"}
	if err := db.Transact(t.Context(), "", []store.Write{{Key: k, Put: store.Item{}}}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	_, getErr := db.Get(t.Context(), k)
	for name, err := range map[string]error{
		"Get": getErr, "Transact": db.Transact(t.Context(), "", []store.Write{{Key: k, Delete: true}}),
		"Each": db.Each(t.Context(), func(store.Item) bool { return true }),
	} {
		if !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s gave %v", name, err)
		}
	}
}
