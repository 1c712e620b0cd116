package mdt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// Scenes: how a meeting with 10 seats stands before an act, at noon on a Monday, twenty days before it starts.

// scene is that of an entry, with who is next in the meeting's own line.
func scene(entry *mdt.Registration, next ...*mdt.Registration) mdt.Scene {
	s := mdt.Scene{Now: noon, Meeting: openMeeting(nil), Entry: entry, Counter: counts(10, len(next)), Next: map[string][]*mdt.Registration{"": next}}
	s.Meeting.Parts = append(s.Meeting.Parts, mdt.Part{ID: "c", Name: "Deel C", Start: day(20).Add(2 * time.Hour), End: day(20).Add(3 * time.Hour), Seats: 2})
	s.Counter.Turn = 4
	s.Counter.Parts = map[string]mdt.LineCount{"a": {Occupied: 2, Turn: 7}, "c": {Occupied: 2, Turn: 8}}
	return s
}

// full says that people wait for a part, of whom these are next.
func full(s mdt.Scene, part string, next ...*mdt.Registration) mdt.Scene {
	line := s.Counter.Parts[part]
	line.Waiting = len(next)
	s.Counter.Parts[part] = line
	s.Next[part] = next
	return s
}

func who(person string, status mdt.Status) *mdt.Registration {
	return &mdt.Registration{Person: mdt.PersonID(person), Meeting: "dag", Email: person + "@gast.example", Name: "Noor", Status: status, Version: 3}
}

func waits(person string, number int64) *mdt.Registration {
	r := who(person, mdt.Waiting)
	r.Number = number
	return r
}

// offeredTo holds an offer of the seat in round 3001, for a day more.
func offeredTo(person string, number int64) *mdt.Registration {
	r := who(person, mdt.Offered)
	r.Spot = offerOf(number)
	return r
}

func offerOf(number int64) mdt.Spot {
	return mdt.Spot{Number: number, From: at(day(-1)), Until: at(day(1)), Round: 3001, Rounds: []mdt.Round{3001}}
}

func seated(person string, parts ...string) *mdt.Registration {
	r := who(person, mdt.Confirmed)
	r.Parts, r.Seated, r.Revision = parts, at(day(-2)), 1
	return r
}

// inLineFor has a seat and stands in line for a part.
func inLineFor(person, part string, spot mdt.Spot, parts ...string) *mdt.Registration {
	r := seated(person, parts...)
	r.PartLines = []mdt.PartSpot{{Part: part, Spot: spot}}
	return r
}

// told is what an act comes to, in words.
type told struct {
	Entries, Letters, Counts, Drops string
}

func tell(act mdt.Act) told {
	var entries, letters []string
	for _, c := range act.Entries {
		entries = append(entries, entryTold(c.New))
	}
	for _, l := range act.Letters {
		text := fmt.Sprintf("%d %s", l.Kind, l.Person)
		if l.PartID != "" {
			text += " " + l.PartID
		}
		if l.Until != nil {
			text += " " + l.Until.In(mdt.Amsterdam).Format("2 15.04")
		}
		letters = append(letters, text)
	}
	counts := []string{lineTold("", act.Count.LineChange)}
	for _, l := range act.Count.Parts {
		counts = append(counts, lineTold(l.Part+" ", l))
	}
	counts = slices.DeleteFunc(counts, func(s string) bool { return s == "" })
	slices.Sort(counts)
	return told{strings.Join(entries, ", "), strings.Join(letters, ", "), strings.Join(counts, ", "), strings.Join(act.Drops, " ")}
}

func entryTold(r *mdt.Registration) string {
	if r == nil {
		return "-"
	}
	text := fmt.Sprintf("%s %s", r.Person, r.Status)
	if r.Number > 0 {
		text += fmt.Sprintf(" #%d", r.Number)
	}
	if len(r.Parts) > 0 && r.Active() {
		text += " " + strings.Join(r.Parts, "+")
	}
	for _, p := range r.PartLines {
		text += fmt.Sprintf(" (%s #%d", p.Part, p.Number)
		if p.Offered() {
			text += " aanbod"
		}
		text += ")"
	}
	return text
}

// lineTold: seats given away, of these offered, places in line.
func lineTold(name string, l mdt.LineChange) string {
	if l.Seats == 0 && l.Offered == 0 && l.Waiting == 0 && l.Turn == nil {
		return ""
	}
	return fmt.Sprintf("%s%+d %+d %+d", name, l.Seats, l.Offered, l.Waiting)
}

// decided is one case: an act that leads to what is told, or is refused with a code.
type decided struct {
	name  string
	scene mdt.Scene
	act   func(mdt.Scene) (mdt.Act, *mdt.Refusal)
	want  told
	code  string
}

func decide(t *testing.T, cases []decided) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Helper()
			act, refusal := c.act(c.scene)
			if got := code(refusal); got != c.code {
				t.Fatalf("refused by %q, want %q", got, c.code)
			}
			if diff := cmp.Diff(c.want, tell(act)); diff != "" {
				t.Error(diff)
			}
			for _, e := range act.Entries {
				if e.New != nil && e.New.Version != e.Was.Version+1 {
					t.Errorf("%s goes from version %d to %d", e.New.Person, e.Was.Version, e.New.Version)
				}
			}
		})
	}
}

func accept(part string) func(mdt.Scene) (mdt.Act, *mdt.Refusal) {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Accept(s, part) }
}

func pass(part string, keep bool) func(mdt.Scene) (mdt.Act, *mdt.Refusal) {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Pass(s, part, keep) }
}

func keepWaiting(part string) func(mdt.Scene) (mdt.Act, *mdt.Refusal) {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.KeepWaiting(s, part) }
}

// lapse ends an offer; where there is nothing to end the act is empty.
func lapse(part string) func(mdt.Scene) (mdt.Act, *mdt.Refusal) {
	return func(s mdt.Scene) (mdt.Act, *mdt.Refusal) {
		act, _ := mdt.Lapse(s, part)
		return act, nil
	}
}

func endLine(s mdt.Scene) (mdt.Act, *mdt.Refusal) {
	act, _ := mdt.EndLine(s)
	return act, nil
}

// with changes a scene.
func with(s mdt.Scene, change func(*mdt.Scene)) mdt.Scene {
	change(&s)
	return s
}
