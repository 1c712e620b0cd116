package trials

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// act is one act on a registration with what it must cost.
type act struct {
	name  string
	do    func() error
	want  bill
	first func()
}

// TestUnitsOfActs asserts the whole bill of what people and the clock do with a registration of which every letter
// went out.
func TestUnitsOfActs(t *testing.T) {
	d, m := metered(t)
	ctx := context.Background()
	_, seated, line := d.line("rij", 4, 4, func(m *mdt.Meeting) {
		m.Parts = []mdt.Part{{ID: "zaal", Name: "Zaal", Start: m.Start, End: m.End, Seats: 1}}
	})
	who := func(email string) mdt.PersonID { return d.person(email) }
	form := func(email string, change func(*mdt.ChangeForm)) mdt.ChangeForm {
		_, entries := d.stands("rij", email)
		form := mdt.ChangeForm{KeepWishes: true, Edition: entries[0].Edition}
		form.Name = entries[0].Name
		change(&form)
		return form
	}
	var next mdt.ChangeForm // filled in before it is sent: reading the page is not on the bill
	change := func(email string) func() error {
		return func() error { return d.acts.Change(ctx, "rij", who(email), next) }
	}
	for _, a := range []act{
		{"cancelled, to the next", func() error { return d.acts.Cancel(ctx, "rij", who(seated[0])) }, bill{"Get Get Query Get Transact", 23, 6}, nil},
		{"accepted", func() error { return d.acts.Accept(ctx, "rij", "", who(line[0])) }, bill{"Get Get Transact", 13, 4}, nil},
		{"cancelled, to the next", func() error { return d.acts.Cancel(ctx, "rij", who(seated[1])) }, bill{"Get Get Query Get Transact", 23, 6}, nil},
		{"passed on, and waits on", func() error { return d.acts.Pass(ctx, "rij", "", who(line[1]), true) }, bill{"Get Get Query Get Transact", 25, 7}, nil},
		{"passed on, and waits no more", func() error { return d.acts.Pass(ctx, "rij", "", who(line[2]), false) }, bill{"Get Get Query Get Transact", 26, 7}, nil},
		{"lapsed", func() error { return d.acts.LapseOffers(ctx) }, bill{"Query Get Get Query Transact Query", 15, 6}, func() { d.pass(50 * time.Hour) }},
		{"waits on", func() error { return d.acts.KeepWaiting(ctx, "rij", "", who(line[3])) }, bill{"Get Transact", 6, 2}, nil},
		{"left the line", func() error { return d.acts.Cancel(ctx, "rij", who(line[3])) }, bill{"Get Get Transact", 12, 5}, nil},
		{"a name", change(seated[2]), bill{"Get Get Transact", 9, 3}, func() { next = form(seated[2], func(f *mdt.ChangeForm) { f.Name = "Ans" }) }},
		{"a part", change(seated[2]), bill{"Get Get Transact", 9, 4}, func() { next = form(seated[2], func(f *mdt.ChangeForm) { f.Parts = []string{"zaal"} }) }},
		{"a place in line for a part", change(seated[3]), bill{"Get Get Update Transact", 12, 3}, func() { next = form(seated[3], func(f *mdt.ChangeForm) { f.WaitFor = []string{"zaal"} }) }},
		{"a part, to the next", change(seated[2]), bill{"Get Get Query Get Transact", 21, 8}, func() { next = form(seated[2], func(*mdt.ChangeForm) {}) }},
		{"cancelled, to the next", func() error { return d.acts.Cancel(ctx, "rij", who(seated[2])) }, bill{"Get Get Query Get Transact", 23, 9}, nil},
		{"cancelled, nobody waits", func() error { return d.acts.Cancel(ctx, "rij", who(line[0])) }, bill{"Get Get Transact", 10, 5}, nil},
		{"cancelled before", func() error { return d.acts.Cancel(ctx, "rij", who(line[0])) }, bill{"Get Get", 0, 6}, nil},
		{"cannot be", func() error { return d.acts.KeepWaiting(ctx, "rij", "", who(seated[3])) }, bill{"Get", 0, 2}, nil},
	} {
		mailer, _ := d.mailer()
		if err := mailer.Sweep(ctx, false); err != nil {
			t.Fatal(err)
		}
		if a.first != nil {
			a.first()
		}
		var err error
		got := m.of(a.want.Calls, func() { err = a.do() })
		if diff := cmp.Diff(a.want, got); diff != "" {
			t.Errorf("%s: %v %s", a.name, err, diff)
		}
		t.Logf("%-28s %-40s %2.0f WU %v RU %v", a.name, got.Calls, got.Write, got.Read, err)
	}
}
