package access

import (
	"testing"

	"aanmeldpunt/internal/mdt"
)

// TestSeenIsOfOneDay: each list by itself, of each of the team, today; and it does not grow without end.
func TestSeenIsOfOneDay(t *testing.T) {
	t.Parallel()
	var s seen
	first := list{"sam", "berichten", ""}
	if s.has("2026-11-26", first) {
		t.Error("seen before it was")
	}
	s.add("2026-11-26", first)
	for _, c := range []struct {
		day  mdt.Date
		list list
		want bool
	}{
		{"2026-11-26", first, true},
		{"2026-11-27", first, false},
		{"2026-11-25", first, false},
		{"2026-11-26", list{"wim", "berichten", ""}, false},
		{"2026-11-26", list{"sam", "mails", ""}, false},
		{"2026-11-26", list{"sam", "berichten", "dag"}, false},
	} {
		if got := s.has(c.day, c.list); got != c.want {
			t.Errorf("%s %+v: %t", c.day, c.list, got)
		}
	}
	for i := range mostSeen + 1 {
		s.add("2026-11-26", list{"sam", "x", string(rune(i))})
	}
	if len(s.of) > mostSeen {
		t.Errorf("it remembers %d", len(s.of))
	}
}
