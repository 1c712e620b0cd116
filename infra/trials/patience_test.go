package trials

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"aanmeldpunt/internal/setup/acting"
	"aanmeldpunt/internal/store"
)

// drowsy is a database that reads after a while only, and whose transactions are always in each other's way.
type drowsy struct {
	store.Engine
	items  map[store.Key]store.Item
	awake  time.Time
	probes int
}

func (d *drowsy) Get(_ context.Context, keys ...store.Key) ([]store.Item, error) {
	if time.Now().Before(d.awake) {
		return nil, store.ErrBusy
	}
	items := make([]store.Item, len(keys))
	for i, key := range keys {
		items[i] = d.items[key]
	}
	return items, nil
}

func (d *drowsy) Query(context.Context, store.Query) (store.Page, error) { return store.Page{}, nil }

func (d *drowsy) Transact(context.Context, string, []store.Write) error {
	d.probes++
	return store.ErrBusy
}

// TestOneRequestHasOnePatience: a request that was kept waiting for its reading does not begin its patience
// anew for its writing. It is answered before the function's time is over.
func TestOneRequestHasOnePatience(t *testing.T) {
	d := newDesk(t, openBolt(t))
	d.open("dag", 5, nil)
	asleep := &drowsy{items: map[store.Key]store.Item{}}
	for _, key := range []store.Key{{PK: "bijeenkomsten", SK: "dag"}, counterOf("dag")} {
		items, err := d.engine.Get(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		asleep.items[key] = items[0]
	}
	synctest.Test(t, func(t *testing.T) {
		slow := newDesk(t, store.Retrying(asleep))
		slow.api.Patience = acting.Patience
		slow.handler = slow.api.Registrations()
		asleep.awake = time.Now().Add(15 * time.Second)
		begun := time.Now()
		r := slow.post("dag", "noor@gast.example")
		if took := time.Since(begun); r.code != http.StatusServiceUnavailable || r.again == "" || took > 24*time.Second || asleep.probes == 0 {
			t.Errorf("answered %d after %v and %d transactions", r.code, took, asleep.probes)
		}
	})
}
