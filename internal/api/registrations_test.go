package api_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

func TestRegistrationAnswersAndOwesOneLetter(t *testing.T) {
	d := newDesk(t)
	got := d.post(beslisdag, noor)
	if got.Code != 201 || got.text("status") != "bevestigd" || len(got.text("kenmerk")) != 8 || len(got.body) != 3 {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	for _, word := range []string{"noor@gast.example", got.text("kenmerk"), "team@mdt.example"} {
		if !strings.Contains(got.text("melding"), word) {
			t.Errorf("%q does not say %q", got.text("melding"), word)
		}
	}
	if diff := cmp.Diff(map[string]int{"2 noor@gast.example": 1}, d.kinds()); diff != "" {
		t.Error(diff)
	}
}

// TestKnownAndFreshLookAlike: whoever posts an address that is registered learns nothing from it: not from
// the answer, its headers, or the calls made for it.
func TestKnownAndFreshLookAlike(t *testing.T) {
	for _, full := range []bool{false, true} {
		t.Run(fmt.Sprintf("full %v", full), func(t *testing.T) {
			d := newDesk(t)
			path := "/v1/bijeenkomsten/informatiesessie-samenwerken/aanmeldingen"
			known := d.post(path, noor)
			if full {
				for i := range 19 {
					d.post(path, fmt.Sprintf(`{"naam":"Gast","email":"gast%d@gast.example"}`, i))
				}
			}
			d.engine.take()
			again := d.post(path, `{"naam":"Een ander","email":"NOOR@gast.example"}`)
			knownCalls := d.engine.take()
			fresh := d.post(path, `{"naam":"Een ander","email":"vers@gast.example"}`)
			freshCalls := d.engine.take()
			if knownCalls != freshCalls {
				t.Errorf("a known address costs %q, a fresh one %q", knownCalls, freshCalls)
			}
			if diff := cmp.Diff(fresh.Header(), again.Header()); diff != "" {
				t.Error(diff)
			}
			if again.Code != fresh.Code || again.text("status") != fresh.text("status") || again.text("kenmerk") != known.text("kenmerk") {
				t.Errorf("known: %s, fresh: %s, first: %s", again.Body, fresh.Body, known.Body)
			}
			if !strings.EqualFold(strings.ReplaceAll(again.text("melding"), again.text("kenmerk"), fresh.text("kenmerk")),
				strings.ReplaceAll(fresh.text("melding"), "vers@", "noor@")) {
				t.Errorf("%q and %q", again.text("melding"), fresh.text("melding"))
			}
		})
	}
}

// TestOneAddressOneRegistration: however it is written.
func TestOneAddressOneRegistration(t *testing.T) {
	d := newDesk(t)
	for _, email := range []string{"Noor@café.example", "noor@caf\u00e9.example", "noor@cafe\u0301.example", "NOOR@xn--caf-dma.example", " noor@CAFÉ.example "} {
		got := d.form(beslisdag, url.Values{"naam": {"Noor"}, "email": {email}}.Encode())
		if got.Code != 201 {
			t.Fatalf("%q: %d %s", email, got.Code, got.Body)
		}
	}
	if n := d.freeSeats("beslisdag"); n != 249 {
		t.Errorf("%d seats are free", n)
	}
	if n := d.kinds(); n["2 Noor@xn--caf-dma.example"] != 1 || n["19 Noor@xn--caf-dma.example"] != 1 || len(n) != 2 {
		t.Errorf("letters: %v", n)
	}
}

func (d *desk) freeSeats(meeting string) int {
	d.t.Helper()
	got := d.do("GET", "/v1/bijeenkomsten/"+meeting, "")
	free, ok := got.body["aanmelden"].(map[string]any)["vrijePlekken"].(float64)
	if !ok {
		d.t.Fatalf("%s has no limit", meeting)
	}
	return int(free)
}

// TestKeyCountsForTheSameValues: in JSON or in a form, with the key in the header or in the field.
func TestKeyCountsForTheSameValues(t *testing.T) {
	d := newDesk(t)
	first := d.post(beslisdag, `{"naam":"Noor","email":"noor@gast.example","regios":["landelijk"]}`, "Idempotency-Key: a b")
	for name, again := range map[string]answered{
		"JSON":              d.post(beslisdag, `{ "regios":["landelijk"], "email":"noor@gast.example","naam":"Noor" }`, "Idempotency-Key: a b"),
		"form":              d.form(beslisdag, "naam=Noor&email=noor%40gast.example&regios=landelijk&sleutel=a+b&onbekend=1&telefoon="),
		"header goes first": d.form(beslisdag, "naam=Noor&email=noor%40gast.example&regios=landelijk&sleutel=x", "Idempotency-Key: a b"),
	} {
		if again.Code != 201 || again.Body.String() != first.Body.String() {
			t.Errorf("%s: %d %s", name, again.Code, again.Body)
		}
	}
	for name, other := range map[string]answered{
		"another name": d.post(beslisdag, `{"naam":"Bo","email":"noor@gast.example","regios":["landelijk"]}`, "Idempotency-Key: a b"),
		"a field less": d.post(beslisdag, `{"naam":"Noor","email":"noor@gast.example"}`, "Idempotency-Key: a b"),
	} {
		if other.Code != 422 || other.text("code") != "sleutel.anders" {
			t.Errorf("%s: %d %s", name, other.Code, other.Body)
		}
	}
	if n := d.kinds(); len(n) != 1 || n["2 noor@gast.example"] != 1 {
		t.Errorf("letters: %v", n)
	}
	for name, free := range map[string]answered{
		"another address": d.post(beslisdag, `{"naam":"Noor","email":"bo@gast.example"}`, "Idempotency-Key: a b"),
		"another call":    d.post(netwerkdag, noor, "Idempotency-Key: a b"),
	} {
		if free.Code != 201 {
			t.Errorf("%s: %d %s", name, free.Code, free.Body)
		}
	}
	for _, bad := range []string{strings.Repeat("a", 256), "caf\u00e9"} {
		if got := d.post(beslisdag, noor, "Idempotency-Key: "+bad); got.Code != 400 || got.faults()["Idempotency-Key"] != "sleutel.vorm" || !strings.Contains(got.Body.String(), `"in":"header"`) {
			t.Errorf("key %q: %d %s", bad, got.Code, got.Body)
		}
	}
}

// TestAnswerOfAKeyStays: after the meeting has closed the same key still gets its 201, and another body its 422.
func TestAnswerOfAKeyStays(t *testing.T) {
	d := newDesk(t)
	propose := `{"naam":"Noor","email":"noor@gast.example","thema":"Samen","doel":"inspireren","soort":"idee"}`
	first, proposal := d.post(beslisdag, noor, "Idempotency-Key: k"), d.post(voorstellen, propose, "Idempotency-Key: k")
	refused := d.post("/v1/bijeenkomsten/regiodag-delta/aanmeldingen", noor, "Idempotency-Key: k")
	d.now = d.now.AddDate(0, 0, 46).Add(-time.Hour)
	d.service.Catalogue = nil
	d.reopen()
	if got := d.post(beslisdag, noor, "Idempotency-Key: anders"); got.Code != 409 {
		t.Fatalf("not closed: %d %s", got.Code, got.Body)
	}
	if refused.Code != 409 {
		t.Errorf("closed meeting: %d", refused.Code)
	}
	d.now = start.Add(24 * time.Hour)
	again := d.post(beslisdag, noor, "Idempotency-Key: k")
	if again.Code != 201 || again.Body.String() != first.Body.String() {
		t.Errorf("after a day: %d %s", again.Code, again.Body)
	}
	d.now = start.AddDate(0, 0, 40)
	if got := d.post(voorstellen, propose, "Idempotency-Key: k"); got.Code != 201 || got.Body.String() != proposal.Body.String() {
		t.Errorf("proposal after its deadline: %d %s", got.Code, got.Body)
	}
	if got := d.post(voorstellen, propose, "Idempotency-Key: nieuw"); got.Code != 409 || got.text("code") != "voorstel.teLaat" {
		t.Errorf("new proposal after the deadline: %d %s", got.Code, got.Body)
	}
}

// TestKeyIsUsedUpBySuccessOnly: a refusal leaves the key free for the same and for another body.
func TestKeyIsUsedUpBySuccessOnly(t *testing.T) {
	d := newDesk(t)
	path := "/v1/bijeenkomsten/informatiesessie-samenwerken/aanmeldingen"
	if got := d.post(path, `{"naam":"","email":"noor@gast.example"}`, "Idempotency-Key: k"); got.Code != 400 {
		t.Fatal(got.Code)
	}
	d.now = start.AddDate(0, 0, 30)
	if got := d.post(path, noor, "Idempotency-Key: k"); got.Code != 409 {
		t.Fatal(got.Code)
	}
	d.now = start
	if got := d.post(path, noor, "Idempotency-Key: k"); got.Code != 201 {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

// TestFieldsOfOurs: what only we decide cannot be sent, in whatever case.
func TestFieldsOfOurs(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"id", "status", "Status", "rol", "capaciteit", "createdAt", "kenmerk", "persoon", "versie", "NAAM", "Email", "_", "__proto__", "pk"} {
		got := d.post(beslisdag, fmt.Sprintf(`{"naam":"Noor","email":"noor@gast.example",%q:"x"}`, name))
		if got.Code != 400 || got.faults()["#/"+name] != "verzoek.veld" {
			t.Errorf("%s: %d %v", name, got.Code, got.faults())
		}
	}
	if n := d.freeSeats("beslisdag"); n != 250 {
		t.Errorf("%d seats are free", n)
	}
}

// TestGuests: each is a person with an entry and a letter; one who is registered takes no second seat.
func TestGuests(t *testing.T) {
	d := newDesk(t)
	before := d.freeSeats("netwerkbijeenkomst")
	d.post(netwerkdag, `{"naam":"Bo","email":"bo@gast.example"}`)
	got := d.post(netwerkdag, `{"naam":"Noor","email":"noor@gast.example","introducees":[{"naam":"Bo","email":"BO@gast.example"},{"naam":"Cas","email":"cas@gast.example"}]}`)
	if got.Code != 201 {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if n := before - d.freeSeats("netwerkbijeenkomst"); n != 3 {
		t.Errorf("%d seats are taken by three people", n)
	}
	want := map[string]int{"2 bo@gast.example": 1, "2 noor@gast.example": 1, "19 bo@gast.example": 1, "18 cas@gast.example": 1}
	if diff := cmp.Diff(want, d.kinds()); diff != "" {
		t.Error(diff)
	}
	faults := d.post(netwerkdag, `{"naam":"Noor","email":"x@gast.example","introducees":[{"naam":"","email":"X@gast.example"},{"naam":"A","email":"a@gast.example"},{"naam":"B","email":"a@gast.example"}]}`)
	if faults.Code != 400 || len(faults.faults()) < 3 {
		t.Errorf("%d %v", faults.Code, faults.faults())
	}
}

// TestKnownGuestIsNotGivenAway: with one seat left, whoever names a guest learns nothing of that guest from the
// answer or from the work done for it; the letter tells the truth.
func TestKnownGuestIsNotGivenAway(t *testing.T) {
	var bodies, calls []string
	for _, guest := range []string{"bekend", "vers"} {
		d := newDesk(t)
		d.change("netwerkbijeenkomst", func(m *mdt.Meeting) { m.Capacity = 2 })
		d.post(netwerkdag, `{"naam":"Bo","email":"bekend@gast.example"}`)
		d.engine.take()
		got := d.post(netwerkdag, fmt.Sprintf(`{"naam":"Noor","email":"noor@gast.example","introducees":[{"naam":"Bo","email":"%s@gast.example"}]}`, guest))
		bodies, calls = append(bodies, got.Body.String()), append(calls, d.engine.take())
		if letters := d.kinds(); (letters["2 noor@gast.example"] == 1) != (guest == "bekend") {
			t.Errorf("%s: letters %v", guest, letters)
		}
	}
	if bodies[0] != bodies[1] || !strings.Contains(bodies[0], `"wachtlijst"`) || calls[0] != calls[1] {
		t.Errorf("known: %s by %s\nfresh: %s by %s", bodies[0], calls[0], bodies[1], calls[1])
	}
}

// TestOrganisationLimit: three of one organisation, however it is written; the fourth is refused by its own
// code, and a known address is not counted again.
func TestOrganisationLimit(t *testing.T) {
	d := newDesk(t)
	meeting := d.find(func(m mdt.Meeting) bool {
		return m.PerOrg == 3 && m.Registering != nil && m.RegisteringStatus(mdt.Counter{}, start) == mdt.Open
	})
	path := "/v1/bijeenkomsten/" + meeting.ID + "/aanmeldingen"
	post := func(who, org string) answered {
		return d.post(path, fmt.Sprintf(`{"naam":"Gast","email":"%s@gast.example","organisatie":%q}`, who, org))
	}
	for i, org := range []string{"De Brug", "de brug", "De-Brug!"} {
		if got := post(fmt.Sprintf("g%d", i), org); got.Code != 201 {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	got := post("g3", " DE  BRUG ")
	if got.Code != 409 || got.text("code") != "organisatie.max" || got.text("pointer") != "#/organisatie" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	for name, fine := range map[string]answered{"known": post("g0", "De Brug"), "another": post("g4", "De Brug Noord"), "none": post("g5", "")} {
		if fine.Code != 201 {
			t.Errorf("%s: %d %s", name, fine.Code, fine.Body)
		}
	}
}

// find gives the first meeting of the example that is as asked for.
func (d *desk) find(fits func(mdt.Meeting) bool) mdt.Meeting {
	d.t.Helper()
	for _, m := range d.network.Meetings {
		if fits(m) {
			return m
		}
	}
	d.t.Fatal("the example has no such meeting")
	return mdt.Meeting{}
}

// TestFullPart: a part of two seats takes two; the third hears which part is full, and gets nothing.
func TestFullPart(t *testing.T) {
	d := newDesk(t)
	meeting := d.find(func(m mdt.Meeting) bool { return len(smallPart(m)) > 0 })
	path := "/v1/bijeenkomsten/" + meeting.ID + "/aanmeldingen"
	for i := range 3 {
		got := d.post(path, fmt.Sprintf(`{"naam":"Gast","email":"g%d@gast.example","onderdelen":[%q]}`, i, smallPart(meeting)))
		if i < 2 && got.Code != 201 || i == 2 && (got.Code != 409 || got.text("code") != "onderdeel.vol" || got.text("pointer") != "#/onderdelen/0") {
			t.Errorf("post %d: %d %s", i, got.Code, got.Body)
		}
	}
	if n := d.kinds(); len(n) != 2 {
		t.Errorf("letters: %v", n)
	}
}

func smallPart(m mdt.Meeting) string {
	for _, p := range m.Parts {
		if p.Seats == 2 {
			return p.ID
		}
	}
	return ""
}

// TestMeetingChangedMeanwhile: a decision on an old description is noticed by the counter's version.
func TestMeetingChangedMeanwhile(t *testing.T) {
	d := newDesk(t)
	d.post(beslisdag, noor) // remembered now
	d.change("beslisdag", func(m *mdt.Meeting) { m.Capacity = 1 })
	got := d.post(beslisdag, `{"naam":"Bo","email":"bo@gast.example"}`)
	if got.Code != 201 || got.text("status") != "wachtlijst" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}
