package console_test

import (
	"strings"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

// privacyMatrix is who may do what about letters, spam, the log and what is held of people.
func (d *desk) privacyMatrix() map[string]may {
	everythingOfNoor(d)
	spam(d)
	d.signUp(dag, "Lot", "lot@gast.example", nil, acts.Post{})
	suspect, letter := d.suspectOf("kim@gast.example"), d.letterTo("lot@gast.example")
	d.ends(letter, mdt.WasAccepted, "bounce: General", mdt.ReportBounced)
	rescue, err := d.service.Rescuing(suspect.Person, suspect.ID).Letters(d.t.Context())
	d.must(err)
	bounced, err := d.store.Letter(d.t.Context(), letter)
	d.must(err)
	return map[string]may{
		"/console/logboek":       {path: "/console/logboek", get: "t"},
		"/console/privacy":       {path: "/console/privacy", get: "t", post: "t", body: "handeling=zoeken&wie=" + noor},
		"/console/brieven":       {path: "/console/brieven", get: "tr"},
		"/console/brieven/kapot": {path: "/console/brieven/kapot", get: "tr"},
		"/console/brieven/{id}":  {path: "/console/brieven/" + letter, get: "tr", post: "t", body: "handeling=opnieuw&gezien=" + bounced.Seen()},
		"/console/verdacht":      {path: "/console/verdacht", get: "tr", post: "t", body: "handeling=redden&soorten=" + acts.Kinds(rescue) + "&wie=" + string(suspect.Person) + "&id=" + suspect.ID},
	}
}

// searched finds a person, and presses what stands on the page that answers.
func searched(email string, press ...string) func(*desk, *browser.Page) {
	return func(d *desk, p *browser.Page) {
		p.Tab("E-mailadres of kenmerk")
		p.Type(email)
		p.Enter()
		for _, name := range press {
			p.Tab(name)
			p.Enter()
		}
	}
}

func privacyStates() []state {
	all := func(d *desk) { busy(d); spam(d) }
	states := []state{
		{name: "overzicht-taken", as: sam, path: "/console", status: 200, before: func(d *desk) { post(d); spam(d); careful(d) }},
		{name: "logboek", as: sam, path: "/console/logboek", status: 200, before: busy},
		{name: "logboek-maand", as: sam, path: "/console/logboek?maand=2026-03", status: 200, before: busy},
		{name: "logboek-wat", as: sam, path: "/console/logboek?wat=geexporteerd", status: 200, before: busy},
		{name: "privacy", as: sam, path: "/console/privacy", status: 200},
		{name: "privacy-fout", as: sam, path: "/console/privacy", status: 200, act: searched("noor"), after: 400},
		{name: "privacy-niemand", as: sam, path: "/console/privacy", status: 200, act: searched("niemand@gast.example"), after: 200},
		{name: "privacy-persoon", as: sam, path: "/console/privacy", status: 200, before: all, act: searched(noor), after: 200},
		{name: "privacy-medewerker", as: sam, path: "/console/privacy", status: 200, act: searched(wim), after: 200},
		{name: "privacy-wissen", as: sam, path: "/console/privacy", status: 200, before: all, act: searched(noor, "Wis alles van deze persoon"), after: 200},
		{name: "privacy-wissen-veranderd", as: sam, path: "/console/privacy", status: 200, before: all, act: func(d *desk, p *browser.Page) {
			searched(noor, "Wis alles van deze persoon")(d, p)
			d.asked("hof-en-gouwe")
			pressed("Ja, wis dit")(d, p)
		}, after: 409},
		{name: "privacy-wissen-niets", as: sam, path: "/console/privacy", status: 200, before: all, act: func(d *desk, p *browser.Page) {
			d.asked("hof-en-gouwe")
			searched(noor, "Wis alles van deze persoon")(d, p)
			d.must(d.service.Erase(d.t.Context(), d.person(noor), ""))
			pressed("Ja, wis dit")(d, p)
		}, after: 409},
		{name: "verdacht", as: sam, path: "/console/verdacht", status: 200, before: spam},
		{name: "verdacht-leeg", as: sam, path: "/console/verdacht", status: 200},
		{name: "verdacht-redden", as: sam, path: "/console/verdacht", status: 200, before: spam, act: pressed("Dit is geen spam : Aanmelding zon@gast.example"), after: 200},
		{name: "brieven", as: sam, path: "/console/brieven", status: 200, before: post},
		{name: "brieven-kapot", as: sam, path: "/console/brieven/kapot", status: 200, before: post},
		{name: "brief", as: sam, path: "{brief}", status: 200, before: post},
		{name: "brief-lezer", as: wim, path: "{brief}", status: 200, before: post},
		{name: "brief-veranderd", as: sam, path: "{brief}", status: 200, before: post, act: func(d *desk, p *browser.Page) {
			id := d.letterTo("gast03@gast.example")
			was, err := d.store.Letter(d.t.Context(), id)
			d.must(err)
			_, err = d.service.SendAgain(d.t.Context(), id, was.Seen())
			d.must(err)
			d.ends(id, mdt.WasAccepted, "bounce: General", mdt.ReportBounced)
			pressed("Verstuur deze mail opnieuw")(d, p)
		}, after: 409},
		{name: "brief-opnieuw", as: sam, path: "{brief}?gedaan=briefopnieuw", status: 200, before: post},
		{name: "brief-kan-niet", as: sam, path: "{brief12}", status: 200, before: post},
	}
	for _, shelf := range []string{"teruggekomen", "onzeker", "spam", "geblokkeerd", "bezorgd", "vervallen", "onderweg"} {
		states = append(states, state{name: "brieven-" + shelf, as: sam, path: "/console/brieven?stand=" + shelf, status: 200, before: post})
	}
	return states
}

// at fills in what a path of a state names.
func (d *desk) at(path string) string {
	for name, email := range map[string]string{"{brief}": "gast03@gast.example", "{brief12}": "gast12@gast.example"} {
		if strings.Contains(path, name) {
			path = strings.ReplaceAll(path, name, "/console/brieven/"+d.letterTo(email))
		}
	}
	return path
}
