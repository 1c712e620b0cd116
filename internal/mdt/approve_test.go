package mdt_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

func asks(person string, number int64, parts ...string) *mdt.Registration {
	r := who(person, mdt.Requested)
	r.Number, r.Parts = number, parts
	return r
}

func occupied(n int) func(*mdt.Scene) { return func(s *mdt.Scene) { s.Counter.Occupied = n } }

func heldBack(n int) func(*mdt.Scene) {
	return func(s *mdt.Scene) { s.Meeting.Capacity, s.Meeting.HeldBack = s.Meeting.Capacity+n, n }
}

func begun(s *mdt.Scene) { s.Now = s.Meeting.Start }

func listOver(s *mdt.Scene) { s.Now = s.Meeting.WaitingListEnd() }

func TestApprove(t *testing.T) {
	one := func() mdt.Scene { return scene(asks("p", 5)) }
	decide(t, []decided{
		{name: "a seat", scene: with(one(), occupied(9)), act: mdt.Approve, want: told{"p bevestigd", "2 p", "+1 +0 +0", ""}},
		{name: "no limit", scene: with(one(), func(s *mdt.Scene) { s.Meeting.Capacity = 0 }), act: mdt.Approve, want: told{"p bevestigd", "2 p", "+1 +0 +0", ""}},
		{name: "full: in line where it came", scene: one(), act: mdt.Approve, want: told{"p wachtlijst #5", "3 p", "+0 +0 +1", ""}},
		{name: "what visitors cannot have is no seat", scene: with(with(one(), occupied(9)), func(s *mdt.Scene) { s.Meeting.HeldBack = 1 }), act: mdt.Approve, want: told{"p wachtlijst #5", "3 p", "+0 +0 +1", ""}},
		{name: "with the part that has a seat", scene: freeSeat(with(scene(asks("p", 5, "a", "c")), occupied(9)), "a"), act: mdt.Approve, want: told{"p bevestigd a", "2 p", "+1 +0 +0, a +1 +0 +0", ""}},
		{name: "full, and the list is over", scene: with(one(), listOver), act: mdt.Approve, code: "plek.geen"},
		{name: "a seat, and the list is over", scene: with(with(one(), listOver), occupied(9)), act: mdt.Approve, want: told{"p bevestigd", "2 p", "+1 +0 +0", ""}},
		{name: "too late", scene: with(with(one(), begun), occupied(9)), act: mdt.Approve, code: "handeling.kanNiet"},
		{name: "who waits", scene: scene(waits("p", 5)), act: mdt.Approve, code: "handeling.kanNiet"},
		{name: "who has a seat", scene: scene(seated("p")), act: mdt.Approve, code: "handeling.kanNiet"},
	})
}

// TestApproveGuards: what was decided on is demanded of the counter.
func TestApproveGuards(t *testing.T) {
	seat, _ := mdt.Approve(with(scene(asks("p", 5)), occupied(9)))
	line, _ := mdt.Approve(scene(asks("p", 5)))
	if *seat.Count.MaxOccupied != 9 || seat.Count.Requested != -1 {
		t.Errorf("a seat: %+v", seat.Count)
	}
	if *line.Count.MinOccupied != 10 || line.Count.Turn == nil || line.Count.Requested != -1 {
		t.Errorf("in line: %+v", line.Count)
	}
}

// TestNobodySaidYesOrNo: when the meeting begins whoever still asks hears that there is no seat, and not before.
func TestNobodySaidYesOrNo(t *testing.T) {
	decide(t, []decided{
		{name: "the list has ended", scene: with(scene(asks("p", 5)), listOver), act: endLine},
		{name: "it begins", scene: with(scene(asks("p", 5)), begun), act: endLine, want: told{Entries: "p geenPlek", Letters: "23 p"}},
	})
	if act, _ := mdt.EndLine(with(scene(asks("p", 5)), begun)); !act.Letters[0].Asked || act.Count.Requested != -1 {
		t.Errorf("%+v", act)
	}
	m := openMeeting(func(m *mdt.Meeting) { m.Approval, m.Reminders = true, []mdt.Reminder{} })
	if got := tasks(m); len(got) != 3 || got[2] != "wachtlijst 2027-03-21T11:00Z" {
		t.Errorf("%q", got)
	}
	m.WaitingEnds = &m.Start
	if got := tasks(m); len(got) != 2 {
		t.Errorf("%q", got)
	}
}

func TestPlaceByHand(t *testing.T) {
	decide(t, []decided{
		{name: "no seat", scene: scene(waits("p", 5)), act: mdt.PlaceByHand, code: "plek.geen"},
		{name: "one that is held back", scene: with(scene(waits("p", 5)), heldBack(1)), act: mdt.PlaceByHand, want: told{"p bevestigd", "21 p", "+1 +0 -1", ""}},
		{name: "one that is free", scene: with(scene(waits("p", 5)), occupied(9)), act: mdt.PlaceByHand, want: told{"p bevestigd", "21 p", "+1 +0 -1", ""}},
		{name: "the one that is offered", scene: with(scene(offeredTo("p", 5)), heldBack(1)), act: mdt.PlaceByHand, want: told{"p bevestigd", "21 p", "+0 -1 +0", ""}},
		{name: "who asks", scene: with(scene(asks("p", 5)), heldBack(1)), act: mdt.PlaceByHand, want: told{"p bevestigd", "2 p", "+1 +0 +0", ""}},
		{name: "who has one", scene: with(scene(seated("p")), heldBack(1)), act: mdt.PlaceByHand, code: "handeling.kanNiet"},
		{name: "too late", scene: with(with(scene(waits("p", 5)), heldBack(1)), begun), act: mdt.PlaceByHand, code: "handeling.kanNiet"},
	})
}

// TestHeldSeatIsOneMore: visitors have as many seats left as before, also where more are taken than there are.
func TestHeldSeatIsOneMore(t *testing.T) {
	s := with(with(scene(waits("p", 5)), heldBack(2)), occupied(13))
	act, _ := mdt.PlaceByHand(s)
	m := act.Meeting
	if !act.Resized || m.Capacity != 12 || m.HeldBack != 1 || m.Version != s.Meeting.Version+1 || m.Seats("") != s.Meeting.Seats("")+1 {
		t.Errorf("%+v", m)
	}
	if act.Count.MaxOccupied != nil {
		t.Errorf("at most %d may be taken, and 13 are", *act.Count.MaxOccupied)
	}
}

// TestVisitorsDoNotSeeWhatIsHeldBack: neither as free seats nor as a way in.
func TestVisitorsDoNotSeeWhatIsHeldBack(t *testing.T) {
	m := openMeeting(func(m *mdt.Meeting) { m.Capacity, m.HeldBack = 10, 4 })
	for taken, want := range map[int]int{0: 6, 5: 1, 6: 0, 8: 0} {
		if got := m.FreeSeats(counts(taken, 0)); *got != want {
			t.Errorf("%d taken: %d free, want %d", taken, *got, want)
		}
	}
	r := request(m, counts(6, 0))
	r.Number = 7
	if got, _ := mdt.Register(r); got.Status != mdt.Waiting || *got.Count.MinOccupied != 6 {
		t.Errorf("%+v", got.Count)
	}
}

func TestRevoke(t *testing.T) {
	revoke := func(s mdt.Scene) (mdt.Act, *mdt.Refusal) { return mdt.Revoke(s, "Vol.") }
	decide(t, []decided{
		{name: "a seat goes to the next", scene: scene(seated("p"), waits("q", 1)), act: revoke, want: told{"p afgemeld, q aanbod #1", "27 p, 4 q 3 12.00", "+0 +1 -1", ""}},
		{name: "who waits", scene: scene(waits("p", 5)), act: revoke, want: told{"p afgemeld", "27 p", "+0 +0 -1", ""}},
		{name: "who asks", scene: scene(asks("p", 5)), act: revoke, want: told{Entries: "p afgemeld", Letters: "27 p"}},
		{name: "who is gone", scene: scene(who("p", mdt.Cancelled)), act: revoke, code: "handeling.kanNiet"},
	})
	had, _ := mdt.Revoke(scene(seated("p")), "Vol.")
	asked, _ := mdt.Revoke(scene(asks("p", 5)), "Vol.")
	if l := had.Letters[0]; !l.HadSeat || l.Asked || l.Revision != 2 || l.Why != "Vol." {
		t.Errorf("%+v", l)
	}
	if l := asked.Letters[0]; l.HadSeat || !l.Asked {
		t.Errorf("%+v", l)
	}
}

// TestRegisterAsks: where the team approves everybody asks, however many seats there are, and nobody is counted.
func TestRegisterAsks(t *testing.T) {
	known := seated("g1")
	for _, c := range []struct {
		name     string
		occupied int
		guests   []*mdt.Registration
		letters  []mdt.LetterKind
	}{
		{"a seat", 0, nil, []mdt.LetterKind{3}}, {"full", 10, nil, []mdt.LetterKind{3}},
		{"with guests", 9, []*mdt.Registration{nil, nil}, []mdt.LetterKind{3, 18, 18}}, {"a known guest", 0, []*mdt.Registration{known}, []mdt.LetterKind{3, 19}},
	} {
		r := guests(request(openMeeting(func(m *mdt.Meeting) { m.Approval = true }), counts(c.occupied, 0)), c.guests...)
		r.Form.Parts = []string{"a"}
		if first, _ := mdt.Register(r); !first.NeedsNumber {
			t.Errorf("%s: takes no number", c.name)
		}
		r.Number = 7
		got, refusal := mdt.Register(r)
		if refusal != nil || got.Status != mdt.Waiting {
			t.Fatalf("%s: %v %q", c.name, refusal, got.Status)
		}
		var kinds []mdt.LetterKind
		for _, l := range got.Letters {
			kinds = append(kinds, l.Kind)
			if l.Asked == (l.Kind == mdt.LetterKnown) {
				t.Errorf("%s: letter %d asked %v", c.name, l.Kind, l.Asked)
			}
		}
		for i, e := range got.Entries {
			if e.New.Status != mdt.Requested || e.New.Number != 7 || e.New.Behind != i || len(e.New.Queued()) > 0 {
				t.Errorf("%s: %+v", c.name, e.New)
			}
		}
		count := got.Count
		if diff := cmp.Diff(c.letters, kinds); diff != "" || count.Requested != len(got.Entries) || count.LineChange != (mdt.LineChange{}) || count.Parts != nil {
			t.Errorf("%s: %s %+v", c.name, diff, count)
		}
	}
}

// TestAskingEndsAsRegisteringDoes: full with the list ended is closed; with seats one may ask to the end.
func TestAskingEndsAsRegisteringDoes(t *testing.T) {
	m := openMeeting(func(m *mdt.Meeting) { m.Approval, m.Registering.Closes = true, nil })
	for occupied, want := range map[int]string{9: "", 10: "bijeenkomst.gesloten"} {
		r := request(m, counts(occupied, 0))
		r.Now, r.Number = m.Start.Add(-time.Hour), 7
		if _, refusal := mdt.Register(r); code(refusal) != want {
			t.Errorf("%d taken: %q, want %q", occupied, code(refusal), want)
		}
	}
}
