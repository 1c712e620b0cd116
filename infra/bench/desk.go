package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/api"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/gateway"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// meeting is the one of the example network that takes everybody: it has no limit of seats.
const meeting = "informatiesessie-beslissen"

// site is where the pages are said to be.
const site = "https://aanmelden.example"

const path = "/v1/bijeenkomsten/" + meeting + "/aanmeldingen"

// body is what somebody posts. digits is the place of the number that makes every address another one.
const (
	digits = "0000000000"
	body   = `{"naam": "Noor de Vries", "email": "noor` + digits + `@jongeren.example", "organisatie": "Stichting Doe Mee", ` +
		`"functie": "jongerenwerker", "telefoon": "06 12345678", "regios": ["landelijk"]}`
)

// desk is the function of the registrations on an engine, called as Lambda calls it: bytes in, bytes out. As there, an
// instance of it has one call at a time: what it answers stands in a buffer of its own that its next call writes over.
type desk struct {
	acts      *acts.Desk
	store     *store.Store
	instances *sync.Pool
	event     numbered
}

// openDesk fills the engine with the example network.
func openDesk(ctx context.Context, engine store.Engine) (*desk, error) {
	identity, err := mdt.NewIdentity([]byte(strings.Repeat("k", 32)))
	if err != nil {
		return nil, err
	}
	d := &desk{store: store.New(engine)}
	if err := fill(ctx, d.store); err != nil {
		return nil, err
	}
	d.acts = &acts.Desk{Store: d.store, Catalogue: store.NewCatalogue(d.store, time.Hour), Identity: identity,
		Team: mdt.Responder{Name: content.TeamName, Email: "team@mdt.example"}, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	service := &api.Service{Desk: d.acts, Site: site}
	function := gateway.Handler(service.Registrations())
	d.instances = &sync.Pool{New: func() any { return lambda.NewHandler(function) }}
	d.event, err = event()
	return d, err
}

func fill(ctx context.Context, s *store.Store) error {
	atlas, err := mdt.ParseAtlas(content.Municipalities)
	if err != nil {
		return err
	}
	network, err := mdt.ParseNetwork(content.ExampleNetwork, atlas, time.Now())
	if err != nil {
		return err
	}
	return s.Fill(ctx, network.Regions, network.Meetings)
}

// event is a post as API Gateway hands it over.
func event() (numbered, error) {
	e := events.APIGatewayV2HTTPRequest{
		Version: "2.0", RouteKey: "ANY /v1/bijeenkomsten/{bijeenkomst}/aanmeldingen", RawPath: path, Body: body,
		Headers: map[string]string{
			"accept": "application/json", "accept-encoding": "gzip", "content-type": "application/json",
			"content-length": fmt.Sprint(len(body)), "host": "abc123.execute-api.eu-central-1.amazonaws.com",
			"user-agent": "voorbeeld/1.0", "x-forwarded-for": "192.0.2.17", "x-forwarded-port": "443", "x-forwarded-proto": "https",
		},
		RequestContext: events.APIGatewayV2HTTPRequestContext{Stage: "$default",
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{Method: "POST", Path: path, Protocol: "HTTP/1.1", SourceIP: "192.0.2.17"}},
	}
	raw, err := json.Marshal(e)
	return numberedText(raw), err
}

// register registers visitor n.
func (d *desk) register(ctx context.Context, n int64) error {
	instance := d.instances.Get().(lambda.Handler)
	defer d.instances.Put(instance)
	answer, err := instance.Invoke(ctx, d.event.with(n))
	if err == nil && !bytes.Contains(answer, []byte(`"statusCode":201`)) {
		err = fmt.Errorf("answered %s", answer)
	}
	return err
}

// occupied tells how many are registered.
func (d *desk) occupied(ctx context.Context) (int, error) {
	counters, err := d.store.Counters(ctx, []string{meeting})
	if err != nil {
		return 0, err
	}
	return counters[0].Occupied, nil
}

// numbered is a text with the number of a visitor in it.
type numbered struct {
	text []byte
	at   int
}

func numberedText(text []byte) numbered { return numbered{text, bytes.Index(text, []byte(digits))} }

func (n numbered) with(number int64) []byte {
	text := bytes.Clone(n.text)
	for i := n.at + len(digits) - 1; number > 0; i-- {
		text[i] += byte(number % 10)
		number /= 10
	}
	return text
}

// crowd lets clients do n things at once, and gives how many were done in a second.
func crowd(clients, n int, do func(client int) error) (rate float64, err error) {
	var begun atomic.Int64
	var first sync.Once
	var all sync.WaitGroup
	start := time.Now()
	for client := range clients {
		all.Go(func() {
			for begun.Add(1) <= int64(n) {
				if failed := do(client); failed != nil {
					first.Do(func() { err = failed })
					return
				}
			}
		})
	}
	all.Wait()
	return float64(n) / time.Since(start).Seconds(), err
}
