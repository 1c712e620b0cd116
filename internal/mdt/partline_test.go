package mdt_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// TestPartsOneByOne is the table of what waiting for one part, or leaving it, does to an entry.
func TestPartsOneByOne(t *testing.T) {
	full := mdt.Counter{LineCount: mdt.LineCount{Occupied: 5}, Parts: map[string]mdt.LineCount{"a": {Occupied: 2}}}
	spot := mdt.PartSpot{Part: "a", Spot: mdt.Spot{Number: 3}}
	for _, c := range []struct {
		name  string
		entry mdt.Registration
		rule  func(mdt.Scene, string) (mdt.Act, *mdt.Refusal)
		part  string
		code  string
		parts []string
		waits []string
	}{
		{name: "wait for a full part", rule: mdt.WaitForPart, part: "a", parts: []string{"b"}, waits: []string{"a"}},
		{name: "wait for one that has seats", rule: mdt.WaitForPart, part: "b", code: "handeling.kanNiet"},
		{name: "wait for none", rule: mdt.WaitForPart, part: "zz", code: "handeling.kanNiet"},
		{name: "wait twice", entry: mdt.Registration{PartLines: []mdt.PartSpot{spot}}, rule: mdt.WaitForPart, part: "a", code: "handeling.kanNiet"},
		{name: "leave the line", entry: mdt.Registration{PartLines: []mdt.PartSpot{spot}}, rule: mdt.LeavePart, part: "a", parts: []string{"b"}},
		{name: "leave the part", rule: mdt.LeavePart, part: "b"},
		{name: "leave what one is not in", rule: mdt.LeavePart, part: "a", code: "handeling.kanNiet"},
		{name: "without a seat", entry: mdt.Registration{Status: mdt.Waiting}, rule: mdt.WaitForPart, part: "a", code: "handeling.kanNiet"},
		{name: "cancelled", entry: mdt.Registration{Status: mdt.Cancelled}, rule: mdt.LeavePart, part: "b", code: "handeling.kanNiet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			entry := c.entry
			entry.Person, entry.Meeting, entry.Name, entry.Edition, entry.Version = "p", "dag", "Noor", 4, 7
			if entry.Status == "" {
				entry.Status, entry.Seated = mdt.Confirmed, at(day(-1))
			}
			entry.Parts = append(entry.Parts, "b")
			act, refusal := c.rule(mdt.Scene{Now: noon, Meeting: openMeeting(nil), Counter: full, Entry: &entry, Number: 9}, c.part)
			if code(refusal) != c.code {
				t.Fatalf("refused by %q", code(refusal))
			}
			if refusal != nil {
				return
			}
			got := act.Entries[0].New
			var waits []string
			for _, p := range got.PartLines {
				waits = append(waits, p.Part)
			}
			if diff := cmp.Diff([][]string{c.parts, c.waits}, [][]string{got.Parts, waits}); diff != "" || got.Name != "Noor" || got.Edition != 5 {
				t.Errorf("%s %+v", diff, got)
			}
			if letter := act.Letters[0]; letter.Kind != mdt.LetterChanged || !cmp.Equal(letter.ChangedFields, []string{"onderdelen"}) {
				t.Errorf("%+v", act.Letters)
			}
		})
	}
}

// TestWhereToJoin: only with a seat, online, near the day, until the end.
func TestWhereToJoin(t *testing.T) {
	online := openMeeting(func(m *mdt.Meeting) { m.Place, m.Online, m.OnlineLink = "", true, "https://mee.example" })
	for _, c := range []struct {
		name   string
		status mdt.Status
		since  time.Duration // an hour before the start
		off    bool
		told   bool
	}{
		{"near", mdt.Confirmed, 0, false, true},
		{"during", mdt.Confirmed, 2 * time.Hour, false, true},
		{"weeks before", mdt.Confirmed, -14 * 24 * time.Hour, false, false},
		{"over", mdt.Confirmed, 24 * time.Hour, false, false},
		{"waiting", mdt.Waiting, 0, false, false},
		{"off", mdt.Confirmed, 0, true, false},
	} {
		m := online
		m.Cancelled = c.off
		entry := mdt.Registration{Status: c.status}
		if told := entry.JoinLink(m, m.Start.Add(c.since-time.Hour)) != ""; told != c.told {
			t.Errorf("%s: told %t", c.name, told)
		}
	}
}
