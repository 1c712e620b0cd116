package bolt

import (
	"bytes"
	"errors"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// bucketBuilt notes which indexes hold all that belongs in them: a key for each, without a value.
var bucketBuilt = []byte("built")

// noteOf is the key of an index there: one that was filled in another way is not whole.
func noteOf(x store.Index) []byte { return []byte(x.Name + "/" + store.Placing) }

// firstIndex was there before there were others, under a name of its own, and is always whole.
var firstIndex = []byte("index")

// bucketOf is the bucket of an index.
func bucketOf(x store.Index) []byte {
	if x == store.ByMoment {
		return firstIndex
	}
	return []byte("index:" + x.Name)
}

// makeBuckets makes what the file does not have. An index that is new to it is filled from what stands there; cut
// off in between, it begins again.
func makeBuckets(file *bbolt.DB, complete func(store.Item) store.Item) error {
	whole, empty := false, true
	err := file.View(func(tx *bbolt.Tx) error {
		if items := tx.Bucket(bucketItems); items != nil {
			first, _ := items.Cursor().First()
			whole, empty = built(tx), first == nil
		}
		return nil
	})
	switch {
	case whole || err != nil:
		return err
	case empty:
		return file.Update(func(tx *bbolt.Tx) error { return errors.Join(clearBuckets(tx), noteBuilt(tx)) })
	}
	if err := file.Update(clearBuckets); err != nil {
		return err
	}
	if err := fillIndexes(file, complete); err != nil {
		return err
	}
	return file.Update(noteBuilt)
}

// built tells whether every index holds all that belongs in it.
func built(tx *bbolt.Tx) bool {
	notes := tx.Bucket(bucketBuilt)
	for _, x := range store.Indexes {
		if notes == nil || notes.Get(noteOf(x)) == nil {
			return false
		}
	}
	return true
}

// clearBuckets leaves the items, and of the indexes empty ones: they are filled together.
func clearBuckets(tx *bbolt.Tx) error {
	for _, x := range store.Indexes {
		if tx.Bucket(bucketOf(x)) != nil {
			if err := tx.DeleteBucket(bucketOf(x)); err != nil {
				return err
			}
		}
		if _, err := tx.CreateBucket(bucketOf(x)); err != nil {
			return err
		}
	}
	_, err := tx.CreateBucketIfNotExists(bucketItems)
	return err
}

func noteBuilt(tx *bbolt.Tx) error {
	notes, err := tx.CreateBucketIfNotExists(bucketBuilt)
	for _, x := range store.Indexes {
		if err == nil {
			err = notes.Put(noteOf(x), []byte{1})
		}
	}
	return err
}

// fillIndexes places every item, some at a time, so that a large file need not stand in memory.
func fillIndexes(file *bbolt.DB, complete func(store.Item) store.Item) error {
	for lo := []byte{}; lo != nil; {
		err := file.Update(func(tx *bbolt.Tx) (err error) {
			lo, err = tablesOf(tx).placeFrom(lo, complete)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// placeFrom places lookTogether items from lo on, and gives the key to go on at; nil at the end.
func (t tables) placeFrom(lo []byte, complete func(store.Item) store.Item) (next []byte, err error) {
	var steps []step
	c := t.items.Cursor()
	for key, stored := c.Seek(lo); key != nil; key, stored = c.Next() {
		if len(steps) == lookTogether {
			next = bytes.Clone(key)
			break
		}
		s := step{key: bytes.Clone(key)}
		if s.form, s.is, err = completed(key, stored, complete); err != nil {
			return nil, err
		}
		steps = append(steps, s)
	}
	return next, t.take(steps)
}

func completed(key, stored []byte, complete func(store.Item) store.Item) (form []byte, in entries, err error) {
	item, err := decodeAt(key, stored)
	if err == nil && complete != nil {
		item = complete(item)
	}
	if err == nil {
		form, err = encode(item)
	}
	return form, entriesOf(item, key), err
}
