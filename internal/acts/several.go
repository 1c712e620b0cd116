package acts

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// together is how many things the clock does at once: enough that the table's answers are not waited for
	// one by one, few enough to leave room for visitors.
	together = 8
	// maxFailures ends a task that keeps failing, so that a table that is away is not asked for everybody.
	maxFailures = 10
	// rest is how much of a run's time must be left to begin another thing: the store tries for 20 seconds at
	// most, and takes 3 more for a last look.
	rest = 25 * time.Second
)

func outOfTime(ctx context.Context) bool {
	end, ends := ctx.Deadline()
	return ctx.Err() != nil || ends && time.Until(end) < rest
}

// several does something for each of many, some at once. One that fails keeps no other from it, up to
// maxFailures; the errors are given together, and errNoTime among them where not all could be begun.
func several[T any](ctx context.Context, atOnce int, of []T, do func(T) error) error {
	var mu sync.Mutex
	var failed []error
	var wg sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for _, one := range of {
		slots <- struct{}{}
		mu.Lock()
		enough := len(failed) >= maxFailures
		mu.Unlock()
		if enough {
			break
		}
		if outOfTime(ctx) {
			mu.Lock()
			failed = append(failed, errNoTime)
			mu.Unlock()
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			if err := do(one); err != nil {
				mu.Lock()
				failed = append(failed, err)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return errors.Join(failed...)
}
