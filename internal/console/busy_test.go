package console_test

import (
	"fmt"
	"strings"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

const (
	day  = "netwerkbijeenkomst"
	noor = "noor@gast.example"
)

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) address(email string) mdt.Address {
	d.t.Helper()
	address, code := mdt.ParseAddress(email)
	if code != "" {
		d.t.Fatal(email, code)
	}
	return address
}

func (d *desk) person(email string) mdt.PersonID { return d.service.Identity.Person(d.address(email)) }

func (d *desk) meeting(id string) mdt.Meeting {
	d.t.Helper()
	m, err := d.service.Catalogue.Any(d.t.Context(), id)
	d.must(err)
	if m == nil {
		d.t.Fatalf("there is no meeting %s", id)
	}
	return *m
}

// signUp registers somebody for a meeting, and gives the reference.
func (d *desk) signUp(meeting, name, email string, change func(*mdt.RegistrationForm), post acts.Post) string {
	d.t.Helper()
	form := mdt.RegistrationForm{Name: name, Email: d.address(email)}
	if change != nil {
		change(&form)
	}
	got, err := d.service.Register(d.t.Context(), d.meeting(meeting), form, post)
	d.must(err)
	return got.Reference
}

// everythingOfNoor lets one person do everything that one can do, and others name that person.
func everythingOfNoor(d *desk) {
	d.t.Helper()
	ctx := d.t.Context()
	d.signUp(day, "Noor de Vries", noor, func(f *mdt.RegistrationForm) {
		f.Organisation, f.Phone, f.Wishes, f.Regions = "Stichting Voorbeeld", "06 12345678", "een rolstoelplek", []string{"wad-en-wierden"}
	}, acts.Post{})
	_, err := d.service.Propose(ctx, d.meeting(day), mdt.ProposalForm{Name: "Noor de Vries", Email: d.address(noor), Theme: "Samen koken", Goal: mdt.Inspire, Kind: mdt.Idea}, acts.Post{})
	d.must(err)
	_, err = d.service.Ask(ctx, mdt.MessageForm{Name: "Noor de Vries", Email: d.address(noor), Subject: mdt.SubjectJoin, Text: "Hoe sluit ik aan?"},
		mdt.Routed{Responder: mdt.Responder{Name: "Femke", Email: femke}}, nil, acts.Post{})
	d.must(err)
	d.logAbout(noor, mdt.DeedSeen, d.entry(day, noor).Reference)
}

func (d *desk) entry(meeting, email string) mdt.Registration {
	d.t.Helper()
	own, err := d.service.Own(d.t.Context(), d.person(email))
	d.must(err)
	found := own.RegistrationFor(meeting)
	if found == nil {
		d.t.Fatalf("%s is not at %s", email, meeting)
	}
	return found.Of
}

func (d *desk) logAbout(email string, what mdt.Deed, reference string) {
	d.t.Helper()
	d.must(d.store.Log(d.t.Context(), mdt.LogLine{At: d.now, By: d.person(sam), Name: "Sam Visser", Role: mdt.RoleTeam, What: what,
		Meeting: day, About: reference, Subject: d.person(email)}))
}

// busy is a desk where a good deal went on.
func busy(d *desk) {
	d.t.Helper()
	everythingOfNoor(d)
	d.logAbout(noor, mdt.DeedChanged, d.entry(day, noor).Reference)
	for i, what := range mdt.Deeds {
		line := mdt.LogLine{At: now.AddDate(0, -i, 0), By: d.person(sam), Name: "Sam Visser", Role: mdt.RoleTeam, What: what, Meeting: "beslisdag"}
		switch what {
		case mdt.DeedStaff:
			line.About, line.Meeting = d.idOf(wim), ""
		case mdt.DeedRegion:
			line.About, line.Meeting = "wad-en-wierden", ""
		case mdt.DeedExported:
			line.Count, line.Reason = 120, "De kok wil weten wie wat eet."
		case mdt.DeedErased, mdt.DeedSignIn, mdt.DeedSearched, mdt.DeedCopied:
			line.Meeting = ""
		}
		d.must(d.store.Log(d.t.Context(), line))
	}
}

// manyLines writes lines of which each has a minute of its own, the last one the newest.
func (d *desk) manyLines(n int) {
	d.t.Helper()
	for i := range n {
		d.must(d.store.Log(d.t.Context(), mdt.LogLine{At: now.Add(time.Duration(i-n) * time.Minute), By: "x", Name: fmt.Sprintf("Lid %03d", i),
			Role: mdt.RoleTeam, What: mdt.DeedSearched}))
	}
}

// count tells how often a text stands in the page.
func (p shown) count(text string) int { return strings.Count(p.html, text) }
