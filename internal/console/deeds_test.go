package console_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
)

// lettersOf are the kinds of letters to an address, in the order of their making, with how many wait to be sent.
func (d *desk) lettersOf(email string) (kinds []mdt.LetterKind) {
	d.t.Helper()
	ids, err := d.store.LettersTo(d.t.Context(), mdt.PersonID(d.idOf(email)))
	if err != nil {
		d.t.Fatal(err)
	}
	letters, err := d.store.Letters(d.t.Context(), ids)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, l := range letters {
		kinds = append(kinds, l.Kind)
	}
	return kinds
}

// allSent has every letter to an address taken by the post office.
func (d *desk) allSent(email string) {
	d.t.Helper()
	ids, err := d.store.LettersTo(d.t.Context(), mdt.PersonID(d.idOf(email)))
	for _, id := range ids {
		letter, claimed, claimErr := d.store.Claim(d.t.Context(), id, d.time())
		if err = errors.Join(err, claimErr); claimed {
			letter.Delivery = letter.After(mdt.WasAccepted, "ses", "", d.time())
			err = errors.Join(err, d.store.Settle(d.t.Context(), letter))
		}
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) entryAt(email string) *mdt.Registration {
	d.t.Helper()
	standing, err := d.store.Standing(d.t.Context(), dag, mdt.PersonID(d.idOf(email)))
	if err != nil {
		d.t.Fatal(err)
	}
	return standing.Entries[0]
}

// agreeTo sends a form, demands that it shows as many letters first and does nothing, and agrees to them.
func (p *person) agreeTo(letters, path string, pairs ...string) shown {
	p.t.Helper()
	p.engine.changed()
	asked := p.post(path, pairs...)
	if changed := p.engine.changed(); asked.Code != 200 || len(changed) > 0 || !strings.Contains(asked.html, `name="mails" value="`+letters+`"`) {
		p.t.Fatalf("%s asks %d, changed %v: %s %s", path, asked.Code, changed, p.log, asked.html)
	}
	return p.post(path, asked.hidden()...)
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// hidden are the fields that a page sends once more.
func (p shown) hidden() (pairs []string) {
	_, form, _ := strings.Cut(p.html, `<form method="post" action="/console/bijeenkomsten`)
	for _, field := range hiddenField.FindAllStringSubmatch(form, -1) {
		pairs = append(pairs, field[1], field[2])
	}
	return pairs
}

func TestCorrectAnAddress(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "fout@gast.example", nil)
	d.enters("Ander", "bezet@gast.example", nil)
	p := d.as(sam)
	for email, want := range map[string]string{"": "Vul het e-mailadres in", "geen adres": "Vul een volledig e-mailadres in"} {
		if got := p.post(path+"/adres", "email", email, "stond", "fout@gast.example"); got.Code != http.StatusBadRequest || !got.says(want) {
			t.Errorf("%q: %d", email, got.Code)
		}
	}
	if got := p.post(path+"/adres", "email", "bezet@gast.example", "stond", "fout@gast.example"); got.Code != http.StatusConflict || !got.says("is al iemand aangemeld") {
		t.Errorf("a taken one: %d", got.Code)
	}
	if got := p.post(path+"/adres", "email", "goed@gast.example", "stond", "eerder@gast.example"); got.Code != http.StatusBadRequest || !got.says("fout@gast.example") {
		t.Errorf("one that somebody else corrected: %d", got.Code)
	}
	if got := p.post(path+"/adres", "email", "goed@gast.example", "stond", "fout@gast.example", "mails", "2"); got.Code != http.StatusConflict || !got.says("Nu gaan er andere mails weg") {
		t.Errorf("another number: %d", got.Code)
	}
	got := p.agreeTo("1", path+"/adres", "email", "goed@gast.example", "stond", "fout@gast.example")
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if page := p.get(got.Header().Get("Location")); page.Code != 200 || !page.says("Het adres is verbeterd") || !page.says("goed@gast.example") || !page.says("aan fout@gast.example") {
		t.Errorf("the entry after it: %d", page.Code)
	}
	if d.entryAt("fout@gast.example") != nil || len(d.lettersOf("goed@gast.example")) != 2 {
		t.Errorf("letters %v", d.lettersOf("goed@gast.example"))
	}
	if got := p.get(path); got.Code != http.StatusNotFound {
		t.Errorf("the old page: %d", got.Code)
	}
}

func TestCancelForSomebody(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "noor@gast.example", nil)
	p := d.as(sam)
	if got := p.post(path + "/afmelden"); got.Code != http.StatusBadRequest || !got.says("Vul in waarom je dit doet.") {
		t.Errorf("without a reason: %d", got.Code)
	}
	if got := p.agreeTo("1", path+"/afmelden", "reden", "Je belde ons."); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if e := d.entryAt("noor@gast.example"); e.Status != mdt.Cancelled || len(e.Remarks) != 1 || e.Remarks[0].Text != "Je belde ons." || e.Remarks[0].By != "Sam Visser" {
		t.Errorf("%+v", e)
	}
	if got := p.get(path + "/afmelden"); got.Code != http.StatusSeeOther {
		t.Errorf("who is cancelled can be cancelled: %d", got.Code)
	}
	if got := p.post(path+"/afmelden", "reden", "Nog eens."); got.Code != http.StatusConflict {
		t.Errorf("again: %d", got.Code)
	}
	if got := p.get(path); !got.says("Je belde ons.") || !got.says("Afgemeld") || !got.says("Sam Visser: Meldde iemand af. Je belde ons.") {
		t.Error("the page does not say why, or who did it")
	}
	if got := d.as(wim).get(path); got.says("Meldde iemand af") {
		t.Error("who reads sees the log")
	}
}

// small makes the meeting one of so many seats.
func (d *desk) small(seats int) {
	d.t.Helper()
	if err := d.service.Resize(d.t.Context(), dag, "", seats); err != nil {
		d.t.Fatal(err)
	}
}

func TestPlaceByHand(t *testing.T) {
	d := newDesk(t)
	d.small(1)
	d.enters("Eerste", "een@gast.example", nil)
	path := d.enters("Noor Blok", "noor@gast.example", nil)
	p := d.as(sam)
	if got := p.post(path+"/plaatsen", "reden", "Spreker"); got.Code != http.StatusConflict || !got.says("Er is geen plek") {
		t.Errorf("without a seat: %d", got.Code)
	}
	if got := p.agreeTo("1", path+"/plaatsen", "reden", "Spreker", "extra", "ja"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	m, err := d.store.Meeting(t.Context(), dag)
	if e := d.entryAt("noor@gast.example"); err != nil || e.Status != mdt.Confirmed || m.Capacity != 2 {
		t.Errorf("%s of %d seats, %v", e.Status, m.Capacity, err)
	}
}

func TestSendALetterOnceMore(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "noor@gast.example", nil)
	other := d.enters("Bo", "bo@gast.example", nil)
	p := d.as(sam)
	id := regexp.MustCompile(`brief=([a-z0-9]+)`).FindStringSubmatch(p.get(path).html)
	if id == nil || p.get(path).says("Verstuur opnieuw") {
		t.Fatalf("no letter, or one on its way that can be sent again: %q", id)
	}
	if got := p.post(path+"/opnieuw", "brief", id[1]); got.Code != http.StatusConflict || !got.says("Deze mail is al onderweg") {
		t.Errorf("one that is on its way: %d", got.Code)
	}
	d.allSent("noor@gast.example")
	if !p.get(path).says("Verstuur opnieuw") || d.as(wim).get(path).says("Verstuur opnieuw") {
		t.Error("the team cannot send one again that went, or who only reads can")
	}
	if asked := p.post(path+"/opnieuw", "brief", id[1]); !asked.says("Mail opnieuw versturen aan Noor Blok") {
		t.Error("the page that asks has the title of another")
	}
	if got := p.agreeTo("1", path+"/opnieuw", "brief", id[1]); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if got := p.post(path+"/opnieuw", "brief", id[1], "mails", "1"); got.Code != http.StatusConflict {
		t.Errorf("pressed twice: %d", got.Code)
	}
	if kinds := d.lettersOf("noor@gast.example"); len(kinds) != 2 {
		t.Errorf("letters %v", kinds)
	}
	if got := p.post(other+"/opnieuw", "brief", id[1]); got.Code != http.StatusConflict {
		t.Errorf("a letter of somebody else: %d", got.Code)
	}
}

// TestTwoWhoChangeAtOnce: the second is told what stands by now, and loses no word (case 17).
func TestTwoWhoChangeAtOnce(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "noor@gast.example", func(f *mdt.RegistrationForm) { f.Phone, f.Wishes = "06 12345678", "rolstoel" })
	p, esra := d.as(sam), d.as("esra@mdt-team.example")
	form := p.get(path + "/wijzigen")
	if form.Code != 200 || !strings.Contains(form.html, `value="Noor Blok"`) || !strings.Contains(form.html, "rolstoel") {
		t.Fatal(form.Code)
	}
	sent := func(name, organisation string) []string {
		return []string{"uitgave", "0", "naam", name, "organisatie", organisation, "telefoon", "06 12345678", "regios", "wad-en-wierden", "wensen", "rolstoel"}
	}
	if got := esra.agreeTo("1", path+"/wijzigen", sent("Noor Bloksma", "")...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	got := p.post(path+"/wijzigen", sent("Noor Blok", "Jong Actief")...)
	if got.Code != http.StatusConflict || !got.says("Iemand was je voor") || !got.says("Naam: Bewaard is nu: Noor Bloksma") || !strings.Contains(got.html, `value="Jong Actief"`) {
		t.Errorf("%d: %s", got.Code, got.Body)
	}
	if e := d.entryAt("noor@gast.example"); e.Name != "Noor Bloksma" || e.Phone != "06 12345678" {
		t.Errorf("%+v", e)
	}
	again := sent("Noor Bloksma", "Jong Actief")
	again[1] = "1"
	if got := p.agreeTo("1", path+"/wijzigen", again...); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if e := d.entryAt("noor@gast.example"); e.Organisation != "Jong Actief" {
		t.Errorf("%+v", e)
	}
	if own, err := d.service.Own(t.Context(), mdt.PersonID(d.idOf("noor@gast.example"))); err != nil || own.WishesOf(dag) != "rolstoel" {
		t.Errorf("the wishes are %q, %v", own.WishesOf(dag), err)
	}
	if got := p.post(path+"/wijzigen", "uitgave", "2", "naam", ""); got.Code != http.StatusBadRequest {
		t.Errorf("without a name: %d", got.Code)
	}
}

func TestNotesAndTags(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "noor@gast.example", nil)
	d.enters("Bo", "bo@gast.example", nil)
	p, esra := d.as(sam), d.as("esra@mdt-team.example")
	for _, of := range []struct {
		who   *person
		pairs []string
	}{{p, []string{"notitie", "Belde over vervoer.", "etiket", "VIP"}}, {esra, []string{"notitie", "Komt later."}}} {
		if got := of.who.post(path+"/notitie", of.pairs...); got.Code != http.StatusSeeOther {
			t.Fatal(got.Code)
		}
	}
	got := p.get(path)
	for _, want := range []string{"Belde over vervoer.", "Komt later.", "Sam Visser", "vip"} {
		if !got.says(want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if got := p.get(list + "?etiket=vip"); !got.says("Noor Blok") || got.says("Kruis Bo aan") || strings.Contains(got.html, ">Bo<") {
		t.Error("the list by tag is wrong")
	}
	if got := p.post(path+"/notitie", "etiket", "é!"); got.Code != http.StatusBadRequest || !got.says("Gebruik alleen kleine letters") {
		t.Errorf("no tag: %d", got.Code)
	}
	p.post(path+"/notitie", "weg", "vip")
	if e := d.entryAt("noor@gast.example"); len(e.Tags) != 0 || len(e.Remarks) != 2 {
		t.Errorf("%+v", e)
	}
	if got := d.as(femke).get(path); got.says("Belde") {
		t.Error("a facilitator reads the team's remarks")
	}
	if len(d.lettersOf("noor@gast.example")) != 1 {
		t.Error("a remark sent a letter")
	}
}

func TestTakenDownByTelephone(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	if got := p.get(list + "/nieuw"); got.Code != 200 || !strings.Contains(got.html, `name="sleutel"`) {
		t.Fatal(got.Code)
	}
	if got := p.post(list+"/nieuw", "naam", "", "groep", ",x\nAli, geen adres"); got.Code != http.StatusBadRequest || !got.says("Regel 1") || !got.says("Regel 2") || !got.says("Vul je naam in.") {
		t.Errorf("%d: %s", got.Code, got.Body)
	}
	got := p.agreeTo("1", list+"/nieuw", "sleutel", "k", "naam", "Bo Telefoon", "telefoon", "06 12345678", "groep", "Ali\nCem, cem@gast.example", "notitie", "Belde.")
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", got.Code, got.Body)
	}
	page := p.get(got.Header().Get("Location"))
	for _, want := range []string{"Bo Telefoon", "Heeft geen e-mailadres", "Ali, Cem", "Belde.", "Heeft een plek"} {
		if !page.says(want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if cem := d.entryAt("cem@gast.example"); cem == nil || cem.BroughtName != "Bo Telefoon" {
		t.Errorf("%+v", cem)
	}
	if got := p.post(list+"/nieuw", "sleutel", "l", "naam", "Cem", "email", "cem@gast.example"); got.Code != http.StatusConflict || !got.says("is al iemand aangemeld") {
		t.Errorf("who is there already: %d", got.Code)
	}
}

// deedMatrix is who may do what with an entry.
func (d *desk) deedMatrix() map[string]may {
	rows := map[string]may{}
	row := func(below, email, body string) {
		path := d.enters("Noor "+below, email, nil)
		rows[entriesPattern+"/{kenmerk}/"+below] = may{path: path + "/" + below, get: "t", post: "t", body: body}
	}
	row("adres", "adres@gast.example", "email=ander@gast.example&stond=adres@gast.example")
	row("afmelden", "afmelden@gast.example", "reden=x")
	row("wijzigen", "wijzigen@gast.example", url.Values{"uitgave": {"0"}, "naam": {"Noor"}}.Encode())
	row("notitie", "notitie@gast.example", "notitie=x")
	letters := d.enters("Noor opnieuw", "opnieuw@gast.example", nil)
	d.allSent("opnieuw@gast.example")
	ids, err := d.store.LettersTo(d.t.Context(), mdt.PersonID(d.idOf("opnieuw@gast.example")))
	if err != nil {
		d.t.Fatal(err)
	}
	rows[entriesPattern+"/{kenmerk}/opnieuw"] = may{path: letters + "/opnieuw", get: "t", post: "t", body: "brief=" + ids[0]}
	asks := d.asks("vraagt@gast.example")
	rows[entriesPattern+"/{kenmerk}/toelaten"] = may{path: asks + "/toelaten", get: "t", post: "t"}
	rows[entriesPattern+"/{kenmerk}/plaatsen"] = may{path: asks + "/plaatsen", get: "t", post: "t", body: "reden=x"}
	rows[entriesPattern+"/nieuw"] = may{path: list + "/nieuw", get: "t", post: "t", body: "naam=Bo&sleutel=k"}
	rows[entriesPattern+"/samen"] = may{path: list + "/samen", get: "t", post: "t", body: "handeling=etiket&etiket=x&wie=" + d.entryOf("notitie@gast.example")[len(list)+1:]}
	return rows
}

// TestTheLastSeatGoesMeanwhile: who was shown the letter of a seat has not agreed to the letter that there is none.
func TestTheLastSeatGoesMeanwhile(t *testing.T) {
	d := newDesk(t)
	path, other := d.asks("vraagt@gast.example"), d.asks("ander@gast.example")
	p := d.as(sam)
	if err := d.service.Resize(t.Context(), "keuze", "", 1); err != nil {
		t.Fatal(err)
	}
	asked := p.post(path + "/toelaten")
	if asked.Code != http.StatusOK || !asked.says("Je hebt een plek") {
		t.Fatal(asked.Code, p.log)
	}
	if got := p.agreeTo("1", other+"/toelaten"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code, p.log)
	}
	p.engine.changed()
	now := p.post(path+"/toelaten", asked.hidden()...)
	if changed := p.engine.changed(); now.Code != http.StatusConflict || len(changed) > 0 || !now.says("Nu gaan er andere mails weg") || !now.says("Je staat op de wachtlijst") {
		t.Fatalf("%d, changed %v: %s", now.Code, changed, now.Body)
	}
	if got := p.post(path+"/toelaten", now.hidden()...); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code, p.log)
	}
	if got := p.get(path); !got.says("Wacht") || got.says("Heeft een plek") {
		t.Errorf("%s", got.Body)
	}
}

// TestTheLogHoldsOnlyReasonsThatWereAskedFor: what a form sends beside what it asks is written nowhere.
func TestTheLogHoldsOnlyReasonsThatWereAskedFor(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "noor@gast.example", nil)
	p := d.as(sam)
	p.agreeTo("0", list+"/samen", "wie", path[len(list)+1:], "handeling", "etiket", "etiket", "pers", "reden", "Belde over haar moeder")
	if page := p.get(path); !page.says("pers") || page.says("Belde over") {
		t.Errorf("%d: the tag is not there, or the log took a reason that nobody asked for", page.Code)
	}
}
