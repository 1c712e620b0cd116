package api_test

import (
	"context"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// change stores a meeting anew as the team's desk would: the meeting and its counter get the next version in
// one transaction.
func (d *desk) change(id string, how func(*mdt.Meeting)) {
	d.t.Helper()
	meeting, err := d.store.Meeting(context.Background(), id)
	if err != nil || meeting == nil {
		d.t.Fatalf("%s: %v", id, err)
	}
	how(meeting)
	meeting.Version++
	item, err := store.Marshal(meeting)
	if err != nil {
		d.t.Fatal(err)
	}
	item[store.AttrPK], item[store.AttrSK] = "bijeenkomsten", id
	err = store.Run(context.Background(), d.engine, store.Transaction{Token: store.NewToken(), Writes: []store.Write{
		{Key: item.Key(), Put: item},
		{Key: store.Key{PK: "bijeenkomst#" + id, SK: "teller"}, Set: store.Item{store.AttrVersion: meeting.Version}},
	}})
	if err != nil {
		d.t.Fatal(err)
	}
}

// reopen forgets what is remembered of meetings and regions.
func (d *desk) reopen() { d.service.Catalogue = store.NewCatalogue(d.store, time.Hour) }
