package mdt

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestLooks: each role once a day for an entry, the newest first, in days of Amsterdam; what is no look is left out.
func TestLooks(t *testing.T) {
	t.Parallel()
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	line := func(what Deed, role, about string, at time.Time) Kept[LogLine] {
		return Kept[LogLine]{Of: LogLine{What: what, Role: role, About: about, At: at, By: "p", Name: "Sam"}}
	}
	d := Dossier{Log: []Kept[LogLine]{
		line(DeedSeen, RoleTeam, "A", at(20, 9)), line(DeedSeen, RoleTeam, "A", at(20, 12)), line(DeedSeen, RoleFacilitator, "A", at(20, 12)),
		line(DeedSeen, RoleTeam, "B", at(20, 12)), line(DeedChanged, RoleTeam, "A", at(20, 12)), line(DeedSeen, RoleTeam, "A", at(20, 23)),
	}}
	want := []Look{{"A", RoleTeam, "2026-11-21"}, {"B", RoleTeam, "2026-11-20"}, {"A", RoleFacilitator, "2026-11-20"}, {"A", RoleTeam, "2026-11-20"}}
	if diff := cmp.Diff(want, d.Looks()); diff != "" {
		t.Error(diff)
	}
}

func TestADateInWords(t *testing.T) {
	t.Parallel()
	for day, want := range map[Date]string{"2026-11-26": "donderdag 26 november 2026", "": "", "morgen": "morgen"} {
		if got := day.Words(); got != want {
			t.Errorf("%q: %q", day, got)
		}
	}
}
