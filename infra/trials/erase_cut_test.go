package trials

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
)

// cut is an engine that is gone after some writes: the next one is not done, or its answer is lost.
type cut struct {
	store.Engine
	left atomic.Int64
	done bool // the last one is done, and nobody hears of it
}

var errCut = errors.Join(store.ErrUnavailable, errors.New("cut off"))

func (c *cut) write(do func() error) error {
	switch left := c.left.Add(-1); {
	case left == 0 && c.done:
		_ = do()
		return errCut
	case left <= 0:
		return errCut
	}
	return do()
}

func (c *cut) Transact(ctx context.Context, token string, writes []store.Write) error {
	return c.write(func() error { return c.Engine.Transact(ctx, token, writes) })
}

func (c *cut) Change(ctx context.Context, w store.Write) (it store.Item, err error) {
	err = c.write(func() error { it, err = c.Engine.Change(ctx, w); return err })
	return it, err
}

func (c *cut) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	if c.left.Load() <= 0 {
		return nil, errCut
	}
	return c.Engine.Get(ctx, keys...)
}

// TestErasureCutOffAnywhere: an erasure that is cut off at any write ends as one that was not, when the clock
// takes it up again.
func TestErasureCutOffAnywhere(t *testing.T) {
	t.Parallel()
	whole, want := erasedBy(t, 1<<40, false)
	if !whole {
		t.Fatal("it is not even done in one go")
	}
	for _, done := range []bool{false, true} {
		writes := int64(0)
		for finished := false; !finished; {
			writes++
			var got []string
			finished, got = erasedBy(t, writes, done)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("cut off at write %d (done %v): %s", writes, done, diff)
			}
		}
		t.Logf("cut off at each of %d writes (the last one done: %v)", writes-1, done)
		if writes < 25 {
			t.Errorf("only %d writes: the trial proves little", writes)
		}
	}
}

// erasedBy lets an engine erase that is gone after some writes, then another go on, and gives how the desk stands.
func erasedBy(t testing.TB, writes int64, done bool) (whole bool, state []string) {
	db, file := fileOf(t)
	defer os.RemoveAll(filepath.Dir(file))
	defer db.Close()
	w := newErasing(t, db)
	w.everybody()
	gone := &cut{Engine: db, done: done}
	gone.left.Store(writes)
	first := newDesk(t, gone)
	first.pass(w.now().Sub(start))
	err := first.acts.Erase(context.Background(), w.person(erasedMail), "")
	if errors.Is(err, store.ErrUnavailable) {
		_ = first.acts.ResumeErasures(context.Background())
	} else {
		w.must(err)
	}
	w.must(w.acts.ResumeErasures(context.Background()))
	if writes == 1 && !done { // nothing was noted: nothing was promised either
		w.must(w.acts.Erase(context.Background(), w.person(erasedMail), ""))
	}
	w.send()
	if found := w.found(read(t, file)); found != nil {
		t.Errorf("cut off at write %d (done %v) the file holds %q", writes, done, found)
	}
	return err == nil, w.state()
}
