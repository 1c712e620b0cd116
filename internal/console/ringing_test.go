package console_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

const bellen = "/console/bijeenkomsten/" + dag + "/bellen"

// silent takes down somebody without an address, and gives the reference.
func (d *desk) silent(name, phone, key string) string {
	d.t.Helper()
	deed, self := d.service.Registering(d.stored(dag), acts.ByHand{Form: mdt.RegistrationForm{Name: name, Phone: phone}, Key: key})
	if err := deed.Do(d.t.Context(), 0); err != nil {
		d.t.Fatal(err)
	}
	return self.Reference
}

// quiet is a full meeting with somebody in line who has no address, offered the seat that came free.
func quiet(d *desk) {
	d.set(now.Add(-2 * time.Minute))
	d.small(1)
	first := d.enters("Eerste", "een@gast.example", nil)
	d.silent("Bo Zonder-Adres", "+31 (0)6 12 34 56 78", "bo")
	d.set(now.Add(-time.Minute))
	d.as(sam).agreeTo("1", first+"/afmelden", "reden", "Belde.")
	d.set(now)
}

// TestWhoHasToBeRung: on the first page of all, at the meeting and with the entry, until it was noted; then of what came
// after it.
func TestWhoHasToBeRung(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	quiet(d)
	for path, want := range map[string]string{"/console": "1 te bellen: Netwerkbijeenkomst (voorbeeld), voor za 28 nov 2026, 09.59",
		"/console/bijeenkomsten/" + dag: "1 te bellen: Netwerkbijeenkomst (voorbeeld), voor za 28 nov 2026, 09.59",
		bellen:                          "Er is een plek voor deze persoon. Vraag: wil je die? zaterdag 28 november 2026, 09.59 uur"} {
		if got := p.get(path); got.Code != http.StatusOK || !got.says(want) {
			t.Errorf("%s: %d %s", path, got.Code, got.Body)
		}
	}
	page := p.get(bellen)
	if !page.says("Bo Zonder-Adres") || !strings.Contains(page.html, `<a href="tel:&#43;31612345678">`) {
		t.Errorf("no number: %s", page.html)
	}
	if strings.Contains(d.as(wim).get(bellen).html, `name="gezien"`) {
		t.Error("who reads can note it")
	}
	for _, path := range []string{"/console", "/console/bijeenkomsten/" + dag} {
		if got := d.as(femke).get(path); got.Code != http.StatusOK || got.says("bellen") {
			t.Errorf("a facilitator is told at %s whom to ring", path)
		}
	}
	seen := regexp.MustCompile(`name="gezien" value="(\d+)"`).FindStringSubmatch(page.html)[1]
	who := regexp.MustCompile(`name="wie" value="(\w+)"`).FindStringSubmatch(page.html)[1]
	if got := p.get(list + "/" + who); !got.says("Bel over Er is een plek voor deze persoon.") {
		t.Error("the entry does not say it")
	}
	for name, pairs := range map[string][]string{"no moment": {"wie", who}, "a moment to come": {"wie", who, "gezien", fmt.Sprint(now.Add(time.Hour).UnixMilli())}} {
		if got := p.post(bellen, pairs...); got.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	if got := p.post(bellen, "wie", "ABCD2345", "gezien", seen); got.Code != http.StatusNotFound {
		t.Errorf("nobody: %d", got.Code)
	}
	p.agreeTo("0", list+"/"+who+"/plaatsen", "reden", "Zei ja.") // after the list was read
	got := p.post(bellen, "wie", who, "gezien", seen)
	if got.Code != http.StatusSeeOther {
		t.Fatal(got.Code, p.log)
	}
	if page := p.get(got.Header().Get("Location")); !page.says("Genoteerd.") || !page.says("Je hoeft nu niemand te bellen.") {
		t.Errorf("after the call: %s", page.Body)
	}
	if log := p.logbook("?wat=gebeld"); !log.says("Belde iemand") || log.count("<tr>") != 1 {
		t.Errorf("the log tells of %d calls", log.count("<tr>"))
	}
	if page := p.get("/console"); page.says("te bellen") {
		t.Error("the first page still says it")
	}
}

// TestAMeetingThatIsOffIsRungAround: also what came about between the list and the note of a call stays on it.
func TestAMeetingThatIsOffIsRungAround(t *testing.T) {
	d := newDesk(t)
	d.silent("Bo", "06 12345678", "bo")
	p := d.as(sam)
	read := d.time()
	d.set(now.Add(time.Minute))
	m, n := d.stored(dag), 0
	m.Cancelled = true
	if _, err := d.service.SaveMeeting(t.Context(), acts.Edit{Meeting: m, Why: "De zaal is dicht.", Agreed: &n}); err != nil {
		t.Fatal(err)
	}
	page := p.get(bellen)
	if !page.says("Bo") || !page.says("De bijeenkomst gaat niet door.") || !p.get("/console").says("1 te bellen") {
		t.Fatalf("%s", page.Body)
	}
	who := regexp.MustCompile(`name="wie" value="(\w+)"`).FindStringSubmatch(page.html)[1]
	p.post(bellen, "wie", who, "gezien", fmt.Sprint(read.UnixMilli()))
	if page := p.get(bellen); !page.says("De bijeenkomst gaat niet door.") {
		t.Error("a call that was made before the news took it off the list")
	}
}

// TestNobodyIsLookedForInVain: of a meeting that everybody has an address for nothing is read.
func TestNobodyIsLookedForInVain(t *testing.T) {
	d := newDesk(t)
	d.crowd(3)
	p := d.as(sam)
	p.get("/console")
	reads := func() int { before := d.engine.calls; p.get("/console"); return d.engine.calls - before }
	without := reads()
	d.silent("Bo", "06 12345678", "bo")
	if with := reads(); with != without+1 {
		t.Errorf("%d reads without, %d with somebody to look for", without, with)
	}
}
