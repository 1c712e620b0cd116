package console_test

import (
	"fmt"
	"strings"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

const noor = "noor@gast.example"

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
	d.signUp(dag, "Noor de Vries", noor, func(f *mdt.RegistrationForm) {
		f.Organisation, f.Phone, f.Wishes, f.Regions = "Stichting Voorbeeld", "06 12345678", "een rolstoelplek", []string{"wad-en-wierden"}
	}, acts.Post{})
	_, err := d.service.Propose(ctx, d.meeting(dag), mdt.ProposalForm{Name: "Noor de Vries", Email: d.address(noor), Theme: "Samen koken", Goal: mdt.Inspire, Kind: mdt.Idea}, acts.Post{})
	d.must(err)
	_, err = d.service.Ask(ctx, mdt.MessageForm{Name: "Noor de Vries", Email: d.address(noor), Subject: mdt.SubjectJoin, Text: "Hoe sluit ik aan?"},
		mdt.Routed{Responder: mdt.Responder{Name: "Femke", Email: femke}}, nil, acts.Post{})
	d.must(err)
	d.logAbout(noor, mdt.DeedSeen, d.entry(dag, noor).Reference)
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
	d.must(d.store.Log(d.t.Context(), mdt.LogLine{At: d.time(), By: d.person(sam), Name: "Sam Visser", Role: mdt.RoleTeam, What: what,
		Meeting: dag, About: reference, Subject: d.person(email)}))
}

// busy is a desk where a good deal went on.
func busy(d *desk) {
	d.t.Helper()
	everythingOfNoor(d)
	d.logAbout(noor, mdt.DeedChanged, d.entry(dag, noor).Reference)
	for i, what := range mdt.Deeds {
		line := mdt.LogLine{At: now.AddDate(0, -i, 0), By: d.person(sam), Name: "Sam Visser", Role: mdt.RoleTeam, What: what, Meeting: "beslisdag"}
		switch what {
		case mdt.DeedStaff:
			line.About, line.Meeting = d.idOf(wim), ""
		case mdt.DeedRegion:
			line.About, line.Meeting = "wad-en-wierden", ""
		case mdt.DeedMeeting, mdt.DeedPublished, mdt.DeedCalledOff, mdt.DeedInvited:
			line.About, line.Meeting = "beslisdag", ""
		case mdt.DeedExported:
			line.About = "aanmeldingen.csv"
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

// letterTo is the first letter to somebody.
func (d *desk) letterTo(email string) string {
	d.t.Helper()
	ids, err := d.store.LettersTo(d.t.Context(), d.person(email))
	d.must(err)
	if len(ids) == 0 {
		d.t.Fatalf("no letter to %s", email)
	}
	return ids[0]
}

// ends lets an attempt to send a letter end in some way, and SES report of it.
func (d *desk) ends(id string, outcome mdt.Outcome, reason string, reports ...mdt.Report) {
	d.t.Helper()
	letter, claimed, err := d.store.Claim(d.t.Context(), id, d.time())
	d.must(err)
	if !claimed {
		d.t.Fatal("it is not to be sent")
	}
	letter.Delivery = letter.After(outcome, "0102-ses", reason, d.time())
	d.must(d.store.Settle(d.t.Context(), letter))
	for _, report := range reports {
		_, err := d.store.Report(d.t.Context(), id, report, reason, d.time())
		d.must(err)
	}
}

// post is a desk where letters came to every sort of end.
func post(d *desk) {
	d.t.Helper()
	for i, end := range []struct {
		outcome mdt.Outcome
		reason  string
		report  mdt.Report
	}{
		{mdt.WasRefused, "refused: SES answered 400 MessageRejected", ""}, {mdt.WasRefused, "work: letter cannot be rendered", ""},
		{mdt.WasUncertain, "perhaps taken: no answer from SES", ""}, {mdt.WasAccepted, "bounce: NoEmail", mdt.ReportBounced},
		{mdt.WasAccepted, "bounce, not for good: MailboxFull", mdt.ReportSoftBounce}, {mdt.WasAccepted, "bounce: General", mdt.ReportBounced},
		{mdt.WasAccepted, "OnAccountSuppressionList", mdt.ReportSuppressed}, {mdt.WasAccepted, "", mdt.ReportComplained},
		{mdt.WasAccepted, "", mdt.ReportRejected}, {mdt.WasAccepted, "", mdt.ReportDelayed}, {mdt.WasAccepted, "", mdt.ReportDelivered},
		{mdt.WasAccepted, "", ""}, {mdt.WasTooLate, "", ""},
	} {
		email := fmt.Sprintf("gast%02d@gast.example", i)
		d.signUp(dag, fmt.Sprintf("Gast %02d", i), email, nil, acts.Post{})
		if end.report == "" {
			d.ends(d.letterTo(email), end.outcome, end.reason)
		} else {
			d.ends(d.letterTo(email), end.outcome, end.reason, end.report)
		}
	}
	d.signUp(dag, "Wachter", "wachter@gast.example", nil, acts.Post{})
}

// spam is a desk with forms that look like it, of every kind.
func spam(d *desk) {
	d.t.Helper()
	ctx, trap := d.t.Context(), acts.Post{Trap: true}
	d.signUp(dag, "Goedkope Zonnebrillen https://zon.example", "zon@gast.example", func(f *mdt.RegistrationForm) {
		f.Organisation, f.Wishes = "<b>Koop nu</b> www.zon.example", "een ringleiding"
		f.Guests = []mdt.Guest{{Name: "Bo", Email: d.address("bo@gast.example")}}
	}, trap)
	_, err := d.service.Propose(ctx, d.meeting(dag), mdt.ProposalForm{Name: "Noor de Vries", Email: d.address(noor), Theme: "Samen koken", Goal: mdt.Inspire, Kind: mdt.Idea}, trap)
	d.must(err)
	_, err = d.service.Ask(ctx, mdt.MessageForm{Name: "Kim", Email: d.address("kim@gast.example"), Subject: mdt.SubjectJoin, Text: "Hoe sluit ik aan?\nEn wanneer?"}, mdt.Routed{ToTeam: true}, nil, trap)
	d.must(err)
}

// suspectOf is the first form of somebody that looks like spam.
func (d *desk) suspectOf(email string) mdt.Suspect {
	d.t.Helper()
	own, err := d.service.Own(d.t.Context(), d.person(email))
	d.must(err)
	if len(own.Suspects) == 0 {
		d.t.Fatalf("%s sent no spam", email)
	}
	return own.Suspects[0].Of
}
