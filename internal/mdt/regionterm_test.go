package mdt_test

import (
	"fmt"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
)

// toldTerms writes spans as "2027-02-01..2027-02-05 Bo"; a stand-in has a star, who cannot be mailed a mark.
func toldTerms(terms []mdt.Term) string {
	var told []string
	for _, t := range terms {
		name := t.Who.Name
		if t.Who.StandIn {
			name += "*"
		}
		if t.Mute() {
			name += "!"
		}
		told = append(told, strings.TrimSpace(fmt.Sprintf("%s..%s %s", t.From, t.Until, name)))
	}
	return strings.Join(told, " | ")
}

func TestTerms(t *testing.T) {
	bo := &mdt.StandIn{Name: "Bo", Email: "bo@regio.example"}
	ans := mdt.Facilitator{Name: "Ans", Email: "ans@regio.example", Until: "2027-03-10"}
	cas := mdt.Facilitator{Name: "Cas", Email: "cas@regio.example", From: "2027-03-11"}
	away := func(f mdt.Facilitator, absences ...mdt.Absence) mdt.Facilitator { f.Absences = absences; return f }
	tests := []struct {
		name string
		all  []mdt.Facilitator
		from mdt.Date
		want string
	}{
		{"nobody", nil, "2027-01-01", "2027-01-01.."},
		{"one for ever", []mdt.Facilitator{{Name: "Ans", Email: "a@b.example"}}, "2027-01-01", "2027-01-01.. Ans"},
		{"one after the other", []mdt.Facilitator{ans, cas}, "2027-01-01", "2027-01-01..2027-03-10 Ans | 2027-03-11.. Cas"},
		{"the order of the list tells nothing", []mdt.Facilitator{cas, ans}, "2027-01-01", "2027-01-01..2027-03-10 Ans | 2027-03-11.. Cas"},
		{"from the last day on", []mdt.Facilitator{ans, cas}, "2027-03-10", "2027-03-10..2027-03-10 Ans | 2027-03-11.. Cas"},
		{"what is over is over", []mdt.Facilitator{ans, cas}, "2027-03-11", "2027-03-11.. Cas"},
		{"nobody comes after", []mdt.Facilitator{ans}, "2027-03-01", "2027-03-01..2027-03-10 Ans | 2027-03-11.."},
		{"a stand-in", []mdt.Facilitator{away(ans, mdt.Absence{From: "2027-02-27", Until: "2027-03-01", StandIn: bo}), cas}, "2027-02-01",
			"2027-02-01..2027-02-26 Ans | 2027-02-27..2027-03-01 Bo* | 2027-03-02..2027-03-10 Ans | 2027-03-11.. Cas"},
		{"away, and nobody stands in", []mdt.Facilitator{away(cas, mdt.Absence{From: "2027-04-01"})}, "2027-03-01",
			"2027-03-01..2027-03-10 | 2027-03-11..2027-03-31 Cas | 2027-04-01.."},
		{"away beyond the end of the term", []mdt.Facilitator{away(ans, mdt.Absence{From: "2027-03-09", Until: "2027-03-20", StandIn: bo}), cas}, "2027-03-01",
			"2027-03-01..2027-03-08 Ans | 2027-03-09..2027-03-10 Bo* | 2027-03-11.. Cas"},
		{"without an address", []mdt.Facilitator{{Name: "Dot"}}, "2027-03-01", "2027-03-01.. Dot!"},
		{"over the change of the clock", []mdt.Facilitator{away(cas, mdt.Absence{From: "2027-03-28", Until: "2027-03-28", StandIn: bo})}, "2027-03-27",
			"2027-03-27..2027-03-27 Cas | 2027-03-28..2027-03-28 Bo* | 2027-03-29.. Cas"},
	}
	for _, tt := range tests {
		region := mdt.Region{ID: "regio", Facilitators: tt.all}
		terms := region.Terms(tt.from)
		if got := toldTerms(terms); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
		for _, term := range terms { // the spans tell the same as the days do
			who, vacant, alarm := region.Answering(term.From.Moment())
			if vacant != (term.Who.Email == "") || !vacant && who != term.Who || (alarm != "") != term.Mute() {
				t.Errorf("%s: on %s %+v answers, vacant %v", tt.name, term.From, who, vacant)
			}
		}
	}
}

func TestAnswersElsewhere(t *testing.T) {
	bo := &mdt.StandIn{Name: "Bo", Email: "bo@regio.example"}
	was := mdt.Region{Facilitators: []mdt.Facilitator{{Name: "Ans", Email: "ans@regio.example", Absences: []mdt.Absence{{From: "2027-02-01", Until: "2027-02-05", StandIn: bo}}}}}
	tests := []struct {
		name   string
		change func(*mdt.Region, *mdt.Facilitator)
		want   bool
	}{
		{"nothing", func(*mdt.Region, *mdt.Facilitator) {}, false},
		{"a name", func(_ *mdt.Region, f *mdt.Facilitator) { f.Name = "Ans Bakker" }, false},
		{"a capital in an address", func(_ *mdt.Region, f *mdt.Facilitator) { f.Email = "Ans@regio.example" }, false},
		{"the telephone", func(r *mdt.Region, _ *mdt.Facilitator) { r.Phone = "030 555 01 90" }, false},
		{"an absence that is over", func(_ *mdt.Region, f *mdt.Facilitator) {
			f.Absences = append(f.Absences, mdt.Absence{From: "2026-02-01", Until: "2026-02-05"})
		}, false},
		{"another address", func(_ *mdt.Region, f *mdt.Facilitator) { f.Email = "bo@regio.example" }, true},
		{"no address", func(_ *mdt.Region, f *mdt.Facilitator) { f.Email = "" }, true},
		{"a later end of an absence", func(_ *mdt.Region, f *mdt.Facilitator) { f.Absences[0].Until = "2027-02-06" }, true},
		{"no stand-in", func(_ *mdt.Region, f *mdt.Facilitator) { f.Absences[0].StandIn = nil }, true},
		{"an end", func(_ *mdt.Region, f *mdt.Facilitator) { f.Until = "2028-01-01" }, true},
		{"nobody", func(r *mdt.Region, _ *mdt.Facilitator) { r.Facilitators = nil }, true},
	}
	for _, tt := range tests {
		now, f := was, was.Facilitators[0]
		f.Absences = append([]mdt.Absence{}, f.Absences...)
		now.Facilitators = []mdt.Facilitator{f}
		tt.change(&now, &now.Facilitators[0])
		if got := mdt.AnswersElsewhere(was, now, "2027-01-01"); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestWhatIsToBeSeenOfARegion(t *testing.T) {
	region := mdt.Region{Facilitators: []mdt.Facilitator{
		{Name: "Ans", Until: "2026-12-31", Absences: []mdt.Absence{{From: "2026-12-01"}}},
		{Name: "Bo", From: "2027-01-01", Absences: []mdt.Absence{
			{From: "2027-05-01", Until: "2027-05-10", StandIn: &mdt.StandIn{Name: "Dot"}},
			{From: "2027-01-01", Until: "2027-01-31", StandIn: &mdt.StandIn{Name: "Cas", Email: "cas@regio.example"}},
		}},
		{Name: "Eva", Email: "eva@regio.example", Until: "2027-12-31", Absences: []mdt.Absence{{From: "2027-02-01", StandIn: &mdt.StandIn{Name: "Eva", Email: "EVA@regio.example"}}}},
	}}
	tests := []struct {
		day   mdt.Date
		ahead string // absences, by their first day
		mute  string
		names string // who answers
	}{
		{"2026-12-31", "2026-12-01 2027-01-01 2027-02-01 2027-05-01", "Ans Bo Dot", "Eva Cas"},
		{"2027-01-31", "2027-01-01 2027-02-01 2027-05-01", "Bo Dot", "Eva Cas"},
		{"2027-02-01", "2027-02-01 2027-05-01", "Bo Dot", "Eva"},
		{"2027-05-11", "2027-02-01", "Bo", "Eva"},
		{"2028-01-01", "", "Bo", ""},
	}
	for _, tt := range tests {
		var ahead []string
		for _, a := range region.AbsencesAhead(tt.day) {
			ahead = append(ahead, string(a.From))
		}
		if got := strings.Join(ahead, " "); got != tt.ahead {
			t.Errorf("%s: away %q, want %q", tt.day, got, tt.ahead)
		}
		var names []string
		for _, who := range region.Answerers(tt.day) {
			names = append(names, who.Name)
		}
		if got := strings.Join(names, " "); got != tt.names {
			t.Errorf("%s: %q answer, want %q", tt.day, got, tt.names)
		}
		if got := strings.Join(region.WithoutAddress(tt.day), " "); got != tt.mute {
			t.Errorf("%s: without an address %q, want %q", tt.day, got, tt.mute)
		}
	}
}
