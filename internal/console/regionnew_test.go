package console_test

import (
	"net/http"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
)

const newRegion = "/console/nieuwe-regio"

// TestARegionIsMade: called by its name, with who answers for it; municipalities move to it afterwards.
func TestARegionIsMade(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	if got := p.get("/console/regios"); !strings.Contains(got.html, `href="`+newRegion+`"`) || strings.Contains(d.as(wim).get("/console/regios").html, newRegion) {
		t.Error("the team is not led to the form, or who reads is")
	}
	row := p.post(newRegion, "naam", "Duin & Déla", "handeling", "erbij")
	if row.Code != 200 || !strings.Contains(row.html, `name="facilitators.1.naam"`) || !strings.Contains(row.html, `value="Duin &amp; Déla"`) {
		t.Fatalf("%d %s", row.Code, row.html)
	}
	got := p.post(newRegion, "naam", "Duin & Déla", "telefoon", "06 12345678", "facilitators.0.naam", "Ada Vos", "facilitators.0.email", "ada@duin.example",
		"facilitators.0.vanaf", "24 maart 2027", "facilitators.0.totEnMet", "24/3/2028", "handeling", "bewaren")
	if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/console/regios/duin-dela?gedaan=regiogemaakt" {
		t.Fatalf("%d %s %s", got.Code, got.Header().Get("Location"), got.Body)
	}
	page := p.get(got.Header().Get("Location"))
	for _, want := range []string{"De regio is gemaakt.", "Korte naam duin-dela", "Ada Vos", "Vanaf woensdag 24 maart 2027, tot en met vrijdag 24 maart 2028", "0 gemeenten"} {
		if !page.says(want) {
			t.Errorf("the page lacks %q: %s", want, page.Body)
		}
	}
	regions, err := d.store.Regions(t.Context())
	if err != nil || len(regions) != len(d.network.Regions)+1 {
		t.Errorf("%d regions, %v", len(regions), err)
	}
	if got := d.as(sam).logbook(""); !got.says("Duin & Déla") {
		t.Error("the log does not know it")
	}
	if got := p.post("/console/gemeenten", "gemeente", "Delft", "naar", "duin-dela", "stand", mdt.Stand(regions), "handeling", "ja"); got.Code != http.StatusSeeOther {
		t.Errorf("no municipality can move there: %d %s", got.Code, got.Body)
	}
}

// TestARegionThatCannotBe: each fault at its field, with all that was typed.
func TestARegionThatCannotBe(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	for _, test := range []struct{ name, id, email, want string }{
		{"", "", "", "Vul de naam van de regio in."},
		{"Wad en Wierden", "", "", "Er is al een regio met deze korte naam."},
		{"Nieuw", "WAD-en-wierden", "", "Er is al een regio met deze korte naam."},
		{"Nieuw", "a b", "", "Gebruik als korte naam alleen kleine letters"},
		{"Landelijk", "", "", "Gebruik als korte naam alleen kleine letters"},
		{"李", "", "", "Gebruik als korte naam alleen kleine letters"},
		{"Nieuw", "", "x", "Vul een volledig e-mailadres van de facilitator in."},
	} {
		p.engine.changed()
		got := p.post(newRegion, "naam", test.name, "id", test.id, "facilitators.0.naam", "Ada Vos", "facilitators.0.email", test.email, "handeling", "bewaren")
		if got.Code != http.StatusBadRequest || !got.says(test.want) || !strings.Contains(got.html, `value="Ada Vos"`) {
			t.Errorf("%+v: %d %s", test, got.Code, got.Body)
		}
		if changed := p.engine.changed(); len(changed) > 0 {
			t.Errorf("%+v changed %v", test, changed)
		}
	}
}
