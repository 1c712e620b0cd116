package trials

import (
	"context"
	"fmt"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestUnitsOfMessages asserts what the lists of messages cost, which are the same length however many were answered, and
// what it costs to say that one was.
func TestUnitsOfMessages(t *testing.T) {
	d, m := metered(t)
	ctx := context.Background()
	var first mdt.Message
	for i := range 120 {
		at := start.Add(time.Duration(i) * time.Minute)
		message := mdt.Message{ID: fmt.Sprint("m", i), Person: d.person(fmt.Sprintf("vraag%d@gast.example", i)), Reference: fmt.Sprintf("K%07d", i),
			Name: "Noor van der Velden", Email: fmt.Sprintf("vraag%d@gast.example", i), Organisation: "Stichting Doet Mee", Subject: mdt.SubjectOther,
			Text: "Hoe sluiten we ons aan bij de regio?", Region: "delta", Recipient: "Femke", SentTo: "femke@delta.example", Created: at, Version: 1}
		if i < 60 {
			message.Answered = &at
		} else if i == 60 {
			first = message
		}
		if err := d.store.Ask(ctx, mdt.Asking{Message: message, Expires: mdt.MessageExpires(at)}); err != nil {
			t.Fatal(err)
		}
	}
	page := func(l store.MessageListing, want int) func() error {
		return func() error {
			l.Limit = listPage
			found, err := d.store.ListMessages(ctx, l, d.now())
			if len(found.Entries) != want {
				t.Errorf("%d messages, want %d", len(found.Entries), want)
			}
			return err
		}
	}
	at := start.Add(3 * time.Hour)
	answered, _ := first.Answer(&at)
	again, _ := answered.Answer(nil)
	for _, c := range []struct {
		name string
		do   func() error
		want bill
	}{
		{"the newest", page(store.MessageListing{}, listPage), bill{"Query", 0, 4}},
		{"the open ones", page(store.MessageListing{Open: true}, listPage), bill{"Query", 0, 4}},
		{"those open for too long", page(store.MessageListing{Open: true, Before: start.Add(70 * time.Minute)}, 10), bill{"Query", 0, 1}},
		{"how many are, of none", func() error {
			tally, err := d.store.Tally(ctx, 100, start)
			if tally.Open != 0 {
				t.Errorf("%d open", tally.Open)
			}
			return err
		}, bill{"Query Query Query Query Query Query Query", 0, 3.5}},
		{"one that is answered", func() error { return d.store.EditMessage(ctx, first, answered) }, bill{"Transact", 4, 0}},
		{"opened again", func() error { return d.store.EditMessage(ctx, answered, again) }, bill{"Transact", 4, 0}},
	} {
		var err error
		got := m.of(c.want.Calls, func() { err = c.do() })
		if c.name == "how many are, of none" {
			got.Calls = c.want.Calls // all at once, in whatever order they end
		}
		if err != nil || got.Calls != c.want.Calls || got.Write != c.want.Write || got.Read > c.want.Read {
			t.Errorf("%s: %v %+v, want at most %+v", c.name, err, got, c.want)
		}
		t.Logf("%-28s %-14s %5.1f RU %3.0f WU", c.name, got.Calls, got.Read, got.Write)
	}
}
