package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"aanmeldpunt/internal/api"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/gateway"
	"aanmeldpunt/internal/letters"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/pages"
	"aanmeldpunt/internal/post/outbox"
	"aanmeldpunt/internal/setup/mailing"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
	"aanmeldpunt/internal/work"
)

const (
	configurationSet = "lokaal"
	sender           = "aanmelden@mdt.example"
	mailWorkers      = 64               // letters under way at once: they share commits
	cataloguesKeep   = 10 * time.Second // as on Lambda, but shorter
	sweepEvery       = time.Minute      // as in template.yaml
	expireEvery      = 10 * time.Minute // what the table's time to live does
)

// desk is everything that runs on this one machine.
type desk struct {
	options options
	log     *slog.Logger
	clock   *clock
	db      *bolt.DB
	store   *store.Store
	outbox  *outbox.Outbox
	stream  *stream
	mailer  function
	atlas   *mdt.Atlas
	network mdt.Network
	handler http.Handler

	moving sync.Mutex // one move of the clock at a time
	done   chan struct{}
	wait   sync.WaitGroup
}

// openDesk opens the data folder and wires the functions. What is wrong is told in a sentence that says what to do.
func openDesk(o options, log *slog.Logger) (*desk, error) {
	d := &desk{options: o, log: log, done: make(chan struct{})}
	if err := os.MkdirAll(o.data, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be made (%w): choose another with -data", o.data, err)
	}
	var err error
	if d.db, err = bolt.Open(filepath.Join(o.data, "aanmeldpunt.db"), bolt.Options{}); err != nil {
		return nil, err
	}
	if d.clock, err = openClock(o.data, o.now); err != nil {
		return nil, errors.Join(err, d.db.Close())
	}
	if d.atlas, err = mdt.ParseAtlas(content.Municipalities); err != nil {
		return nil, errors.Join(err, d.db.Close())
	}
	d.store = store.New(d.db)
	if err := errors.Join(d.fill(), d.wire()); err != nil {
		return nil, errors.Join(err, d.db.Close())
	}
	return d, nil
}

// wire connects the functions as template.yaml does.
func (d *desk) wire() error {
	secrets, err := readSecrets(d.options.data)
	if err != nil {
		return err
	}
	identity, keys, err := secrets.open()
	if err != nil {
		return err
	}
	reports := newFunction((&work.Reports{Letters: d.store, ConfigurationSet: configurationSet, Now: d.clock.Now, Log: d.log}).Handle)
	d.outbox, err = outbox.Open(outbox.Options{Path: filepath.Join(d.options.data, "postvak.db"), Now: d.clock.Now,
		ConfigurationSet: configurationSet, Log: d.log,
		Report: func(ctx context.Context, event json.RawMessage) error { return reports.call(ctx, event, nil) }})
	if err != nil {
		return err
	}
	if err := d.wireMailer(keys); err != nil {
		return err
	}
	return d.wireAPI(identity, keys)
}

func (d *desk) wireMailer(keys links.Keys) error {
	renderer, err := letters.New(letters.Settings{Site: d.site(), Sender: sender, TeamMail: d.network.Team.Email, Links: keys})
	if err != nil {
		return err
	}
	mailer := &work.Mailer{Letters: d.store, Render: mailing.Raw(renderer), Post: d.outbox, Now: d.clock.Now,
		Pace: work.NewPace(d.options.rate), Workers: mailWorkers, Log: d.log}
	d.mailer = newFunction(mailer.Handle)
	d.stream = newStream(d.mailer, d.log)
	d.db.OnCommit(d.stream.put)
	return nil
}

func (d *desk) wireAPI(identity *mdt.Identity, keys links.Keys) error {
	service := &api.Service{Store: d.store, Catalogue: store.NewCatalogue(d.store, cataloguesKeep), Identity: identity,
		Atlas: d.atlas, Site: d.site(), Origins: []string{"http://localhost:8081", "http://127.0.0.1:8081"},
		TeamMail: d.network.Team.Email, Now: d.clock.Now, Log: d.log}
	site := &pages.Service{Entries: d.store, Links: keys, TeamMail: d.network.Team.Email, Now: d.clock.Now, Log: d.log}
	page := newFunction(gateway.Handler(site.Handler()))
	gate := routes(service, page)
	d.handler = d.local(gate)
	return nil
}

// routes gives the routes of template.yaml.
func routes(service *api.Service, page function) gate {
	serve := func(h http.Handler) function { return newFunction(gateway.Handler(h)) }
	return gate{fallback: serve(service.Meetings()), routes: []route{
		{"/v1/bijeenkomsten/*/aanmeldingen", serve(service.Registrations())},
		{"/v1/bijeenkomsten/*/voorstellen", serve(service.Proposals())},
		{"/v1/bijeenkomsten/*/attenderingen", serve(service.Interests())},
		{"/v1/berichten", serve(service.Messages())},
		{"/afmelden/*", page},
		{"/mijn/*", page},
	}}
}

func (d *desk) site() string { return "http://" + d.options.addr }

// start runs what runs beside the requests: the stream, the schedule, the clock's memory. What a crash cut
// off is taken up first: SES's reports (the outbox repeats them), then the letters that were being sent.
func (d *desk) start() error {
	d.outbox.Settle()
	if err := d.sweep(true); err != nil {
		return err
	}
	d.wait.Go(func() { d.stream.run(context.Background()) })
	d.wait.Go(func() { d.clock.keep(d.done) })
	d.wait.Go(d.schedule)
	return nil
}

func (d *desk) schedule() {
	sweeps, expires := time.NewTicker(sweepEvery), time.NewTicker(expireEvery)
	defer sweeps.Stop()
	defer expires.Stop()
	for {
		var err error
		select {
		case <-d.done:
			return
		case <-sweeps.C:
			err = d.sweep(false)
		case <-expires.C:
			_, err = d.db.Sweep(context.Background(), d.clock.Now())
		}
		if err != nil {
			d.log.Error("a scheduled task failed", "error", err)
		}
	}
}

func (d *desk) sweep(orphans bool) error {
	return d.mailer.call(context.Background(), work.Task{Task: work.SweepTask, Orphans: orphans}, nil)
}

// close ends everything in the order in which nothing is lost.
func (d *desk) close() error {
	close(d.done)
	d.stream.close()
	d.wait.Wait()
	return errors.Join(d.clock.run(), d.outbox.Close(), d.db.Close())
}
