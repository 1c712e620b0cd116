package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

const proposalList = "/console/bijeenkomsten/" + dag + "/voorstellen"

// proposes sends a proposal in, and gives the path of its page.
func (d *desk) proposes(theme, email string, regions ...string) string {
	d.t.Helper()
	address, _ := mdt.ParseAddress(email)
	m, err := d.store.Meeting(d.t.Context(), dag)
	if err != nil {
		d.t.Fatal(err)
	}
	m.Proposing = &mdt.Window{}
	got, err := d.service.Propose(d.t.Context(), *m, mdt.ProposalForm{Name: "Sanne Vos", Email: address, Theme: theme, Goal: mdt.Inspire, Kind: mdt.Idea,
		Explanation: "Een verhaal.", Organisation: "Jong Actief", Leader: mdt.Leader{Who: mdt.LedBySelf}, Regions: regions}, acts.Post{})
	if err != nil {
		d.t.Fatal(err)
	}
	return "/console/voorstellen/" + got.Reference
}

// writes sends a message to a region, and gives the path of its page.
func (d *desk) writes(name, email, region string) string {
	d.t.Helper()
	address, _ := mdt.ParseAddress(email)
	regions, err := d.store.Regions(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	routed, fault := mdt.Route(regions, d.service.Atlas, region, "", d.time())
	if fault != nil {
		d.t.Fatal(fault)
	}
	got, err := d.service.Ask(d.t.Context(), mdt.MessageForm{Name: name, Email: address, Subject: mdt.SubjectOther, Text: "Hoe doe ik mee?", Region: region}, routed, regions, acts.Post{})
	if err != nil {
		d.t.Fatal(err)
	}
	return "/console/berichten/" + got.Reference
}

func TestProposals(t *testing.T) {
	d := newDesk(t)
	own := d.proposes("Regen en wind", "sanne@gast.example", "wad-en-wierden")
	other := d.proposes("Zon en zee", "elders@gast.example", "meren-en-eilanden")
	p, f := d.as(sam), d.as(femke)
	if got := p.get(proposalList); !got.says("Regen en wind") || !got.says("Zon en zee") {
		t.Errorf("the list: %d", got.Code)
	}
	if got := f.get(proposalList); !got.says("Regen en wind") || got.says("Zon en zee") {
		t.Error("the facilitator's list is wrong")
	}
	if got := f.post(proposalList, "zoek", "zon"); got.says("Zon en zee") {
		t.Error("a search shows a proposal of another region")
	}
	if got := f.post(proposalList, "zoek", other[len(other)-8:]); got.Code == http.StatusSeeOther {
		t.Error("a search says that a proposal of another region is there")
	}
	if got := p.post(proposalList, "zoek", other[len(other)-8:]); got.Code != http.StatusSeeOther || got.Header().Get("Location") != other {
		t.Errorf("by its reference: %d", got.Code)
	}
	if got := p.post(proposalList, "zoek", "ZON en"); !got.says("Zon en zee") || strings.Contains(got.html, ">Regen en wind<") {
		t.Error("not found by its theme")
	}
	page := p.get(own)
	for _, want := range []string{"Sanne Vos", "sanne@gast.example", "Een verhaal.", "Ikzelf", "gaat zo weg"} {
		if !page.says(want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if got := f.get(own); got.Code != 200 || strings.Contains(got.html, "zoals-verzonden") {
		t.Errorf("the facilitator of its region: %d", got.Code)
	}
	if got := f.get(other); got.Code != http.StatusNotFound {
		t.Errorf("of another region: %d", got.Code)
	}
	form := []string{"uitgave", "0", "naam", "Sanne Vos", "thema", "Regen", "doel", "inspireren", "soort", "idee", "leiding.wie", "ikzelf", "regios", "wad-en-wierden", "toelichting", "Een verhaal."}
	asked := p.post(own+"/wijzigen", form...)
	if asked.Code != 200 || !strings.Contains(asked.html, `name="mails" value="1"`) {
		t.Fatalf("%d: %s", asked.Code, asked.html)
	}
	if got := p.post(own+"/wijzigen", append(form, "mails", "1")...); got.Code != http.StatusConflict || !got.says("Nu gaan er andere mails weg") {
		t.Errorf("a yes that does not say to which letters: %d", got.Code)
	}
	if got := p.post(own+"/wijzigen", append(form, "mails", "1", "mailsoorten", "24")...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", got.Code, got.html)
	}
	if got := p.get(own); !got.says("Regen") || got.says("Regen en wind") {
		t.Error("it was not changed")
	}
	form[5] = "Hagel"
	if got := p.post(own+"/wijzigen", append(form, "mails", "1")...); got.Code != http.StatusConflict || !got.says("Iemand was je voor") {
		t.Errorf("an old form: %d", got.Code)
	}
	if got := p.post(own+"/wijzigen", "uitgave", "1", "naam", ""); got.Code != http.StatusBadRequest {
		t.Errorf("without a name: %d", got.Code)
	}
}

func TestMessages(t *testing.T) {
	d := newDesk(t)
	own, other := d.writes("Bas Kok", "bas@gast.example", "wad-en-wierden"), d.writes("Els Mol", "els@gast.example", "meren-en-eilanden")
	national := d.writes("Jan Land", "jan@gast.example", mdt.Nationwide)
	p, f := d.as(sam), d.as(femke)
	if got := p.get("/console/berichten"); !got.says("Bas Kok") || !got.says("Els Mol") || !got.says("Jan Land") {
		t.Errorf("the list: %d", got.Code)
	}
	if got := f.get("/console/berichten"); !got.says("Bas Kok") || got.says("Els Mol") || got.says("Jan Land") {
		t.Error("the facilitator's list is wrong")
	}
	if got := f.post("/console/berichten", "zoek", "els"); got.says("Els Mol") {
		t.Error("a search shows a message of another region")
	}
	for _, path := range []string{other, national} {
		if got := f.get(path); got.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.Code)
		}
		if got := f.post("/console/berichten", "zoek", path[len(path)-8:]); got.Code == http.StatusSeeOther {
			t.Error("a search says that it is there")
		}
	}
	if got := f.get(own); got.Code != 200 || !got.says("Hoe doe ik mee?") {
		t.Errorf("his own: %d", got.Code)
	}
	if got := p.post("/console/berichten", "zoek", "els@gast.example"); !got.says("Els Mol") {
		t.Error("not found by the address")
	}
	form := []string{"versie", "1", "naam", "Bas Kok", "onderwerp", "anders", "bericht", "Hoe doe ik mee in Leek?"}
	if got := p.post(own+"/wijzigen", form...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", got.Code, got.html)
	}
	if got := p.get(own); !got.says("Hoe doe ik mee in Leek?") {
		t.Error("it was not changed")
	}
	form[7] = "Hoe doe ik mee in Assen?"
	if got := p.post(own+"/wijzigen", form...); got.Code != http.StatusConflict || !got.says("Bewaard is nu: Hoe doe ik mee in Leek?") {
		t.Errorf("an old form: %d", got.Code)
	}
	if n := len(d.lettersOf("bas@gast.example")); n != 1 {
		t.Errorf("%d letters", n)
	}
}

// wishes has somebody ask to be told when registering opens, and gives the path of their page.
func (d *desk) wishes(email string) string {
	d.t.Helper()
	m := mdt.Meeting{ID: "straks", Name: "Later", Kind: mdt.RegionalDay, Start: now.AddDate(0, 2, 0), End: now.AddDate(0, 2, 0).Add(time.Hour),
		Place: "Utrecht", Published: true, Telling: &mdt.Window{}, Registering: &mdt.Window{Pending: true}}
	if err := d.store.Fill(d.t.Context(), nil, []mdt.Meeting{m}); err != nil {
		d.t.Fatal(err)
	}
	m.Version = 1
	address, _ := mdt.ParseAddress(email)
	reference, err := d.service.Tell(d.t.Context(), m, mdt.InterestForm{Name: "Ila", Email: address}, acts.Post{})
	if err != nil {
		d.t.Fatal(err)
	}
	return "/console/attenderingen/" + reference
}

func TestInterests(t *testing.T) {
	d := newDesk(t)
	own := d.wishes("ila@gast.example")
	d.wishes("bo@gast.example")
	const interests = "/console/bijeenkomsten/straks/attenderingen"
	p := d.as(sam)
	if got := p.get(interests); !got.says("ila@gast.example") || !got.says("bo@gast.example") {
		t.Errorf("the list: %d", got.Code)
	}
	for _, sought := range []string{"Ila@GAST.example", own[len(own)-8:]} {
		if got := p.post(interests, "zoek", sought); got.Code != http.StatusSeeOther || got.Header().Get("Location") != own {
			t.Errorf("%s: %d to %q", sought, got.Code, got.Header().Get("Location"))
		}
	}
	if got := p.get(own); got.Code != 200 || !got.says("Krijgt een mail als de aanmelding opengaat") || !got.says("gaat zo weg") {
		t.Errorf("its page: %d", got.Code)
	}
	if got := p.post(own, "handeling", "x"); got.Code != http.StatusBadRequest {
		t.Errorf("nothing to do: %d", got.Code)
	}
	if got := p.post(own, "handeling", "intrekken"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := p.get(own); !got.says("Wil geen mail meer") || strings.Contains(got.html, "intrekken") {
		t.Error("it was not withdrawn")
	}
	if got := d.as(femke).get(interests); got.Code != http.StatusForbidden {
		t.Errorf("a facilitator: %d", got.Code)
	}
}

// othersMatrix is who may do what with proposals and messages.
func (d *desk) othersMatrix() map[string]may {
	proposal, message := d.proposes("Regen", "sanne@gast.example", "wad-en-wierden"), d.writes("Bas Kok", "bas@gast.example", "wad-en-wierden")
	d.set(d.time().Add(time.Second)) // at one moment they stand in no order
	second := d.writes("Els Mol", "els@gast.example", "wad-en-wierden")
	changed := url.Values{"uitgave": {"0"}, "naam": {"S"}, "thema": {"T"}, "doel": {"inspireren"}, "soort": {"idee"}, "leiding.wie": {"ikzelf"}}.Encode()
	return map[string]may{
		"/console/bijeenkomsten/{bijeenkomst}/voorstellen":   {path: proposalList, get: "trfo", post: "trfo", body: "zoek=x"},
		"/console/voorstellen/{kenmerk}":                     {path: proposal, get: "trf", theirs: true},
		"/console/voorstellen/{kenmerk}/wijzigen":            {path: proposal + "/wijzigen", get: "t", post: "t", body: changed},
		"/console/bijeenkomsten/{bijeenkomst}/attenderingen": {path: "/console/bijeenkomsten/straks/attenderingen", get: "tr", post: "tr", body: "zoek=x"},
		"/console/attenderingen/{kenmerk}":                   {path: d.wishes("ila@gast.example"), get: "tr", post: "t", body: "handeling=intrekken"},
		"/console/berichten":                                 {path: "/console/berichten", get: "trfo", post: "trfo", body: "zoek=x"},
		"/console/berichten/{kenmerk}":                       {path: message, get: "trf", theirs: true},
		"/console/berichten/{kenmerk}/beantwoord":            {path: second + "/beantwoord", get: "trf", post: "tf", body: "handeling=beantwoord&versie=1", theirs: true},
		"/console/berichten/{kenmerk}/wijzigen":              {path: message + "/wijzigen", get: "t", post: "t", body: "versie=1&naam=B&onderwerp=anders&bericht=x"},
	}
}
