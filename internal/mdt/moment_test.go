package mdt_test

import (
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// beginning reads a moment as the beginning of a meeting in a file, seen from a start.
func beginning(t *testing.T, text, start string) (string, string) {
	t.Helper()
	from, err := time.Parse(time.RFC3339, start)
	if err != nil {
		t.Fatal(err)
	}
	data := changed(t, func(_, _, _, m object) { m["begint"], m["eindigt"] = text, "2099-01-01T00:00" })
	n, err := mdt.ParseNetwork(data, atlas(t), from)
	if err != nil {
		return "", err.Error()
	}
	return n.Meetings[0].Start.Format(time.RFC3339), ""
}

func TestMoments(t *testing.T) {
	const (
		winter = "2026-11-24T23:30:00Z" // Wednesday 25 November 00.30 in Amsterdam
		spring = "2027-03-20T12:00:00Z" // a Saturday, eight days before the clock goes forward
		sunday = "2026-11-29T12:00:00Z"
	)
	tests := []struct{ text, start, want, fault string }{
		{"2027-01-10T09:30", winter, "2027-01-10T08:30:00Z", ""},
		{"2027-07-10T09:30", winter, "2027-07-10T07:30:00Z", ""},
		{"2027-07-10T09:30:00Z", winter, "2027-07-10T09:30:00Z", ""},
		{"2027-07-10T09:30:00+05:30", winter, "2027-07-10T04:00:00Z", ""},
		{"2027-03-28T01:59", winter, "2027-03-28T00:59:00Z", ""},
		{"2027-03-28T02:30", winter, "", "bestaat niet"},
		{"2027-03-28T03:00", winter, "2027-03-28T01:00:00Z", ""},
		{"2027-10-31T01:59", winter, "2027-10-30T23:59:00Z", ""},
		{"2027-10-31T02:30", winter, "", "twee keer"},
		{"2027-10-31T02:30:00+02:00", winter, "2027-10-31T00:30:00Z", ""},
		{"2027-10-31T02:30:00+01:00", winter, "2027-10-31T01:30:00Z", ""},
		{"2027-10-31T03:00", winter, "2027-10-31T02:00:00Z", ""},
		{"+0d 10:00", winter, "2026-11-25T09:00:00Z", ""}, // the day of Amsterdam, not of UTC
		{"+12d 10:00", winter, "2026-12-07T09:00:00Z", ""},
		{"-3d 23:59", winter, "2026-11-22T22:59:00Z", ""},
		{"+7d 10:00", spring, "2027-03-27T09:00:00Z", ""},
		{"+8d 10:00", spring, "2027-03-28T08:00:00Z", ""}, // the same local time in summer
		{"+8d 02:30", spring, "", "bestaat niet"},
		{"+0w wo 10:00", winter, "2026-11-25T09:00:00Z", ""},
		{"+1w ma 10:00", winter, "2026-11-30T09:00:00Z", ""},
		{"-1w zo 10:00", winter, "2026-11-22T09:00:00Z", ""},
		{"+1w ma 10:00", sunday, "2026-11-30T09:00:00Z", ""}, // Sunday ends the week
		{"+0w zo 10:00", sunday, "2026-11-29T09:00:00Z", ""},
		{"+2w xx 10:00", winter, "", "geen tijdstip"},
		{"+2w 10:00", winter, "", "geen tijdstip"},
		{"12d 10:00", winter, "", "geen tijdstip"},
		{"+12d", winter, "", "geen tijdstip"},
		{"+12d 25:00", winter, "", "geen tijdstip"},
		{"2027-01-10 09:30", winter, "", "geen tijdstip"},
		{"2027-01-10", winter, "", "geen tijdstip"},
		{"2027-02-30T10:00", winter, "", "geen tijdstip"},
	}
	for _, tt := range tests {
		got, fault := beginning(t, tt.text, tt.start)
		if got != tt.want || (fault == "") != (tt.fault == "") || !strings.Contains(fault, tt.fault) {
			t.Errorf("%q from %s: %s %q, want %s %q", tt.text, tt.start, got, fault, tt.want, tt.fault)
		}
	}
}

func TestDaysFollowTheStart(t *testing.T) {
	data := changed(t, func(_, _, f, _ object) { f["vanaf"], f["totEnMet"] = "-1d", "2027-03-10" })
	n, err := mdt.ParseNetwork(data, atlas(t), after) // 1 January in Amsterdam
	if err != nil {
		t.Fatal(err)
	}
	if f := n.Regions[0].Facilitators[0]; f.From != "2026-12-31" || f.Until != "2027-03-10" {
		t.Errorf("from %s until %s", f.From, f.Until)
	}
}
