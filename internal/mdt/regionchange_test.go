package mdt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
)

// toldChanges are changes as "a: naam, +GM0003, -Ans": what changes of each region, what comes and what goes.
func toldChanges(changes []mdt.RegionChange) string {
	var all []string
	for _, c := range changes {
		var told []string
		for _, f := range c.Fields() {
			told = append(told, f.Field)
		}
		come, gone := c.Municipalities()
		faces, goes := c.Facilitators()
		for _, code := range come {
			told = append(told, "+"+code)
		}
		for _, code := range gone {
			told = append(told, "-"+code)
		}
		for _, f := range faces {
			told = append(told, "+"+f.Name)
		}
		for _, f := range goes {
			told = append(told, "-"+f.Name)
		}
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s: %s", c.ID(), strings.Join(told, " "))))
	}
	return strings.Join(all, "; ")
}

func TestRegionChanges(t *testing.T) {
	bo := &mdt.StandIn{Name: "Bo", Email: "bo@regio.example"}
	was := []mdt.Region{
		{ID: "a", Name: "A", Municipalities: []string{"1", "2"}, Version: 3, Facilitators: []mdt.Facilitator{{Name: "Ans", Absences: []mdt.Absence{{From: "2027-01-01", StandIn: bo}}}, {Name: "Cas", From: "2028-01-01"}}},
		{ID: "b", Name: "B", Municipalities: []string{"3"}},
	}
	tests := []struct {
		name   string
		change func(all []mdt.Region) []mdt.Region
		want   string
	}{
		{"nothing", func(all []mdt.Region) []mdt.Region { return all }, ""},
		{"another order of municipalities", func(all []mdt.Region) []mdt.Region { slices.Reverse(all[0].Municipalities); return all }, ""},
		{"an empty list, or none", func(all []mdt.Region) []mdt.Region { all[1].Facilitators = []mdt.Facilitator{}; return all }, ""},
		{"the version is no change", func(all []mdt.Region) []mdt.Region { all[0].Version = 9; return all }, ""},
		{"fields", func(all []mdt.Region) []mdt.Region {
			all[0].Name, all[0].Phone, all[0].Strategy = "Aa", "1", "x"
			return all
		}, "a: naam telefoon regiostrategie"},
		{"one moves", func(all []mdt.Region) []mdt.Region { return mdt.Moved(all, []string{"2"}, "b") }, "a: -2; b: +2"},
		{"a stand-in", func(all []mdt.Region) []mdt.Region { all[0].Facilitators[0].Absences[0].StandIn = nil; return all }, "a: +Ans -Ans"},
		{"a day", func(all []mdt.Region) []mdt.Region { all[0].Facilitators[1].From = "2028-01-02"; return all }, "a: +Cas -Cas"},
		{"another follows", func(all []mdt.Region) []mdt.Region { all[0].Facilitators[1].Name = "Dot"; return all }, "a: +Dot -Cas"},
		{"one comes, one goes", func(all []mdt.Region) []mdt.Region {
			return append(all[:1:1], mdt.Region{ID: "c", Name: "C", Municipalities: []string{"3"}})
		}, "b: naam -3; c: naam +3"},
	}
	for _, tt := range tests {
		now := slices.Clone(was)
		for i := range now {
			now[i].Municipalities = slices.Clone(now[i].Municipalities)
			now[i].Facilitators = slices.Clone(now[i].Facilitators)
			for j := range now[i].Facilitators {
				now[i].Facilitators[j].Absences = slices.Clone(now[i].Facilitators[j].Absences)
			}
		}
		now = tt.change(now)
		if got := toldChanges(mdt.RegionChanges(was, now, false)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if kept := len(mdt.RegionChanges(was, now, true)); kept < len(was) {
			t.Errorf("%s: with those that stay there are %d", tt.name, kept)
		}
	}
	if a, b := mdt.Stand(was), mdt.Stand([]mdt.Region{was[1], was[0]}); a != b || a == mdt.Stand(was[:1]) {
		t.Errorf("%q and %q", a, b)
	}
}

func TestCoded(t *testing.T) {
	table := atlas(t)
	tests := []struct{ code, name, want, why string }{
		{"GM0344", "Utrecht", "GM0344", ""},
		{"344", "", "GM0344", ""},
		{"", "utrecht", "GM0344", ""},
		{"", "Den Haag", "GM0518", ""},
		{"GM0518", "Den Haag", "GM0518", ""},
		{"GM0518", "'s-Gravenhage", "GM0518", ""},
		{"GM0344", "Delft", "", "anders"},
		{"GM9999", "Delft", "", "onbekend"},
		{"", "Nergens", "", "onbekend"},
		{"", "Bergen", "", "dubbel"},
		{"GM0373", "Bergen", "GM0373", ""},
		{"GM0248", "", "GM0248", ""}, // Hengelo in Gelderland, which is no more
		{"GM0248", "Hengelo (Gld)", "GM0248", ""},
	}
	for _, tt := range tests {
		if got, why := table.Coded(tt.code, tt.name, after); got != tt.want || why != tt.why {
			t.Errorf("%q %q: %q %q", tt.code, tt.name, got, why)
		}
	}
	for _, m := range table.Living(after) {
		if known, ok := table.Known(m.Code); !ok || known.Name != m.Name {
			t.Errorf("%s is not known", m.Code)
		}
		if got, why := table.Coded(m.Code, m.Name, after); got != m.Code {
			t.Errorf("%s %s: %q %q", m.Code, m.Name, got, why)
		}
	}
}
