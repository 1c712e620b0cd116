package console_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

func TestTheListOfPeople(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	if got := p.post("/console/mensen", "naam", "", "email", "x", "rol", "facilitator"); got.Code != http.StatusBadRequest ||
		!got.says("Vul de naam in.") || !got.says("Vul een volledig e-mailadres in") || !got.says("Kies voor een facilitator een regio.") {
		t.Errorf("%d: not all faults", got.Code)
	}
	if got := p.post("/console/mensen", "naam", "Ada Nieuw", "email", "Ada@mdt-team.example", "rol", "facilitator", "regios", "wad-en-wierden"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := p.get("/console/mensen?gedaan=mensentoegevoegd"); !got.says("Ada Nieuw") || !got.says("Deze persoon kan nu inloggen") {
		t.Error("she is not on the list")
	}
	if got := p.post("/console/mensen", "naam", "Ada", "email", "ada@MDT-team.example", "rol", "team"); got.Code != http.StatusBadRequest || !got.says("staat al op de lijst") {
		t.Errorf("twice: %d", got.Code)
	}
	ada := d.as("ada@mdt-team.example")
	path := "/console/mensen/" + d.idOf("ada@mdt-team.example")
	if got := ada.get(path); got.Code != http.StatusForbidden {
		t.Errorf("a facilitator sees the list: %d", got.Code)
	}
	if got := p.post(path, "handeling", "wijzigen", "versie", "1", "naam", "Ada Nieuw", "rol", "team"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := ada.get(path); got.Code != 200 {
		t.Errorf("made one of the team she gets %d", got.Code)
	}
	if got := p.post(path, "handeling", "wijzigen", "versie", "1", "naam", "Ada", "rol", "lezer"); got.Code != http.StatusConflict ||
		!got.says("Iemand was je voor") || !strings.Contains(got.html, `value="Ada"`) || !got.says("Ada Nieuw") || !strings.Contains(got.html, `name="versie" value="2"`) {
		t.Errorf("an old form answered %d", got.Code)
	}
}

func TestTheLastOfTheTeamStays(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	own, esra := "/console/mensen/"+d.idOf(sam), "/console/mensen/"+d.idOf("esra@mdt-team.example")
	if got := p.post(esra, "handeling", "verwijderen"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := p.post(own, "handeling", "verwijderen"); got.Code != http.StatusConflict {
		t.Errorf("the last one was taken off: %d", got.Code)
	}
	if got := p.post(own, "handeling", "wijzigen", "versie", "1", "naam", "Sam", "rol", "lezer"); got.Code != http.StatusBadRequest || !got.says("laatste van het team") {
		t.Errorf("the last one became a reader: %d", got.Code)
	}
	if got := p.get("/console"); got.Code != 200 {
		t.Errorf("the last one is out: %d", got.Code)
	}
}

// TestWhoComesBackSignsInAnew: a session from before somebody was taken off the list stays over when they are put on it again.
func TestWhoComesBackSignsInAnew(t *testing.T) {
	d := newDesk(t)
	p, old := d.as(sam), d.as(wim)
	if got := old.get("/console"); got.Code != http.StatusOK {
		t.Fatal(got.Code)
	}
	d.set(d.time().Add(time.Minute))
	if got := p.post("/console/mensen/"+d.idOf(wim), "handeling", "verwijderen"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := p.post("/console/mensen", "naam", "Wim", "email", wim, "rol", "lezer"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := old.get("/console"); got.Code != http.StatusSeeOther {
		t.Errorf("the old session is in again: %d", got.Code)
	}
	if got := d.as(wim).get("/console"); got.Code != http.StatusOK {
		t.Errorf("a new one is not: %d", got.Code)
	}
}

// TestTwoWhoTakeEachOtherOff are not both gone, also where they do it at the same time.
func TestTwoWhoTakeEachOtherOff(t *testing.T) {
	for _, deed := range [][]string{{"handeling", "verwijderen"}, {"handeling", "wijzigen", "versie", "1", "naam", "Wie", "rol", "lezer"}} {
		d := newDesk(t)
		const esra = "esra@mdt-team.example"
		them := map[string]*person{sam: d.as(esra), esra: d.as(sam)}
		d.engine.hold = 20 * time.Millisecond
		var wg sync.WaitGroup
		for email, by := range them {
			wg.Go(func() { by.post("/console/mensen/"+d.idOf(email), deed...) })
		}
		wg.Wait()
		d.engine.hold = 0
		all, err := d.store.Staff(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(all, mdt.Staff.ChangesThings) {
			t.Errorf("%v: nobody is left who can add anyone", deed)
		}
	}
}
