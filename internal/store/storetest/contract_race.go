package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"aanmeldpunt/internal/store"
)

// together calls f n times at once.
func together(n int, f func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { f(i) })
	}
	group.Wait()
}

func testNext(t *testing.T, e store.Engine) {
	ctx := context.Background()
	e = store.Retrying(e)
	if n, err := e.Next(ctx, key(t, "a")); n != 1 || err != nil {
		t.Errorf("the first number is %d, %v", n, err)
	}
	numbers := make([]int64, 60)
	together(len(numbers), func(i int) {
		var err error
		if numbers[i], err = e.Next(ctx, key(t, "a")); err != nil {
			t.Error(err)
		}
	})
	slices.Sort(numbers)
	if len(slices.Compact(numbers)) != 60 || numbers[0] < 2 {
		t.Errorf("numbers given at once: %v", numbers)
	}
	if n, err := e.Next(ctx, key(t, "a")); n <= numbers[59] || err != nil {
		t.Errorf("a number after %d: %d, %v", numbers[59], n, err)
	}
	if n, err := e.Next(ctx, key(t, "another")); n != 1 || err != nil {
		t.Errorf("another count begins at %d, %v", n, err)
	}
}

const (
	racers = 60
	seats  = 30
)

// race has racers take a seat each, and tells how many were told they have one.
func race(t *testing.T, e store.Engine, name string, guard []store.Condition) (told, counted, entries int) {
	t.Helper()
	var answered atomic.Int64
	counter := key(t, name+"-counter")
	together(racers, func(i int) {
		err := store.Run(context.Background(), e, store.Transaction{Token: store.NewToken(), Writes: []store.Write{
			{Key: counter, Add: map[string]int64{"taken": 1}, If: guard},
			{Key: key(t, fmt.Sprintf("%s#%d", name, i)), Put: store.Item{}, If: []store.Condition{{Attr: store.AttrPK, Op: store.Absent}}},
		}})
		if refused := new(store.Refused); err == nil {
			answered.Add(1)
		} else if !errors.As(err, &refused) {
			t.Error(err)
		}
	})
	items, err := e.Get(context.Background(), counter)
	if err != nil {
		t.Fatal(err)
	}
	taken, _ := items[0]["taken"].(int64)
	return int(answered.Load()), int(taken), len(all(t, e, store.Query{PK: t.Name(), Prefix: name + "#"}))
}

func testSeats(t *testing.T, e store.Engine) {
	guard := []store.Condition{{Attr: "taken", Op: store.AtMost, Value: int64(seats - 1)}}
	if told, counted, entries := race(t, e, "guarded", guard); told != seats || counted != seats || entries != seats {
		t.Errorf("of %d seats %d were given away, %d are counted and %d entries stand", seats, told, counted, entries)
	}
	if told, counted, entries := race(t, e, "unguarded", nil); told != racers || counted != racers || entries != racers {
		t.Errorf("without the condition %d, %d and %d of %d should have a seat: the race shows nothing", told, counted, entries, racers)
	}
}
