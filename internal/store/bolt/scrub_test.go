package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
)

// found gives those words that stand in a file of the folder.
func found(t *testing.T, folder string, words ...string) (there []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(all, content...), entry.Name()...)
	}
	for _, word := range words {
		if bytes.Contains(all, []byte(word)) {
			there = append(there, word)
		}
	}
	return there
}

// everything gives all items and what stands in the list "all".
func everything(t *testing.T, db *DB) (items, listed []store.Item) {
	t.Helper()
	if err := db.Each(t.Context(), func(item store.Item) bool {
		items = append(items, item)
		return true
	}); err != nil {
		t.Fatal(err)
	}
	page, err := db.Query(t.Context(), store.Query{List: "all"})
	if err != nil {
		t.Fatal(err)
	}
	return items, page.Items
}

func transact(t *testing.T, db *DB, writes ...store.Write) {
	t.Helper()
	if err := db.Transact(t.Context(), "", writes); err != nil {
		t.Fatal(err)
	}
}

func scrub(t *testing.T, db *DB) {
	t.Helper()
	if err := db.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// secretive is an item all of whose words are told by secretsOf. A long value gets pages of its own.
func secretive(word string, long int) store.Write {
	return store.Write{Key: store.Key{PK: "partition-" + word, SK: "place-" + word}, Put: store.Item{
		"naam": "value-" + word, "lijst": "all", "volgorde": "order-" + word,
		"gegevens": map[string]any{"inside-" + word: []any{"deep-" + word + strings.Repeat("x", long)}},
	}}
}

func deletion(word string) store.Write {
	return store.Write{Key: secretive(word, 0).Key, Delete: true}
}

func secretsOf(word string) (secrets []string) {
	for _, part := range []string{"partition-", "place-", "value-", "order-", "inside-", "deep-"} {
		secrets = append(secrets, part+word)
	}
	return secrets
}

func TestAfterScrubNothingIsLeftOfWhatIsGone(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	folder := filepath.Dir(db.path)
	for i := range 40 { // enough for a tree of some height, in which keys stand more than once
		var writes []store.Write
		for j := range 50 {
			writes = append(writes, secretive(fmt.Sprintf("stays-%d-%d", i, j), 200))
		}
		transact(t, db, writes...)
	}
	transact(t, db, secretive("deleted", 0), secretive("long", 100_000), secretive("changed", 0), secretive("expired", 0))
	var secrets []string
	for _, word := range []string{"deleted", "long", "expired"} {
		secrets = append(secrets, secretsOf(word)...)
	}
	secrets = append(secrets, "value-changed", "order-changed", "deep-changed")
	changed := secretive("changed", 0)
	changed.Put, changed.Set = nil, store.Item{"naam": "Sam", "volgorde": "elsewhere", "gegevens": "none"}
	transact(t, db, deletion("deleted"), deletion("long"), deletion("expired"), changed)
	items, listed := everything(t, db)
	if there := found(t, folder, secrets...); len(there) != len(secrets) {
		t.Fatalf("before the rewrite only %q is there: the test shows nothing", there)
	}
	scrub(t, db)
	if there := found(t, folder, secrets...); there != nil {
		t.Errorf("still there: %q", there)
	}
	nowItems, nowListed := everything(t, db)
	if diff := cmp.Diff(items, nowItems) + cmp.Diff(listed, nowListed); diff != "" || len(items) != 2001 {
		t.Errorf("%d items; what stood against what stands:\n%s", len(items), diff)
	}
	if there := found(t, folder, "partition-stays-7-7", "value-stays-39-49"); len(there) != 2 {
		t.Errorf("of what stands only %q is found: the search is blind", there)
	}
}

// TestARewriteKeepsWhatTheFileIs: its permissions, and a link that leads to it.
func TestARewriteKeepsWhatTheFileIs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	real, link := filepath.Join(folder, "elsewhere", "data"), filepath.Join(folder, "link")
	if err := errors.Join(os.Mkdir(filepath.Dir(real), 0o700), os.Symlink(real, link)); err != nil {
		t.Fatal(err)
	}
	write(t, real+leftOver, []byte("from a crash"))
	db, err := Open(link, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if there := found(t, filepath.Dir(real), "from a crash"); there != nil {
		t.Error("a left-over stands where the link leads")
	}
	if err := os.Chmod(real, 0o662); err != nil { // no mask would leave it so
		t.Fatal(err)
	}
	transact(t, db, secretive("gone", 0))
	transact(t, db, deletion("gone"))
	write(t, real+leftOver, []byte("from a rewrite that failed and could not be removed"))
	scrub(t, db)
	leads, err := os.Readlink(link)
	info, statErr := os.Stat(real)
	if err := errors.Join(err, statErr); err != nil || leads != real || info.Mode() != 0o662 {
		t.Errorf("the link leads to %q, the mode is %v, %v", leads, info.Mode(), err)
	}
	if there := found(t, filepath.Dir(real), append(secretsOf("gone"), "from a rewrite", leftOver)...); there != nil {
		t.Errorf("where the link leads stands %q", there)
	}
}
