package mdt_test

import (
	"fmt"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
)

func TestCheckRegion(t *testing.T) {
	right := func() mdt.Region {
		return mdt.Region{ID: "regio", Name: "Regio", Facilitators: []mdt.Facilitator{
			{Name: "Ans", Email: "ans@regio.example", Until: "2027-06-30", Absences: []mdt.Absence{
				{From: "2027-02-01", Until: "2027-02-05", StandIn: &mdt.StandIn{Name: "Bo", Email: "bo@regio.example"}},
				{From: "2027-02-06"},
			}},
			{Name: "Cas", From: "2027-07-01"},
		}}
	}
	tests := []struct {
		name  string
		spoil func(*mdt.Region, *mdt.Facilitator, *mdt.Absence)
		want  string // facilitator.absence field code
	}{
		{"right", func(*mdt.Region, *mdt.Facilitator, *mdt.Absence) {}, ""},
		{"vacant", func(r *mdt.Region, _ *mdt.Facilitator, _ *mdt.Absence) { r.Facilitators = nil }, ""},
		{"no name", func(r *mdt.Region, _ *mdt.Facilitator, _ *mdt.Absence) { r.Name = " " }, "-1.-1 naam regiobeheer.naam.leeg"},
		{"nobody's term", func(_ *mdt.Region, f *mdt.Facilitator, _ *mdt.Absence) { f.Name = "" }, "0.-1 naam regiobeheer.facilitator.naam.leeg"},
		{"no address", func(_ *mdt.Region, f *mdt.Facilitator, _ *mdt.Absence) { f.Email = "ans" }, "0.-1 email regiobeheer.facilitator.email.vorm"},
		{"ends before it begins", func(_ *mdt.Region, f *mdt.Facilitator, _ *mdt.Absence) { f.From = "2027-07-01" },
			"0.-1 totEnMet regiobeheer.facilitator.totEnMet.voorVanaf"},
		{"one day", func(_ *mdt.Region, f *mdt.Facilitator, _ *mdt.Absence) { f.From = "2027-06-30" }, ""},
		{"two on one day", func(_ *mdt.Region, f *mdt.Facilitator, _ *mdt.Absence) { f.Until = "2027-07-01" }, "1.-1 vanaf regiobeheer.facilitator.vanaf.dubbel"},
		{"two for ever", func(_ *mdt.Region, f *mdt.Facilitator, _ *mdt.Absence) { f.Until = "" }, "1.-1 vanaf regiobeheer.facilitator.vanaf.dubbel"},
		{"back before away", func(_ *mdt.Region, _ *mdt.Facilitator, a *mdt.Absence) { a.Until = "2027-01-31" },
			"0.0 totEnMet regiobeheer.afwezig.totEnMet.voorVanaf"},
		{"away twice", func(_ *mdt.Region, _ *mdt.Facilitator, a *mdt.Absence) { a.Until = "2027-02-06" }, "0.1 vanaf regiobeheer.afwezig.vanaf.dubbel"},
		{"away for ever", func(_ *mdt.Region, f *mdt.Facilitator, a *mdt.Absence) {
			f.Absences = f.Absences[:1]
			a.From, a.Until = "", ""
		}, "0.0 vanaf regiobeheer.afwezig.vanaf.leeg"},
		{"away, and nobody stands in", func(_ *mdt.Region, _ *mdt.Facilitator, a *mdt.Absence) { a.StandIn = nil }, ""},
		{"a stand-in without a name", func(_ *mdt.Region, _ *mdt.Facilitator, a *mdt.Absence) { a.StandIn.Name = "" }, "0.0 vervanger regiobeheer.vervanger.naam.leeg"},
		{"a stand-in without an address", func(_ *mdt.Region, _ *mdt.Facilitator, a *mdt.Absence) { a.StandIn.Email = "" }, ""},
		{"a stand-in at no address", func(_ *mdt.Region, _ *mdt.Facilitator, a *mdt.Absence) { a.StandIn.Email = "bo" }, "0.0 vervangerEmail regiobeheer.vervanger.email.vorm"},
		{"all at once", func(r *mdt.Region, f *mdt.Facilitator, a *mdt.Absence) { r.Name, f.Email, a.StandIn.Name = "", "x", "" },
			"-1.-1 naam regiobeheer.naam.leeg, 0.-1 email regiobeheer.facilitator.email.vorm, 0.0 vervanger regiobeheer.vervanger.naam.leeg"},
	}
	for _, tt := range tests {
		region := right()
		tt.spoil(&region, &region.Facilitators[0], &region.Facilitators[0].Absences[0])
		var told []string
		for _, f := range mdt.CheckRegion(region) {
			told = append(told, fmt.Sprintf("%d.%d %s %s", f.Facilitator, f.Absence, f.Field, f.Code))
		}
		if got := strings.Join(told, ", "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
