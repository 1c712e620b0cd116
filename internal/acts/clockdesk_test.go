package acts_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// bent is an engine that a test bends.
type bent struct {
	store.Engine
	query    func(store.Query) error        // before a page is read
	page     func(store.Query, *store.Page) // what it holds
	transact func([]store.Write) ([]store.Write, error)
}

func (b *bent) Query(ctx context.Context, q store.Query) (store.Page, error) {
	if b.query != nil {
		if err := b.query(q); err != nil {
			return store.Page{}, err
		}
	}
	page, err := b.Engine.Query(ctx, q)
	if b.page != nil && err == nil {
		b.page(q, &page)
	}
	return page, err
}

func (b *bent) Transact(ctx context.Context, token string, writes []store.Write) error {
	if b.transact != nil {
		var err error
		if writes, err = b.transact(writes); err != nil {
			return err
		}
	}
	return b.Engine.Transact(ctx, token, writes)
}

// clockDesk is a desk on an engine that can be bent, with so many people who have a seat at "dag", which begins on
// 21 March 2027 at 12.00: its reminders are due on 14 and 20 March at 10.00.
func clockDesk(t *testing.T, people int, change func(*mdt.Meeting)) (*ownDesk, *bent, []mdt.PersonID) {
	t.Helper()
	d := newOwnDesk(t, func(m *mdt.Meeting) {
		m.Capacity = 1000
		if change != nil {
			change(m)
		}
	})
	b := &bent{Engine: d.engine.Engine}
	d.engine.Engine = b
	var persons []mdt.PersonID
	for i := range people {
		persons = append(persons, d.register(fmt.Sprintf("gast%d@gast.example", i)))
	}
	return d, b, persons
}

var (
	weekBefore = time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)
	dayBefore  = time.Date(2027, 3, 20, 9, 0, 0, 0, time.UTC)
)

// count gives how many letters of a kind wait for each address.
func (d *ownDesk) count(kind mdt.LetterKind) map[string]int {
	d.t.Helper()
	counts := map[string]int{}
	for after := ""; ; {
		ids, next, err := d.Store.Due(d.t.Context(), mdt.Pending, d.now.AddDate(1, 0, 0), after)
		d.must(err)
		for _, id := range ids {
			letter, err := d.Store.Letter(d.t.Context(), id)
			d.must(err)
			if letter.Kind == kind {
				name, _, _ := strings.Cut(letter.To, "@")
				counts[name]++
			}
		}
		if after = next; after == "" {
			return counts
		}
	}
}

// once is what is wanted of so many guests, but for some.
func once(people int, but ...string) map[string]int {
	want := map[string]int{}
	for i := range people {
		want[fmt.Sprint("gast", i)] = 1
	}
	for _, name := range but {
		delete(want, name)
	}
	return want
}

// meet makes n readers of a list wait for each other, once, so that they all have seen the same.
func meet(list string, n int) func(store.Query) error {
	var here atomic.Int64
	all := make(chan struct{})
	return func(q store.Query) error {
		if q.List != list || q.After != "" {
			return nil
		}
		if here.Add(1) == int64(n) {
			close(all)
		}
		<-all
		return nil
	}
}

func (d *ownDesk) runAtOnce(n int) {
	d.t.Helper()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			if err := d.Run(d.t.Context()); err != nil {
				d.t.Error(err)
			}
		})
	}
	wg.Wait()
}
