package console_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/mdt"
)

const regionFiles = "/console/regiobestanden"

// sheetNow is a sheet as it is taken out, with some texts put in the place of others.
func (d *desk) sheetNow(name string, pairs ...string) string {
	d.t.Helper()
	got := d.as(sam).get(regionFiles + "/" + name + ".csv")
	if got.Code != 200 || !strings.HasPrefix(got.html, "\ufeffregio;naam;") {
		d.t.Fatalf("%s: %d %.40q", name, got.Code, got.html)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if !strings.Contains(got.html, pairs[i]) {
			d.t.Fatalf("%s: there is no %q in %.400s", name, pairs[i], got.html)
		}
		got.html = strings.ReplaceAll(got.html, pairs[i], pairs[i+1])
	}
	return got.html
}

// otherRegions moves Delft, gives a region another telephone and has one go with its municipalities to another.
func otherRegions(d *desk) string {
	return d.sheetNow("regios", "hof-en-gouwe;Voorbeeldregio Hof en Gouwe;;;GM0503;Delft", "lek-en-gooi;;;;GM0503;Delft",
		"kop-en-duin;Voorbeeldregio Kop en Duin;", "amstel-en-zaan;;", "lek-en-gooi;Voorbeeldregio Lek en Gooi;030 555 01 90;", "lek-en-gooi;Voorbeeldregio Lek en Gooi;030 555 01 91;")
}

func otherFacilitators(d *desk) string {
	return d.sheetNow("facilitators", "wad-en-wierden;Femke Dijkstra;femke@wad-en-wierden.example;;;;;;", "wad-en-wierden;;;;;;;;",
		"2026-11-24;2026-12-16;Hugo Bos;hugo@hof-en-gouwe.example", "24-11-2026;31-12-2026;Hugo Bos;hugo@hof-en-gouwe.example")
}

func wrongSheet(d *desk) string {
	return d.sheetNow("regios", "GM0503;Delft", "GM9999;Delf", "GM0546;Leiden", "GM0344;Utrecht")
}

// sending chooses a file in the browser and sends it.
func sending(sheet func(*desk) string) func(*desk, *browser.Page) {
	return func(d *desk, p *browser.Page) {
		path := filepath.Join(d.t.TempDir(), "regios.csv")
		if err := os.WriteFile(path, []byte(sheet(d)), 0o600); err != nil {
			d.t.Fatal(err)
		}
		p.Upload(path)
		p.Tab("Kijk wat er verandert")
		p.Enter()
	}
}

// send sends a file as a browser does.
func (p *person) send(content string) shown {
	p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("bestand", "regio's.csv")
	if err != nil {
		p.t.Fatal(err)
	}
	_, _ = file.Write([]byte(content)) // a buffer takes all
	_ = form.Close()
	return p.do(http.MethodPost, regionFiles, body.String(), "Content-Type: "+form.FormDataContentType())
}

var keptField = regexp.MustCompile(`name="(inhoud|stand)" value="([^"]*)"`)

// yes says yes to what a page asks.
func (p *person) yes(asked shown) shown {
	p.t.Helper()
	pairs := []string{"handeling", "ja"}
	for _, found := range keptField.FindAllStringSubmatch(asked.html, -1) {
		pairs = append(pairs, found[1], found[2])
	}
	if len(pairs) != 6 {
		p.t.Fatalf("%d: the page keeps %v", asked.Code, pairs)
	}
	return p.post(regionFiles, pairs...)
}

func TestTheSheetsAsTheyAreChangeNothing(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	was := d.region("lek-en-gooi")
	now := was
	now.Strategy, now.Name = "=HYPERLINK(\"https://kwaad.example\");\n'zo' @", "-Lek en Gooi"
	now.Facilitators = []mdt.Facilitator{{Name: "@Noor", From: "2026-01-01", Absences: []mdt.Absence{{From: "2027-01-04", Until: "2027-01-08"}}}}
	if err := d.service.ChangeRegions(t.Context(), []mdt.RegionChange{{Was: &was, Now: &now}}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"regios", "facilitators"} {
		sheet := d.sheetNow(name)
		for _, cell := range regexp.MustCompile(`[;\n]"?[=+@-][^;]*`).FindAllString(sheet, -1) {
			t.Errorf("%s: a spreadsheet works %q out", name, cell)
		}
		if got := p.send(sheet); got.Code != 200 || !got.says("Er verandert niets.") {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	if got := d.sheetNow("facilitators"); !strings.Contains(got, ";2026-01-01;;2027-01-04;2027-01-08;") {
		t.Error("the days are not written as days")
	}
	if lines := d.logLines(); !strings.Contains(lines, "geexporteerd regios") || !strings.Contains(lines, "geexporteerd facilitators") {
		t.Errorf("the log says %s", lines)
	}
}

func TestASheetIsBroughtIn(t *testing.T) {
	d := newDesk(t)
	d.asked("kop-en-duin")
	p := d.as(sam)
	sheet := otherRegions(d)
	ask := p.send(sheet)
	for _, want := range []string{"0 regio's erbij, 3 gewijzigd, 1 weg.", "Voorbeeldregio Kop en Duin Gaat weg", "Gemeenten erbij Delft", "Gemeenten eraf Delft", "030 555 01 90 030 555 01 91", "kwam er 1 bericht", "Maarten Kuiper"} {
		if ask.Code != 200 || !ask.says(want) {
			t.Errorf("%d: it does not say %q", ask.Code, want)
		}
	}
	if d.region("hof-en-gouwe").Version != 1 {
		t.Fatal("it was stored before the yes")
	}
	if got := p.yes(ask); got.Code != http.StatusSeeOther {
		t.Fatalf("%d", got.Code)
	}
	if r := d.region("lek-en-gooi"); !slices.Contains(r.Municipalities, delft) || r.Phone != "030 555 01 91" || len(r.Facilitators) != 1 {
		t.Errorf("stored %+v", r)
	}
	regions, err := d.store.Regions(t.Context())
	if err != nil || len(regions) != 18 || !d.service.Atlas.Spread(regions, now).Whole() {
		t.Errorf("%d regions, %v", len(regions), err)
	}
	if lines := d.logLines(); strings.Count(lines, "regio ") != 4 {
		t.Errorf("the log says %s", lines)
	}
	if got := p.yes(ask); got.Code != http.StatusOK || !got.says("Er verandert niets.") {
		t.Errorf("once more: %d", got.Code)
	}
	if got := p.yes(p.send(otherFacilitators(d))); got.Code != http.StatusSeeOther {
		t.Fatalf("facilitators: %d", got.Code)
	}
	if r := d.region("wad-en-wierden"); len(r.Facilitators) != 0 || d.region("hof-en-gouwe").Facilitators[0].Absences[0].Until != "2026-12-31" {
		t.Errorf("stored %+v", r)
	}
}

// TestASheetOnOtherRegions: what was shown is not what would change any more, so it is shown anew.
func TestASheetOnOtherRegions(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	ask := p.send(otherRegions(d))
	was := d.region("wad-en-wierden")
	now := was
	now.Phone = "030 555 01 93"
	if err := d.service.ChangeRegions(t.Context(), []mdt.RegionChange{{Was: &was, Now: &now}}); err != nil {
		t.Fatal(err)
	}
	again := p.yes(ask)
	if again.Code != http.StatusConflict || !again.says("Er is niets bewaard.") || !again.says("030 555 01 93") || d.region("hof-en-gouwe").Version != 1 {
		t.Fatalf("%d", again.Code)
	}
	if got := p.yes(again); got.Code != http.StatusSeeOther || d.region("wad-en-wierden").Phone != "" {
		t.Errorf("after having seen it: %d", got.Code)
	}
}

// TestASheetThatExcelSaved: in Windows-1252, without a mark, with days as one writes them here.
func TestASheetThatExcelSaved(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	inWindows := strings.NewReplacer("\ufeff", "", "\u00fa", "\xfa", "\u00e2", "\xe2")
	for _, name := range []string{"regios", "facilitators"} {
		sheet := inWindows.Replace(strings.ReplaceAll(d.sheetNow(name), "2026-12-16", "16-12-2026"))
		if got := p.send(sheet); got.Code != 200 || !got.says("Er verandert niets.") {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
}

// TestASheetAfterTheSessionsEnd: what a page asked about is longer than a form, and is not lost for that.
func TestASheetAfterTheSessionsEnd(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	ask := p.send(otherRegions(d))
	d.set(d.time().Add(2 * time.Hour))
	kept := p.yes(ask)
	if kept.Code != http.StatusUnauthorized || d.region("hof-en-gouwe").Version != 1 {
		t.Fatalf("%d", kept.Code)
	}
	if got := d.as(sam).yes(kept); got.Code != http.StatusSeeOther || d.region("hof-en-gouwe").Version != 2 {
		t.Errorf("after signing in again: %d", got.Code)
	}
	d.set(now)
}

func TestASheetWithFaults(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	for _, tt := range []struct{ content, want string }{
		{wrongSheet(d), "De gemeente GM9999 Delf kennen we niet."},
		{wrongSheet(d), "Deze gemeenten staan er niet in: Delft, Leiden."},
		{"", "Kies een bestand."},
		{"Naam;Adres\nx;y", "In de eerste rij missen deze kolommen: regio"},
		{"regio;naam\n\"a;b", "Rij 2: In deze rij klopt het aantal kolommen niet"},
		{"regio;na\xe9m", "In de eerste rij missen deze kolommen: naam"},
	} {
		if got := p.send(tt.content); got.Code != http.StatusBadRequest || !got.says(tt.want) {
			t.Errorf("%.30q: %d, not %q", tt.content, got.Code, tt.want)
		}
	}
	for _, size := range []int{600 << 10, 400 << 10} { // the page that asks about the smaller one would send more than is taken
		if got := p.send(strings.Repeat("x", size)); got.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("a file of %d bytes: %d", size, got.Code)
		}
	}
	if got := p.do(http.MethodPost, regionFiles, "{}", "Content-Type: application/json"); got.Code != http.StatusUnsupportedMediaType {
		t.Errorf("JSON: %d", got.Code)
	}
	if got := p.send("regio;naam;telefoon;regiostrategie;code;gemeente\n" + strings.Repeat("A!;;;;;\n", 200)); got.Code != http.StatusBadRequest || !got.says("En nog 151 andere.") {
		t.Errorf("many faults: %d", got.Code)
	}
	many := "regio;naam;telefoon;regiostrategie;code;gemeente\n"
	for i := range 101 {
		many += "r" + strings.Repeat("x", i%50) + strings.Repeat("y", i/50) + ";R;;;;\n"
	}
	if got := p.send(many); got.Code != http.StatusBadRequest || got.says("Ja, bewaar alles") {
		t.Errorf("more regions than one transaction holds: %d", got.Code)
	}
	for _, r := range []string{"hof-en-gouwe", "lek-en-gooi"} {
		if d.region(r).Version != 1 {
			t.Error("something was stored")
		}
	}
}
