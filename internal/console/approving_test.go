package console_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

// asks has somebody ask for a seat at a meeting where the team approves, and gives the path of their page.
func (d *desk) asks(email string) string {
	d.t.Helper()
	m := mdt.Meeting{ID: "keuze", Name: "Keuzedag", Kind: mdt.RegionalDay, Start: now.AddDate(0, 1, 0), End: now.AddDate(0, 1, 0).Add(time.Hour),
		Place: "Utrecht", Published: true, Registering: &mdt.Window{}, Capacity: 5, Approval: true}
	if err := d.store.Fill(d.t.Context(), nil, []mdt.Meeting{m}); err != nil {
		d.t.Fatal(err)
	}
	m.Version = 1
	address, _ := mdt.ParseAddress(email)
	got, err := d.service.Register(d.t.Context(), m, mdt.RegistrationForm{Name: "Vraagt", Email: address}, acts.Post{})
	if err != nil {
		d.t.Fatal(err)
	}
	return "/console/bijeenkomsten/keuze/aanmeldingen/" + got.Reference
}

// TestTheTeamIsToldWhoWaitsForIt: on the first page of a meeting; it is nothing for who may not approve, nor of a meeting
// that is off.
func TestTheTeamIsToldWhoWaitsForIt(t *testing.T) {
	d := newDesk(t)
	d.asks("vraagt@gast.example")
	told := func(who string) bool {
		got := d.as(who).get("/console/bijeenkomsten/keuze")
		if got.Code != http.StatusOK {
			t.Fatal(got.Code)
		}
		return got.says("Je moet nog 1 aanmelding goedkeuren.")
	}
	if !told(sam) || told(wim) || told(femke) {
		t.Errorf("team %v, reader %v, facilitator %v", told(sam), told(wim), told(femke))
	}
	m, err := d.store.Meeting(t.Context(), "keuze")
	if err == nil {
		m.Cancelled = true
		n := 1
		_, err = d.service.SaveMeeting(t.Context(), acts.Edit{Meeting: *m, Why: "De zaal is dicht.", Agreed: &n})
	}
	if err != nil || told(sam) {
		t.Errorf("of one that is off: %v", err)
	}
}

func TestApprove(t *testing.T) {
	d := newDesk(t)
	path := d.asks("vraagt@gast.example")
	p := d.as(sam)
	if got := p.get(path); !got.says("Wacht op jullie ja") || !strings.Contains(got.html, path+"/toelaten") {
		t.Fatal(got.Code)
	}
	if got := p.agreeTo("1", path+"/toelaten"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := p.get(path); !got.says("Heeft een plek") {
		t.Error("no seat")
	}
}
