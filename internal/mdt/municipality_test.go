package mdt_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// Wijdemeren goes up in Hilversum at the turn of the year.
var (
	before = time.Date(2026, 12, 31, 22, 59, 59, 0, time.UTC)
	after  = before.Add(time.Second)
)

func codes(found []mdt.Municipality) []string {
	var all []string
	for _, m := range found {
		all = append(all, m.Code)
	}
	return all
}

func TestFind(t *testing.T) {
	tests := []struct {
		text    string
		want    string // codes
		outcome mdt.FindOutcome
	}{
		{"Utrecht", "GM0344", mdt.FoundOne},
		{"  uTRECHT ", "GM0344", mdt.FoundOne},
		{"GM0344", "GM0344", mdt.FoundOne},
		{"gm0344", "GM0344", mdt.FoundOne},
		{"0344", "GM0344", mdt.FoundOne},
		{"344", "GM0344", mdt.FoundOne},
		{"gemeente Utrecht", "GM0344", mdt.FoundOne},
		{"Utrecht (Utrecht)", "GM0344", mdt.FoundOne},
		{"'s-Gravenhage", "GM0518", mdt.FoundOne},
		{"’s Gravenhage", "GM0518", mdt.FoundOne},
		{"sgravenhage", "GM0518", mdt.FoundOne},
		{"'s gravenhage", "GM0518", mdt.FoundOne},
		{"Den Haag", "GM0518", mdt.FoundOne},
		{"den-haag", "GM0518", mdt.FoundOne},
		{"Den Bosch", "GM0796", mdt.FoundOne},
		{"s hertogenbosch", "GM0796", mdt.FoundOne},
		{"sudwest fryslan", "GM1900", mdt.FoundOne},
		{"Su\u0301dwest-Frysla\u0302n", "GM1900", mdt.FoundOne}, // accents apart from their letters
		{"Leeuwarden", "GM0080", mdt.FoundOne},
		{"Ljouwert", "GM0080", mdt.FoundOne},
		{"De Friese Meren", "GM1940", mdt.FoundOne},
		{"Tietjerksteradeel", "GM0737", mdt.FoundOne},
		{"Nuenen", "GM0820", mdt.FoundOne},
		{"Nuenen, Gerwen en Nederwetten", "GM0820", mdt.FoundOne},
		{"Son & Breugel", "GM0848", mdt.FoundOne},
		{"\u0132sselstein", "GM0353", mdt.FoundOne}, // the one letter IJ
		{"Bergen", "GM0373 GM0893", mdt.Namesakes},
		{"Bergen (NH)", "GM0373", mdt.FoundOne},
		{"Bergen (NH.)", "GM0373", mdt.FoundOne},
		{"bergen nh", "GM0373", mdt.FoundOne},
		{"Bergen (Noord-Holland)", "GM0373", mdt.FoundOne},
		{"Bergen, Limburg", "GM0893", mdt.FoundOne},
		{"Bergen (L.)", "GM0893", mdt.FoundOne},
		{"Bergen L", "GM0893", mdt.FoundOne},
		{"Bergen (Zeeland)", "", mdt.NotFound},
		{"Bergen op Zoom", "GM0748", mdt.FoundOne},
		{"Hengelo", "GM0164", mdt.FoundOne}, // the living one goes first
		{"Hengelo (O)", "GM0164", mdt.FoundOne},
		{"Hengelo (Gld)", "GM1876", mdt.FoundOne},
		{"Hengelo (Gelderland)", "GM1876", mdt.FoundOne},
		{"Valkenburg (ZH)", "GM0537", mdt.FoundOne},
		{"Valkenburg (L)", "GM0994", mdt.FoundOne},
		{"Valkenburg", "GM0537 GM0994", mdt.Namesakes}, // one by its short name, one by what it was called
		{"Uden", "GM1991", mdt.FoundOne},
		{"GM0856", "GM1991", mdt.FoundOne}, // Uden's code of old
		{"Bussum", "GM1942", mdt.FoundOne},
		{"Haaren", "GM0757 GM0824 GM0855 GM0865", mdt.Split},
		{"788", "GM0757 GM0824 GM0855 GM0865", mdt.Split},
		{"Atlantis", "", mdt.NotFound},
		{"", "", mdt.NotFound},
		{"(", "", mdt.NotFound},
		{"-", "", mdt.NotFound},
		{"gemeente", "", mdt.NotFound},
		{"GM9999", "", mdt.NotFound},
		{"GM", "", mdt.NotFound},
		{"34400", "", mdt.NotFound},
		{"\xff\xfe", "", mdt.NotFound},
	}
	a := atlas(t)
	for _, tt := range tests {
		found, outcome := a.Find(tt.text, before)
		if got := strings.Join(codes(found), " "); got != tt.want && !sameSet(got, tt.want) || outcome != tt.outcome {
			t.Errorf("Find(%q) = %q, %v; want %q, %v", tt.text, got, outcome, tt.want, tt.outcome)
		}
	}
}

func sameSet(a, b string) bool {
	count := map[string]int{}
	for _, s := range strings.Fields(a) {
		count[s]++
	}
	for _, s := range strings.Fields(b) {
		count[s]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestMunicipalityGoesUpInAnotherOnItsDay(t *testing.T) {
	a := atlas(t)
	for _, text := range []string{"Wijdemeren", "GM1696", "Loosdrecht", "'s-Graveland"} { // the latter two through Wijdemeren
		for now, want := range map[time.Time]string{before: "Wijdemeren", after: "Hilversum"} {
			found, outcome := a.Find(text, now)
			if outcome != mdt.FoundOne || found[0].Name != want {
				t.Errorf("Find(%q) at %v = %v, %v; want %s", text, now, found, outcome, want)
			}
		}
	}
	if n, m := len(a.Living(before)), len(a.Living(after)); n != 342 || m != 341 {
		t.Errorf("%d municipalities live before and %d after, want 342 and 341", n, m)
	}
	named := a.Named([]string{"GM1696", "GM0402", "GM0738", "nonsense"}, after)
	if diff := cmp.Diff([]string{"GM0402"}, codes(named)); diff != "" {
		t.Error(diff)
	}
}

// Every row leads, by its name and by its code, to municipalities that live, whatever the moment.
func TestEveryRowLeadsToTheLiving(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(string(read(t, "../content/gemeenten.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	a := atlas(t)
	for _, now := range []time.Time{before, after, after.AddDate(30, 0, 0)} {
		living := map[string]bool{}
		for _, m := range a.Living(now) {
			living[m.Code] = true
		}
		for _, row := range rows[1:] {
			code, name, successors := row[0], row[1], strings.Count(row[5], "|")+1
			for _, text := range []string{code, name} {
				found, outcome := a.Find(text, now)
				if len(found) != successors || (successors == 1) != (outcome == mdt.FoundOne) {
					t.Errorf("Find(%q) = %v, %v; want %d", text, found, outcome, successors)
				}
				for _, m := range found {
					if !living[m.Code] {
						t.Errorf("Find(%q) gives %s, which is no more", text, m.Code)
					}
				}
			}
		}
	}
}

func TestOtherNamesLeadSomewhere(t *testing.T) {
	rows, _ := csv.NewReader(strings.NewReader(string(read(t, "../content/gemeenten.csv")))).ReadAll()
	a := atlas(t)
	for _, row := range rows[1:] {
		for alias := range strings.SplitSeq(row[6], "|") {
			if _, outcome := a.Find(alias, before); alias != "" && alias != "Valkenburg" && outcome != mdt.FoundOne {
				t.Errorf("%q, another name of %s, gives %v", alias, row[1], outcome)
			}
		}
	}
}

const heading = "code,naam,provincie,vanaf,tot,opvolgers,ookBekendAls\n"

func TestNewMunicipalityLivesFromItsDay(t *testing.T) {
	a, err := mdt.ParseAtlas(heading + "GM0001,Oud,,,2027-01-01,GM0002,\nGM0002,Nieuw,Utrecht,2027-01-01,,,\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Oud", "Nieuw", "GM0001"} {
		early, _ := a.Find(text, before)
		late, _ := a.Find(text, after)
		wantEarly := []string{"GM0001"}
		if text == "Nieuw" {
			wantEarly = nil
		}
		if diff := cmp.Diff(wantEarly, codes(early)); diff != "" {
			t.Errorf("%s before: %s", text, diff)
		}
		if diff := cmp.Diff([]string{"GM0002"}, codes(late)); diff != "" {
			t.Errorf("%s after: %s", text, diff)
		}
	}
}

func TestParseAtlasRefuses(t *testing.T) {
	tests := map[string]string{
		"nothing":                     "",
		"another heading":             "code,naam\nGM0001,Oud\n",
		"too few columns":             heading + "GM0001,Oud\n",
		"no code":                     heading + "344,Oud,Utrecht,,,,\n",
		"a code twice":                heading + "GM0001,Oud,Utrecht,,,,\nGM0001,Oud,Utrecht,,,,\n",
		"no province":                 heading + "GM0001,Oud,,,,,\n",
		"an end that is no day":       heading + "GM0001,Oud,Utrecht,,2027-02-30,GM0002,\nGM0002,Nieuw,Utrecht,,,,\n",
		"an end without successors":   heading + "GM0001,Oud,Utrecht,,2027-01-01,,\n",
		"successors without an end":   heading + "GM0001,Oud,Utrecht,,,GM0002,\nGM0002,Nieuw,Utrecht,,,,\n",
		"an unknown successor":        heading + "GM0001,Oud,Utrecht,,2027-01-01,GM0002,\n",
		"a circle":                    heading + "GM0001,Oud,Utrecht,,2027-01-01,GM0002,\nGM0002,Nieuw,Utrecht,,2027-01-01,GM0001,\n",
		"a successor that comes late": heading + "GM0001,Oud,Utrecht,,2027-01-01,GM0002,\nGM0002,Nieuw,Utrecht,2027-01-02,,,\n",
	}
	for name, table := range tests {
		if _, err := mdt.ParseAtlas(table); err == nil {
			t.Errorf("a table with %s was taken", name)
		}
	}
}

// Whatever a visitor types, what is found lives, and the outcome says how many there are.
//
//	go test ./internal/mdt -run '^$' -fuzz FuzzFind -fuzztime 1000000x
func FuzzFind(f *testing.F) {
	for _, text := range []string{"Bergen (NH)", "'s-Gravenhage", "GM0344", "gemeente  gemeente Utrecht", "(,", " Haaren", "\xff", "\u0132\u0301"} {
		f.Add(text, true)
	}
	a := atlas(f)
	f.Fuzz(func(t *testing.T, text string, early bool) {
		now := after
		if early {
			now = before
		}
		found, outcome := a.Find(text, now)
		if (len(found) == 0) != (outcome == mdt.NotFound) || (len(found) == 1) != (outcome == mdt.FoundOne) {
			t.Errorf("Find(%q) = %v, %v", text, found, outcome)
		}
		if living := a.Named(codes(found), now); !cmp.Equal(living, found) && len(found) > 0 {
			t.Errorf("Find(%q) gives what does not live: %v", text, found)
		}
	})
}

func TestOpenAtlasFindsWhatParseAtlasFinds(t *testing.T) {
	t.Parallel()
	const one = heading + "GM0001,Hier,Utrecht,,,,\n"
	if found, _ := mdt.OpenAtlas(one).Find("hier", after); len(found) != 1 || found[0].Code != "GM0001" {
		t.Errorf("found %v", found)
	}
	defer func() {
		if recover() == nil {
			t.Error("a table that ParseAtlas refuses was asked, and answered")
		}
	}()
	mdt.OpenAtlas("no table").Find("hier", after)
}
