// Package outbox is the SES of the local mode: it takes letters, keeps their raw bytes in a file of its
// own, and reports on each of them in the events that SES would send. It is as honest as SES: a letter that
// is handed in twice is there twice, and what it answered for survives a crash, reports included.
package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/post"
)

// Options say how an outbox works.
type Options struct {
	Path             string // of the file; made where it does not stand
	Now              func() time.Time
	ConfigurationSet string // the name that events carry
	// Report takes one event, shaped as EventBridge gives it to a function. It is called again until it
	// gives nil, also after a restart, so it may get an event twice; the events of one letter come in order.
	Report func(ctx context.Context, event json.RawMessage) error
	Log    *slog.Logger
}

// Outbox is a post.Office that keeps what it takes.
type Outbox struct {
	options Options
	db      *bbolt.DB
	commits chan commit
	stop    context.CancelFunc
	running sync.WaitGroup
	closing sync.RWMutex // held while a commit is handed over, so that closing waits for it
	closed  bool
	reports *queue
}

var _ post.Office = (*Outbox)(nil)

// Open opens the file and goes on with the reports that were still to be made.
func Open(o Options) (*Outbox, error) {
	// The list of free pages is kept in the file: bbolt would look for them in a goroutine of its own, and a
	// damaged file would end the process there.
	db, err := bbolt.Open(o.Path, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		return nil, fmt.Errorf("outbox: open %s: %w", o.Path, err)
	}
	if err = checkLength(db); err == nil {
		err = db.Update(createBuckets)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("outbox: prepare %s: %w", o.Path, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	box := &Outbox{options: o, db: db, commits: make(chan commit, maxTogether), stop: stop, reports: newQueue()}
	if err := db.View(box.resume); err != nil {
		db.Close()
		return nil, fmt.Errorf("outbox: read %s: %w", o.Path, err)
	}
	box.running.Go(box.writer)
	for range reporters {
		box.running.Go(func() { box.reporter(ctx) })
	}
	return box, nil
}

// Close ends the reports, keeps what is under way and closes the file.
func (o *Outbox) Close() error {
	o.stop()
	o.reports.close()
	o.closing.Lock()
	if !o.closed {
		o.closed = true
		close(o.commits)
	}
	o.closing.Unlock()
	o.running.Wait()
	return o.db.Close()
}

// Send takes a letter; when it returns without an error the letter is on disk.
func (o *Outbox) Send(ctx context.Context, letter post.Outgoing) (messageID string, err error) {
	if _, err := mail.ParseAddress(letter.To); err != nil {
		return "", fmt.Errorf("%w: no address that can be mailed", post.ErrRefused)
	}
	kept := stored{Letter: letter.LetterID, To: letter.To, Sent: o.options.Now().UTC()}
	err = o.commit(func(tx *bbolt.Tx) error {
		reports := []reportKind{reportSend, outcomeFor(tx, letter.To)}
		id, err := put(tx, kept, letter.Raw, reports)
		messageID = id.String()
		return err
	})
	if err != nil {
		return "", fmt.Errorf("%w: the outbox could not keep it: %v", post.ErrUnknown, err)
	}
	id, _ := parseID(messageID)
	o.reports.add(id)
	return messageID, nil
}

var errClosed = errors.New("outbox: closed")
