package console_test

import (
	"fmt"

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
		{name: "aanmelding-adres", as: sam, path: "{noor}/adres", status: 200, before: some},
		{name: "aanmelding-adres-fout", as: sam, path: "{noor}/adres", status: 200, before: some, act: pressed("Kijk welke mails weggaan"), after: 400},
		{name: "aanmelding-adres-mails", as: sam, path: "{noor}/adres", status: 200, before: some, act: typed("Het goede e-mailadres", "goed@gast.example"), after: 200},
		{name: "aanmelding-afmelden", as: sam, path: "{noor}/afmelden", status: 200, before: some},
		{name: "aanmelding-wijzigen", as: sam, path: "{noor}/wijzigen", status: 200, before: some},
		{name: "aanmelding-wijzigen-conflict", as: sam, path: "{noor}/wijzigen", status: 200, before: some, act: overtaken, after: 409},
		{name: "aanmelding-notities", as: sam, path: "{noor}", status: 200, before: noted},
		{name: "aanmelden-telefoon", as: sam, path: list + "/nieuw", status: 200},
		{name: "aanmeldingen-samen", as: sam, path: list, status: 200, before: some, act: many, after: 200},
		{name: "voorstellen", as: sam, path: proposalList, status: 200, before: others},
		{name: "voorstel", as: sam, path: "{voorstel}", status: 200, before: others},
		{name: "voorstel-wijzigen", as: sam, path: "{voorstel}/wijzigen", status: 200, before: others},
		{name: "attenderingen", as: sam, path: "/console/bijeenkomsten/straks/attenderingen", status: 200, before: others},
		{name: "attendering", as: sam, path: "{attendering}", status: 200, before: others},
		{name: "berichten", as: femke, path: "/console/berichten", status: 200, before: others},
		{name: "berichten-telang", as: sam, path: "/console/berichten?stand=telang", status: 200, before: late},
		{name: "berichten-niets", as: sam, path: "/console/berichten?stand=beantwoord&regio=landelijk", status: 200, before: others},
		{name: "bericht-facilitator", as: femke, path: "{bericht}", status: 200, before: others},
		{name: "bericht-beantwoord", as: femke, path: "{beantwoord}?gedaan=berichtbeantwoord", status: 200, before: late},
		{name: "overzicht-vragen", as: sam, path: "/console", status: 200, before: late},
		{name: "bericht-ingehaald", as: femke, path: "{bericht}", status: 200, before: others, act: corrected, after: 409},
		{name: "bericht", as: sam, path: "{bericht}", status: 200, before: others},
		{name: "bericht-wijzigen", as: sam, path: "{bericht}/wijzigen", status: 200, before: others},
		{name: "aanmeldingen-samen-mails", as: sam, path: list, status: 200, before: some, act: cancelMany, after: 200},
		{name: "aanmeldingen-samen-plaatsen", as: sam, path: list, status: 200, before: crowded, act: placeMany, after: 200},
		{name: "aanmelding-facilitator", as: femke, path: "{noor}", status: 200, before: some},
	}
}

// overtaken: meanwhile somebody else changes what a form shows, and then it is sent.
func overtaken(d *desk, p *browser.Page) {
	form := mdt.ChangeForm{KeepWishes: true, Edition: d.entryAt("noor@gast.example").Edition}
	form.Name = fmt.Sprintf("Noor Bloksma %d", form.Edition)
	if err := d.service.Change(d.t.Context(), dag, mdt.PersonID(d.idOf("noor@gast.example")), form); err != nil {
		d.t.Fatal(err)
	}
	pressed("Kijk welke mails weggaan")(d, p)
}

func noted(d *desk) {
	some(d)
	p := d.as(sam)
	p.post(d.entryOf("noor@gast.example")+"/notitie", "notitie", "Belde over vervoer.", "etiket", "vip")
}

// many has two on the list get a tag.
func many(_ *desk, p *browser.Page) {
	p.Tab("Etiket")
	p.Type("pers")
	p.Tab("Kruis Noor Blok-van der Heijden aan")
	p.Space()
	p.Tab("Kruis Bezoeker 026 aan")
	p.Space()
	p.Enter()
}

// others sent a proposal and a message.
func others(d *desk) {
	d.paths = map[string]string{"{voorstel}": d.proposes("Regen en wind", "sanne@gast.example", "wad-en-wierden"),
		"{attendering}": d.wishes("ila@gast.example"), "{bericht}": d.writes("Bas Kok", "bas@gast.example", "wad-en-wierden")}
}

// late: what others sent ten days ago is open for too long, save for what was answered.
func late(d *desk) {
	d.set(now.AddDate(0, 0, -10))
	others(d)
	answered := d.writes("Ada Vis", "ada@gast.example", "wad-en-wierden")
	d.set(now)
	d.writes("Els Mol", "els@gast.example", "meren-en-eilanden")
	d.as(sam).post(answered+"/beantwoord", "handeling", "beantwoord", "versie", "1")
	d.paths["{beantwoord}"] = answered
}

// corrected: meanwhile somebody of the team corrects the message, and then its button is pressed.
func corrected(d *desk, p *browser.Page) {
	path := d.paths["{bericht}"]
	team := d.as(sam)
	form := hiddenOf(d.t, team.get(path+"/wijzigen"), path+"/wijzigen")
	team.post(path+"/wijzigen", append(form, "naam", "Bas Kok", "onderwerp", "anders", "bericht", "Hoe doen wij mee? "+form[1])...)
	pressed("Dit is beantwoord")(d, p)
}

// cancelMany chooses to cancel the last five on the page.
func cancelMany(_ *desk, p *browser.Page) {
	p.Tab("Voor wie je aankruist")
	p.Choose("Meld af")
	p.Tab("Waarom (bij afmelden of een plek geven)")
	p.Type("De zaal is te klein.")
	for _, name := range []string{"036", "018", "026", "029", "049"} {
		p.Tab("Kruis Bezoeker " + name + " aan")
		p.Space()
	}
	p.Enter()
}

// crowded: some have no seat.
func crowded(d *desk) {
	d.small(2)
	some(d)
}

// placeMany chooses a seat for two, of which there is none.
func placeMany(_ *desk, p *browser.Page) {
	p.Tab("Voor wie je aankruist")
	p.Choose("Geef een plek, zolang er plek is")
	p.Tab("Waarom (bij afmelden of een plek geven)")
	p.Type("Spreker.")
	for _, name := range []string{"036", "018"} {
		p.Tab("Kruis Bezoeker " + name + " aan")
		p.Space()
	}
	p.Enter()
}
