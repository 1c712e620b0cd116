package store

import "context"

// Scrubber is what an Engine fulfils that keeps files of its own, in which the bytes of an item outlast it.
type Scrubber interface {
	// Scrub leaves no byte in those files of what was deleted or overwritten before it was called. What
	// stands, stays; other calls may have to wait for it, and none fails by it. It gives ErrUnavailable
	// (wrapped) when it was not done, and ErrUnknown when ctx ended while it was being done.
	Scrub(ctx context.Context) error
}

// Scrub has the engine leave no trace of what was deleted, as Scrubber says. It does nothing where the
// engine has no such files, and is not tried again: it can be called at any later time as well.
func (s *Store) Scrub(ctx context.Context) error { return scrub(ctx, s.engine) }

func scrub(ctx context.Context, e Engine) error {
	if scrubber, ok := e.(Scrubber); ok {
		return scrubber.Scrub(ctx)
	}
	return nil
}
