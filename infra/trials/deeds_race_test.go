package trials

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// allRefused does n things at once and gives how many were refused; any other error ends the test.
func allRefused(t *testing.T, n int, do func(i int) error) (refused int) {
	t.Helper()
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range n {
		wg.Go(func() {
			err := do(i)
			var no *acts.Refused
			mu.Lock()
			defer mu.Unlock()
			switch {
			case errors.As(err, &no):
				refused++
			case err != nil:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	return refused
}

// TestTheTeamAtOnce: of those who correct one entry to different addresses at once one succeeds, and one entry is left
// with one seat; remarks at once are all kept; of a full meeting as many seats are made as people are placed.
func TestTheTeamAtOnce(t *testing.T) {
	listsOn(t, testTheTeamAtOnce)
}

func testTheTeamAtOnce(t *testing.T, d *desk) {
	const n = 12
	ctx := context.Background()
	d.open("dag", 1, nil)
	d.post("dag", "fout@gast.example")
	wrong := d.person("fout@gast.example")
	var right []string
	for i := range n {
		right = append(right, fmt.Sprintf("goed%d@gast.example", i))
	}
	refused := allRefused(t, n, func(i int) error {
		address, _ := mdt.ParseAddress(right[i])
		return d.acts.Correcting("dag", wrong, address).Do(ctx, 1)
	})
	counter, entries := d.stands("dag", append(right, "fout@gast.example")...)
	var left []*mdt.Registration
	for _, e := range entries {
		if e != nil {
			left = append(left, e)
		}
	}
	if refused != n-1 || counter.Occupied != 1 || len(left) != 1 {
		t.Fatalf("%d refused, %d seats, %d entries", refused, counter.Occupied, len(left))
	}
	moved := left[0].Person
	if refused := allRefused(t, n, func(i int) error {
		return d.acts.Noting("dag", moved, mdt.Annotation{Tags: []string{fmt.Sprintf("t%d", i)}, Remark: &mdt.Remark{Text: fmt.Sprint(i)}}).Do(ctx, 0)
	}); refused > 0 {
		t.Errorf("%d remarks were refused", refused)
	}
	standing, err := d.store.Standing(ctx, "dag", moved)
	if e := standing.Entries[0]; err != nil || len(e.Tags) != n || len(e.Remarks) != n {
		t.Errorf("%d tags and %d remarks of %d, %v", len(e.Tags), len(e.Remarks), n, err)
	}
	var waiting []mdt.PersonID
	for i := range n {
		email := fmt.Sprintf("wacht%d@gast.example", i)
		d.post("dag", email)
		waiting = append(waiting, d.person(email))
	}
	if refused := allRefused(t, n, func(i int) error { return d.acts.Placing("dag", waiting[i], true, "Sam", "ruimte").Do(ctx, 1) }); refused > 0 {
		t.Errorf("%d were not placed", refused)
	}
	m, err := d.store.Meeting(ctx, "dag")
	counter, _ = d.stands("dag")
	if err != nil || m.Capacity != 1+n || counter.Occupied != 1+n || counter.Waiting != 0 || counter.Version != m.Version {
		t.Errorf("%d seats of %d, %d wait, versions %d and %d, %v", counter.Occupied, m.Capacity, counter.Waiting, counter.Version, m.Version, err)
	}
}

// TestWithoutItsGuardACorrectionDoubles is the negative control: on an engine that deletes whatever stands, corrections
// at once leave more than one entry.
func TestWithoutItsGuardACorrectionDoubles(t *testing.T) {
	d := newDesk(t, careless{openBolt(t)})
	ctx := context.Background()
	for try := range 20 {
		meeting := fmt.Sprintf("dag%d", try)
		d.open(meeting, 1, nil)
		d.post(meeting, "fout@gast.example")
		left := 0
		allRefused(t, 8, func(i int) error {
			address, _ := mdt.ParseAddress(fmt.Sprintf("goed%d@gast.example", i))
			return d.acts.Correcting(meeting, d.person("fout@gast.example"), address).Do(ctx, 1)
		})
		for i := range 8 {
			if _, entries := d.stands(meeting, fmt.Sprintf("goed%d@gast.example", i)); entries[0] != nil {
				left++
			}
		}
		if left > 1 {
			return
		}
	}
	t.Error("without the guard nothing goes wrong: the trial proves nothing")
}

// careless is an engine that deletes entries whatever became of them.
type careless struct{ store.Engine }

func (c careless) Transact(ctx context.Context, token string, writes []store.Write) error {
	loose := append([]store.Write{}, writes...)
	for i := range loose {
		if loose[i].Delete {
			loose[i].If = nil
		}
	}
	return c.Engine.Transact(ctx, token, loose)
}
