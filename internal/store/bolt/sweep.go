package bolt

import (
	"context"
	"errors"
	"time"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

const (
	lookTogether  = 1000 // items looked at under one read, so that no read lasts long
	sweepTogether = store.MaxWrites
)

// Each gives every item to f, in the order of their keys, until f returns false. It reads in pieces: what
// changes meanwhile may be seen or not. f may use the DB.
func (d *DB) Each(ctx context.Context, f func(store.Item) bool) error {
	for lo := []byte{}; lo != nil; {
		var items []store.Item
		next, err := d.piece(ctx, lo, func(key, stored []byte) error {
			item, err := decodeAt(key, stored)
			items = append(items, item)
			return err
		})
		if err != nil {
			return err
		}
		for _, item := range items {
			if !f(item) {
				return nil
			}
		}
		lo = next
	}
	return nil
}

// piece gives up to lookTogether stored items from lo on, and the key to go on at; nil at the end.
func (d *DB) piece(ctx context.Context, lo []byte, f func(key, stored []byte) error) (next []byte, err error) {
	err = d.view(ctx, func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketItems).Cursor()
		n := 0
		for key, stored := c.Seek(lo); key != nil; key, stored = c.Next() {
			if n++; n > lookTogether {
				next = append(next, key...)
				return nil
			}
			if err := f(key, stored); err != nil {
				return err
			}
		}
		return nil
	})
	return next, err
}

// Sweep deletes the items whose AttrExpires is now or past, as the table's time to live does, and tells how
// many. An item that got another end meanwhile stays.
func (d *DB) Sweep(ctx context.Context, now time.Time) (deleted int, err error) {
	for lo := []byte{}; lo != nil; {
		var expired []store.Key
		lo, err = d.piece(ctx, lo, func(key, stored []byte) error {
			found, err := peek(stored, store.AttrExpires)
			if err != nil {
				return err
			}
			if expires, dated := found[0].(int64); dated && expires <= now.Unix() {
				k, err := parseItemKey(key)
				expired = append(expired, k)
				return err
			}
			return nil
		})
		if err != nil {
			return deleted, err
		}
		n, err := d.deleteExpired(ctx, expired, now)
		if deleted += n; err != nil {
			return deleted, err
		}
	}
	return deleted, nil
}

// deleteExpired deletes each by itself: one that is no longer expired hinders no other.
func (d *DB) deleteExpired(ctx context.Context, keys []store.Key, now time.Time) (deleted int, err error) {
	for len(keys) > 0 && err == nil {
		n := min(len(keys), sweepTogether)
		var done int
		done, err = d.deleteTogether(ctx, keys[:n], now)
		deleted, keys = deleted+done, keys[n:]
	}
	return deleted, err
}

func (d *DB) deleteTogether(ctx context.Context, keys []store.Key, now time.Time) (deleted int, err error) {
	outcomes := make(chan error, len(keys))
	for _, key := range keys {
		go func() {
			outcomes <- d.Transact(ctx, "", []store.Write{{
				Key: key, Delete: true,
				If: []store.Condition{{Attr: store.AttrExpires, Op: store.AtMost, Value: now.Unix()}, {Attr: store.AttrExpires, Op: store.Present}},
			}})
		}()
	}
	for range keys {
		one := <-outcomes
		var refused *store.Refused
		switch {
		case one == nil:
			deleted++
		case !errors.As(one, &refused):
			err = one
		}
	}
	return deleted, err
}
