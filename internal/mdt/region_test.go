package mdt_test

import (
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

func TestAnswering(t *testing.T) {
	ans := mdt.Facilitator{Name: "Ans", Email: "ans@regio.example", Until: "2027-03-10", Absences: []mdt.Absence{
		{From: "2027-02-01", Until: "2027-02-05", StandIn: &mdt.StandIn{Name: "Bo", Email: "bo@regio.example"}},
		{From: "2027-02-10", Until: "2027-02-11"},
		{From: "2027-02-20", Until: "2027-02-20", StandIn: &mdt.StandIn{Name: "Bo"}},
	}}
	cas := mdt.Facilitator{Name: "Cas", Email: "cas@regio.example", From: "2027-03-12", Until: "2027-03-31"}
	dot := mdt.Facilitator{Name: "Dot", From: "2027-04-01"}
	region := mdt.Region{ID: "regio", Facilitators: []mdt.Facilitator{ans, cas, dot}}

	tests := []struct {
		at    string // on the clock of Amsterdam
		name  string // empty: vacant
		in    bool
		alarm bool
	}{
		{"2027-01-31T23:59", "Ans", false, false},
		{"2027-02-01T00:00", "Bo", true, false},
		{"2027-02-05T23:59", "Bo", true, false}, // the last day counts
		{"2027-02-06T00:00", "Ans", false, false},
		{"2027-02-10T12:00", "", false, false}, // away, and nobody stands in
		{"2027-02-20T12:00", "", false, true},  // whoever stands in cannot be mailed
		{"2027-03-10T23:59", "Ans", false, false},
		{"2027-03-11T00:00", "", false, false}, // a day between two facilitators
		{"2027-03-12T00:00", "Cas", false, false},
		{"2027-03-31T23:59", "Cas", false, false}, // in summer time, when Amsterdam is two hours ahead
		{"2027-04-01T00:00", "", false, true},     // the facilitator cannot be mailed
	}
	for _, tt := range tests {
		now, err := time.ParseInLocation("2006-01-02T15:04", tt.at, mdt.Amsterdam)
		if err != nil {
			t.Fatal(err)
		}
		who, vacant, alarm := region.Answering(now.UTC())
		if who.Name != tt.name || who.StandIn != tt.in || vacant != (tt.name == "") || (alarm != "") != tt.alarm {
			t.Errorf("%s: %+v, vacant %v, alarm %q; want %q", tt.at, who, vacant, alarm, tt.name)
		}
	}
	if _, vacant, alarm := (mdt.Region{}).Answering(after); !vacant || alarm != "" {
		t.Errorf("a region without facilitators: vacant %v, alarm %q", vacant, alarm)
	}
}

func TestIsFacilitator(t *testing.T) {
	regions := []mdt.Region{{ID: "regio", Facilitators: []mdt.Facilitator{
		{Name: "Ans", Email: "Ans@regio.example", Until: "2027-01-01", Absences: []mdt.Absence{
			{Until: "2026-12-31", StandIn: &mdt.StandIn{Email: "bo@regio.example"}}}},
		{Name: "Dot"},
	}}}
	tests := []struct {
		email string
		now   time.Time
		want  bool
	}{
		{"ans@REGIO.example", after, true},
		{"ans@regio.example", after.AddDate(0, 0, 1), false}, // was one until yesterday
		{"bo@regio.example", before, true},
		{"bo@regio.example", after, false},
		{"cas@regio.example", before, false},
	}
	for _, tt := range tests {
		email, _ := mdt.ParseAddress(tt.email)
		if got := mdt.IsFacilitator(regions, email, tt.now); got != tt.want {
			t.Errorf("%s at %v: %v", tt.email, tt.now, got)
		}
	}
}
