package outbox

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/post"
)

func TestManyLettersAtOnceAreAllKept(t *testing.T) {
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), &ear{})
	const letters, senders = 2000, 50
	var wg sync.WaitGroup
	ids := make(chan string, letters)
	for s := range senders {
		wg.Go(func() {
			for i := range letters / senders {
				ids <- send(t, box, fmt.Sprintf("%d-%d", s, i), "sanne@voorbeeld.example")
			}
		})
	}
	wg.Wait()
	close(ids)
	distinct := map[string]bool{}
	for id := range ids {
		distinct[id] = true
	}
	if kept := subjects(t, box, Filter{}); len(distinct) != letters || len(kept) != letters {
		t.Errorf("%d ids, %d letters kept; want %d", len(distinct), len(kept), letters)
	}
}

func TestOneBadChangeSpoilsNoOther(t *testing.T) {
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), &ear{})
	failure := errors.New("bad")
	good := func(tx *bbolt.Tx) error { return tx.Bucket(troubleBucket).Put([]byte("x"), []byte("y")) }
	bad := func(*bbolt.Tx) error { return failure }
	batch := []commit{}
	for _, change := range []func(*bbolt.Tx) error{good, bad, good, bad} {
		batch = append(batch, commit{change, make(chan error, 1)})
	}
	box.write(slices.Clone(batch))
	for i, want := range []error{nil, failure, nil, failure} {
		if err := <-batch[i].done; err != want {
			t.Errorf("change %d: %v, want %v", i, err, want)
		}
	}
}

func TestNoLetterIsTakenWithoutAnAddressOrAfterClosing(t *testing.T) {
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), &ear{})
	if _, err := box.Send(t.Context(), post.Outgoing{LetterID: "een", To: "nobody"}); !errors.Is(err, post.ErrRefused) {
		t.Errorf("no address: %v, want ErrRefused", err)
	}
	if err := box.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := box.Send(t.Context(), post.Outgoing{LetterID: "twee", To: "a@b.example"}); !errors.Is(err, post.ErrUnknown) {
		t.Errorf("closed: %v, want ErrUnknown", err)
	}
	if err := box.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}
