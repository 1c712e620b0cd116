// Package bolt is the store's engine for one machine: items in a bbolt file.
//
// One goroutine writes. It commits whatever is queued together, so that many requests share one flush to
// the disk; each is judged by itself, against what stands after those before it. Reads see what is committed.
package bolt

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// bucketItems holds the items by key. Each index has a bucket with an entry (without a value) for each item in it.
var bucketItems = []byte("items")

// Options says how to open a file. The zero value is for use; the fields are for tests.
type Options struct {
	// OpenFile opens the data file, instead of os.OpenFile.
	OpenFile func(path string, flag int, mode os.FileMode) (*os.File, error)
	// MostTogether is how many transactions one commit may hold; 0: 256.
	MostTogether int
	// Complete gives an item of a file from before an index what it needs to stand in it; nil: as it is.
	Complete func(store.Item) store.Item

	noSync bool              // the guard taken away: commits are not flushed
	before func(stage) error // told each stage of a rewrite before it begins; an error is one of that stage
}

// DB is a store.Engine on one file. No answer can be lost on its way, but for a caller whose context ends:
// then store.ErrUnknown is given if the commit had begun. Tokens are remembered in memory only.
type DB struct {
	path    string
	options Options

	mu     sync.RWMutex // held by readers; taken whole to replace file
	file   *bbolt.DB
	page   int       // bytes of a page of file
	broken *breakage // why file is out of use, nil while it works

	queue    chan *request
	closing  chan struct{} // closed when no more is taken
	written  chan struct{} // closed when the writer has ended
	closed   sync.Once
	tokens   memory
	onCommit atomic.Pointer[func([]Change)]
}

var (
	_ store.Engine   = (*DB)(nil)
	_ store.Scrubber = (*DB)(nil)
)

// Event is what a commit did to an item, in the words of a DynamoDB stream.
type Event string

// The events.
const (
	Insert Event = "INSERT"
	Modify Event = "MODIFY"
	Remove Event = "REMOVE"
)

// Change is one committed change of an item.
type Change struct {
	Key   store.Key
	Event Event
}

// Open opens the file at path, which is created when absent. What is wrong with it is told in a sentence
// that says what to do.
func Open(path string, options Options) (*DB, error) {
	if options.MostTogether <= 0 {
		options.MostTogether = 256
	}
	file, err := open(path, options)
	if err != nil {
		return nil, err
	}
	d := &DB{
		path: path, options: options,
		queue:   make(chan *request, options.MostTogether),
		closing: make(chan struct{}),
		written: make(chan struct{}),
	}
	d.use(file)
	go d.write()
	return d, nil
}

// use takes a file into use. Its page size is noted now: a file that lost its mapping, as on a full disk, can no
// longer tell.
func (d *DB) use(file *bbolt.DB) { d.file, d.page = file, file.Info().PageSize }

// OnCommit has f called with the changes of each commit from now on, in their order and before the
// commit's callers are answered. It plays the stream of a table (keys only): f must hand them on quickly,
// for the writer waits for it, and it must not call the DB. Changes committed right before a crash are not told.
func (d *DB) OnCommit(f func([]Change)) { d.onCommit.Store(&f) }

// Close ends the writer when it has done what is queued, and closes the file.
func (d *DB) Close() error {
	d.closed.Do(func() { close(d.closing) })
	<-d.written
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.file == nil {
		return nil
	}
	err := d.file.Close()
	d.file, d.broken = nil, &breakage{cause: errClosed}
	return err
}

var errClosed = errors.New("the store is closed")

func unavailable(err error) error { return fmt.Errorf("%w: %w", store.ErrUnavailable, err) }
