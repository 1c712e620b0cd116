package outbox

import (
	"errors"

	"go.etcd.io/bbolt"
)

// maxTogether is how many changes go to disk in one go at most.
const maxTogether = 256

// commit is one change that waits for the disk.
type commit struct {
	change func(*bbolt.Tx) error
	done   chan error
}

// commit makes a change and returns when it is on disk. Changes that come at once share one sync: thousands
// of letters a second pass a disk that syncs a few hundred times a second.
func (o *Outbox) commit(change func(*bbolt.Tx) error) error {
	c := commit{change, make(chan error, 1)}
	if err := o.hand(c); err != nil {
		return err
	}
	return <-c.done
}

func (o *Outbox) hand(c commit) error {
	o.closing.RLock()
	defer o.closing.RUnlock()
	if o.closed {
		return errClosed
	}
	o.commits <- c
	return nil
}

// writer takes what waits, all at once, until the outbox closes.
func (o *Outbox) writer() {
	for first := range o.commits {
		batch := []commit{first}
		for len(batch) < maxTogether {
			next, more := o.waiting()
			if !more {
				break
			}
			batch = append(batch, next)
		}
		o.write(batch)
	}
}

func (o *Outbox) waiting() (c commit, more bool) {
	select {
	case c, more = <-o.commits:
		return c, more
	default:
		return commit{}, false
	}
}

var errSpoiled = errors.New("outbox: a change failed")

// write makes a batch of changes in one transaction. When one fails the others are made again without it,
// so that one bad letter spoils no other.
func (o *Outbox) write(batch []commit) {
	for len(batch) > 0 {
		bad := -1
		var cause error
		err := o.db.Update(func(tx *bbolt.Tx) error {
			for i, c := range batch {
				if cause = c.change(tx); cause != nil {
					bad = i
					return errSpoiled
				}
			}
			return nil
		})
		if bad < 0 {
			answer(batch, err)
			return
		}
		batch[bad].done <- cause
		batch = append(batch[:bad:bad], batch[bad+1:]...)
	}
}

func answer(batch []commit, err error) {
	for _, c := range batch {
		c.done <- err
	}
}
