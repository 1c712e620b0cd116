package console_test

import (
	"context"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

const network = "netwerkbijeenkomst"

// registered has some people come to the network meeting.
func registered(d *desk) {
	d.register(network, "Noor van 't Hoff", "noor@gast.example", "Stichting De Brug", "ronde-1-meekijken", "wad-en-wierden")
	d.register(network, "<b>Ĳsbrand</b>", "ijs@gast.example", "=Kans", "", "meren-en-eilanden")
	d.register(network, "Ada", "ada@gast.example", "", "", "")
}

// register has a visitor register; part and region may be empty.
func (d *desk) register(meeting, name, email, organisation, part, region string) *mdt.Registration {
	d.t.Helper()
	address, _ := mdt.ParseAddress(email)
	form := mdt.RegistrationForm{Name: name, Email: address, Organisation: organisation, Attendance: mdt.OnLocation}
	if part != "" {
		form.Parts = []string{part}
	}
	if region != "" {
		form.Regions = []string{region}
	}
	m, err := d.service.Catalogue.Any(context.Background(), meeting)
	if err != nil || m == nil {
		d.t.Fatal(meeting, err)
	}
	if _, err := d.service.Register(context.Background(), *m, form, acts.Post{From: "192.0.2.1:1"}); err != nil {
		d.t.Fatal(email, err)
	}
	standing, err := d.store.Standing(context.Background(), meeting, d.service.Identity.Person(address))
	if err != nil {
		d.t.Fatal(err)
	}
	return standing.Entries[0]
}

func TestAttendance(t *testing.T) {
	d := newDesk(t)
	registered(d)
	path := "/console/bijeenkomsten/" + network + "/deelnemers"
	got := d.as(sam).get(path)
	for _, want := range []string{"Er hebben 3 mensen een plek", "Noor van 't Hoff", "<b>Ĳsbrand</b>", "=Kans", "Ada"} {
		if !got.says(want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	theirs := d.as(femke).get(path)
	if !theirs.says("Noor van 't Hoff") || theirs.says("Ada") || theirs.says("Ĳsbrand") || !theirs.says("alleen wie jouw regio noemde") {
		t.Error("a facilitator does not see just those who named his region")
	}
	if got := d.as(jelle).get(path); got.says("Noor") || !got.says("Ĳsbrand") {
		t.Error("another facilitator does not see just his own")
	}
	cards := d.as(wim).get("/console/bijeenkomsten/" + network + "/naamkaartjes")
	if !cards.says("Noor van 't Hoff Stichting De Brug") || !cards.says("Ada") {
		t.Error("cards lack names")
	}
}
