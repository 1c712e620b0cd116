package mdt_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The tests read the data files beside this room rather than import their reader: mdt knows no other room.
func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func atlas(t testing.TB) *mdt.Atlas {
	t.Helper()
	a, err := mdt.ParseAtlas(string(read(t, "../content/gemeenten.csv")))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func example(t testing.TB, start time.Time) mdt.Network {
	t.Helper()
	n, err := mdt.ParseNetwork(read(t, "../content/voorbeeld.json"), atlas(t), start)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

type object = map[string]any

// changed is the example file after a change to its first region, to its first facilitator, or to a small
// meeting in the place of its meetings.
func changed(t testing.TB, change func(file, region, facilitator, meeting object)) []byte {
	t.Helper()
	var file object
	if err := json.Unmarshal(read(t, "../content/voorbeeld.json"), &file); err != nil {
		t.Fatal(err)
	}
	region := file["regios"].([]any)[0].(object)
	facilitator := region["facilitators"].([]any)[0].(object)
	meeting := object{"id": "dag", "naam": "Dag", "soort": "regiodag", "plaats": "Ede", "begint": "2027-06-01T10:00", "eindigt": "2027-06-01T16:00"}
	file["bijeenkomsten"] = []any{meeting}
	change(file, region, facilitator, meeting)
	data, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func faults(t testing.TB, data []byte) []string {
	t.Helper()
	_, err := mdt.ParseNetwork(data, atlas(t), before)
	var found mdt.NetworkFaults
	if err != nil && !errors.As(err, &found) {
		t.Fatalf("%T is not a list of faults: %v", err, err)
	}
	return found
}

// Each of these is the one thing wrong with a file that is right otherwise, and is told as one sentence.
func TestNetworkFaults(t *testing.T) {
	parts := func(ps ...object) []any {
		var list []any
		for _, p := range ps {
			whole := object{"id": "een", "naam": "Een", "soort": "deelsessie", "begint": "2027-06-01T10:00", "eindigt": "2027-06-01T11:00"}
			for k, v := range p {
				whole[k] = v
			}
			list = append(list, whole)
		}
		return list
	}
	question := func(q object) []any {
		whole := object{"id": "een", "tekst": "Een?", "soort": "tekst"}
		for k, v := range q {
			whole[k] = v
		}
		return []any{whole}
	}
	tests := []struct {
		name   string
		change func(file, region, facilitator, meeting object)
		want   string
	}{
		{"nothing", func(_, _, _, _ object) {}, ""},
		{"unknown field", func(f, _, _, _ object) { f["regoos"] = 1 }, "regoos: dit veld kennen we niet"},
		{"unknown field deep down", func(_, _, fac, _ object) { fac["mail"] = "x" }, "regios[0].facilitators[0].mail: dit veld"},
		{"field in another case", func(_, r, _, _ object) { r["Telefoon"] = "1" }, "regios[0].Telefoon: dit veld"},
		{"field that is not given", func(_, _, _, m object) { m["versie"] = 3 }, "bijeenkomsten[0].versie: dit veld"},
		{"text for a number", func(_, _, _, m object) { m["plekken"] = "tien" }, "bijeenkomsten[0].plekken: hier hoort een heel getal"},
		{"part of a number", func(_, _, _, m object) { m["plekken"] = 1.5 }, "hier hoort een heel getal"},
		{"text for yes or no", func(_, _, _, m object) { m["online"] = "ja" }, "hier hoort true of false"},
		{"number for a text", func(_, _, _, m object) { m["pagina"] = 3 }, "hier hoort een tekst"},
		{"object for a list", func(_, _, _, m object) { m["onderdelen"] = object{} }, "hier hoort een lijst"},
		{"list for an object", func(_, _, _, m object) { m["aanmelden"] = []any{} }, "hier hoort een object"},

		{"region's id", func(f, r, _, _ object) { f["mensen"], r["id"] = nil, "Wad en Wierden" }, "mag alleen kleine letters"},
		{"region's id taken", func(f, r, _, _ object) { f["mensen"], r["id"] = nil, "kop-en-duin" }, "al vergeven"},
		{"region's id is a word of ours", func(f, r, _, _ object) { f["mensen"], r["id"] = nil, "landelijk" }, "al vergeven"},
		{"region without name", func(_, r, _, _ object) { r["naam"] = " " }, "naam ontbreekt"},
		{"unknown municipality", func(_, r, _, _ object) { r["gemeenten"] = append(r["gemeenten"].([]any), "Atlantis") }, `"Atlantis" kennen we niet`},
		{"unclear municipality", func(_, r, _, _ object) { r["gemeenten"] = append(r["gemeenten"].([]any), "Bergen") }, "niet duidelijk"},
		{"municipality twice", func(_, r, _, _ object) { r["gemeenten"] = append(r["gemeenten"].([]any), "den haag") }, "'s-Gravenhage (GM0518) staat ook bij"},
		{"municipality twice, by its code", func(_, r, _, _ object) { r["gemeenten"] = append(r["gemeenten"].([]any), "GM0014") }, "Groningen (GM0014) staat ook bij"},
		{"municipality missing", func(_, r, _, _ object) { r["gemeenten"] = r["gemeenten"].([]any)[1:] }, "geen regio: Achtkarspelen (GM0059)."},
		{"facilitator without name", func(_, _, f, _ object) { f["naam"] = "" }, "naam ontbreekt"},
		{"facilitator's address", func(_, _, f, _ object) { f["email"] = "ans@" }, "geen e-mailadres"},
		{"facilitator without address is none", func(_, _, f, _ object) { delete(f, "email") }, ""},
		{"day", func(_, _, f, _ object) { f["vanaf"] = "1 maart" }, `"1 maart" is geen dag`},
		{"day that is none", func(_, _, f, _ object) { f["vanaf"] = "2027-02-29" }, "is geen dag"},
		{"days turned round", func(_, _, f, _ object) { f["vanaf"], f["totEnMet"] = "2027-03-02", "2027-03-01" }, "totEnMet ligt voor vanaf"},
		{"absences at once", func(_, _, f, _ object) {
			f["afwezig"] = []any{object{"vanaf": "+1d", "totEnMet": "+3d"}, object{"vanaf": "+3d"}}
		}, "twee afwezigheden vallen samen"},
		{"stand-in's address", func(_, _, f, _ object) {
			f["afwezig"] = []any{object{"vervanger": object{"naam": "Bo", "email": "bo"}}}
		}, "geen e-mailadres"},
		{"two facilitators at once", func(_, r, _, _ object) {
			r["facilitators"] = append(r["facilitators"].([]any), object{"naam": "Bo", "vanaf": "2027-01-01"})
		}, "op dezelfde dag facilitator"},

		{"team without address", func(f, _, _, _ object) { delete(f["team"].(object), "email") }, "team: \"\" is geen e-mailadres"},
		{"person's role", func(f, _, _, _ object) { f["mensen"].([]any)[0].(object)["rol"] = "baas" }, "geen team, facilitator of lezer"},
		{"facilitator of nothing", func(f, _, _, _ object) { f["mensen"].([]any)[3].(object)["regio"] = "" }, `regio "" bestaat niet`},
		{"person twice", func(f, _, _, _ object) { f["mensen"].([]any)[1].(object)["email"] = "Sam@mdt-team.example" }, "twee keer voor"},

		{"meeting's id", func(_, _, _, m object) { m["id"] = "dag/1" }, "mag alleen kleine letters"},
		{"meeting twice", func(f, _, _, m object) { f["bijeenkomsten"] = []any{m, m} }, "al vergeven"},
		{"meeting's kind", func(_, _, _, m object) { m["soort"] = "feest" }, "geen beslisdag"},
		{"meeting nowhere", func(_, _, _, m object) { delete(m, "plaats") }, "geef een plaats"},
		{"meeting without beginning", func(_, _, _, m object) { delete(m, "begint") }, "begint: vul een tijdstip in"},
		{"moment", func(_, _, _, m object) { m["begint"] = "1 juni" }, `"1 juni" is geen tijdstip`},
		{"ends before it begins", func(_, _, _, m object) { m["eindigt"] = "2027-06-01T10:00" }, "einde ligt niet na het begin"},
		{"belongs to nothing", func(_, _, _, m object) { m["hoortBij"] = "nacht" }, "geen andere bijeenkomst"},
		{"belongs to itself", func(_, _, _, m object) { m["hoortBij"] = "dag" }, "geen andere bijeenkomst"},
		{"page", func(_, _, _, m object) { m["pagina"] = "javascript:alert(1)" }, "https://"},
		{"seats", func(_, _, _, m object) { m["plekken"] = -1 }, "-1 is minder dan nul"},
		{"guests", func(_, _, _, m object) { m["introducees"] = 11 }, "hooguit 10 introducees"},
		{"waiting list ends late", func(_, _, _, m object) { m["wachtlijstSluit"] = "2027-06-01T10:01" }, "wachtlijst sluit na het begin"},
		{"closes before it opens", func(_, _, _, m object) {
			m["aanmelden"] = object{"opent": "2027-05-02T09:00", "sluit": "2027-05-01T09:00"}
		}, "aanmelden: het sluit voordat het opent"},
		{"opens too late", func(_, _, _, m object) { m["attenderen"] = object{"opent": "2027-06-01T10:00"} }, "attenderen: het opent pas"},
		{"known and unknown", func(_, _, _, m object) {
			m["aanmelden"] = object{"opent": "2027-05-02T09:00", "nogOnbekend": true}
		}, "Kies één van de twee"},
		{"part too early", func(_, _, _, m object) { m["onderdelen"] = parts(object{"begint": "2027-06-01T09:59"}) }, "buiten de tijd"},
		{"part too late", func(_, _, _, m object) { m["onderdelen"] = parts(object{"eindigt": "2027-06-01T16:01"}) }, "buiten de tijd"},
		{"part twice", func(_, _, _, m object) { m["onderdelen"] = parts(nil, nil) }, "al vergeven"},
		{"part's kind", func(_, _, _, m object) { m["onderdelen"] = parts(object{"soort": "pauze"}) }, "geen plenair of deelsessie"},
		{"part's seats", func(_, _, _, m object) { m["onderdelen"] = parts(object{"plekken": -2}) }, "minder dan nul"},
		{"question's id", func(_, _, _, m object) { m["vragen"] = question(object{"id": "a.b"}) }, "het id mag alleen"},
		{"question twice", func(_, _, _, m object) { m["vragen"] = append(question(nil), question(nil)...) }, "één keer voorkomen"},
		{"question without words", func(_, _, _, m object) { m["vragen"] = question(object{"tekst": ""}) }, "tekst ontbreekt"},
		{"question's kind", func(_, _, _, m object) { m["vragen"] = question(object{"soort": "getal"}) }, "geen tekst, keuze"},
		{"no choices", func(_, _, _, m object) { m["vragen"] = question(object{"soort": "keuze"}) }, "geef keuzes"},
		{"choices too many", func(_, _, _, m object) { m["vragen"] = question(object{"soort": "jaNee", "keuzes": []any{"ja"}}) }, "geen keuzes"},
		{"all seats held back", func(_, _, _, m object) { m["plekken"], m["achtergehouden"] = 5, 5 }, "achtergehouden"},
		{"shown if nothing", func(_, _, _, m object) {
			m["vragen"] = question(object{"toonAls": object{"vraag": "weg"}})
		}, "vragen/0/toonAls/vraag"},
		{"a paragraph in no letter", func(_, _, _, m object) { m["alineas"] = object{"14": "Hallo."} }, "alineas/14"},
		{"choice twice", func(_, _, _, m object) {
			m["vragen"] = question(object{"soort": "meerkeuze", "keuzes": []any{"ja", "ja"}})
		}, "twee keer"},
	}
	for _, tt := range tests {
		got := faults(t, changed(t, tt.change))
		switch {
		case tt.want == "" && len(got) > 0:
			t.Errorf("%s: %q", tt.name, got)
		case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)):
			t.Errorf("%s: %q, want one fault with %q", tt.name, got, tt.want)
		}
	}
}

func TestNetworkFaultsAreToldAllAtOnce(t *testing.T) {
	got := faults(t, changed(t, func(file, region, facilitator, meeting object) {
		file["extra"], region["naam"], facilitator["email"], meeting["plekken"] = 1, "", "x", "veel"
	}))
	if len(got) != 4 {
		t.Errorf("%d faults, want 4: %q", len(got), got)
	}
}

func TestNetworkThatIsNoGoodJSON(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "regel 1: dit is geen goede JSON",
		"{\n\"regios\": [],\n}":    "regel 3: dit is geen goede JSON",
		"{\"regios\": [":           "te vroeg",
		"{} {}":                    "na het einde",
		"[]":                       "het bestand: hier hoort een object",
		`{"team":{},"team":{}}`:    "team: dit veld staat er twee keer",
		`{"x":{"y":[1,{"z":2}]}}`:  "x: dit veld kennen we niet",
		`{"regios":[{"naam":"a"}]`: "te vroeg",
	} {
		if got := faults(t, []byte(text)); !slices.ContainsFunc(got, func(f string) bool { return strings.Contains(f, want) }) {
			t.Errorf("%s: %.200q, want %q", text, got, want)
		}
	}
}

func TestMunicipalitiesBecomeCodes(t *testing.T) {
	n := example(t, before)
	if got := n.Regions[0].Municipalities[0]; got != "GM0059" {
		t.Errorf("Achtkarspelen became %q", got)
	}
}

func TestCheckRealAddresses(t *testing.T) {
	network := func(email string) mdt.Network {
		return mdt.Network{Team: mdt.Team{Email: "team@mdt.nl"}, Regions: []mdt.Region{{ID: "een", Facilitators: []mdt.Facilitator{
			{Email: "a@voorbeeld.nl", Absences: []mdt.Absence{{Until: "2020-01-01", StandIn: &mdt.StandIn{Email: email}}}}}}}}
	}
	for email, real := range map[string]bool{
		"a@regio.nl": true, "a@example.nl": true, "": true, "a@test.amsterdam": true,
		"a@regio.example": false, "a@REGIO.EXAMPLE": false, "a@x.invalid": false, "a@x.y.test": false, "a@x.test.": false,
	} {
		if err := mdt.CheckRealAddresses(network(email)); (err == nil) != real {
			t.Errorf("%s: %v", email, err)
		}
	}
	for _, n := range []mdt.Network{{Team: mdt.Team{Email: "t@x.example"}}, {People: []mdt.Account{{Email: "p@x.example"}}}} {
		if mdt.CheckRealAddresses(n) == nil {
			t.Errorf("%+v was taken", n)
		}
	}
	var all mdt.NetworkFaults
	if err := mdt.CheckRealAddresses(example(t, before)); !errors.As(err, &all) || len(all) < 19 {
		t.Errorf("the example network: %d faults", len(all))
	}
}

func BenchmarkParseAtlas(b *testing.B) {
	table := string(read(b, "../content/gemeenten.csv"))
	for b.Loop() {
		if _, err := mdt.ParseAtlas(table); err != nil {
			b.Fatal(err)
		}
	}
}
