package console_test

import (
	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/mdt"

	"aanmeldpunt/internal/acts"
)

// meetingStates are those of the pages on which a meeting is made and edited.
func meetingStates() []state {
	concept := func(d *desk) {
		m := d.stored("beslisdag")
		m.Published = false
		d.keep(m)
	}
	waits := func(d *desk) {
		d.open()
		m := d.stored("beslisdag")
		m.Capacity = 1
		d.keep(m)
		d.comes("beslisdag", "noor@gast.example", "sam@gast.example")
	}
	asked := func(d *desk) {
		m := d.stored("beslisdag")
		m.Questions = []mdt.Question{{ID: "eten", Text: "Eet je mee?", Kind: mdt.YesNo, Required: true},
			{ID: "wat", Text: "Wat eet je?", Kind: mdt.ManyOf, Choices: []string{"Alles", "Geen vlees"}, ShowIf: &mdt.ShowIf{Question: "eten", Answers: []string{"ja"}}}}
		d.keep(m)
	}
	return []state{
		{name: "bijeenkomst-nieuw", as: sam, path: nieuw, status: 200},
		{name: "bijeenkomst-nieuw-fout", as: sam, path: nieuw, status: 200, act: typedIn("Naam", "Regiodag"), after: 400},
		{name: "bijeenkomst-gegevens", as: sam, path: beslisdag + "/gegevens", status: 200},
		{name: "bijeenkomst-gegevens-fout", as: sam, path: beslisdag + "/gegevens", status: 200, act: typedIn("Naam", " "), after: 400},
		{name: "bijeenkomst-gegevens-vraag", as: sam, path: beslisdag + "/gegevens", status: 200, before: waits, act: typedIn("Plaats (niet verplicht)", "De Nieuwe Zaal, Zwolle"), after: 200},
		{name: "bijeenkomst-gegevens-botsing", as: sam, path: beslisdag + "/gegevens", status: 200, after: 409,
			act: func(d *desk, p *browser.Page) {
				m := d.stored("beslisdag")
				m.Description += "!"
				d.keep(m)
				typedIn("Naam", "Beslisdag Noord")(d, p)
			}},
		{name: "bijeenkomst-inschrijving", as: sam, path: beslisdag + "/inschrijving", status: 200},
		{name: "bijeenkomst-inschrijving-fout", as: sam, path: beslisdag + "/inschrijving", status: 200, act: typedIn("Aantal plekken (niet verplicht)", "veel"), after: 400},
		{name: "bijeenkomst-inschrijving-vraag", as: sam, path: beslisdag + "/inschrijving", status: 200, before: waits, act: typedIn("Aantal plekken (niet verplicht)", "5"), after: 200},
		{name: "bijeenkomst-programma", as: sam, path: "/console/bijeenkomsten/netwerkbijeenkomst/programma", status: 200},
		{name: "bijeenkomst-programma-rij", as: sam, path: beslisdag + "/programma", status: 200, act: pressed("Nog een onderdeel"), after: 200},
		{name: "bijeenkomst-vragen", as: sam, path: beslisdag + "/vragen", status: 200, before: asked},
		{name: "bijeenkomst-brieven", as: sam, path: beslisdag + "/brieven?brief=2", status: 200},
		{name: "bellen", as: sam, path: bellen, status: 200, before: quiet},
		{name: "bijeenkomst-bellen", as: sam, path: "/console/bijeenkomsten/" + dag, status: 200, before: quiet},
		{name: "overzicht-bellen", as: sam, path: "/console", status: 200, before: quiet},
		{name: "bijeenkomst-lezers", as: sam, path: beslisdag + "/gegevens", status: 200, before: waits, after: 200, act: func(d *desk, p *browser.Page) {
			typedIn("Plaats (niet verplicht)", "De Nieuwe Zaal, Zwolle")(d, p)
			pressed("Lees de mails aan wie is aangemeld")(d, p)
		}},
		{name: "bellen-niemand", as: sam, path: bellen, status: 200},
		{name: "bijeenkomst-publiceren", as: sam, path: beslisdag + "/publiceren", status: 200},
		{name: "bijeenkomst-publiceren-concept", as: sam, path: beslisdag + "/publiceren", status: 200, before: concept},
		{name: "bijeenkomst-uitnodigen", as: sam, path: beslisdag + "/publiceren", status: 200, after: 200,
			before: func(d *desk) { m := d.stored("beslisdag"); m.ByInvitation = true; d.keep(m) }, act: typedIn("E-mailadres van wie je uitnodigt", "noor@gast.example")},
		{name: "bijeenkomst-publiceren-telaat", as: sam, path: beslisdag + "/publiceren", status: 200, after: 409, act: func(d *desk, p *browser.Page) {
			m := d.stored("beslisdag")
			m.Place = "Zwolle"
			d.keep(m)
			p.Tab("Waarom gaat het niet door?")
			p.Type("De zaal kan die dag niet.")
			pressed("Bekijk de mails")(d, p)
		}},
		{name: "bijeenkomst-afgelasten-fout", as: sam, path: beslisdag + "/publiceren", status: 200, act: pressed("Bekijk de mails"), after: 400},
	}
}

// keep stores a meeting to which nobody is registered yet.
func (d *desk) keep(m mdt.Meeting) {
	d.t.Helper()
	if _, err := d.service.SaveMeeting(d.t.Context(), acts.Edit{Meeting: m}); err != nil {
		d.t.Fatal(err)
	}
}
