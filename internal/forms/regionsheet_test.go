package forms

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

var sheetNow = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)

// exampleRegions are those of the example, with everything that a region can have.
func exampleRegions(t *testing.T) ([]mdt.Region, *mdt.Atlas) {
	t.Helper()
	atlas, err := mdt.ParseAtlas(content.Municipalities)
	if err != nil {
		t.Fatal(err)
	}
	network, err := mdt.ParseNetwork(content.ExampleNetwork, atlas, sheetNow)
	if err != nil {
		t.Fatal(err)
	}
	regions := network.Regions
	regions[0].Version, regions[0].Strategy = 7, "=1+1; \"zo\"\nen zo"
	regions[0].Facilitators[0].Absences = []mdt.Absence{{From: "2027-05-01"}, {Until: "2027-01-03", StandIn: &mdt.StandIn{Name: "Bo"}}}
	return regions, atlas
}

func withHead(head []string, rows [][]string) [][]string { return append([][]string{head}, rows...) }

// TestRegionsComeBackFromTheirSheets: nothing is lost, and nothing changes, in any order of columns and rows.
func TestRegionsComeBackFromTheirSheets(t *testing.T) {
	was, atlas := exampleRegions(t)
	regions, faults := Regions(withHead(RegionColumns, RegionRows(was, atlas)), was, atlas, sheetNow)
	if diff := cmp.Diff(was, regions, cmpopts.EquateEmpty()); diff != "" || len(faults) > 0 {
		t.Errorf("regions: %v %s", faults, diff)
	}
	again, faults := Facilitators(withHead(FacilitatorColumns, FacilitatorRows(was)), was)
	if diff := cmp.Diff(was, again, cmpopts.EquateEmpty()); diff != "" || len(faults) > 0 {
		t.Errorf("facilitators: %v %s", faults, diff)
	}
	turned := withHead(RegionColumns, RegionRows(was, atlas))
	slices.Reverse(turned[1:])
	for i := range turned {
		turned[i] = append([]string{"iets van onszelf"}, slices.Clone(turned[i])...)
		slices.Reverse(turned[i])
	}
	regions, faults = Regions(turned, was, atlas, sheetNow)
	if changes := mdt.RegionChanges(was, regions, false); len(changes)+len(faults) > 0 {
		t.Errorf("turned round: %v, %d changes", faults, len(changes))
	}
}

// told are faults as "2 code": the row, and the end of the code.
func toldFaults(faults []SheetFault) string {
	var all []string
	for _, f := range faults {
		all = append(all, fmt.Sprintf("%d %s", f.Row, strings.TrimPrefix(f.Code, "regiobeheer.")))
	}
	return strings.Join(all, ", ")
}

const twoMunicipalities = "code,naam,provincie,vanaf,tot,opvolgers,ookBekendAls\nGM0001,Aap,Utrecht,,,,\nGM0002,Beer (U),Utrecht,,,,\nGM0003,Beer (L),Limburg,,,,\nGM0009,Oud,Utrecht,,2020-01-01,GM0001,\n"

func TestTheSheetOfRegions(t *testing.T) {
	atlas, err := mdt.ParseAtlas(twoMunicipalities)
	if err != nil {
		t.Fatal(err)
	}
	was := []mdt.Region{{ID: "a", Name: "A", Municipalities: []string{"GM0001", "GM0002", "GM0003"}, Version: 4, Facilitators: []mdt.Facilitator{{Name: "Ans"}}}, {ID: "b", Name: "B", Version: 1}}
	const head = "regio;naam;telefoon;regiostrategie;code;gemeente\n"
	for _, tt := range []struct{ name, rows, faults, want string }{
		{"all there", head + "a;A;;;GM0001;Aap\na;A;;;GM0002;Beer (U)\nb;B;;;GM0003;", "", "a A 4 1 GM0001+GM0002|b B 1 0 GM0003"},
		{"told once", head + "a;A;030 555 01 90;;GM0001;Aap\na;;;;2;\na;;;;;beer (l)", "", "a A 4 1 GM0001+GM0002+GM0003"},
		{"told behind", head + "a;;;;GM0001;\na;;;;2;\na;A;;Samen;;beer (l)", "", "a A 4 1 GM0001+GM0002+GM0003"},
		{"a new one, an empty one", head + "c;C;;;GM0001;\n;;;;;\nc;C;;;GM0002;\nb;Bee;;;;\nc;C;;;GM0003;", "", "c C 0 0 GM0001+GM0002+GM0003|b Bee 1 0 "},
		{"one that is no more may stay", head + "a;A;;;GM0001;\na;A;;;GM0009;Oud\na;A;;;GM0002;\na;A;;;GM0003;", "", "a A 4 1 GM0001+GM0009+GM0002+GM0003"},
		{"missing", head + "a;A;;;GM0001;Aap", "0 blad.missen", ""},
		{"twice", head + "a;A;;;GM0001;\na;A;;;GM0002;\nb;B;;;GM0003;\nb;B;;;;Aap", "5 rij.gemeente.tweeKeer", ""},
		{"all at once", head + "A!;A;;;GM0001;\na;A;12;;GM0001;Beer\na;Anders;;;GM0001;\na;;;;;Beer\nb;;;;GM0099;\nlandelijk;L;;;;",
			"2 rij.regio, 3 rij.gemeente.anders, 4 rij.anders, 5 rij.gemeente.dubbel, 6 rij.gemeente.onbekend, 7 rij.regio, 3 telefoon.vorm, 6 naam.leeg, 0 blad.missen", ""},
		{"columns", "regio;naam;gemeente\na;A;Aap", "0 blad.kolommen", ""},
		{"nothing", "", "0 blad.kolommen", ""},
	} {
		var rows [][]string
		for line := range strings.Lines(tt.rows) {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), ";"))
		}
		regions, faults := Regions(rows, was, atlas, sheetNow)
		if got := toldFaults(faults); got != tt.faults {
			t.Errorf("%s: faults %q, want %q", tt.name, got, tt.faults)
		}
		var held []string
		for _, r := range regions {
			held = append(held, fmt.Sprintf("%s %s %d %d %s", r.ID, r.Name, r.Version, len(r.Facilitators), strings.Join(r.Municipalities, "+")))
		}
		if got := strings.Join(held, "|"); tt.faults == "" && got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestTheSheetOfFacilitators(t *testing.T) {
	was := []mdt.Region{{ID: "a", Name: "A", Phone: "geen nummer", Facilitators: []mdt.Facilitator{{Name: "Ans"}}}, {ID: "b", Name: "B", Facilitators: []mdt.Facilitator{{Name: "Bo"}}}}
	const head = "regio;naam;email;vanaf;totEnMet;afwezigVanaf;afwezigTotEnMet;vervanger;vervangerEmail\n"
	for _, tt := range []struct{ name, rows, faults, want string }{
		{"one of them", head + "a;Cas;cas@b.nl;1-3-2027;2027-06-30;;;;", "", "a Cas cas@b.nl 2027-03-01..2027-06-30|b Bo .."},
		{"away twice", head + "a;Cas;;;;1-3-2027;2-3-2027;Dot;\na;Cas;;;;5-3-2027;;;", "", "a Cas .. (2027-03-01..2027-03-02 Dot)(2027-03-05..)|b Bo .."},
		{"one after the other", head + "a;Cas;;;1-3-2027;;;;\na;Dot;;2-3-2027;;;;;", "", "a Cas ..2027-03-01 Dot 2027-03-02..|b Bo .."},
		{"vacant", head + "b;;;;;;;;", "", "a Ans ..|b"},
		{"an apostrophe of a spreadsheet is no day", head + "a;Cas;;'1-3-2027;;;;;", "2 facilitator.vanaf.dag", ""},
		{"all at once", head + "c;Cas;;;;;;;\na;;cas@b.nl;;;;;;\na;Dot;dot;31-2-2027;;5-3-2027;4-3-2027;;x\n", "2 rij.regioOnbekend, 3 facilitator.naam.leeg, 4 facilitator.email.vorm, 4 facilitator.vanaf.dag, 4 vervanger.email.vorm, " +
			"4 afwezig.totEnMet.voorVanaf", ""},
		{"two on one day", head + "a;Cas;;;;;;;\na;Dot;;;;;;;", "3 facilitator.vanaf.dubbel", ""},
		{"columns", "regio;naam\na;Cas", "0 blad.kolommen", ""},
	} {
		var rows [][]string
		for line := range strings.Lines(tt.rows) {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), ";"))
		}
		regions, faults := Facilitators(rows, was)
		if got := toldFaults(faults); got != tt.faults {
			t.Errorf("%s: faults %q, want %q", tt.name, got, tt.faults)
		}
		var held []string
		for _, r := range regions {
			text := r.ID
			for _, f := range r.Facilitators {
				text += fmt.Sprintf(" %s", strings.Join(strings.Fields(fmt.Sprintf("%s %s %s..%s", f.Name, f.Email, f.From, f.Until)), " "))
				for i, a := range f.Absences {
					name := ""
					if a.StandIn != nil {
						name = " " + a.StandIn.Name
					}
					if i == 0 {
						text += " "
					}
					text += fmt.Sprintf("(%s..%s%s)", a.From, a.Until, name)
				}
			}
			held = append(held, text)
		}
		if got := strings.Join(held, "|"); tt.faults == "" && got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// FuzzRegionSheets: whatever stands in a sheet, what comes of it without a fault can be stored, and comes back.
//
//	go test -run '^$' -fuzz '^FuzzRegionSheets$' -fuzztime 300000x -fuzzminimizetime 1x ./internal/forms
func FuzzRegionSheets(f *testing.F) {
	atlas, err := mdt.ParseAtlas(twoMunicipalities)
	if err != nil {
		f.Fatal(err)
	}
	was := []mdt.Region{{ID: "a", Name: "A", Municipalities: []string{"GM0001", "GM0002", "GM0003"}, Facilitators: []mdt.Facilitator{{Name: "Ans"}}}}
	f.Add("regio;naam;telefoon;regiostrategie;code;gemeente\na;A;;;GM0001;Aap\na;;;;2;\na;;;;3;")
	f.Add("regio;naam;email;vanaf;totEnMet;afwezigVanaf;afwezigTotEnMet;vervanger;vervangerEmail\na;Cas;;;;1-3-2027;2-3-2027;Dot;\na;Cas;;;;5-3-2027;;;")
	f.Add("regio;regio;naam\n;;;;;;;;;;;;\na")
	f.Fuzz(func(t *testing.T, text string) {
		var rows [][]string
		for line := range strings.Lines(strings.ToValidUTF8(text, "")) {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), ";"))
		}
		if now, faults := Regions(rows, was, atlas, sheetNow); len(faults) == 0 {
			if !atlas.Spread(now, sheetNow).Whole() {
				t.Errorf("%q: a municipality is missing or double", text)
			}
			again, faults := Regions(withHead(RegionColumns, RegionRows(now, atlas)), now, atlas, sheetNow)
			if len(faults)+len(mdt.RegionChanges(now, again, false)) > 0 {
				t.Errorf("%q: comes back otherwise: %v", text, faults)
			}
		}
		if now, faults := Facilitators(rows, was); len(faults) == 0 {
			for _, r := range now {
				if wrong := mdt.CheckRegion(r); len(wrong) > 0 {
					t.Errorf("%q: %v", text, wrong)
				}
			}
			again, faults := Facilitators(withHead(FacilitatorColumns, FacilitatorRows(now)), now)
			if len(faults)+len(mdt.RegionChanges(now, again, false)) > 0 {
				t.Errorf("%q: comes back otherwise: %v", text, faults)
			}
		}
	})
}
