package console_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/mdt"
)

const (
	delft  = "GM0503"
	leiden = "GM0546"
)

// misplaced takes one municipality away from its region, and gives another to two.
func misplaced(d *desk) {
	d.t.Helper()
	all, err := d.store.Regions(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	now := mdt.Moved(all, []string{delft}, "")
	for i := range now {
		if now[i].ID == "wad-en-wierden" {
			now[i].Municipalities = append(slices.Clone(now[i].Municipalities), leiden)
		}
	}
	if err := d.service.ChangeRegions(d.t.Context(), mdt.RegionChanges(all, now, true)); err != nil {
		d.t.Fatal(err)
	}
}

func moving(_ *desk, p *browser.Page) {
	p.Tab("Welke gemeente? (niet verplicht)")
	p.Replace("Delft")
	p.Tab("Naar welke regio?")
	p.Choose("Voorbeeldregio Lek en Gooi")
	p.Tab("Kijk wat er verandert")
	p.Enter()
}

// stand is what the form of the municipalities holds of the state that it was made of.
func (d *desk) stand() string {
	d.t.Helper()
	all, err := d.store.Regions(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return mdt.Stand(all)
}

func TestAMunicipalityMovesInOneAct(t *testing.T) {
	d := newDesk(t)
	p, stand := d.as(sam), d.stand()
	if got := p.get("/console/gemeenten"); !got.says("Er zijn 342 gemeenten.") || !got.says("Vanaf vrijdag 1 januari 2027 gaat Wijdemeren op in Hilversum.") {
		t.Error("the page does not say how it stands")
	}
	move := []string{"stand", stand, "gemeente", "delft", "naar", "lek-en-gooi"}
	ask := p.post("/console/gemeenten", move...)
	for _, want := range []string{"Delft Voorbeeldregio Hof en Gouwe Antwoordt: Hugo Bos Voorbeeldregio Lek en Gooi Antwoordt: Noor el Idrissi", "kwamen er geen berichten"} {
		if ask.Code != 200 || !ask.says(want) {
			t.Errorf("%d: it does not say %q", ask.Code, want)
		}
	}
	if d.stand() != stand {
		t.Fatal("it was stored before the yes")
	}
	if got := p.post("/console/gemeenten", append(move, "handeling", "ja")...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d", got.Code)
	}
	if from, to := d.region("hof-en-gouwe"), d.region("lek-en-gooi"); slices.Contains(from.Municipalities, delft) || !slices.Contains(to.Municipalities, delft) {
		t.Errorf("from %v to %v", from.Municipalities, to.Municipalities)
	}
	if lines := d.logLines(); !strings.Contains(lines, "regio hof-en-gouwe") || !strings.Contains(lines, "regio lek-en-gooi") || strings.Contains(lines, "wad") {
		t.Errorf("the log says %s", lines)
	}
	if second := p.post("/console/gemeenten", append(move, "handeling", "ja")...); second.Code != http.StatusConflict || !second.says("Iemand was je voor.") {
		t.Errorf("on what stood before: %d", second.Code)
	}
}

func TestWhatIsWrongWithTheMunicipalities(t *testing.T) {
	d := newDesk(t)
	misplaced(d)
	p := d.as(sam)
	if got := p.get("/console/regios"); !got.says("Niet elke gemeente hoort bij precies één regio.") {
		t.Error("the list does not say so")
	}
	got := p.get("/console/gemeenten")
	for _, want := range []string{"Deze gemeenten horen nog bij geen regio: Delft", "Leiden: Voorbeeldregio Spaarne en Bollen, Voorbeeldregio Wad en Wierden"} {
		if !got.says(want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for code, to := range map[string]string{delft: "hof-en-gouwe", leiden: "spaarne-en-bollen"} {
		if got := p.post("/console/gemeenten", "stand", d.stand(), "gekozen", code, "naar", to, "handeling", "ja"); got.Code != http.StatusSeeOther {
			t.Errorf("%s: %d", code, got.Code)
		}
	}
	if got := p.get("/console/gemeenten"); !got.says("Elke gemeente hoort bij precies één regio.") {
		t.Error("it is mended, and the page does not say so")
	}
}

func TestFaultsOfAMove(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	for _, tt := range []struct {
		sent []string
		want string
	}{
		{[]string{"naar", "lek-en-gooi"}, "Vul een gemeente in."},
		{[]string{"gemeente", "Bergen", "naar", "lek-en-gooi"}, "Er zijn twee gemeenten met deze naam."},
		{[]string{"gemeente", "Nergens"}, "We kennen deze gemeente niet."},
		{[]string{"gemeente", "Delft"}, "Kies naar welke regio."},
		{[]string{"gemeente", "Delft", "naar", "nergens"}, "Deze regio bestaat niet."},
		{[]string{"gekozen", "GM9999", "naar", "lek-en-gooi"}, "Kies een van de mogelijkheden."},
	} {
		got := p.post("/console/gemeenten", append(tt.sent, "stand", d.stand(), "handeling", "ja")...)
		if got.Code != http.StatusBadRequest || !got.says(tt.want) {
			t.Errorf("%v: %d, not %q", tt.sent, got.Code, tt.want)
		}
	}
	if changed := d.region("lek-en-gooi").Version; changed != 1 {
		t.Error("something was stored")
	}
}
