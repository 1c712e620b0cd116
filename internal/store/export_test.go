package store

import "context"

// Amend lets a test that needs an engine amend one item: engines cannot be imported from within.
func (s *Store) Amend(ctx context.Context, key Key, was, now any, version int64, decorate func(Item)) error {
	b := new(batch)
	b.amend(key, was, now, version, decorate)
	return s.run(ctx, b)
}
