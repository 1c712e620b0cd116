package mdt

import (
	"os"
	"regexp"
	"slices"
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

// TestDeedsAreAll: every Deed that the code names stands in the list that words are looked up for.
func TestDeedsAreAll(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("logbook.go")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(?m)^\tDeed\w+ +Deed = "(\w+)"`).FindAllSubmatch(raw, -1)
	for _, name := range named {
		if !slices.Contains(Deeds, Deed(name[1])) {
			t.Errorf("%s is not in Deeds", name[1])
		}
	}
	if len(named) != len(Deeds) || len(named) < 10 {
		t.Errorf("%d names, %d in the list", len(named), len(Deeds))
	}
}

func TestADateInWords(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 3, 9, 23, 5, 0, 0, time.UTC)
	if got, month := ShortMoment(at), Month(at); got != "wo 10 mrt 2027, 00.05" || month != "maart 2027" {
		t.Errorf("%q, %q", got, month)
	}
	for day, want := range map[Date]string{"2026-11-26": "donderdag 26 november 2026", "": "", "morgen": "morgen"} {
		if got := day.Words(); got != want {
			t.Errorf("%q: %q", day, got)
		}
	}
}
