package mdt_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

func resize(part string, seats int) func(mdt.Scene) (mdt.Act, *mdt.Refusal) {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) {
		act, _ := mdt.Resize(s, part, seats)
		return act, nil
	}
}

func TestResize(t *testing.T) {
	three := []*mdt.Registration{waits("q", 1), waits("r", 2), waits("s", 3)}
	occupied := func(n int) func(*mdt.Scene) { return func(s *mdt.Scene) { s.Counter.Occupied = n } }
	decide(t, []decided{
		{name: "to the first in line", scene: scene(nil, three...), act: resize("", 12), want: told{"q aanbod #1, r aanbod #2", "4 q 3 12.00, 4 r 3 12.00", "+2 +2 -2", ""}},
		{name: "more than who wait", scene: scene(nil, three...), act: resize("", 19), want: told{"q aanbod #1, r aanbod #2, s aanbod #3", "4 q 3 12.00, 4 r 3 12.00, 4 s 3 12.00", "+3 +3 -3", ""}},
		{name: "no limit", scene: scene(nil, three...), act: resize("", 0), want: told{"q aanbod #1, r aanbod #2, s aanbod #3", "4 q 3 12.00, 4 r 3 12.00, 4 s 3 12.00", "+3 +3 -3", ""}},
		{name: "fewer", scene: scene(nil, three...), act: resize("", 5), want: told{Counts: "+0 +0 +0"}},
		{name: "still fewer than are taken", scene: with(scene(nil, three...), occupied(14)), act: resize("", 12), want: told{Counts: "+0 +0 +0"}},
		{name: "more again", scene: with(scene(nil, three...), occupied(14)), act: resize("", 15), want: told{"q aanbod #1", "4 q 3 12.00", "+1 +1 -1", ""}},
		{name: "free seats had passed everybody", scene: with(scene(nil, three...), occupied(8)), act: resize("", 11), want: told{"q aanbod #1", "4 q 3 12.00", "+1 +1 -1", ""}},
		{name: "a part", scene: full(scene(nil), "a", inLineFor("q", "a", mdt.Spot{Number: 4})), act: resize("a", 4), want: told{"q bevestigd (a #4 aanbod)", "4 q a 3 12.00", "a +1 +1 -1", ""}},
		{name: "at once, with a part that has one seat", scene: freeSeat(with(scene(nil, choosing(waits("q", 1), "a"), choosing(waits("r", 2), "a")), direct), "a"), act: resize("", 12),
			want: told{"q bevestigd a, r bevestigd", "21 q, 21 r", "+2 +0 -2, a +1 +0 +0", ""}},
	})
}

// TestResizeInSteps: more than one transaction can take are handed out bit by bit, nobody is passed.
func TestResizeInSteps(t *testing.T) {
	var line []*mdt.Registration
	for i := range 45 {
		line = append(line, waits(fmt.Sprintf("w%02d", i), int64(i+1)))
	}
	s, steps, offered := scene(nil), []int{}, 0
	for done := false; !done; {
		s.Next[""], s.Counter.Waiting = line[:min(mdt.ResizeLines, len(line))], len(line)
		var act mdt.Act
		act, done = mdt.Resize(s, "", 60)
		for i, c := range act.Entries {
			if c.Was != line[i] {
				t.Fatalf("%s before %s", c.New.Person, line[i].Person)
			}
		}
		if act.Meeting.Version != s.Meeting.Version+1 || act.Meeting.Capacity < s.Counter.Occupied+len(act.Entries) {
			t.Errorf("%+v", act.Meeting)
		}
		steps, offered = append(steps, len(act.Entries)), offered+len(act.Entries)
		line, s.Meeting, s.Counter.Occupied = line[len(act.Entries):], act.Meeting, s.Counter.Occupied+act.Count.Seats
		if len(steps) > 5 {
			break
		}
	}
	if diff := cmp.Diff([]int{20, 20, 5}, steps); diff != "" || s.Meeting.Capacity != 60 {
		t.Errorf("%d seats, %s", s.Meeting.Capacity, diff)
	}
}

// TestRounds: every seat that is handed out has a round of its own; what is left for anyone is remembered.
func TestRounds(t *testing.T) {
	act, _ := mdt.Resize(scene(nil, waits("q", 1), waits("r", 2)), "", 14)
	first, second := act.Entries[0].New.Round, act.Entries[1].New.Round
	if first == 0 || first >= second || act.Count.Freed <= second {
		t.Errorf("rounds %d, %d and %d", first, second, act.Count.Freed)
	}
	r := guests(request(openMeeting(nil), counts(8, 1)), nil, nil)
	r.Number = 7
	got, _ := mdt.Register(r)
	self, guest, last := got.Entries[0].New.Spot, got.Entries[1].New.Spot, got.Entries[2].New.Spot
	if self.Round == guest.Round || last.Had(self.Round) || last.Had(guest.Round) || self.Had(guest.Round) {
		t.Errorf("%+v, %+v, %+v", self, guest, last)
	}
	if earlier := (mdt.Spot{Number: 6}); !earlier.Had(self.Round) || !earlier.Had(guest.Round) {
		t.Error("a seat that was free has passed everybody who was in line")
	}
}

func TestTooMany(t *testing.T) {
	m := mdt.Meeting{Capacity: 4, HeldBack: 1, Parts: []mdt.Part{{ID: "a", Seats: 2}, {ID: "b"}}}
	c := mdt.Counter{Parts: map[string]mdt.LineCount{"a": {Occupied: 3, Offered: 1}, "b": {Occupied: 9}}}
	for _, test := range []struct {
		part           string
		occupied, want int
	}{{"", 3, 0}, {"", 4, 0}, {"", 5, 1}, {"", 9, 5}, {"a", 0, 1}, {"b", 0, 0}} {
		c.Occupied = test.occupied
		if got := m.TooMany(test.part, c); got != test.want {
			t.Errorf("%q with %d taken: %d, want %d", test.part, test.occupied, got, test.want)
		}
	}
	m.Capacity = 0
	if got := m.TooMany("", c); got != 0 {
		t.Errorf("where there is no limit: %d", got)
	}
}

func TestAddedLines(t *testing.T) {
	of := func(seats, held, a int) mdt.Meeting {
		return mdt.Meeting{Capacity: seats, HeldBack: held, Parts: []mdt.Part{{ID: "a", Seats: a}}}
	}
	for _, test := range []struct {
		name     string
		was, now mdt.Meeting
		want     string
	}{
		{"nothing", of(5, 0, 2), of(5, 0, 2), ""},
		{"more", of(5, 0, 2), of(6, 0, 3), "meeting a"},
		{"fewer", of(5, 0, 2), of(4, 0, 1), ""},
		{"no end any more", of(5, 0, 2), of(0, 0, 0), "meeting a"},
		{"an end at last", of(0, 0, 0), of(5, 0, 2), ""},
		{"less held back", of(5, 2, 2), of(5, 1, 2), "meeting"},
	} {
		var got []string
		for _, part := range mdt.AddedLines(test.was, test.now) {
			if part == "" {
				part = "meeting"
			}
			got = append(got, part)
		}
		if text := strings.Join(got, " "); text != test.want {
			t.Errorf("%s: %q, want %q", test.name, text, test.want)
		}
	}
}
