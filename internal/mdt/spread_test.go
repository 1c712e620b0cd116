package mdt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// A few municipalities: Aap and Beer become Cijfer in 2027, Draak was divided over Aap and Eend in 2020.
const fewMunicipalities = `code,naam,provincie,vanaf,tot,opvolgers,ookBekendAls
GM0001,Aap,Utrecht,,2027-01-01,GM0003,
GM0002,Beer,Utrecht,,2027-01-01,GM0003,
GM0003,Cijfer,Utrecht,2027-01-01,,,
GM0004,Draak,,,2020-01-01,GM0001|GM0005,
GM0005,Eend,Utrecht,,,,
`

func toldSpread(s mdt.Spread) string {
	var told []string
	note := func(kind, text string) { told = append(told, kind+" "+text) }
	placed := func(p mdt.Placed) string { return p.Name + "@" + strings.Join(p.Regions, "+") }
	for _, m := range s.Missing {
		note("missing", m.Name+"<"+strings.Join(m.From, "+"))
	}
	for _, p := range s.Double {
		note("double", placed(p))
	}
	for _, p := range s.Gone {
		note("gone", placed(p))
	}
	for _, p := range s.Unknown {
		note("unknown", placed(p))
	}
	for _, d := range s.Coming {
		text := placed(d.Placed) + ">" + string(d.On)
		for _, into := range d.Into {
			text += ">" + placed(into)
		}
		note("coming", text)
	}
	return fmt.Sprintf("%d %s", s.Count, strings.Join(told, ", "))
}

func TestSpread(t *testing.T) {
	atlas, err := mdt.ParseAtlas(fewMunicipalities)
	if err != nil {
		t.Fatal(err)
	}
	const coming = "coming Aap@a>2027-01-01>Cijfer@, coming Beer@b>2027-01-01>Cijfer@"
	then, later := time.Date(2026, 12, 31, 22, 59, 0, 0, time.UTC), time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC)
	tests := []struct {
		name  string
		a, b  string // codes of two regions
		now   time.Time
		want  string
		whole bool
	}{
		{"each once", "GM0001 GM0005", "GM0002", then, "3 " + coming, true},
		{"one is missing", "GM0001", "GM0002", then, "3 missing Eend<, " + coming, false},
		{"missing, and its forerunner tells where it was", "GM0001 GM0004", "GM0002", then, "3 missing Eend<a, gone Draak@a, " + coming, false},
		{"in two", "GM0001 GM0005", "GM0002 GM0005", then, "3 double Eend@a+b, " + coming, false},
		{"twice in one", "GM0001 GM0005 GM0005", "GM0002", then, "3 double Eend@a+a, " + coming, false},
		{"a code that is none", "GM0001 GM0005 GM9999", "GM0002", then, "3 unknown GM9999@a, " + coming, false},
		{"the day that two become one", "GM0001 GM0005", "GM0002", later, "2 missing Cijfer<a+b, gone Aap@a, gone Beer@b", false},
		{"and somebody saw to it", "GM0001 GM0005", "GM0002 GM0003", later, "2 gone Aap@a, gone Beer@b", true},
		{"seen to beforehand", "GM0001 GM0005", "GM0002 GM0003", then,
			"3 coming Aap@a>2027-01-01>Cijfer@b, coming Beer@b>2027-01-01>Cijfer@b", true},
	}
	for _, tt := range tests {
		regions := []mdt.Region{{ID: "a", Municipalities: strings.Fields(tt.a)}, {ID: "b", Municipalities: strings.Fields(tt.b)}}
		spread := atlas.Spread(regions, tt.now)
		if got := strings.TrimSpace(toldSpread(spread)); got != tt.want || spread.Whole() != tt.whole {
			t.Errorf("%s: whole %v, %s\nwant %s", tt.name, spread.Whole(), got, tt.want)
		}
	}
}

func TestTheExampleIsWhole(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	n := example(t, now)
	if s := atlas(t).Spread(n.Regions, now); !s.Whole() || s.Count != 342 {
		t.Errorf("%s", toldSpread(s))
	}
}

func TestMoved(t *testing.T) {
	regions := []mdt.Region{{ID: "a", Municipalities: strings.Fields("1 2 3")}, {ID: "b", Municipalities: strings.Fields("3 4")}, {ID: "c", Municipalities: strings.Fields("5")}}
	tests := []struct{ name, codes, to, want, changed string }{
		{"to another", "2", "b", "1 3|3 4 2|5", "a b"},
		{"several", "1 2", "c", "3|3 4|5 1 2", "a c"},
		{"out of two", "3", "b", "1 2|4 3|5", "a"},
		{"that was nowhere", "9", "c", "1 2 3|3 4|5 9", "c"},
		{"where it is", "5", "c", "1 2 3|3 4|5", ""},
		{"sent twice", "4 4", "c", "1 2 3|3|5 4", "b c"},
		{"to nowhere", "4", "", "1 2 3|3|5", "b"},
	}
	for _, tt := range tests {
		now := mdt.Moved(regions, strings.Fields(tt.codes), tt.to)
		var held, changed []string
		for _, r := range now {
			held = append(held, strings.Join(r.Municipalities, " "))
		}
		for _, c := range mdt.RegionChanges(regions, now, false) {
			changed = append(changed, c.ID())
		}
		if got := strings.Join(held, "|"); got != tt.want || !slices.Equal(changed, strings.Fields(tt.changed)) {
			t.Errorf("%s: %s, changes %v", tt.name, got, changed)
		}
		if strings.Join(regions[0].Municipalities, "") != "123" {
			t.Fatalf("%s: what was read changed", tt.name)
		}
	}
}
