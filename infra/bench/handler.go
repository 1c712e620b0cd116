package main

import (
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/dynamo"
	"aanmeldpunt/internal/store/storetest"
)

// handler holds a whole registration (the event as bytes, the decision, the answer as bytes) against a loop
// that only makes the same calls to the same table. Both speak through the same client.
func (b *bench) handler() error {
	for _, clients := range []int{1, 16, 64} {
		if err := b.handled(clients); err != nil {
			return err
		}
	}
	return nil
}

// handled measures with so many at once, on a database of its own: dynoxide grows slower with what it holds,
// and the slower it is, the less the rest shows.
func (b *bench) handled(clients int) error {
	database, err := b.dynoxide()
	if err != nil || database == nil {
		return err
	}
	client, err := newClient(database, setup.HTTP())
	if err != nil {
		return err
	}
	desk, err := openDesk(b.ctx, store.Retrying(dynamo.New(client, storetest.TableName)))
	if err != nil {
		return err
	}
	calls, err := b.watch(database)
	if err != nil {
		return err
	}
	const perTurn = 100
	var visitors, done atomic.Int64
	done.Store(1) // the one that was watched
	turn := func(call func() error) func() (float64, error) {
		return func() (float64, error) {
			return crowd(clients, perTurn, func(int) error { done.Add(1); return call() })
		}
	}
	p, err := rounds(b.number(21, 5), b.within(25),
		turn(func() error { return desk.register(b.ctx, visitors.Add(1)) }),
		turn(func() error { return calls.make(b.ctx, client) }))
	if err != nil {
		return err
	}
	b.table.row(fmt.Sprintf("handler: registration / its SDK calls, %d at once", clients), "%.0f/s", p, atLeast(0.8))
	if occupied, err := desk.occupied(b.ctx); err != nil || occupied != int(done.Load()) {
		return fmt.Errorf("%d are registered after %d registrations: %w", occupied, done.Load(), err)
	}
	return nil
}

func newClient(d *storetest.Dynoxide, h *http.Client) (*dynamodb.Client, error) {
	environ := storetest.Environ(d.Endpoint)
	return dynamo.Client(func(name string) string { return environ[name] }, h)
}

// watch makes one registration and takes down the calls it makes.
func (b *bench) watch(d *storetest.Dynoxide) (*calls, error) {
	watching := &recorder{next: storetest.NewTransport()}
	client, err := newClient(d, &http.Client{Transport: watching})
	if err != nil {
		return nil, err
	}
	desk, err := openDesk(b.ctx, dynamo.New(client, storetest.TableName))
	if err != nil {
		return nil, err
	}
	if err := desk.register(b.ctx, 9_999_999_999); err != nil {
		return nil, err
	}
	calls, err := watching.calls()
	if err != nil {
		return nil, err
	}
	return calls, nil
}
