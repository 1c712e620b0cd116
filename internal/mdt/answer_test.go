package mdt_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// together lets part c be at the same time as a.
func together(s *mdt.Scene) {
	s.Meeting.Parts = slices.Clone(s.Meeting.Parts)
	s.Meeting.Parts[2].Start, s.Meeting.Parts[2].End = s.Meeting.Parts[0].Start, s.Meeting.Parts[0].End
}

// lapsing moves the clock to the end of the offers of offerOf.
func lapsing(s *mdt.Scene) { s.Now = day(1) }

func TestAccept(t *testing.T) {
	decide(t, []decided{
		{name: "the seat", scene: scene(offeredTo("p", 1), waits("q", 2)), act: accept(""),
			want: told{"p bevestigd", "21 p", "+0 -1 +0", ""}},
		{name: "with a part that is free", scene: with(scene(choosing(offeredTo("p", 1), "a", "b")), func(s *mdt.Scene) {
			s.Counter.Parts["a"] = mdt.LineCount{Occupied: 1}
		}), act: accept(""), want: told{"p bevestigd a+b", "21 p", "+0 -1 +0, a +1 +0 +0, b +1 +0 +0", ""}},
		{name: "with a part that is full by now", scene: scene(choosing(offeredTo("p", 1), "a", "b")), act: accept(""),
			want: told{"p bevestigd b", "21 p", "+0 -1 +0, b +1 +0 +0", ""}},
		{name: "a moment before the end", scene: with(scene(offeredTo("p", 1)), func(s *mdt.Scene) { s.Now = day(1).Add(-1) }), act: accept(""),
			want: told{"p bevestigd", "21 p", "+0 -1 +0", ""}},
		{name: "at the end", scene: with(scene(offeredTo("p", 1)), lapsing), act: accept(""), code: "plek.verlopen"},
		{name: "after it lapsed", scene: scene(lapsedTwice("p", 1)), act: accept(""), code: "plek.verlopen"},
		{name: "no offer", scene: scene(waits("p", 1)), act: accept(""), code: "handeling.kanNiet"},
		{name: "has a seat", scene: scene(seated("p")), act: accept(""), code: "handeling.kanNiet"},
		{name: "was cancelled", scene: scene(who("p", mdt.Cancelled)), act: accept(""), code: "handeling.kanNiet"},
		{name: "the list has ended since", scene: with(scene(offeredTo("p", 1)), func(s *mdt.Scene) { s.Meeting.WaitingEnds = at(noon) }), act: accept(""),
			want: told{"p bevestigd", "21 p", "+0 -1 +0", ""}},
		{name: "there are more than seats", scene: with(scene(offeredTo("p", 1)), func(s *mdt.Scene) { s.Counter.Occupied = 12 }), act: accept(""),
			want: told{"p bevestigd", "21 p", "+0 -1 +0", ""}},
		{name: "a part", scene: scene(inLineFor("p", "a", offerOf(1), "c")), act: accept("a"),
			want: told{"p bevestigd c+a", "21 p a", "a +0 -1 +0", ""}},
		{name: "a part for another at the same time", scene: with(full(scene(inLineFor("p", "a", offerOf(1), "c")), "c", inLineFor("q", "c", mdt.Spot{Number: 2})), together), act: accept("a"),
			want: told{"p bevestigd a, q bevestigd (c #2 aanbod)", "21 p a, 4 q c 3 12.00", "a +0 -1 +0, c +0 +1 -1", ""}},
		{name: "a part of another line", scene: scene(inLineFor("p", "a", offerOf(1))), act: accept("c"), code: "handeling.kanNiet"},
		{name: "the letters of that line alone are not owed any more", scene: lettersOfLines(scene(twoOffers("p"))), act: accept("a"),
			want: told{"p bevestigd a (c #2 aanbod)", "21 p a", "a +0 -1 +0", "4a 5a"}},
	})
	act, _ := mdt.Accept(scene(choosing(offeredTo("p", 1), "a")), "")
	if diff := cmp.Diff([]string{"Deel A"}, act.Letters[0].LostParts); diff != "" {
		t.Error(diff)
	}
}

// twoOffers holds offers of the parts a and c.
func twoOffers(person string) *mdt.Registration {
	r := inLineFor(person, "a", offerOf(1))
	r.PartLines = append(r.PartLines, mdt.PartSpot{Part: "c", Spot: offerOf(2)})
	return r
}

// lettersOfLines are letters that have not gone: of the meeting, and of the lines of a and c.
func lettersOfLines(s mdt.Scene) mdt.Scene {
	s.Letters = append(s.Letters, mdt.Letter{ID: "2", Kind: 2}, mdt.Letter{ID: "4a", Kind: 4, PartID: "a"},
		mdt.Letter{ID: "5a", Kind: 5, PartID: "a"}, mdt.Letter{ID: "4c", Kind: 4, PartID: "c"})
	return s
}

func TestPass(t *testing.T) {
	decide(t, []decided{
		{name: "and wait on", scene: scene(offeredTo("p", 1), waits("q", 2)), act: pass("", true),
			want: told{"p wachtlijst #1, q aanbod #2", "4 q 3 12.00", "+0 +0 +0", ""}},
		{name: "and wait no more", scene: scene(offeredTo("p", 1), waits("q", 2)), act: pass("", false),
			want: told{"p afgemeld, q aanbod #2", "22 p, 4 q 3 12.00", "+0 +0 -1", ""}},
		{name: "it has passed everybody", scene: scene(offeredTo("p", 2), had("o", 1)), act: pass("", true),
			want: told{"p wachtlijst #2", "", "-1 -1 +1", ""}},
		{name: "there are too many", scene: with(scene(offeredTo("p", 1), waits("q", 2)), func(s *mdt.Scene) { s.Counter.Occupied = 11 }), act: pass("", true),
			want: told{"p wachtlijst #1", "", "-1 -1 +1", ""}},
		{name: "the list has ended", scene: with(scene(offeredTo("p", 1), waits("q", 2)), func(s *mdt.Scene) { s.Meeting.WaitingEnds = at(noon) }), act: pass("", true),
			want: told{"p afgemeld", "22 p", "-1 -1 +0", ""}},
		{name: "before the letter went", scene: unsent(scene(offeredTo("p", 1)), 4, 5, 3), act: pass("", true),
			want: told{"p wachtlijst #1", "", "-1 -1 +1", "l0 l1"}},
		{name: "before the letter went, and wait no more", scene: unsent(scene(offeredTo("p", 1)), 4, 5, 3), act: pass("", false),
			want: told{"p afgemeld", "22 p", "-1 -1 +0", "l0 l1 l2"}},
		{name: "a part", scene: full(scene(inLineFor("p", "a", offerOf(1))), "a", inLineFor("q", "a", mdt.Spot{Number: 2})), act: pass("a", true),
			want: told{"p bevestigd (a #1), q bevestigd (a #2 aanbod)", "4 q a 3 12.00", "a +0 +0 +0", ""}},
		{name: "a part, and wait no more", scene: lettersOfLines(scene(twoOffers("p"))), act: pass("a", false),
			want: told{"p bevestigd (c #2 aanbod)", "22 p a", "a -1 -1 +0", "4a 5a"}},
		{name: "too late", scene: with(scene(offeredTo("p", 1)), lapsing), act: pass("", true), code: "plek.verlopen"},
		{name: "no offer", scene: scene(waits("p", 1)), act: pass("", true), code: "handeling.kanNiet"},
	})
	act, _ := mdt.Pass(scene(lapsedOnce(offeredTo("p", 1))), "", true)
	if p := act.Entries[0].New; p.Lapses != 0 || p.Round != 0 || !p.Had(3001) {
		t.Errorf("who answered begins anew, and had this seat: %+v", p.Spot)
	}
}

func lapsedOnce(r *mdt.Registration) *mdt.Registration {
	r.Lapses = 1
	return r
}

func TestKeepWaiting(t *testing.T) {
	free := func(round mdt.Round) func(*mdt.Scene) {
		return func(s *mdt.Scene) { s.Counter.Occupied, s.Counter.Freed = 9, round }
	}
	quiet := func() *mdt.Registration { return lapsedHad("p", 1) }
	decide(t, []decided{
		{name: "after two offers", scene: scene(quiet()), act: keepWaiting(""), want: told{"p wachtlijst #1", "", "+0 +0 +0", ""}},
		{name: "after one", scene: scene(lapsedOnce(waits("p", 1))), act: keepWaiting(""), want: told{"p wachtlijst #1", "", "+0 +0 +0", ""}},
		{name: "a seat that passed the entry is free", scene: with(scene(quiet()), free(3001)), act: keepWaiting(""), want: told{"p wachtlijst #1", "", "+0 +0 +0", ""}},
		{name: "a seat is free that did not", scene: with(scene(quiet()), free(4001)), act: keepWaiting(""), want: told{"p aanbod #1", "4 p 3 12.00", "+1 +1 -1", ""}},
		{name: "it was taken since", scene: with(scene(quiet()), func(s *mdt.Scene) { s.Counter.Freed = 4001 }), act: keepWaiting(""), want: told{"p wachtlijst #1", "", "+0 +0 +0", ""}},
		{name: "there is no limit any more", scene: with(scene(quiet()), func(s *mdt.Scene) { s.Meeting.Capacity = 0 }), act: keepWaiting(""), want: told{"p aanbod #1", "4 p 3 12.00", "+1 +1 -1", ""}},
		{name: "a part", scene: scene(inLineFor("p", "a", mdt.Spot{Number: 1, Lapses: 2})), act: keepWaiting("a"), want: told{"p bevestigd (a #1)", "", "a +0 +0 +0", ""}},
		{name: "who answered every offer", scene: scene(waits("p", 1)), act: keepWaiting(""), code: "handeling.kanNiet"},
		{name: "who holds one", scene: scene(lapsedOnce(offeredTo("p", 1))), act: keepWaiting(""), code: "handeling.kanNiet"},
		{name: "the list has ended", scene: with(scene(quiet()), func(s *mdt.Scene) { s.Meeting.WaitingEnds = at(noon) }), act: keepWaiting(""), code: "handeling.kanNiet"},
	})
	act, _ := mdt.KeepWaiting(with(scene(quiet()), free(4001)), "")
	if c := act.Count.LineChange; c.MaxOccupied == nil || *c.MaxOccupied != 9 || c.Turn == nil {
		t.Errorf("the free seat is not demanded: %+v", c)
	}
}

func lapsedHad(person string, number int64) *mdt.Registration {
	r := had(person, number)
	r.Lapses = 2
	return r
}

func TestLapse(t *testing.T) {
	lapsed := func(s mdt.Scene) mdt.Scene { return with(s, lapsing) }
	decide(t, []decided{
		{name: "to the next", scene: lapsed(scene(offeredTo("p", 1), waits("q", 2))), act: lapse(""),
			want: told{"p wachtlijst #1, q aanbod #2", "5 p, 4 q 4 12.00", "+0 +0 +0", ""}},
		{name: "the second time", scene: lapsed(scene(lapsedOnce(offeredTo("p", 1)))), act: lapse(""),
			want: told{"p wachtlijst #1", "5 p", "-1 -1 +1", ""}},
		{name: "who never got the letter", scene: unsent(lapsed(scene(offeredTo("p", 1))), 4, 3), act: lapse(""),
			want: told{"p wachtlijst #1", "5 p", "-1 -1 +1", "l0"}},
		{name: "the list has ended", scene: unsent(with(lapsed(scene(offeredTo("p", 1), waits("q", 2))), func(s *mdt.Scene) { s.Meeting.WaitingEnds = at(noon) }), 4), act: lapse(""),
			want: told{"p geenPlek", "5 p", "-1 -1 +0", "l0"}},
		{name: "a part", scene: lapsed(full(scene(inLineFor("p", "a", offerOf(1))), "a", inLineFor("q", "a", mdt.Spot{Number: 2}))), act: lapse("a"),
			want: told{"p bevestigd (a #1), q bevestigd (a #2 aanbod)", "5 p a, 4 q a 4 12.00", "a +0 +0 +0", ""}},
		{name: "a part, when the list has ended", scene: with(lapsed(scene(inLineFor("p", "a", offerOf(1)))), func(s *mdt.Scene) { s.Meeting.WaitingEnds = at(noon) }), act: lapse("a"),
			want: told{"p bevestigd", "5 p a", "a -1 -1 +0", ""}},
		{name: "the meeting goes on not at all", scene: with(lapsed(scene(offeredTo("p", 1), waits("q", 2))), func(s *mdt.Scene) { s.Meeting.Cancelled = true }), act: lapse(""),
			want: told{"p geenPlek", "", "-1 -1 +0", ""}},
		{name: "a moment too early", scene: with(scene(offeredTo("p", 1)), func(s *mdt.Scene) { s.Now = day(1).Add(-1) }), act: lapse("")},
		{name: "accepted already", scene: lapsed(scene(seated("p"))), act: lapse("")},
	})
	for lapses, want := range map[int]bool{0: false, 1: true} {
		p := offeredTo("p", 1)
		p.Lapses = lapses
		act, _ := mdt.Lapse(lapsed(scene(p)), "")
		if l := act.Letters[0]; l.Twice != want || !l.Waiting || act.Entries[0].New.Quiet() != want {
			t.Errorf("after %d offers in vain: %+v", lapses, l)
		}
	}
}

func TestEndLine(t *testing.T) {
	ended := func(s mdt.Scene) mdt.Scene { return with(s, func(s *mdt.Scene) { s.Now = day(19) }) }
	lines := inLineFor("p", "a", mdt.Spot{Number: 1})
	lines.PartLines = append(lines.PartLines, mdt.PartSpot{Part: "c", Spot: offerOf(2)})
	decide(t, []decided{
		{name: "who waits", scene: unsent(ended(scene(waits("p", 1))), 3, 19), act: endLine, want: told{"p geenPlek", "23 p", "+0 +0 -1", "l0"}},
		{name: "who asked for no more offers", scene: ended(scene(lapsedTwice("p", 1))), act: endLine, want: told{"p geenPlek", "23 p", "+0 +0 -1", ""}},
		{name: "an offer goes on", scene: ended(scene(offeredTo("p", 1))), act: endLine},
		{name: "lines of parts", scene: lettersOfLines(ended(scene(lines))), act: endLine, want: told{"p bevestigd (c #2 aanbod)", "23 p a", "a +0 +0 -1", "4a 5a"}},
		{name: "a seat", scene: ended(scene(seated("p"))), act: endLine},
		{name: "a moment too early", scene: with(scene(waits("p", 1)), func(s *mdt.Scene) { s.Now = day(19).Add(-time.Nanosecond) }), act: endLine},
		{name: "the meeting goes on not at all", scene: with(ended(scene(waits("p", 1))), func(s *mdt.Scene) { s.Meeting.Cancelled = true }), act: endLine},
	})
}
