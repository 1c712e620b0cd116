package console_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/mdt"
)

// TestWhoOfTheFacilitatorsMayComeIn: the page says so, and leads to a form that is filled in without a name in its address.
func TestWhoOfTheFacilitatorsMayComeIn(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	if got := p.get(hof); !got.says("Fatima Yildiz Facilitator Kan inloggen (Facilitator)") || !got.says("Hugo Bos Vervanger Kan inloggen (Facilitator)") || got.says("Antwoordt hier niet") {
		t.Error("Fatima and Hugo may come in, and nobody else")
	}
	changed := hofAs("facilitators.0.totEnMet", "28-2-2027", "facilitators.1.naam", "Nu van Dam", "facilitators.1.email", "nu@hof-en-gouwe.example", "facilitators.1.vanaf", "1-3-2027", "handeling", "ja")
	p.post(hofForm, changed...)
	got := p.get(hof)
	if !got.says("Kan niet inloggen.") || !strings.Contains(got.html, `href="/console/mensen?regio=hof-en-gouwe&amp;nummer=1#naam"`) {
		t.Error("Nu may not come in, and nothing says so")
	}
	form := p.get("/console/mensen?regio=hof-en-gouwe&nummer=1")
	for _, want := range []string{`value="Nu van Dam"`, `value="nu@hof-en-gouwe.example"`, `value="facilitator" checked`, `value="hof-en-gouwe" checked`} {
		if !strings.Contains(form.html, want) {
			t.Errorf("%s is not in the form", want)
		}
	}
	p.post("/console/mensen", "naam", "Nu van Dam", "email", "nu@hof-en-gouwe.example", "rol", "facilitator", "regios", "lek-en-gooi")
	if got := p.get(hof); !got.says("Kan inloggen, maar niet voor deze regio.") {
		t.Error("she comes in for another region, and nothing says so")
	}
	p.post(hofForm, "versie", "2", "naam", "Hof en Gouwe", "facilitators.0.naam", "Nu van Dam", "facilitators.0.email", "nu@hof-en-gouwe.example", "handeling", "ja")
	if got := p.get(hof); !got.says("Fatima Yildiz Antwoordt hier niet Kan inloggen (Facilitator) Bekijk deze persoon") {
		t.Error("Fatima answers no more and comes in all the same, and nothing says so")
	}
	for _, query := range []string{"regio=nergens&nummer=0", "regio=hof-en-gouwe&nummer=9", "regio=" + url.QueryEscape("../x") + "&nummer=-1"} {
		if got := p.get("/console/mensen?" + query); got.Code != 200 || strings.Contains(got.html, `value="fatima`) {
			t.Errorf("%s: %d", query, got.Code)
		}
	}
}

// meanwhile changes the region in another tab, and then sends the form of this one.
func meanwhile(d *desk, p *browser.Page) {
	was := d.region("hof-en-gouwe")
	now := was
	now.Phone = "030 555 01 1" + strconv.FormatInt(was.Version, 10)
	if err := d.service.ChangeRegions(d.t.Context(), []mdt.RegionChange{{Was: &was, Now: &now}}); err != nil {
		d.t.Fatal(err)
	}
	typedIn("Telefoonnummer (niet verplicht)", "030 555 01 92")(d, p)
}

// TestSomebodyIsAwayByKeyboard: the whole job in a browser: a stand-in for the first days of May, and nothing else changes.
func TestSomebodyIsAwayByKeyboard(t *testing.T) {
	d := newDesk(t)
	site := d.as(sam).served()
	p := browser.Open(t, site.base+"/console/regios", browser.View{Width: browser.Wide})
	follow := func(names ...string) {
		t.Helper()
		for _, name := range names {
			p.Tab(name)
		}
		p.Enter()
	}
	fill := func(name, text string) { t.Helper(); p.Tab(name); p.Type(text) }
	follow("Voorbeeldregio Wad en Wierden")
	follow("Wijzig deze regio")
	follow("Afwezig erbij (Facilitator 1)")
	if _, row, _ := strings.Cut(p.Address(), "#"); row != "rij-facilitators-0-afwezig-0" || !strings.Contains(site.last, `id="`+row+`"`) {
		t.Errorf("the page does not go on at the new row: %s", p.Address())
	}
	fill("Eerste dag afwezig", "1-5-2027")
	fill("Laatste dag afwezig", "9-5-2027")
	fill("Naam van de vervanger", "Bo Visser")
	fill("E-mailadres van de vervanger", "bo@wad-en-wierden.example")
	follow("Bewaar deze regio")
	if text := p.Text(); !strings.Contains(text, "Vanaf zaterdag 1 mei 2027, tot en met zondag 9 mei 2027") {
		t.Fatalf("it asks %s", text)
	}
	follow("Ja, bewaar")
	if text := p.Text(); p.Status() != 200 || !strings.Contains(text, "Bewaard.") || !strings.Contains(text, "Vervanger: Bo Visser") {
		t.Errorf("%d: %s", p.Status(), text)
	}
	r := d.region("wad-en-wierden")
	want := mdt.Absence{From: "2027-05-01", Until: "2027-05-09", StandIn: &mdt.StandIn{Name: "Bo Visser", Email: "bo@wad-en-wierden.example"}}
	if f := r.Facilitators[0]; f.Name != "Femke Dijkstra" || f.Email != femke || len(f.Absences) != 1 || *f.Absences[0].StandIn != *want.StandIn || f.Absences[0].Until != want.Until {
		t.Errorf("stored %+v", r)
	}
}
