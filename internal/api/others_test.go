package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// TestProposalLetters: a receipt for whoever sent it; somebody else who leads hears so; nobody else does.
func TestProposalLetters(t *testing.T) {
	const fields = `"naam":"Noor","email":"noor@gast.example","thema":"Samen","doel":"inspireren","soort":"idee"`
	for name, c := range map[string]struct {
		leading string
		want    map[string]int
	}{
		"absent":        {``, map[string]int{"10 noor@gast.example": 1}},
		"oneself":       {`,"leiding":{"wie":"ikzelf","rol":"jongere"}`, map[string]int{"10 noor@gast.example": 1}},
		"nobody yet":    {`,"leiding":{"wie":"onbekend"}`, map[string]int{"10 noor@gast.example": 1}},
		"somebody else": {`,"leiding":{"wie":"iemandAnders","naam":"Bo","email":"bo@gast.example"}`, map[string]int{"10 noor@gast.example": 1, "20 bo@gast.example": 1}},
		"oneself by address": {`,"leiding":{"wie":"iemandAnders","naam":"Noor","email":"NOOR@gast.example"}`,
			map[string]int{"10 noor@gast.example": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			got := d.post(voorstellen, "{"+fields+c.leading+"}")
			if got.Code != 201 || got.text("status") != "ontvangen" || len(got.body) != 3 {
				t.Fatalf("%d %s", got.Code, got.Body)
			}
			if diff := cmp.Diff(c.want, d.kinds()); diff != "" {
				t.Error(diff)
			}
		})
	}
	d := newDesk(t)
	a, b := d.post(voorstellen, "{"+fields+"}"), d.post(voorstellen, "{"+fields+"}")
	if a.text("kenmerk") == b.text("kenmerk") {
		t.Error("two proposals share a reference")
	}
	missing := d.post(voorstellen, `{"naam":"Noor","email":"noor@gast.example","leiding":{"wie":"iemandAnders"}}`)
	want := map[string]string{"#/thema": "thema.leeg", "#/doel": "doel.leeg", "#/soort": "soort.leeg",
		"#/leiding/naam": "leiding.naam.leeg", "#/leiding/email": "leiding.email.leeg"}
	if diff := cmp.Diff(want, missing.faults()); diff != "" {
		t.Error(diff)
	}
	if got := d.post("/v1/bijeenkomsten/beslisdag/voorstellen", "{"+fields+"}"); got.Code != 409 || got.text("code") != "voorstel.geen" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

// TestInterest: consent is needed, its words and moment are kept, and asking again mails once a day.
func TestInterest(t *testing.T) {
	d := newDesk(t)
	for _, body := range []string{`{"email":"noor@gast.example"}`, `{"email":"noor@gast.example","toestemming":false}`} {
		if got := d.post(attenderen, body); got.Code != 400 || got.faults()["#/toestemming"] != "toestemming.nodig" {
			t.Errorf("%s: %d %v", body, got.Code, got.faults())
		}
	}
	first := d.post(attenderen, `{"email":"noor@gast.example","toestemming":true}`)
	again := d.form(attenderen, "email=Noor@gast.example&toestemming=on")
	if first.Code != 201 || again.Code != 201 || first.text("kenmerk") != again.text("kenmerk") {
		t.Fatalf("%d %s, %d %s", first.Code, first.Body, again.Code, again.Body)
	}
	if diff := cmp.Diff(map[string]int{"15 noor@gast.example": 1}, d.kinds()); diff != "" {
		t.Error(diff)
	}
	d.now = d.now.Add(24 * time.Hour)
	d.post(attenderen, `{"email":"noor@gast.example","toestemming":true}`)
	if n := d.kinds(); n["15 noor@gast.example"] != 2 {
		t.Errorf("a day later: %v", n)
	}
	entry, err := d.store.Interest(t.Context(), "regiodag-noord", d.service.Identity.Person(mdt.Address{Normal: "noor@gast.example"}), d.now)
	if err != nil || entry == nil || entry.Consent != mdt.ConsentVersion || !entry.Consented.Equal(start) {
		t.Errorf("%+v %v", entry, err)
	}
	registered := d.post("/v1/bijeenkomsten/regiodag-noord/aanmeldingen", noor)
	if registered.Code != 409 || registered.text("code") != "bijeenkomst.nietOpen" {
		t.Errorf("registering before the opening: %d %s", registered.Code, registered.Body)
	}
	if got := d.post("/v1/bijeenkomsten/beslisdag/attenderingen", `{"email":"noor@gast.example","toestemming":true}`); got.Code != 409 {
		t.Errorf("telling where one can register: %d %s", got.Code, got.Body)
	}
}

// TestReferencesDiffer: the registration, the interest, each proposal and each message have their own.
func TestReferencesDiffer(t *testing.T) {
	d := newDesk(t)
	told := d.post(attenderen, `{"email":"noor@gast.example","toestemming":true}`)
	d.now = start.AddDate(0, 0, 60)
	registered := d.post("/v1/bijeenkomsten/regiodag-noord/aanmeldingen", noor)
	if registered.Code != 201 || told.text("kenmerk") == registered.text("kenmerk") {
		t.Errorf("%d %s and %s", registered.Code, registered.Body, told.Body)
	}
}

// TestMessagesReachExactlyOne: every region's own, the stand-in, the national team for the vacant region, for
// none and for the whole country; never two.
func TestMessagesReachExactlyOne(t *testing.T) {
	d := newDesk(t)
	vacant, standIn := 0, 0
	for i, region := range d.network.Regions {
		who, empty, _ := region.Answering(d.now)
		if empty {
			vacant++
			who = mdt.Responder{Name: "het landelijke MDT-team", Email: "team@mdt.example"}
		}
		if who.StandIn {
			standIn++
		}
		got := d.post(berichten, fmt.Sprintf(`{"naam":"Noor","email":"g%d@gast.example","onderwerp":"anders","bericht":"Hallo %d","regio":%q}`, i, i, region.ID))
		if got.Code != 201 || got.body["regio"] != region.ID || got.text("ontvanger") != who.Name || strings.Contains(got.Body.String(), "mdt-") {
			t.Errorf("%s: %d %s", region.ID, got.Code, got.Body)
		}
		if reached := d.reached(fmt.Sprintf("Hallo %d", i)); len(reached) != 1 || reached[0] != who.Email {
			t.Errorf("%s reached %v, want %s", region.ID, reached, who.Email)
		}
	}
	if len(d.network.Regions) != 19 || vacant != 1 || standIn != 1 {
		t.Errorf("the example has %d regions, %d vacant, %d with a stand-in", len(d.network.Regions), vacant, standIn)
	}
	for _, where := range []string{``, `,"regio":"landelijk"`} {
		got := d.post(berichten, `{"naam":"Noor","email":"noor@gast.example","onderwerp":"aansluiten","bericht":"Landelijk"`+where+`}`)
		if got.Code != 201 || got.body["regio"] != nil || got.text("ontvanger") != "het landelijke MDT-team" {
			t.Errorf("%s: %d %s", where, got.Code, got.Body)
		}
	}
	if got := d.post(berichten, `{"naam":"Noor","email":"noor@gast.example","onderwerp":"anders","bericht":"x","regio":"atlantis"}`); got.Code != 400 || got.faults()["#/regio"] != "regio.onbekend" {
		t.Errorf("unknown region: %d %s", got.Code, got.Body)
	}
}

// reached gives the addresses that a message was sent on to.
func (d *desk) reached(text string) (found []string) {
	d.t.Helper()
	for _, l := range d.letters() {
		if l.Kind == mdt.LetterToFacilitator && l.Message.Text == text {
			found = append(found, l.To)
		}
	}
	return found
}

// TestFacilitatorWithoutAddress: the national team gets it, and somebody is told.
func TestFacilitatorWithoutAddress(t *testing.T) {
	d := newDesk(t)
	d.network.Regions[0].ID = "zonder-adres"
	d.network.Regions[0].Facilitators = []mdt.Facilitator{{Name: "Iemand"}}
	if err := d.store.Fill(t.Context(), d.network.Regions[:1], nil); err != nil {
		t.Fatal(err)
	}
	got := d.post(berichten, `{"naam":"Noor","email":"noor@gast.example","onderwerp":"anders","bericht":"Hallo","regio":"zonder-adres"}`)
	if got.Code != 201 || got.text("ontvanger") != "het landelijke MDT-team" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if reached := d.reached("Hallo"); len(reached) != 1 || reached[0] != "team@mdt.example" {
		t.Errorf("reached %v", reached)
	}
	if !strings.Contains(d.log.String(), "level=ERROR") || strings.Contains(d.log.String(), "noor@") {
		t.Errorf("log: %s", d.log)
	}
}

// TestMunicipalities: found as people write them; what is not one municipality asks which.
func TestMunicipalities(t *testing.T) {
	d := newDesk(t)
	for text, want := range map[string]string{ // the code of the fault, or none
		"den haag": "", "'s-Gravenhage": "", "s gravenhage": "", "Den Bosch": "", "nuenen": "", "SUDWEST FRYSLAN": "",
		"GM0363": "", "Bergen": "gemeente.dubbel", "Bergen (NH)": "", "Atlantis": "gemeente.onbekend",
	} {
		body, err := json.Marshal(map[string]string{"naam": "Noor", "email": "noor@gast.example", "onderwerp": "anders", "bericht": "Hallo", "gemeente": text})
		if err != nil {
			t.Fatal(err)
		}
		got := d.post(berichten, string(body))
		if want == "" && (got.Code != 201 || got.body["regio"] == nil) || want != "" && (got.Code != 400 || got.faults()["#/gemeente"] != want) {
			t.Errorf("%s: %d %s", text, got.Code, got.Body)
		}
	}
	if regions := d.do("GET", "/v1/regios?gemeente=Bergen", "").body["regios"].([]any); len(regions) != 2 {
		t.Errorf("Bergen lies in %d regions", len(regions))
	}
	if regions := d.do("GET", "/v1/regios?gemeente=Atlantis", "").body["regios"].([]any); len(regions) != 0 {
		t.Errorf("Atlantis lies in %d regions", len(regions))
	}
}

// TestRegionsShowNoAddress: who answers is a name, the vacant region has none.
func TestRegionsShowNoAddress(t *testing.T) {
	d := newDesk(t)
	got := d.do("GET", "/v1/regios", "")
	if strings.Contains(got.Body.String(), "@") {
		t.Error("an address is shown")
	}
	regions, towns, nobody := got.body["regios"].([]any), 0, 0
	for _, r := range regions {
		region := r.(map[string]any)
		towns += len(region["gemeenten"].([]any))
		if region["facilitator"] == nil {
			nobody++
		}
	}
	if len(regions) != 19 || towns != 341 || nobody != 1 { // from 2027 on Wijdemeren is part of Hilversum
		t.Errorf("%d regions, %d municipalities, %d vacant", len(regions), towns, nobody)
	}
}

// TestSenderIsSaidToBeUnconfirmed: the facilitator is told that nobody knows whose address it is, and that
// it is the address of a facilitator where it is.
func TestSenderIsSaidToBeUnconfirmed(t *testing.T) {
	d := newDesk(t)
	var colleague string
	for _, r := range d.network.Regions {
		if who, vacant, _ := r.Answering(start); !vacant {
			colleague = who.Email
		}
	}
	for _, c := range []struct {
		email                  string
		confirmed, facilitator bool
	}{{"noor@gast.example", false, false}, {"bo@gast.example", true, false}, {colleague, false, true}} {
		address, _ := mdt.ParseAddress(c.email)
		if c.confirmed {
			if err := d.store.Confirm(t.Context(), d.service.Identity.Person(address), false, start.AddDate(0, 1, 0), start); err != nil {
				t.Fatal(err)
			}
		}
		got := d.post(berichten, fmt.Sprintf(`{"naam":"Noor","email":%q,"onderwerp":"anders","bericht":"Van %s"}`, c.email, c.email))
		if got.Code != 201 {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
		for _, l := range d.letters() {
			if l.Kind == mdt.LetterToFacilitator && l.Message.Text == "Van "+c.email &&
				(l.Message.Confirmed != c.confirmed || l.Message.Facilitator != c.facilitator || l.Message.SenderMail != c.email) {
				t.Errorf("%s: %+v", c.email, l.Message)
			}
		}
	}
}
