package mdt_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// TestRemoveHandsOn: what an erased registration had goes to whoever is next, in the act that takes it away.
func TestRemoveHandsOn(t *testing.T) {
	offer := func(until time.Time) mdt.Spot { return mdt.Spot{Number: 2, From: at(noon), Until: &until} }
	line := func(occupied, offered, waiting int) mdt.LineCount {
		return mdt.LineCount{Occupied: occupied, Offered: offered, Waiting: waiting}
	}
	type change struct{ Seats, Offered, Waiting int }
	for _, c := range []struct {
		name     string
		entry    mdt.Registration
		meeting  mdt.LineCount
		part     mdt.LineCount
		now      time.Time
		next     []string // in whose lines somebody waits: "" is the meeting's own
		want     change
		wantPart change
		gets     []string // who is offered a seat
	}{
		{"confirmed, nobody waits", mdt.Registration{Status: mdt.Confirmed}, line(10, 0, 0), line(0, 0, 0), noon, nil, change{-1, 0, 0}, change{}, nil},
		{"confirmed, somebody waits", mdt.Registration{Status: mdt.Confirmed}, line(10, 0, 1), line(0, 0, 0), noon, []string{""}, change{0, 1, -1}, change{}, []string{"next"}},
		{"a part too", mdt.Registration{Status: mdt.Confirmed, Parts: []string{"a"}}, line(10, 0, 1), line(2, 0, 1), noon, []string{"", "a"}, change{0, 1, -1}, change{0, 1, -1}, []string{"next", "next a"}},
		{"a part of which nobody waits", mdt.Registration{Status: mdt.Confirmed, Parts: []string{"a"}}, line(9, 0, 0), line(2, 0, 0), noon, nil, change{-1, 0, 0}, change{-1, 0, 0}, nil},
		{"waits for a part", mdt.Registration{Status: mdt.Confirmed, PartLines: []mdt.PartSpot{{Part: "a", Spot: mdt.Spot{Number: 3}}}}, line(9, 0, 0), line(2, 0, 1), noon, nil, change{-1, 0, 0}, change{0, 0, -1}, nil},
		{"was offered a part", mdt.Registration{Status: mdt.Confirmed, PartLines: []mdt.PartSpot{{Part: "a", Spot: offer(day(2))}}}, line(9, 0, 0), line(2, 1, 1), noon, []string{"a"}, change{-1, 0, 0}, change{0, 0, -1}, []string{"next a"}},
		{"was offered a seat", mdt.Registration{Status: mdt.Offered, Spot: offer(day(2))}, line(10, 1, 1), line(0, 0, 0), noon, []string{""}, change{0, 0, -1}, change{}, []string{"next"}},
		{"waits", mdt.Registration{Status: mdt.Waiting, Spot: mdt.Spot{Number: 2}}, line(10, 0, 2), line(0, 0, 0), noon, nil, change{0, 0, -1}, change{}, nil},
		{"cancelled", mdt.Registration{Status: mdt.Cancelled}, line(10, 0, 1), line(0, 0, 0), noon, []string{""}, change{}, change{}, nil},
		{"the list has ended", mdt.Registration{Status: mdt.Confirmed}, line(10, 0, 1), line(0, 0, 0), day(20).Add(-time.Hour), []string{""}, change{-1, 0, 0}, change{}, nil},
		{"the meeting is over", mdt.Registration{Status: mdt.Confirmed}, line(10, 0, 1), line(0, 0, 0), day(30), []string{""}, change{-1, 0, 0}, change{}, nil},
		{"more were let in than there are seats", mdt.Registration{Status: mdt.Confirmed}, line(12, 0, 1), line(0, 0, 0), noon, []string{""}, change{-1, 0, 0}, change{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.entry.Person, c.entry.Meeting, c.entry.Email = "p", "dag", "noor@gast.example"
			scene := mdt.Scene{Now: c.now, Meeting: openMeeting(nil), Entry: &c.entry,
				Counter: mdt.Counter{LineCount: c.meeting, Parts: map[string]mdt.LineCount{"a": c.part}}, Next: map[string][]*mdt.Registration{},
				Letters: []mdt.Letter{{ID: "pending", Kind: mdt.LetterReminder}}}
			for _, part := range c.next {
				who := &mdt.Registration{Person: "next", Meeting: "dag", Status: mdt.Waiting, Spot: mdt.Spot{Number: 5}}
				if part != "" {
					who = &mdt.Registration{Person: mdt.PersonID("next " + part), Meeting: "dag", Status: mdt.Confirmed, PartLines: []mdt.PartSpot{{Part: part, Spot: mdt.Spot{Number: 5}}}}
				}
				scene.Next[part] = []*mdt.Registration{who}
			}
			act := mdt.Remove(scene)
			if first := act.Entries[0]; first.New != nil || first.Was != &c.entry {
				t.Errorf("something of it stays: %+v", first)
			}
			if w := act.Wishes; w == nil || w.Person != "p" || w.Meeting != "dag" || w.Text != "" {
				t.Errorf("the wishes stay: %+v", w)
			}
			var gets []string
			for i, letter := range act.Letters {
				gets = append(gets, string(letter.Person))
				if letter.Kind != mdt.LetterOffer || act.Entries[i+1].New.Person != letter.Person {
					t.Errorf("letter %d to %s", letter.Kind, letter.Person)
				}
			}
			slices.Sort(gets)
			if diff := cmp.Diff(c.gets, gets); diff != "" {
				t.Errorf("offered: %s", diff)
			}
			got := change{act.Count.Seats, act.Count.Offered, act.Count.Waiting}
			var gotPart change
			for _, p := range act.Count.Parts {
				gotPart = change{p.Seats, p.Offered, p.Waiting}
			}
			if got != c.want || gotPart != c.wantPart {
				t.Errorf("the meeting's counts change by %+v, the part's by %+v; want %+v, %+v", got, gotPart, c.want, c.wantPart)
			}
		})
	}
}
