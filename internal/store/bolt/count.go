package bolt

import (
	"context"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// Count tells how many items stand in a list, without reading them.
func (d *DB) Count(ctx context.Context, list string) (n int, err error) {
	stretch := within(appendPart(nil, list), "", "", false)
	err = d.view(ctx, func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketOf(store.ByMoment)).Cursor()
		for key, _ := c.Seek(stretch.lo); stretch.holds(key); key, _ = c.Next() {
			n++
		}
		return nil
	})
	return n, err
}
