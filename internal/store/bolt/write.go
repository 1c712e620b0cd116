package bolt

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// request is one transaction on its way through the writer; one without writes changes nothing.
type request struct {
	token  string
	writes []store.Write
	forms  [][]byte // the stored forms of the writes that Put, made before the writer has to wait for it
	scrub  bool     // rewrite the file, behind what is committed with it
	state  atomic.Int32
	done   chan struct{}

	// The outcome, to be read once done is closed.
	changes []Change
	item    store.Item // what the last write left
	err     error
}

// The states of a request: a caller may withdraw it until the writer takes it.
const (
	waiting int32 = iota
	taken
	withdrawn
)

// Transact does all writes or none.
func (d *DB) Transact(ctx context.Context, token string, writes []store.Write) error {
	if err := store.CheckTransaction(token, writes); err != nil {
		return err
	}
	_, err := d.submit(ctx, token, writes)
	return err
}

// Change does one write that sets, adds or removes, and returns the item as it is then.
func (d *DB) Change(ctx context.Context, w store.Write) (store.Item, error) {
	if err := store.CheckChange(w); err != nil {
		return nil, err
	}
	return d.submit(ctx, "", []store.Write{w})
}

// Next adds one to the number under key and returns it.
func (d *DB) Next(ctx context.Context, key store.Key) (int64, error) {
	item, err := d.Change(ctx, store.Write{Key: key, Add: map[string]int64{store.AttrNumber: 1}})
	n, _ := item[store.AttrNumber].(int64)
	return n, err
}

func (d *DB) submit(ctx context.Context, token string, writes []store.Write) (store.Item, error) {
	r := &request{token: token, writes: writes, forms: make([][]byte, len(writes))}
	for i, w := range writes {
		if w.Put == nil {
			continue
		}
		var err error
		if r.forms[i], err = encode(w.Put); err != nil {
			return nil, err
		}
	}
	return d.queued(ctx, r)
}

// queued stands in line and waits for the outcome.
func (d *DB) queued(ctx context.Context, r *request) (store.Item, error) {
	r.done = make(chan struct{})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case d.queue <- r:
	case <-d.closing:
		return nil, unavailable(errClosed)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return r.wait(ctx, d.written)
}

func (r *request) wait(ctx context.Context, written <-chan struct{}) (store.Item, error) {
	select {
	case <-r.done:
		return r.item, r.err
	case <-written:
	case <-ctx.Done():
		if r.state.CompareAndSwap(waiting, withdrawn) {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %w", store.ErrUnknown, ctx.Err())
	}
	select { // the writer has ended; it may have done this one last
	case <-r.done:
		return r.item, r.err
	default:
		return nil, unavailable(errClosed)
	}
}

// write is the writer: it commits what is queued, together, until the DB closes.
func (d *DB) write() {
	defer close(d.written)
	for {
		select {
		case r := <-d.queue:
			d.commit(d.together(r))
		case <-d.closing:
			for {
				select {
				case r := <-d.queue:
					d.commit(d.together(r))
				default:
					return
				}
			}
		}
	}
}

// together gathers what is queued now; it lets those run first who are ready to queue theirs, as a commit
// costs hardly more for many than for few.
func (d *DB) together(first *request) []*request {
	batch, most := append(make([]*request, 0, d.options.MostTogether), first), d.options.MostTogether
	for had := 0; had < len(batch) && len(batch) < most; {
		had = len(batch)
		runtime.Gosched()
		for n := min(len(d.queue), most-len(batch)); n > 0; n-- {
			batch = append(batch, <-d.queue)
		}
	}
	return slices.DeleteFunc(batch, func(r *request) bool { return !r.state.CompareAndSwap(waiting, taken) })
}

// commit judges and stores a batch, then answers it. A commit that fails is a failure for all of it.
func (d *DB) commit(batch []*request) {
	if err := d.store(batch); err != nil {
		for _, r := range batch {
			d.tokens.forget(r.token)
			r.item, r.changes, r.err = nil, nil, err
		}
	}
	d.tell(batch)
	var scrubs []*request
	for _, r := range batch {
		if r.scrub && r.err == nil {
			scrubs = append(scrubs, r)
			continue
		}
		close(r.done)
	}
	d.scrub(scrubs)
}

func (d *DB) tell(batch []*request) {
	f := d.onCommit.Load()
	if f == nil {
		return
	}
	var changes []Change
	for _, r := range batch {
		changes = append(changes, r.changes...)
	}
	if len(changes) > 0 {
		(*f)(changes)
	}
}

var errNothing = errors.New("nothing to commit")

// store brings a batch to the disk.
func (d *DB) store(batch []*request) error {
	if err := d.repair(); err != nil {
		return unavailable(err)
	}
	txid := 0
	_, err := guarded(func() (struct{}, error) {
		return struct{}{}, d.file.Update(func(tx *bbolt.Tx) error {
			txid = tx.ID()
			return d.apply(tx, batch)
		})
	})
	if err == nil || errors.Is(err, errNothing) {
		return nil
	}
	d.breakOff(txid, err)
	return unavailable(d.broken.cause)
}

// apply judges each request in turn and writes those that may.
func (d *DB) apply(tx *bbolt.Tx, batch []*request) error {
	t := tablesOf(tx)
	changed := false
	for _, r := range batch {
		if len(r.writes) == 0 || d.tokens.has(r.token) { // one without writes asks for the repair alone, or for a rewrite
			continue
		}
		steps, err := t.judge(r)
		if err != nil {
			r.err = err
			continue
		}
		if err := t.take(steps); err != nil {
			return err
		}
		d.tokens.remember(r.token)
		r.outcome(steps)
		changed = changed || len(r.changes) > 0
	}
	if !changed {
		return errNothing
	}
	return nil
}
