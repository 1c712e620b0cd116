package console_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

const (
	hof     = "/console/regios/hof-en-gouwe"
	hofForm = hof + "/wijzigen"
)

// region gives a region as it stands.
func (d *desk) region(id string) mdt.Region {
	d.t.Helper()
	all, err := d.store.Regions(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, r := range all {
		if r.ID == id {
			return r
		}
	}
	d.t.Fatal("no region " + id)
	return mdt.Region{}
}

// asked sends a message to a region.
func (d *desk) asked(region string) {
	d.t.Helper()
	address, _ := mdt.ParseAddress("noor@gast.example")
	form := mdt.MessageForm{Name: "Noor", Email: address, Subject: mdt.SubjectOther, Text: "Hoe sluit ik aan?", Region: region}
	all, err := d.store.Regions(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	routed, fault := mdt.Route(all, d.service.Atlas, region, "", d.time())
	if fault != nil {
		d.t.Fatal(fault)
	}
	if _, err := d.service.Ask(d.t.Context(), form, routed, all, acts.Post{}); err != nil {
		d.t.Fatal(err)
	}
}

// hofAs is the form of the region as it stands, with what else is typed in it.
func hofAs(pairs ...string) []string {
	return append([]string{"versie", "1", "naam", "Voorbeeldregio Hof en Gouwe", "facilitators.0.naam", "Fatima Yildiz", "facilitators.0.email", "fatima@hof-en-gouwe.example",
		"facilitators.0.afwezig.0.vanaf", "24-11-2026", "facilitators.0.afwezig.0.totEnMet", "16-12-2026", "facilitators.0.afwezig.0.vervanger", "Hugo Bos",
		"facilitators.0.afwezig.0.vervangerEmail", "hugo@hof-en-gouwe.example"}, pairs...)
}

func TestTheListOfRegions(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	d.engine.calls = 0
	got := p.get("/console/regios")
	if d.engine.calls != 2 { // who asks, and beside that the regions
		t.Errorf("it took %d calls", d.engine.calls)
	}
	for _, want := range []string{"Hugo Bos (vervanger) Tot en met woensdag 16 december 2026 Fatima Yildiz Vanaf donderdag 17 december 2026",
		"Voorbeeldregio Veen en Esdorpen Vacant", "1 regio is nu vacant.", "Mila de Wit Vanaf zondag 27 december 2026"} {
		if !got.says(want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if got := d.as(femke).get("/console/regios"); !got.says("Wad en Wierden") || got.says("Hof en Gouwe") {
		t.Error("a facilitator sees more or less than her own region")
	}
	if got := d.as(jelle).get("/console/regios/wad-en-wierden"); got.Code != http.StatusNotFound || got.says("Wierden") {
		t.Errorf("a facilitator of another region gets %d", got.Code)
	}
	if got := d.as(wim).get(hof); got.says("Wijzig deze regio") || got.says("Kan inloggen") {
		t.Error("who reads is shown how to change")
	}
}

func TestARegionIsChanged(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	if got := p.post(hofForm, hofAs("telefoon", "030 555 01 91", "handeling", "bewaren")...); got.Code != http.StatusSeeOther {
		t.Fatalf("the telephone: %d", got.Code) // nobody else answers: nothing is asked
	}
	if r := d.region("hof-en-gouwe"); r.Phone != "030 555 01 91" || r.Version != 2 || len(r.Municipalities) != 13 || r.Facilitators[0].Absences[0].StandIn.Name != "Hugo Bos" {
		t.Errorf("stored %+v", r)
	}
	if got := p.get(hof + "?gedaan=regiogewijzigd"); !got.says("Bewaard.") || !got.says("030 555 01 91") {
		t.Error("the page does not show it")
	}
	if lines := d.logLines(); !strings.Contains(lines, "regio hof-en-gouwe") {
		t.Errorf("the log says %s", lines)
	}
	if got, err := d.service.Catalogue.Regions(t.Context()); err != nil || d.phoneIn(got, "hof-en-gouwe") != "030 555 01 91" {
		t.Error("what visitors see is the old one")
	}
}

// TestSomebodyElseWillAnswer: that is shown with the messages that stay, and stored after a yes.
func TestSomebodyElseWillAnswer(t *testing.T) {
	d := newDesk(t)
	d.asked("hof-en-gouwe")
	d.asked("wad-en-wierden")
	p := d.as(sam)
	changed := hofAs("facilitators.1.naam", "Nu van Dam", "facilitators.1.vanaf", "1-3-2027", "facilitators.0.totEnMet", "28-2-2027")
	got := p.post(hofForm, append(changed, "handeling", "bewaren")...)
	for _, want := range []string{"Vanaf maandag 1 maart 2027 Nu van Dam Geen e-mailadres Het landelijke team antwoordt.", "kwam er 1 bericht", "Hugo Bos"} {
		if got.Code != http.StatusOK || !got.says(want) {
			t.Errorf("%d: it does not say %q", got.Code, want)
		}
	}
	if d.region("hof-en-gouwe").Version != 1 {
		t.Fatal("it was stored before the yes")
	}
	if back := p.post(hofForm, append(changed, "handeling", "terug")...); back.Code != 200 || !strings.Contains(back.html, `value="Nu van Dam"`) {
		t.Errorf("back to the form: %d", back.Code)
	}
	if got := p.post(hofForm, append(changed, "handeling", "ja")...); got.Code != http.StatusSeeOther {
		t.Fatalf("yes: %d", got.Code)
	}
	if r := d.region("hof-en-gouwe"); len(r.Facilitators) != 2 || r.Facilitators[1].From != "2027-03-01" || r.Facilitators[0].Until != "2027-02-28" {
		t.Errorf("stored %+v", r.Facilitators)
	}
}

func TestAllFaultsOfARegionAtOnce(t *testing.T) {
	d := newDesk(t)
	got := d.as(sam).post(hofForm, "handeling", "bewaren", "versie", "1", "naam", "", "telefoon", "12", "facilitators.3.email", "x", "facilitators.3.vanaf", "31-2-2027",
		"facilitators.3.afwezig.1.totEnMet", "1-1-2027", "facilitators.3.afwezig.1.vanaf", "2-1-2027")
	if got.Code != http.StatusBadRequest {
		t.Fatal(got.Code)
	}
	for _, want := range []string{"Vul de naam van de regio in.", "Vul een volledig telefoonnummer in", "Vul de naam van de facilitator in.", "Vul een volledig e-mailadres van de facilitator in.",
		"Vul een dag in die bestaat", "Deze dag ligt voor de eerste dag."} {
		if !got.says(want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, want := range []string{`href="#facilitators-3-afwezig-1-totEnMet"`, `id="facilitators-3-afwezig-1-totEnMet"`, `value="31-2-2027"`} {
		if !strings.Contains(got.html, want) {
			t.Errorf("%s is not in it", want)
		}
	}
	if d.region("hof-en-gouwe").Version != 1 {
		t.Error("it was stored")
	}
}

// TestRowsComeAndGo: without a script, and nothing is stored by it.
func TestRowsComeAndGo(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	d.engine.changed()
	names := func(got shown) (names []string) {
		for _, piece := range strings.Split(got.html, ` name="facilitators.`)[1:] {
			name, _, _ := strings.Cut(piece, `"`)
			if strings.HasSuffix(name, ".naam") || strings.HasSuffix(name, ".vervanger") {
				names = append(names, name)
			}
		}
		return names
	}
	for _, tt := range []struct{ deed, want string }{
		{"erbij", "0.naam 0.afwezig.0.vervanger 1.naam"},
		{"erbij 0", "0.naam 0.afwezig.0.vervanger 0.afwezig.1.vervanger"},
		{"weg 0.0", "0.naam"},
		{"weg 0", "0.naam"}, // an empty one to begin with
		{"weg 7", "0.naam 0.afwezig.0.vervanger"},
	} {
		got := p.post(hofForm, hofAs("handeling", tt.deed)...)
		if all := strings.Join(names(got), " "); got.Code != http.StatusOK || all != tt.want {
			t.Errorf("%s: %d, %s", tt.deed, got.Code, all)
		}
		if gone := strings.HasPrefix(tt.deed, "weg 0"); strings.Contains(got.html, "Hugo Bos") == gone {
			t.Errorf("%s: what was typed is wrong", tt.deed)
		}
	}
	if d.region("hof-en-gouwe").Version != 1 || len(d.engine.changed()) > 0 {
		t.Error("something was stored")
	}
	if got := p.post("/console/regios/veen-en-esdorpen/wijzigen", "versie", "1", "handeling", "erbij", "naam", "Veen"); len(names(got)) != 2 {
		t.Errorf("a second row: %v", names(got))
	}
}

// TestTwoTabsOfARegion: the second is told what stands by now, and may store its own after having seen it.
func TestTwoTabsOfARegion(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	if got := p.post(hofForm, hofAs("telefoon", "030 555 01 91", "handeling", "bewaren")...); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	second := p.post(hofForm, hofAs("regiostrategie", "Samen", "handeling", "bewaren")...)
	if second.Code != http.StatusConflict || !second.says("Dit is nu bewaard") || !second.says("030 555 01 91") || !strings.Contains(second.html, "Samen</textarea>") {
		t.Errorf("%d: what stands and what was typed are not both there", second.Code)
	}
	if !strings.Contains(second.html, `name="versie" value="2"`) || d.region("hof-en-gouwe").Strategy != "" {
		t.Error("it cannot be sent again, or was stored")
	}
	again := hofAs("regiostrategie", "Samen", "handeling", "bewaren")
	again[1] = "2"
	if got := p.post(hofForm, again...); got.Code != http.StatusSeeOther || d.region("hof-en-gouwe").Strategy != "Samen" {
		t.Errorf("after having seen it: %d", got.Code)
	}
}

// logLines are what was done so far, and to what.
func (d *desk) logLines() string {
	d.t.Helper()
	found, err := d.store.LogLines(d.t.Context(), time.Time{}, store.Listing[mdt.LogLine]{Limit: 50}, d.time())
	if err != nil {
		d.t.Fatal(err)
	}
	var lines []string
	for _, l := range found.Entries {
		lines = append(lines, string(l.What)+" "+l.About)
	}
	return strings.Join(lines, ", ")
}

// phoneIn is the telephone of a region.
func (d *desk) phoneIn(regions []mdt.Region, id string) string {
	for _, r := range regions {
		if r.ID == id {
			return r.Phone
		}
	}
	return ""
}
