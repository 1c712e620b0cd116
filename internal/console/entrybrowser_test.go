package console_test

import (
	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/mdt"
)

// entryOf is the path of the page of whoever has an address.
func (d *desk) entryOf(email string) string {
	return list + "/" + d.service.Identity.Reference("aanmelding", dag, d.idOf(email))
}

// some people registered, one of them with all that a form asks.
func some(d *desk) {
	d.crowd(55)
	d.enters("Noor Blok-van der Heijden", "noor@gast.example", func(f *mdt.RegistrationForm) {
		f.Organisation, f.Role, f.Phone, f.Wishes = "Stichting Jongerenwerk Noord", "jongerenwerker", "06 12345678", "Een plek vooraan."
	})
}

func typed(fields ...string) func(*desk, *browser.Page) {
	return func(_ *desk, p *browser.Page) {
		for i := 0; i+1 < len(fields); i += 2 {
			p.Tab(fields[i])
			p.Type(fields[i+1])
		}
		p.Enter()
	}
}

func entryStates() []state {
	return []state{
		{name: "aanmeldingen-leeg", as: sam, path: list, status: 200},
		{name: "aanmeldingen", as: sam, path: list, status: 200, before: some},
		{name: "aanmeldingen-facilitator", as: femke, path: list, status: 200, before: some},
		{name: "aanmeldingen-gezocht", as: sam, path: list, status: 200, before: some, act: typed("Zoek iemand", "bezoeker"), after: 200},
		{name: "aanmelding", as: sam, path: "{noor}", status: 200, before: some},
		{name: "aanmelding-mail", as: sam, path: "{noor}", status: 200, before: some, act: pressed("Lees deze mail Je bent aangemeld: Netwerkbijeenkomst (voorbeeld)"), after: 200},
		{name: "aanmelding-facilitator", as: femke, path: "{noor}", status: 200, before: some},
	}
}
