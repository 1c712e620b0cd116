package trials

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

// TestUnitsOfSavingAMeeting, on DynamoDB's wire: the meeting and its counter in one transaction, nobody's entry read;
// and of two who edit at once the second is told.
func TestUnitsOfSavingAMeeting(t *testing.T) {
	d, m := metered(t)
	ctx := context.Background()
	d.open("dag", 10, func(m *mdt.Meeting) { m.Kind = mdt.DecisionDay })
	for i := range 3 {
		d.post("dag", visitor("dag", i))
	}
	stored := func() mdt.Meeting {
		meeting, err := d.store.Meeting(ctx, "dag")
		if err != nil {
			t.Fatal(err)
		}
		return *meeting
	}
	renamed, moved := stored(), stored()
	renamed.Name = "Andere dag"
	var err error
	got := m.of("", func() { _, err = d.acts.SaveMeeting(ctx, acts.Edit{Meeting: renamed}) })
	if diff := cmp.Diff(bill{"Query Get Transact", 4, 3}, got); diff != "" || err != nil {
		t.Errorf("a name: %v %s", err, diff)
	}
	var outdated *acts.Outdated
	moved.Place = "Zwolle"
	if got = m.of("", func() { _, err = d.acts.SaveMeeting(ctx, acts.Edit{Meeting: moved}) }); !errors.As(err, &outdated) || got.Write != 0 {
		t.Errorf("an old version: %v, %+v", err, got)
	}
	moved = stored()
	moved.Place = "Zwolle"
	three, two := 3, 2
	var unagreed *acts.Unagreed
	if _, err = d.acts.SaveMeeting(ctx, acts.Edit{Meeting: moved, Agreed: &two}); !errors.As(err, &unagreed) {
		t.Errorf("a yes to another number: %v", err)
	}
	got = m.of("", func() { _, err = d.acts.SaveMeeting(ctx, acts.Edit{Meeting: moved, Agreed: &three}) })
	if diff := cmp.Diff(bill{"Query Get Query Query Transact", 4, 4}, got); diff != "" || err != nil {
		t.Errorf("another place: %v %s", err, diff)
	}
	d.pass(time.Minute)
	if err := d.acts.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if _, entries := d.stands("dag", visitor("dag", 0)); entries[0].Knows != 1 {
		t.Errorf("not told: %+v", entries[0])
	}
}
