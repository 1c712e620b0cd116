package mdt_test

import (
	"testing"

	"aanmeldpunt/internal/mdt"
)

// TestPlacingAtNight: where a meeting gives seats at once it does so by night too, as long as the list is open;
// where it offers them, a list that ends with the night offers nobody anything.
func TestPlacingAtNight(t *testing.T) {
	for _, c := range []struct {
		why    string
		direct bool
		now    string
		want   mdt.LetterKind // 0: the seat is free for whoever comes
	}{
		{"by day", true, "2027-03-27 20:00", mdt.LetterPlaced},
		{"by night", true, "2027-03-27 23:00", mdt.LetterPlaced},
		{"the last moment", true, "2027-03-28 07:59", mdt.LetterPlaced},
		{"the list has ended", true, "2027-03-28 08:00", 0},
		{"offered by day", false, "2027-03-27 20:00", mdt.LetterOffer},
		{"not offered by night", false, "2027-03-27 23:00", 0},
	} {
		ends := amsterdam(t, "2027-03-28 08:00")
		m := evening(t)
		m.Capacity, m.Direct, m.WaitingEnds = 1, c.direct, &ends
		leaves, waits := withSeat(t, "2027-03-01 10:00"), withSeat(t, "2027-03-02 10:00")
		waits.Person, waits.Status, waits.Seated, waits.Spot = "q", mdt.Waiting, nil, mdt.Spot{Number: 1}
		act, refusal := mdt.Cancel(mdt.Scene{Now: amsterdam(t, c.now), Meeting: m, Entry: &leaves,
			Counter: mdt.Counter{LineCount: mdt.LineCount{Occupied: 1, Waiting: 1}}, Next: map[string][]*mdt.Registration{"": {&waits}}})
		if refusal != nil {
			t.Fatalf("%s: %s", c.why, refusal.Code)
		}
		var got mdt.LetterKind
		for _, letter := range act.Letters {
			if letter.Person == "q" {
				got = letter.Kind
			}
		}
		if got != c.want {
			t.Errorf("%s: letter %d, want %d", c.why, got, c.want)
		}
	}
}
