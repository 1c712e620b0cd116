package bolt

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// older makes a file as it was before there were several indexes: the items, and the first index.
func older(t *testing.T, path string, n int, broken bool) {
	t.Helper()
	file, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = file.Update(func(tx *bbolt.Tx) error {
		items, _ := tx.CreateBucketIfNotExists(bucketItems)
		index, _ := tx.CreateBucketIfNotExists(firstIndex)
		for i := range n {
			item := store.Item{store.AttrList: "a", store.AttrOrder: fmt.Sprintf("%05d", i), "naam": "x"}
			key := itemKey(store.Key{PK: "p", SK: fmt.Sprintf("%05d", n-i)})
			form, err := encode(item)
			if broken && i == n/2 {
				form = []byte{formVersion, 0xff}
			}
			if err == nil {
				err = items.Put(key, form)
			}
			if err == nil {
				err = index.Put(entriesOf(item, key)[0], nil)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

// named gives items a place by name.
func named(item store.Item) store.Item {
	item[store.ByName.Order] = fmt.Sprint(item["naam"], item[store.AttrOrder])
	return item
}

// count goes through a list to its end.
func count(t *testing.T, d *DB, x store.Index) (n int) {
	t.Helper()
	q := store.Query{List: "a", In: x}
	for {
		page, err := d.Query(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if n, q.After = n+len(page.Items), page.Next; q.After == "" {
			return n
		}
	}
}

func TestAFileFromBeforeAnIndexGetsIt(t *testing.T) {
	t.Parallel()
	path, n := filepath.Join(t.TempDir(), "older"), 2*lookTogether+1
	older(t, path, n, false)
	for _, again := range []bool{false, true} {
		calls := 0
		d, err := Open(path, Options{Complete: func(item store.Item) store.Item { calls++; return named(item) }})
		if err != nil {
			t.Fatal(err)
		}
		if first, byName, other := count(t, d, store.ByMoment), count(t, d, store.ByName), count(t, d, store.ByGroup); first != n || byName != n || other != 0 {
			t.Errorf("%d, %d and %d in the lists, want %d, %d and none", first, byName, other, n, n)
		}
		if again && calls > 0 {
			t.Errorf("opened again it went through %d items", calls)
		}
		items, err := d.Get(t.Context(), store.Key{PK: "p", SK: "00001"})
		if err != nil || items[0]["naam"] != "x" || items[0][store.ByName.Order] == nil {
			t.Errorf("got %v, %v", items, err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAnIndexThatWasCutOffIsMadeAgain: what a first try left counts for nothing.
func TestAnIndexThatWasCutOffIsMadeAgain(t *testing.T) {
	t.Parallel()
	path, n := filepath.Join(t.TempDir(), "older"), 2*lookTogether
	older(t, path, n, true)
	if d, err := Open(path, Options{Complete: named}); err == nil {
		d.Close()
		t.Fatal("a file with an item that makes no sense was opened")
	}
	older(t, path, n, false) // whole now, and with other items than the first try placed: some went meanwhile
	file, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = file.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketItems).Delete(itemKey(store.Key{PK: "p", SK: "00001"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	d, err := Open(path, Options{Complete: named})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if first, byName := count(t, d, store.ByMoment), count(t, d, store.ByName); first != n-1 || byName != n-1 {
		t.Errorf("%d and %d in the lists, want %d", first, byName, n-1)
	}
}

// TestWhatHasPassedItsEndLeavesEveryIndex with the sweep, and what has not stays in each.
func TestWhatHasPassedItsEndLeavesEveryIndex(t *testing.T) {
	t.Parallel()
	d := opened(t, Options{})
	for i, ends := range []int64{100, 200, 300} {
		item := store.Item{store.AttrExpires: ends}
		for _, x := range store.Indexes {
			if item[x.List] = "a"; x.Order != "" {
				item[x.Order] = fmt.Sprint(i)
			}
		}
		key := store.Key{PK: "p", SK: fmt.Sprint(i)}
		if err := d.Transact(t.Context(), "", []store.Write{{Key: key, Put: item}}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := d.Sweep(t.Context(), time.Unix(200, 0)); n != 2 || err != nil {
		t.Fatalf("%d swept, %v", n, err)
	}
	for _, x := range store.Indexes {
		if n := count(t, d, x); n != 1 {
			t.Errorf("%d in %s, want the one whose time has not come", n, x.Name)
		}
	}
}
