package main

import (
	"path/filepath"
	"testing"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// TestWhatTheLoopWritesIsWhatTheEngineWrites: the engine finds each entry and letter of a prefilled file, in
// order, by the index and by its key; else the loop is held against something lighter than it claims.
func TestWhatTheLoopWritesIsWhatTheEngineWrites(t *testing.T) {
	t.Parallel()
	b := &bench{ctx: t.Context(), dir: t.TempDir()}
	registration, err := seeRegistration(b.ctx, b.dir)
	if err != nil {
		t.Fatal(err)
	}
	m := &sized{entries: 300, folder: filepath.Join(b.dir, "300")}
	if err := b.prefill(m, registration); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(filepath.Join(m.folder, firstFile), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for _, list := range []string{"aanmeldingen#" + meeting, "brieven#pending"} {
		page, err := db.Query(t.Context(), store.Query{List: list})
		if err != nil || len(page.Items) != m.entries {
			t.Fatalf("%s: %d items, %v; want %d", list, len(page.Items), err, m.entries)
		}
		found := map[store.Key]bool{}
		for i, item := range page.Items {
			found[item.Key()] = true
			if i > 0 && item[store.AttrOrder].(string) < page.Items[i-1][store.AttrOrder].(string) {
				t.Fatalf("%s: item %d stands before the one in front of it", list, i)
			}
			got, err := db.Get(t.Context(), item.Key())
			if err != nil || got[0] == nil {
				t.Errorf("%s: no item under %v: %v", list, item.Key(), err)
			}
		}
		if len(found) != m.entries {
			t.Errorf("%s: %d different items", list, len(found))
		}
	}
}

func TestNumbered(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "a0000000000b", 7: "a0000000007b", 1234567890: "a1234567890b"} {
		if got := string(numberedText([]byte("a" + digits + "b")).with(n)); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
