package mdt_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// An offer that is made at noon on Monday stands until Wednesday 12.00.

func direct(s *mdt.Scene) { s.Meeting.Direct = true }

func TestCancel(t *testing.T) {
	over := func(s *mdt.Scene) { s.Now = s.Meeting.End }
	decide(t, []decided{
		{name: "the seat goes to the next", scene: scene(seated("p"), waits("q", 1)), act: mdt.Cancel,
			want: told{"p afgemeld, q aanbod #1", "6 p, 4 q 3 12.00", "+0 +1 -1", ""}},
		{name: "nobody waits", scene: scene(seated("p")), act: mdt.Cancel,
			want: told{"p afgemeld", "6 p", "-1 +0 +0", ""}},
		{name: "no limit", scene: with(scene(seated("p")), func(s *mdt.Scene) { s.Meeting.Capacity = 0 }), act: mdt.Cancel,
			want: told{"p afgemeld", "6 p", "-1 +0 +0", ""}},
		{name: "who waits", scene: scene(waits("p", 2)), act: mdt.Cancel,
			want: told{"p afgemeld", "22 p", "+0 +0 -1", ""}},
		{name: "an offered seat goes on", scene: scene(offeredTo("p", 1), waits("q", 2)), act: mdt.Cancel,
			want: told{"p afgemeld, q aanbod #2", "22 p, 4 q 3 12.00", "+0 +0 -1", ""}},
		{name: "one that was offered passed who is in front already", scene: scene(offeredTo("p", 2), had("o", 1), waits("q", 3)), act: mdt.Cancel,
			want: told{"p afgemeld, q aanbod #3", "22 p, 4 q 3 12.00", "+0 +0 -1", ""}},
		{name: "at the end it goes to who is in front and was not offered it", scene: scene(offeredTo("p", 2), had("q", 3), waits("o", 1)), act: mdt.Cancel,
			want: told{"p afgemeld, o aanbod #1", "22 p, 4 o 3 12.00", "+0 +0 -1", ""}},
		{name: "a seat that is taken begins anew", scene: scene(seated("p"), had("o", 1), waits("q", 3)), act: mdt.Cancel,
			want: told{"p afgemeld, o aanbod #1", "6 p, 4 o 3 12.00", "+0 +1 -1", ""}},
		{name: "who seemed next has left", scene: scene(seated("p"), who("q", mdt.Cancelled), waits("r", 2)), act: mdt.Cancel,
			want: told{"p afgemeld, r aanbod #2", "6 p, 4 r 3 12.00", "+0 +1 -1", ""}},
		{name: "who seemed next asks for no more offers", scene: scene(seated("p"), lapsedTwice("q", 1), waits("r", 2)), act: mdt.Cancel,
			want: told{"p afgemeld, r aanbod #2", "6 p, 4 r 3 12.00", "+0 +1 -1", ""}},
		{name: "more are seated than there are seats", scene: with(scene(seated("p"), waits("q", 1)), func(s *mdt.Scene) { s.Counter.Occupied = 12 }), act: mdt.Cancel,
			want: told{"p afgemeld", "6 p", "-1 +0 +0", ""}},
		{name: "at night", scene: with(scene(seated("p"), waits("q", 1)), func(s *mdt.Scene) { s.Now = noon.Add(10 * time.Hour) }), act: mdt.Cancel,
			want: told{"p afgemeld, q aanbod #1", "6 p, 4 q 4 09.00", "+0 +1 -1", ""}},
		{name: "the list has ended", scene: with(scene(seated("p"), waits("q", 1)), func(s *mdt.Scene) { s.Now = day(19) }), act: mdt.Cancel,
			want: told{"p afgemeld", "6 p", "-1 +0 +0", ""}},
		{name: "the list ends before the morning", scene: with(scene(seated("p"), waits("q", 1)), func(s *mdt.Scene) {
			s.Now, s.Meeting.WaitingEnds = noon.Add(10*time.Hour), at(noon.Add(12*time.Hour))
		}), act: mdt.Cancel, want: told{"p afgemeld", "6 p", "-1 +0 +0", ""}},
		{name: "parts go to their lines", scene: full(full(scene(seated("p", "a", "c"), waits("w", 1)), "a", inLineFor("q", "a", mdt.Spot{Number: 4})), "c"), act: mdt.Cancel,
			want: told{"p afgemeld, q bevestigd (a #4 aanbod), w aanbod #1", "6 p, 4 q a 3 12.00, 4 w 3 12.00", "+0 +1 -1, a +0 +1 -1, c -1 +0 +0", ""}},
		{name: "who heads two lines", scene: bothLines(scene(seated("p", "a", "c"))), act: mdt.Cancel,
			want: told{"p afgemeld, q bevestigd (a #4 aanbod) (c #5 aanbod)", "6 p, 4 q a 3 12.00, 4 q c 3 12.00", "-1 +0 +0, a +0 +1 -1, c +0 +1 -1", ""}},
		{name: "an offer of a part goes on", scene: full(scene(inLineFor("p", "a", offerOf(3))), "a", inLineFor("q", "a", mdt.Spot{Number: 4})), act: mdt.Cancel,
			want: told{"p afgemeld, q bevestigd (a #4 aanbod)", "6 p, 4 q a 3 12.00", "-1 +0 +0, a +0 +0 -1", ""}},
		{name: "a place in line for a part", scene: full(scene(inLineFor("p", "a", mdt.Spot{Number: 3})), "a"), act: mdt.Cancel,
			want: told{"p afgemeld", "6 p", "-1 +0 +0, a +0 +0 -1", ""}},
		{name: "at once", scene: with(scene(seated("p"), waits("q", 1)), direct), act: mdt.Cancel,
			want: told{"p afgemeld, q bevestigd", "6 p, 21 q", "+0 +0 -1", ""}},
		{name: "at once, with the part that came free", scene: with(scene(seated("p", "a"), choosing(waits("q", 1), "a")), direct), act: mdt.Cancel,
			want: told{"p afgemeld, q bevestigd a", "6 p, 21 q", "+0 +0 -1, a +0 +0 +0", ""}},
		{name: "at once, behind who waited for the part", scene: with(full(scene(seated("p", "a"), choosing(waits("q", 1), "a")), "a", inLineFor("r", "a", mdt.Spot{Number: 9})), direct), act: mdt.Cancel,
			want: told{"p afgemeld, r bevestigd a, q bevestigd", "6 p, 21 r a, 21 q", "+0 +0 -1, a +0 +0 -1", ""}},
		{name: "what was to be told is told no more", scene: unsent(scene(seated("p")), 2, 8), act: mdt.Cancel,
			want: told{"p afgemeld", "6 p", "-1 +0 +0", "l0 l1"}},
		{name: "again", scene: scene(who("p", mdt.Cancelled)), act: mdt.Cancel},
		{name: "again, when it is over", scene: with(scene(who("p", mdt.Cancelled)), over), act: mdt.Cancel},
		{name: "nothing there", scene: scene(nil), act: mdt.Cancel, code: "handeling.kanNiet"},
		{name: "the list ended without a seat", scene: scene(who("p", mdt.Unplaced)), act: mdt.Cancel, code: "handeling.kanNiet"},
		{name: "the meeting is cancelled", scene: with(scene(seated("p")), func(s *mdt.Scene) { s.Meeting.Cancelled = true }), act: mdt.Cancel, code: "handeling.kanNiet"},
		{name: "it is over", scene: with(scene(seated("p")), over), act: mdt.Cancel, code: "handeling.kanNiet"},
	})
}

// had was offered the seat of round 3001 before.
func had(person string, number int64) *mdt.Registration {
	r := waits(person, number)
	r.Rounds = []mdt.Round{3001}
	return r
}

func lapsedTwice(person string, number int64) *mdt.Registration {
	r := waits(person, number)
	r.Lapses = 2
	return r
}

func choosing(r *mdt.Registration, parts ...string) *mdt.Registration {
	r.Parts = parts
	return r
}

// unsent gives the entry letters of those kinds that have not gone yet: l0, l1, …
func unsent(s mdt.Scene, kinds ...mdt.LetterKind) mdt.Scene {
	for i, kind := range kinds {
		s.Letters = append(s.Letters, mdt.Letter{ID: "l" + string(rune('0'+i)), Kind: kind})
	}
	return s
}

// bothLines lets one person head the lines of two parts; each line was read by itself.
func bothLines(s mdt.Scene) mdt.Scene {
	q := func() *mdt.Registration {
		r := inLineFor("q", "a", mdt.Spot{Number: 4})
		r.PartLines = append(r.PartLines, mdt.PartSpot{Part: "c", Spot: mdt.Spot{Number: 5}})
		return r
	}
	return full(full(s, "a", q()), "c", q())
}

// TestCancelGuards: what is demanded of the counter is what the decision rests on.
func TestCancelGuards(t *testing.T) {
	line := func(s mdt.Scene) mdt.LineChange {
		act, refusal := mdt.Cancel(s)
		if refusal != nil {
			t.Fatal(refusal.Code)
		}
		return act.Count.LineChange
	}
	n := func(i int) *int { return &i }
	turn := int64(4)
	overfull := with(scene(seated("p"), waits("q", 1)), func(s *mdt.Scene) { s.Counter.Occupied = 12 })
	for name, c := range map[string]struct{ got, want mdt.LineChange }{
		"to the next: the turn is as it was, and the seat is one of those there are": {line(scene(seated("p"), waits("q", 1))),
			mdt.LineChange{Offered: 1, Waiting: -1, MaxOccupied: n(10), Turn: &turn}},
		"to nobody: nobody has come to wait": {line(scene(seated("p"))),
			mdt.LineChange{Seats: -1, MaxOccupied: n(10), Turn: &turn, WaitingIs: n(0), Freed: 5001}},
		"gone: there still are too many":   {line(overfull), mdt.LineChange{Seats: -1, MinOccupied: n(11), Turn: &turn}},
		"who waits leaves: the line turns": {line(scene(waits("p", 1))), mdt.LineChange{Waiting: -1, Turn: &turn}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestRemove: as a cancellation, but nothing of the entry stays, and nobody is told.
func TestRemove(t *testing.T) {
	act := mdt.Remove(unsent(scene(seated("p"), waits("q", 1)), 2))
	if diff := cmp.Diff(told{"-, q aanbod #1", "4 q 3 12.00", "+0 +1 -1", "l0"}, tell(act)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(told{Entries: "-"}, tell(mdt.Remove(scene(who("p", mdt.Cancelled))))); diff != "" {
		t.Error(diff)
	}
}
