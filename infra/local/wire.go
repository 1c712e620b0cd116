package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"aanmeldpunt/internal/acts"
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
	"aanmeldpunt/internal/work"
)

const (
	configurationSet = "lokaal"
	sender           = "aanmelden@mdt.example"
	mailWorkers      = 64               // letters under way at once: they share commits
	newAddresses     = 100              // letters a second to addresses not mailed before; on Lambda fewer
	cataloguesKeep   = 10 * time.Second // as on Lambda, but shorter
)

// wire connects the functions as template.yaml does.
func (d *desk) wire(identity *mdt.Identity, keys links.Keys) (err error) {
	renderer, err := letters.New(letters.Settings{Site: d.site, Sender: sender, TeamMail: d.network.Team.Email, Links: keys})
	if err != nil {
		return err
	}
	if d.reader, err = letters.NewReader(d.site, d.network.Team.Email); err != nil {
		return err
	}
	if d.outbox, err = d.openOutbox(); err != nil {
		return err
	}
	d.acts = &acts.Desk{Store: d.store, Catalogue: store.NewCatalogue(d.store, cataloguesKeep), Identity: identity, Atlas: d.atlas,
		Team: mdt.Responder{Name: content.TeamName, Email: d.network.Team.Email}, Now: d.clock.Now, Log: d.log}
	if d.options.limits {
		d.acts.Limits = acts.NewLimits()
	}
	d.ticking = newFunction((&work.Clock{Run: d.acts.Run, Log: d.log}).Handle)
	traffic := new(traffic)
	d.wireMailer(renderer, traffic)
	issuer, err := d.issuer()
	if err != nil {
		return err
	}
	d.handler = twinned(d.local(d.gate(keys, traffic), issuer))
	return nil
}

func (d *desk) wireMailer(renderer *letters.Renderer, traffic *traffic) {
	d.pace = work.NewPace(d.options.rate)
	mailer := &work.Mailer{Letters: d.store, Render: mailing.Raw(renderer), Post: d.outbox, Now: d.clock.Now,
		Pace: d.pace, Workers: mailWorkers, Log: d.log}
	if d.options.limits {
		mailer.Limits, mailer.NewAddresses = d.store, work.NewBreaker(newAddresses)
	}
	d.mailer = newFunction(mailer.Handle)
	d.stream = newStream(d.mailer, traffic.clear, d.log)
	d.db.OnCommit(d.stream.put)
}

// openOutbox opens SES, which reports to the function that hears SES.
func (d *desk) openOutbox() (box *outbox.Outbox, err error) {
	file := d.file("postvak.db")
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil { // bbolt panics on pages that make no sense
			err = fmt.Errorf("%v", p)
		}
		if err != nil {
			err = fmt.Errorf("the mailbox %s cannot be opened (%w): stop who has it open, or move it away to begin with an empty mailbox (entries stay)", file, err)
		}
	}()
	reports := newFunction((&work.Reports{Letters: d.store, ConfigurationSet: configurationSet, Now: d.clock.Now, Log: d.log}).Handle)
	return outbox.Open(outbox.Options{Path: file, Now: d.clock.Now, ConfigurationSet: configurationSet, Log: d.log,
		Report: func(ctx context.Context, event json.RawMessage) error { return reports.call(ctx, event, nil) }})
}

// gate gives the routes of template.yaml.
func (d *desk) gate(keys links.Keys, traffic *traffic) *gate {
	service := &api.Service{Desk: d.acts, Site: d.site, Origins: d.options.origins}
	team := d.network.Team
	site := &pages.Service{Desk: d.acts, Links: keys, Site: d.site, Origins: d.options.origins,
		Legal: pages.Legal{Responsible: team.Name, PrivacyMail: team.Email, SecurityMail: team.Email}}
	serve := func(h http.Handler) function { return newFunction(gateway.Handler(h)) }
	console, sheets := serve(d.console(keys).Handler()), serve(d.exports().Handler())
	return &gate{traffic: traffic, log: d.log, fallback: serve(site.Handler()), routes: []route{
		{"/v1/bijeenkomsten/*/aanmeldingen", serve(service.Registrations())},
		{"/v1/bijeenkomsten/*/voorstellen", serve(service.Proposals())},
		{"/v1/bijeenkomsten/*/attenderingen", serve(service.Interests())},
		{"/v1/berichten", serve(service.Messages())},
		{"/v1/**", serve(service.Meetings())},
		{"/console/bijeenkomsten/*/aanmeldingen.csv", sheets},
		{"/console/bijeenkomsten/*/aanmeldingen.xlsx", sheets},
		{"/console/bijeenkomsten/*/voorstellen.csv", sheets},
		{"/console/bijeenkomsten/*/voorstellen.xlsx", sheets},
		{"/console/berichten.csv", sheets},
		{"/console/berichten.xlsx", sheets},
		{"/console", console},
		{"/console/**", console},
	}}
}
