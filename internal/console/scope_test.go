package console_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestWhoMayNotSeeIsNotToldWhatIsThere: a page that somebody may not see answers alike for what is there and what is not.
func TestWhoMayNotSeeIsNotToldWhatIsThere(t *testing.T) {
	d := newDesk(t)
	p := d.as(femke)
	for _, path := range []string{"/console/bijeenkomsten/regiodag-assen/attenderingen", "/console/bijeenkomsten/nergens/attenderingen",
		"/console/attenderingen/22222222", "/console/verdacht?na=x"} {
		if got := p.get(path); got.Code != http.StatusForbidden {
			t.Errorf("%s answers %d to a facilitator", path, got.Code)
		}
	}
}

// TestAFacilitatorLearnsNothingByAsking: what a facilitator's pages do not show, their filters and search do not tell.
func TestAFacilitatorLearnsNothingByAsking(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "noor@gast.example", func(f *mdt.RegistrationForm) { f.Regions = append(f.Regions, "meren-en-eilanden") })
	d.as(sam).post(path+"/notitie", "etiket", "pers")
	p := d.as(femke)
	for _, filter := range []string{"etiket=pers", "etiket=anders", "stand=bevestigd", "stand=afgemeld", "regio=meren-en-eilanden", "regio=hof-en-gouwe", "adres=kapot"} {
		if got := p.get(list + "?" + filter); got.Code != http.StatusOK || !got.says("Noor Blok") {
			t.Errorf("%s tells something: %d", filter, got.Code)
		}
	}
	if got := p.post(list+"/zoeken", "zoek", "noor@gast.example"); got.Code != http.StatusOK || !got.says("We vinden niemand") {
		t.Errorf("whose an address is: %d", got.Code)
	}
}

// TestAFacilitatorSeesNoAddressOfAProposal: neither of whoever sent it in nor of whoever leads it.
func TestAFacilitatorSeesNoAddressOfAProposal(t *testing.T) {
	d := newDesk(t)
	own := d.proposes("Regen en wind", "sanne@gast.example", "wad-en-wierden")
	got := d.as(femke).get(own)
	if got.Code != http.StatusOK || !got.says("Sanne Vos") || !got.says("Een verhaal.") || got.says("gast.example") || got.says("Ikzelf") {
		t.Errorf("the facilitator of its region: %d %s", got.Code, got.html)
	}
}

func TestAttendanceOfARegionHasNamesOrganisationsAndParts(t *testing.T) {
	d := newDesk(t)
	was, err := d.store.Meeting(t.Context(), network)
	if err != nil {
		t.Fatal(err)
	}
	now := *was
	now.Online = true
	if _, err := d.store.SaveMeeting(t.Context(), store.MeetingSave{Was: was, Now: now}); err != nil {
		t.Fatal(err)
	}
	registered(d)
	path := "/console/bijeenkomsten/" + network + "/deelnemers"
	if !d.as(sam).get(path).says("(op de locatie)") {
		t.Fatal("the team is not told how somebody comes")
	}
	if got := d.as(femke).get(path); !got.says("Noor van 't Hoff") || got.says("(op de locatie)") {
		t.Error("a facilitator is told how somebody comes")
	}
}

// TestWhatIsCalledTooLongIsNotThere: a name that no table takes is nobody's fault of ours.
func TestWhatIsCalledTooLongIsNotThere(t *testing.T) {
	d := newDesk(t)
	p, long := d.as(sam), strings.Repeat("a", 3000)
	for _, path := range []string{"/console/brieven/" + long, "/console/mensen/" + long, "/console/brieven/" + long + "/zoals-verzonden", list + "/" + long} {
		if got := p.get(path); got.Code != http.StatusNotFound {
			t.Errorf("%.30s…: %d", path, got.Code)
		}
	}
	if got := p.post("/console/verdacht", "wie", long, "id", long, "handeling", "vragen"); got.Code != http.StatusBadRequest {
		t.Errorf("a form of nobody: %d", got.Code)
	}
}

// TestAConceptIsNotGivenAway: a facilitator is answered alike for a concept and for no meeting, whatever the rest of the address says.
func TestAConceptIsNotGivenAway(t *testing.T) {
	d := newDesk(t)
	if got := d.as(sam).post("/console/nieuwe-bijeenkomst", "soort", "regiodag", "naam", "Regiodag Assen", "plaats", "Assen",
		"begintDag", "1-3-2027", "begintTijd", "9.00", "eindigtDag", "1-3-2027", "eindigtTijd", "12.00"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code, got.html)
	}
	p := d.as(femke)
	for _, below := range []string{"", "/aanmeldingen", "/aanmeldingen?na=x", "/aanmeldingen/22222222", "/voorstellen", "/voorstellen?na=x", "/deelnemers", "/uitvoer"} {
		for _, meeting := range []string{"regiodag-assen", "nergens"} {
			if got := p.get("/console/bijeenkomsten/" + meeting + below); got.Code != http.StatusNotFound {
				t.Errorf("%s%s: %d", meeting, below, got.Code)
			}
		}
	}
	for _, below := range []string{"/aanmeldingen/zoeken", "/voorstellen"} {
		for _, meeting := range []string{"regiodag-assen", "nergens"} {
			if got := p.post("/console/bijeenkomsten/"+meeting+below, "zoek", "noor", "na", "x"); got.Code != http.StatusNotFound {
				t.Errorf("a search in %s%s: %d", meeting, below, got.Code)
			}
		}
	}
}

// TestAFallBesideAPageIsThatPageAlone: what is read ahead of a page, or beside something, ends no process.
func TestAFallBesideAPageIsThatPageAlone(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	d.service.Catalogue = nil
	if got := p.get(list); got.Code != http.StatusInternalServerError || !strings.Contains(d.log.String(), "panic") {
		t.Errorf("%d, and the log says %s", got.Code, d.log)
	}
	if got := p.get("/console/klaar"); got.Code != http.StatusOK {
		t.Errorf("another page: %d", got.Code)
	}
}

// TestAFacilitatorIsToldOfNoOthers: of two desks that differ only in what is another region's, or in what is kept of an
// entry beside name, organisation and parts, every page is the same to a facilitator; to the team it is not.
func TestAFacilitatorIsToldOfNoOthers(t *testing.T) {
	pages := func(more bool) (his, ours map[string]string) {
		d := newDesk(t)
		matrix := d.matrix()
		shared := d.enters("Bo Mulder", "bo@gast.example", func(f *mdt.RegistrationForm) {
			if more {
				f.Role, f.Phone, f.Wishes, f.Regions = "Wethouder", "06 12345678", "een rolstoelplek", append(f.Regions, "meren-en-eilanden")
			}
		})
		regions := []string{"wad-en-wierden"}
		if more {
			for _, name := range []string{"a", "b", "c"} {
				d.enters("Elders "+name, name+"@elders.example", elsewhere)
			}
			d.proposes("Van elders", "vos@elders.example", "meren-en-eilanden")
			regions = append(regions, "meren-en-eilanden")
		}
		d.set(now.Add(time.Second)) // at one moment they stand in no order
		proposal := d.proposes("Samen", "sanne@gast.example", regions...)
		his, ours = map[string]string{}, map[string]string{}
		drawn := regexp.MustCompile(`\b[2-9A-HJ-NP-Z]{8}\b`)
		readAs := func(name, path string) {
			his[name] = drawn.ReplaceAllString(d.as(femke).get(path).html, "kenmerk")
			ours[name] = drawn.ReplaceAllString(d.as(sam).get(path).html, "kenmerk")
		}
		for _, access := range d.service.Accesses() {
			if row, known := matrix[access.Pattern]; known && access.Gets && strings.Contains(row.get, "f") && !strings.Contains(access.Pattern, "voorstellen/{") && !strings.Contains(access.Pattern, "berichten/{") {
				readAs(row.path, row.path)
			}
		}
		readAs("entry", shared)
		readAs("proposal", proposal)
		return his, ours
	}
	bare, bareOurs := pages(false)
	full, fullOurs := pages(true)
	differs := 0
	for path, text := range bare {
		if text != full[path] {
			t.Errorf("%s tells a facilitator of others:\n%s", path, full[path])
		}
		if bareOurs[path] != fullOurs[path] {
			differs++
		}
	}
	if len(bare) < 8 || differs < 4 {
		t.Errorf("%d pages, of which only %d differ for the team", len(bare), differs)
	}
}
