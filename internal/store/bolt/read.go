package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

const pageBytes = 1 << 20 // the most a page of a Query holds, as in DynamoDB

// view reads what is committed. A file that is out of use is first taken into use again, if it can be: a
// caller that reads before it writes would never come to the write that does so.
func (d *DB) view(ctx context.Context, read func(tx *bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.outOfUse() {
		if _, err := d.submit(ctx, "", nil); err != nil {
			return err
		}
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.broken != nil {
		return unavailable(d.broken.cause)
	}
	_, err := guarded(func() (struct{}, error) { return struct{}{}, d.file.View(read) })
	if err != nil && !errors.Is(err, store.ErrInvalid) {
		return unavailable(err)
	}
	return err
}

func (d *DB) outOfUse() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.broken != nil
}

// Get reads items.
func (d *DB) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	if len(keys) > store.MaxKeys {
		return nil, fmt.Errorf("%w: %d keys", store.ErrInvalid, len(keys))
	}
	items := make([]store.Item, len(keys))
	err := d.view(ctx, func(tx *bbolt.Tx) (err error) {
		bucket := tx.Bucket(bucketItems)
		for i, key := range keys {
			if err := store.CheckKey(key); err != nil {
				return err
			}
			if stored := bucket.Get(itemKey(key)); stored != nil {
				if items[i], err = decode(key, stored); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return items, nil
}

// Query reads one page.
func (d *DB) Query(ctx context.Context, q store.Query) (page store.Page, err error) {
	if q, err = store.CheckQuery(q); err != nil {
		return page, err
	}
	base, inList := appendPart(nil, q.PK+q.List), q.List != ""
	stretch := within(base, q.Prefix, q.UpTo, !inList)
	if err := stretch.goOn(base, q); err != nil {
		return page, err
	}
	err = d.view(ctx, func(tx *bbolt.Tx) error {
		page, err = readPage(tx, stretch, q)
		return err
	})
	return page, err
}

// goOn narrows the stretch to what comes behind the query's After.
func (s *span) goOn(base []byte, q store.Query) error {
	if q.After == "" {
		return nil
	}
	c, err := q.Place()
	if err != nil {
		return err
	}
	key := append(bytes.Clone(base), c.SK...)
	if q.List != "" {
		key = append(appendPart(bytes.Clone(base), c.Order), itemKey(store.Key{PK: c.PK, SK: c.SK})...)
	}
	if q.Last {
		if s.hi == nil || bytes.Compare(key, s.hi) < 0 {
			s.hi = key
		}
		return nil
	}
	if key = append(key, 0x00); bytes.Compare(key, s.lo) > 0 {
		s.lo = key
	}
	return nil
}

func readPage(tx *bbolt.Tx, s span, q store.Query) (page store.Page, err error) {
	cursor, read := way(tx, q)
	size := 0
	for key, stored := s.first(cursor, q.Last); s.holds(key); key, stored = further(cursor, q.Last) {
		if q.Limit > 0 && len(page.Items) == q.Limit || size >= pageBytes {
			page.Next = q.Behind(page.Items[len(page.Items)-1])
			return page, nil
		}
		item, bytes, err := read(key, stored)
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, item)
		size += bytes
	}
	return page, nil
}

// way gives the keys that a query goes along, and how what is found there becomes an item of so many bytes.
func way(tx *bbolt.Tx, q store.Query) (*bbolt.Cursor, func(key, stored []byte) (store.Item, int, error)) {
	items := tx.Bucket(bucketItems)
	if q.List == "" {
		return items.Cursor(), func(key, stored []byte) (store.Item, int, error) {
			item, err := decodeAt(key, stored)
			return item, len(stored), err
		}
	}
	return tx.Bucket(bucketOf(q.In)).Cursor(), func(key, _ []byte) (store.Item, int, error) {
		list, order, at, err := placedAt(key)
		if err != nil {
			return nil, 0, err
		}
		if q.In.KeysOnly {
			item, err := keysOnly(q.In, list, order, at)
			return item, len(key), err
		}
		stored := items.Get(at)
		item, err := decodeAt(at, stored)
		return item, len(stored), err
	}
}

func keysOnly(x store.Index, list, order string, at []byte) (store.Item, error) {
	key, err := parseItemKey(at)
	item := store.Item{store.AttrPK: key.PK, store.AttrSK: key.SK, x.List: list}
	if x.Order != "" {
		item[x.Order] = order
	}
	return item, err
}

func decodeAt(at, stored []byte) (store.Item, error) {
	key, err := parseItemKey(at)
	if err != nil {
		return nil, err
	}
	return decode(key, stored)
}

func (s span) holds(key []byte) bool {
	return key != nil && bytes.Compare(key, s.lo) >= 0 && (s.hi == nil || bytes.Compare(key, s.hi) < 0)
}

// first puts the cursor at the stretch's first key, or at its last one.
func (s span) first(c *bbolt.Cursor, fromEnd bool) (key, stored []byte) {
	if !fromEnd {
		return c.Seek(s.lo)
	}
	if s.hi == nil {
		return c.Last()
	}
	if key, _ := c.Seek(s.hi); key == nil {
		return c.Last()
	}
	return c.Prev()
}

func further(c *bbolt.Cursor, backwards bool) (key, stored []byte) {
	if backwards {
		return c.Prev()
	}
	return c.Next()
}
