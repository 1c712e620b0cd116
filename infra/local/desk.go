package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/letters"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post/outbox"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
	"aanmeldpunt/internal/work"
)

const (
	sweepEvery  = time.Minute      // as in the templates: the mailer's sweep, and the clock
	expireEvery = 10 * time.Minute // what the table's time to live does
)

// desk is everything that runs on this one machine.
type desk struct {
	options options
	site    string // where it can be reached
	log     *slog.Logger
	clock   *clock
	db      *bolt.DB
	store   *store.Store
	outbox  *outbox.Outbox
	reader  *letters.Reader
	stream  *stream
	mailer  function
	acts    *acts.Desk
	ticking function // the clock's
	pace    *work.Pace
	atlas   *mdt.Atlas
	network mdt.Network
	unread  bool // -network was given to a folder that is filled already
	handler http.Handler

	sending sync.Mutex      // one sweep, or one move of the clock, at a time
	life    context.Context // of what runs beside the requests
	end     context.CancelFunc
	wait    sync.WaitGroup
}

// openDesk opens the data folder and wires the functions. What is wrong is told in a sentence that says what to do.
func openDesk(o options, listening net.Addr, log *slog.Logger) (*desk, error) {
	d := &desk{options: o, site: site(o.addr, listening), log: log}
	if err := os.MkdirAll(o.data, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be made (%w): choose another with -data", o.data, err)
	}
	var err error
	if d.db, err = bolt.Open(d.file("aanmeldpunt.db"), bolt.Options{Complete: store.Complete}); err != nil {
		return nil, err
	}
	d.life, d.end = context.WithCancel(context.Background())
	if err := d.prepare(); err != nil {
		d.end()
		return nil, errors.Join(err, d.db.Close())
	}
	return d, nil
}

func (d *desk) prepare() (err error) {
	d.store = store.New(d.db)
	if d.clock, err = openClock(d.file("klok.json"), d.options.now); err != nil {
		return err
	}
	if d.atlas, err = mdt.ParseAtlas(content.Municipalities); err != nil {
		return err
	}
	empty, err := d.store.Empty(d.life)
	if err != nil {
		return err
	}
	identity, keys, err := openSecrets(d.file("sleutels.json"), empty)
	if err != nil {
		return err
	}
	if err := d.fill(d.life, identity); err != nil {
		return err
	}
	return d.wire(identity, keys)
}

func (d *desk) file(name string) string { return filepath.Join(d.options.data, name) }

// site is the address that letters and answers name: the host as it was asked for, with the port that is
// listened on. A desk that listens everywhere is at least on this machine.
func site(asked string, listening net.Addr) string {
	host, port, _ := net.SplitHostPort(asked) // the flags were checked
	if tcp, ok := listening.(*net.TCPAddr); ok {
		port = fmt.Sprint(tcp.Port)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// start runs what runs beside the requests.
func (d *desk) start() {
	d.wait.Go(func() { d.clock.keep(d.life, d.log) })
	d.sending.Lock() // before the first request: a move of the clock waits for what a crash left
	d.wait.Go(func() {
		d.takeUp()
		d.sending.Unlock()
		d.wait.Go(func() { d.stream.run(d.life) })
		d.schedule()
	})
}

// takeUp goes on where a crash cut off: first SES's reports, which the outbox repeats, so that it is known
// which letters it took; then the letters that were being sent; then what fell due meanwhile, and bytes of what
// was erased.
func (d *desk) takeUp() {
	if d.outbox.Settle(d.life) != nil {
		return // the desk closes
	}
	_, expiry := d.db.Sweep(d.life, d.clock.Now())
	if err := errors.Join(expiry, d.sweep(true), d.tick(), d.store.Scrub(d.life)); err != nil && d.life.Err() == nil {
		d.log.Error("what was left of before cannot be taken up", "error", err)
	}
}

// schedule plays the schedule, in real time.
func (d *desk) schedule() {
	sweeps, expires := time.NewTicker(sweepEvery), time.NewTicker(expireEvery)
	defer sweeps.Stop()
	defer expires.Stop()
	for {
		var err error
		select {
		case <-d.life.Done():
			return
		case <-sweeps.C:
			d.sending.Lock()
			err = errors.Join(d.tick(), d.sweep(false))
			d.sending.Unlock()
		case <-expires.C:
			_, err = d.db.Sweep(d.life, d.clock.Now())
		}
		if err != nil && d.life.Err() == nil {
			d.log.Error("a scheduled task failed", "error", err)
		}
	}
}

func (d *desk) sweep(orphans bool) error {
	return d.mailer.call(d.life, work.Task{Task: work.SweepTask, Orphans: orphans}, nil)
}

// tick calls the clock.
func (d *desk) tick() error {
	return d.ticking.call(d.life, work.Task{Task: work.ClockTask}, nil)
}

// close ends everything in the order in which nothing is lost. Letters that have not gone yet are pending in
// the store, and go at the next start.
func (d *desk) close() error {
	d.end()
	d.wait.Wait()
	return errors.Join(d.clock.close(), d.outbox.Close(), d.db.Close())
}
