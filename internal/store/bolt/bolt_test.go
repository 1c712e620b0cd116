package bolt

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

func opened(t testing.TB, options Options) *DB {
	t.Helper()
	db, err := Open(filepath.Join(t.TempDir(), "data"), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestWhatIsStoredIsThereAfterOpeningAgain(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "data")
	key := store.Key{PK: "persoon#1", SK: "aanmelding#a"}
	want := store.Item{
		"pk": key.PK, "sk": key.SK, "naam": "Zoë", "leeg": "", "groot": int64(-1 << 63), "ja": true, "nee": false,
		"lijst": "l", "volgorde": "o", "regios": []any{"a", int64(2), []any{}}, "diep": map[string]any{"x": map[string]any{}},
	}
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Transact(ctx, "t", []store.Write{{Key: key, Put: want}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if db, err = Open(path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	got, err := db.Get(ctx, key, store.Key{PK: "no", SK: "one"})
	if diff := cmp.Diff([]store.Item{want, nil}, got); diff != "" || err != nil {
		t.Errorf("err %v, difference (-want +got):\n%s", err, diff)
	}
	page, err := db.Query(ctx, store.Query{List: "l"})
	if diff := cmp.Diff([]store.Item{want}, page.Items); diff != "" || err != nil {
		t.Errorf("err %v, in the list (-want +got):\n%s", err, diff)
	}
}

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Contract(t, func(t testing.TB) store.Engine { return opened(t, Options{}) })
}
