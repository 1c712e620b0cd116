package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
)

// TestNobodyLosesAnythingToARewrite has clients store and read back what was answered, while the file is
// rewritten again and again.
func TestNobodyLosesAnythingToARewrite(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	ctx, end := context.WithCancel(t.Context())
	var group sync.WaitGroup
	stored := make([]int, 8)
	for client := range stored {
		group.Go(func() {
			for ; ctx.Err() == nil; stored[client]++ {
				name := fmt.Sprint(client, "-", stored[client])
				if err := db.Transact(context.Background(), name, wholeOf(name)); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
				items, err := db.Get(context.Background(), store.Key{PK: "piece0", SK: name})
				if err != nil || items[0] == nil {
					t.Errorf("%s was answered; now %v, %v", name, items, err)
				}
			}
		})
	}
	for range 25 {
		scrub(t, db)
	}
	end()
	group.Wait()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := wholes(t.Context(), db.path)
	want := 0
	for client, n := range stored {
		if want += n; n < 25 {
			t.Errorf("client %d stored %d times: it hardly met a rewrite", client, n)
		}
	}
	if err != nil || len(whole) != want {
		t.Errorf("%d stand of %d, %v", len(whole), want, err)
	}
}

// TestWhatIsQueuedWithARewriteIsDoneOnce: the commit first, then one rewrite for all who asked, and the
// stream hears of the commit only.
func TestWhatIsQueuedWithARewriteIsDoneOnce(t *testing.T) {
	t.Parallel()
	rewrites := 0
	db := opened(t, Options{before: func(s stage) error {
		if s == copying {
			rewrites++
		}
		return nil
	}})
	transact(t, db, secretive("gone", 0))
	release := held(t, db)
	var group sync.WaitGroup
	do := func(call func(context.Context) error) {
		n := len(db.queue)
		group.Go(func() {
			if err := call(context.Background()); err != nil {
				t.Error(err)
			}
		})
		queued(db, n+1)
	}
	commit := func(w store.Write) func(context.Context) error {
		return func(ctx context.Context) error { return db.Transact(ctx, "", []store.Write{w}) }
	}
	do(db.Scrub)
	do(commit(deletion("gone")))
	do(db.Scrub)
	do(commit(secretive("comes", 0)))
	var told []Change
	db.OnCommit(func(changes []Change) { told = append(told, changes...) })
	release()
	group.Wait()
	want := []Change{{deletion("gone").Key, Remove}, {secretive("comes", 0).Key, Insert}}
	if diff := cmp.Diff(want, told); diff != "" || rewrites != 1 {
		t.Errorf("%d rewrites, told (-want +got):\n%s", rewrites, diff)
	}
	if there := found(t, filepath.Dir(db.path), append(secretsOf("gone"), secretsOf("comes")...)...); !cmp.Equal(there, secretsOf("comes")) {
		t.Errorf("found %q", there)
	}
}

func TestACallerWhoLeavesDuringTheRewriteDoesNotKnow(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	goOn := make(chan struct{})
	db := opened(t, Options{before: func(s stage) error {
		if s == copying {
			cancel()
			<-goOn
		}
		return nil
	}})
	transact(t, db, secretive("gone", 0))
	transact(t, db, deletion("gone"))
	if err := db.Scrub(ctx); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("got %v", err)
	}
	if err := db.Scrub(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrUnknown) {
		t.Errorf("whose time was over before got %v", err)
	}
	close(goOn)
	if err := db.Close(); err != nil { // when all is done
		t.Fatal(err)
	}
	if there := found(t, filepath.Dir(db.path), secretsOf("gone")...); there != nil {
		t.Errorf("still there: %q", there)
	}
	if err := db.Scrub(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a closed one gave %v", err)
	}
}
