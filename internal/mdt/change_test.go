package mdt_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// changing makes a form of an entry as it stands, with something changed, and sends it.
func changing(change func(*mdt.ChangeForm)) func(mdt.Scene) (mdt.Act, *mdt.Refusal) {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) {
		f := mdt.ChangeForm{KeepWishes: true}
		if e := s.Entry; e != nil {
			f.Edition = e.Edition
			f.Name, f.Organisation, f.Phone, f.Parts = e.Name, e.Organisation, e.Phone, e.Parts
			for _, p := range e.PartLines {
				f.WaitFor = append(f.WaitFor, p.Part)
			}
		}
		change(&f)
		return mdt.Change(s, f)
	}
}

func chosen(parts ...string) func(*mdt.ChangeForm) {
	return func(f *mdt.ChangeForm) { f.Parts = parts }
}

func waitingFor(parts ...string) func(*mdt.ChangeForm) {
	return func(f *mdt.ChangeForm) { f.WaitFor = parts }
}

func numbered(s mdt.Scene) mdt.Scene {
	s.Number = 6
	return s
}

func TestChange(t *testing.T) {
	name := func(f *mdt.ChangeForm) { f.Name = "Noor Blok" }
	decide(t, []decided{
		{name: "a name", scene: scene(seated("p")), act: changing(name), want: told{"p bevestigd", "24 p", "", ""}},
		{name: "nothing", scene: scene(seated("p")), act: changing(func(*mdt.ChangeForm) {})},
		{name: "a part with a seat", scene: freeSeat(scene(seated("p")), "a"), act: changing(chosen("a")), want: told{"p bevestigd a", "24 p", "a +1 +0 +0", ""}},
		{name: "a part without limit", scene: scene(seated("p")), act: changing(chosen("b")), want: told{"p bevestigd b", "24 p", "b +1 +0 +0", ""}},
		{name: "a full part", scene: scene(seated("p")), act: changing(chosen("a")), code: "onderdeel.vol"},
		{name: "a part that has begun", scene: with(scene(seated("p")), func(s *mdt.Scene) { s.Now = day(20) }), act: changing(chosen("b")), code: "onderdeel.voorbij"},
		{name: "one had before it began stays", scene: with(scene(seated("p", "b")), func(s *mdt.Scene) { s.Now = day(20) }), act: changing(name), want: told{"p bevestigd b", "24 p", "", ""}},
		{name: "a part that is left goes to the next", scene: full(scene(seated("p", "a")), "a", inLineFor("q", "a", mdt.Spot{Number: 2})), act: changing(chosen()),
			want: told{"p bevestigd, q bevestigd (a #2 aanbod)", "24 p, 4 q a 3 12.00", "a +0 +1 -1", ""}},
		{name: "one part for another", scene: freeSeat(scene(seated("p", "c")), "a"), act: changing(chosen("a")), want: told{"p bevestigd a", "24 p", "a +1 +0 +0, c -1 +0 +0", ""}},
		{name: "parts of who waits hold no seats", scene: freeSeat(scene(choosing(waits("p", 1), "c")), "a"), act: changing(chosen("a")), want: told{"p wachtlijst #1 a", "24 p", "", ""}},
		{name: "a line", scene: numbered(scene(seated("p"))), act: changing(waitingFor("a")), want: told{"p bevestigd (a #6)", "24 p", "a +0 +0 +1", ""}},
		{name: "two lines", scene: numbered(scene(seated("p"))), act: changing(waitingFor("a", "c")), want: told{"p bevestigd (a #6) (c #6)", "24 p", "a +0 +0 +1, c +0 +0 +1", ""}},
		{name: "a line is left", scene: full(scene(inLineFor("p", "a", mdt.Spot{Number: 2})), "a"), act: changing(waitingFor()), want: told{"p bevestigd", "24 p", "a +0 +0 -1", ""}},
		{name: "a line is left with an offer", scene: lettersOfLines(full(scene(twoOffers("p")), "a", inLineFor("q", "a", mdt.Spot{Number: 4}))), act: changing(waitingFor("c")),
			want: told{"p bevestigd (c #2 aanbod), q bevestigd (a #4 aanbod)", "24 p, 4 q a 3 12.00", "a +0 +0 -1", "4a 5a"}},
		{name: "a seat is free for who waits too", scene: freeSeat(lettersOfLines(scene(inLineFor("p", "a", mdt.Spot{Number: 2}))), "a"), act: changing(func(f *mdt.ChangeForm) { f.Parts, f.WaitFor = []string{"a"}, nil }),
			want: told{"p bevestigd a", "24 p", "a +1 +0 -1", "5a"}},
		{name: "a line for a part that is not full", scene: numbered(freeSeat(scene(seated("p")), "a")), act: changing(waitingFor("a")), code: "handeling.kanNiet"},
		{name: "a line for a part without limit", scene: numbered(scene(seated("p"))), act: changing(waitingFor("b")), code: "handeling.kanNiet"},
		{name: "a line for one's own seat", scene: numbered(scene(seated("p", "a"))), act: changing(func(f *mdt.ChangeForm) { f.Parts, f.WaitFor = nil, []string{"a"} }), code: "handeling.kanNiet"},
		{name: "a line of who has no seat", scene: numbered(scene(waits("p", 1))), act: changing(waitingFor("a")), code: "handeling.kanNiet"},
		{name: "a line when the list has ended", scene: with(numbered(scene(seated("p"))), func(s *mdt.Scene) { s.Meeting.WaitingEnds = at(noon) }), act: changing(waitingFor("a")), code: "handeling.kanNiet"},
		{name: "a part that is offered", scene: scene(inLineFor("p", "a", offerOf(1))), act: changing(chosen("a")), code: "onderdeel.vol"},
		{name: "from an older page", scene: scene(seated("p")), act: changing(func(f *mdt.ChangeForm) { f.Edition = 7 }), code: "versie.conflict"},
		{name: "of a cancelled entry", scene: scene(who("p", mdt.Cancelled)), act: changing(name), code: "handeling.kanNiet"},
	})
}

// freeSeat leaves a part one seat.
func freeSeat(s mdt.Scene, part string) mdt.Scene {
	line := s.Counter.Parts[part]
	line.Occupied = 1
	s.Counter.Parts[part] = line
	return s
}

// TestChangeTakesANumber only where somebody comes to stand in a line.
func TestChangeTakesANumber(t *testing.T) {
	if act, _ := changing(waitingFor("a"))(scene(seated("p"))); !act.NeedsNumber || len(act.Entries) > 0 {
		t.Errorf("without a number: %+v", act)
	}
	if act, _ := changing(func(f *mdt.ChangeForm) { f.Name = "Ans" })(scene(inLineFor("p", "a", mdt.Spot{Number: 2}))); act.NeedsNumber {
		t.Error("a number for nothing")
	}
}

// TestChangeGuards: who comes to wait demands that the part is full, who takes a seat that there is one.
func TestChangeGuards(t *testing.T) {
	act, _ := changing(waitingFor("a"))(numbered(scene(seated("p"))))
	if a := act.Count.Parts[0]; a.MinOccupied == nil || *a.MinOccupied != 2 {
		t.Errorf("in line: %+v", a)
	}
	act, _ = changing(chosen("a"))(freeSeat(scene(seated("p")), "a"))
	if a := act.Count.Parts[0]; a.MaxOccupied == nil || *a.MaxOccupied != 1 {
		t.Errorf("seated: %+v", a)
	}
}

// TestChangeOfOrganisation is counted, and has a place to be found for it, though no seat changes hands.
func TestChangeOfOrganisation(t *testing.T) {
	p := seated("p")
	p.Organisation = "Oud"
	s := scene(p)
	s.Meeting.PerOrg = 3
	act, _ := changing(func(f *mdt.ChangeForm) { f.Organisation = "De Nieuwe" })(s)
	two := 2
	want := []mdt.OrganisationChange{{Name: "oud", Add: -1}, {Name: "denieuwe", Add: 1, Before: &two}}
	if diff := cmp.Diff(want, act.Count.Organisations); diff != "" || act.Count.IsZero() {
		t.Errorf("zero: %v %s", act.Count.IsZero(), diff)
	}
	if diff := cmp.Diff([]string{"organisatie"}, act.Letters[0].ChangedFields); diff != "" {
		t.Error(diff)
	}
}

// TestEditions: a page that was opened before parts changed cannot undo that, one from before anything else can
// be sent.
func TestEditions(t *testing.T) {
	for _, c := range []struct {
		name  string
		scene mdt.Scene
		act   func(mdt.Scene) (mdt.Act, *mdt.Refusal)
		entry int // which of the entries
		want  int
	}{
		{"changed", scene(seated("p")), changing(chosen("b")), 0, 1},
		{"accepted a part", scene(inLineFor("p", "a", offerOf(1))), accept("a"), 0, 1},
		{"placed in a part", with(full(scene(seated("p", "a")), "a", inLineFor("q", "a", mdt.Spot{Number: 4})), direct), changing(chosen()), 1, 1},
		{"offered a part", full(scene(seated("p", "a")), "a", inLineFor("q", "a", mdt.Spot{Number: 4})), changing(chosen()), 1, 0},
		{"lost a part to waiting", scene(choosing(offeredTo("p", 1), "a")), accept(""), 0, 1},
		{"accepted", scene(offeredTo("p", 1)), accept(""), 0, 0},
		{"left the line of a part", scene(inLineFor("p", "a", offerOf(1))), pass("a", false), 0, 1},
		{"waits on", scene(inLineFor("p", "a", offerOf(1))), pass("a", true), 0, 0},
	} {
		act, refusal := c.act(c.scene)
		if refusal != nil {
			t.Fatalf("%s: %s", c.name, refusal.Code)
		}
		if got := act.Entries[c.entry].New.Edition; got != c.want {
			t.Errorf("%s: edition %d, want %d", c.name, got, c.want)
		}
	}
}
