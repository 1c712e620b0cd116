package outbox

import (
	"context"
	"sync"
)

// queue holds the letters that have reports to be made. A letter is with one reporter at a time, so that
// its reports keep their order; what is added meanwhile comes again.
type queue struct {
	mu     sync.Mutex
	wake   *sync.Cond
	ids    []letterID
	queued map[letterID]bool
	busy   map[letterID]bool
	again  map[letterID]bool
	closed bool
}

func newQueue() *queue {
	q := &queue{queued: map[letterID]bool{}, busy: map[letterID]bool{}, again: map[letterID]bool{}}
	q.wake = sync.NewCond(&q.mu)
	return q
}

func (q *queue) add(id letterID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy[id] {
		q.again[id] = true
		return
	}
	if !q.queued[id] {
		q.queued[id] = true
		q.ids = append(q.ids, id)
		q.wake.Broadcast()
	}
}

// next waits for a letter; ok is false when the queue is closed.
func (q *queue) next() (id letterID, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.ids) == 0 && !q.closed {
		q.wake.Wait()
	}
	if q.closed {
		return 0, false
	}
	id = q.ids[0]
	q.ids = q.ids[1:]
	delete(q.queued, id)
	q.busy[id] = true
	return id, true
}

func (q *queue) done(id letterID) {
	q.mu.Lock()
	delete(q.busy, id)
	again := q.again[id]
	delete(q.again, id)
	idle := len(q.ids) == 0 && len(q.busy) == 0 && !again
	q.mu.Unlock()
	if again {
		q.add(id)
	}
	if idle {
		q.wake.Broadcast()
	}
}

// idle waits until no report is to be made or under way, or until ctx ends.
func (q *queue) idle(ctx context.Context) error {
	defer context.AfterFunc(ctx, q.wakeAll)()
	q.mu.Lock()
	defer q.mu.Unlock()
	for (len(q.ids) > 0 || len(q.busy) > 0) && !q.closed {
		if err := ctx.Err(); err != nil {
			return err
		}
		q.wake.Wait()
	}
	return nil
}

// wakeAll takes the lock, so that nobody who is about to wait misses it.
func (q *queue) wakeAll() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.wake.Broadcast()
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.wake.Broadcast()
}
