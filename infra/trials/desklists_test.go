package trials

import (
	"context"
	"fmt"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

// TestUnitsOfTheDesk asserts what a page of letters, of the log and of what looks like spam costs, and what a look at one
// person and the counts of letters do.
func TestUnitsOfTheDesk(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	database := storetest.StartDynoxide(t)
	m := &meter{next: storetest.NewTransport(), hold: 20 * time.Millisecond}
	d := newDesk(t, store.Retrying(database.Through(t, m).Counting(m.consumed)))
	d.open("dag", 300, nil)
	meeting, err := d.store.Meeting(ctx, "dag")
	if err != nil {
		t.Fatal(err)
	}
	m.hold = 0
	for i := range 120 {
		address, _ := mdt.ParseAddress(fmt.Sprintf("bezoeker%06d@jongerenwerk.example", i))
		form := mdt.RegistrationForm{Name: fmt.Sprintf("Noor van der Velden-%d", i), Email: address}
		if _, err := d.acts.Register(ctx, *meeting, form, acts.Post{Trap: i%2 == 0}); err != nil {
			t.Fatal(err)
		}
		line := mdt.LogLine{At: d.now().Add(time.Duration(i) * time.Minute), By: "sanne", Name: staffName, Role: mdt.RoleTeam, What: mdt.DeedSeen,
			Meeting: "dag", About: d.ids.Reference("aanmelding", "dag", string(d.ids.Person(address))), Subject: d.ids.Person(address)}
		if err := d.store.Log(ctx, line); err != nil {
			t.Fatal(err)
		}
	}
	m.hold = 20 * time.Millisecond
	one := d.person("bezoeker000001@jongerenwerk.example")
	for _, c := range []struct {
		name string
		do   func() error
		want bill
	}{
		{"letters of a state", func() error {
			found, err := d.store.ListLetters(ctx, mdt.Pending, store.Listing[mdt.Letter]{Limit: listPage}, d.now())
			if len(found.Entries) != listPage || found.Next == "" {
				t.Errorf("%d letters", len(found.Entries))
			}
			return err
		}, bill{"Query", 0, 4}},
		{"how many of two states", func() error {
			counts, err := d.store.CountStates(ctx, []mdt.DeliveryState{mdt.Pending, mdt.Failed}, 50)
			if counts[mdt.Pending] != 50 || counts[mdt.Failed] != 0 {
				t.Errorf("%v", counts)
			}
			return err
		}, bill{"Query+Query", 0, 4.5}},
		{"the log", func() error {
			found, err := d.store.LogLines(ctx, time.Time{}, store.Listing[mdt.LogLine]{Limit: listPage}, d.now())
			if len(found.Entries) != listPage {
				t.Errorf("%d lines", len(found.Entries))
			}
			return err
		}, bill{"Query", 0, 3}},
		{"what looks like spam", func() error {
			found, err := d.store.ListSuspects(ctx, store.Listing[mdt.Suspect]{Limit: listPage}, d.now())
			if len(found.Entries) != listPage {
				t.Errorf("%d suspects", len(found.Entries))
			}
			return err
		}, bill{"Query", 0, 4}},
		{"everything of one person", func() error {
			own, err := d.acts.Own(ctx, one)
			if len(own.Registrations) != 1 || len(own.Log) != 1 {
				t.Errorf("%+v", own)
			}
			return err
		}, bill{"Query", 0, 1}},
		{"a line about somebody", func() error {
			line := mdt.LogLine{At: d.now(), By: "sanne", Name: staffName, Role: mdt.RoleTeam, What: mdt.DeedChanged, Subject: one,
				About: d.ids.Reference("aanmelding", "dag", string(one)), Meeting: "dag"}
			return d.store.Log(ctx, line)
		}, bill{"Update Query", 2, 1}},
	} {
		var err error
		got := m.of(c.want.Calls, func() { err = c.do() })
		if err != nil || got.Calls != c.want.Calls || got.Write != c.want.Write || got.Read > c.want.Read {
			t.Errorf("%s: %v %+v, want at most %+v", c.name, err, got, c.want)
		}
		t.Logf("%-28s %-14s %5.1f RU %3.0f WU", c.name, got.Calls, got.Read, got.Write)
	}
}
