package console_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestOnePersonIsFoundEverywhere: by the address however it is written; what is held, why and until when.
func TestOnePersonIsFoundEverywhere(t *testing.T) {
	d := newDesk(t)
	everythingOfNoor(d)
	spam(d)
	p := d.as(sam)
	got := p.post("/console/privacy", "handeling", "zoeken", "wie", " NOOR@Gast.example ")
	if got.Code != http.StatusOK {
		t.Fatal(got.Code)
	}
	for _, want := range []string{"Aanmelding Netwerkbijeenkomst (voorbeeld) " + d.entry(dag, noor).Reference, "Wat iemand nodig heeft", "Voorstel", "Bericht", "Mogelijke spam",
		"Voor de plek en de mails", mdt.ShortDay(mdt.EntryExpires(d.meeting(dag))), "Het logboek heeft 1 regel"} {
		if !got.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, path := range []string{list + "/" + d.entry(dag, noor).Reference, "/console/voorstellen/", "/console/berichten/", "/console/verdacht"} {
		if got.count(`<a href="`+path) == 0 {
			t.Errorf("the page does not lead to %s", path)
		}
	}
	if got.says("rolstoel") || got.says("Hoe sluit ik aan?") {
		t.Error("the page says more than what is held")
	}
	if n := got.count(`href="/console/brieven/`); n != 3 {
		t.Errorf("%d letters", n)
	}
	if got := p.post("/console/privacy", "wie", "niemand@gast.example"); got.Code != 200 || !got.says("Hierover bewaren we niets.") {
		t.Errorf("nobody: %d", got.Code)
	}
	if got := p.post("/console/privacy", "wie", "noor"); got.Code != http.StatusBadRequest || !got.says("Vul een volledig e-mailadres in, of een kenmerk van 8 tekens.") {
		t.Errorf("no address: %d", got.Code)
	}
	if got := p.post("/console/privacy", "wie", ""); got.Code != http.StatusBadRequest || !got.says("Vul een e-mailadres of kenmerk in.") {
		t.Errorf("nothing typed: %d", got.Code)
	}
	if got := p.post("/console/privacy", "wie", strings.ToLower(d.entry(dag, noor).Reference)); got.Code != 200 || !got.says("Voorstel") {
		t.Errorf("by a reference: %d", got.Code)
	}
	if got := p.post("/console/privacy", "wie", "K7M3PQ9X"); got.Code != 200 || !got.says("Hierover bewaren we niets.") {
		t.Errorf("by a reference of nothing: %d", got.Code)
	}
	if got := p.post("/console/privacy", "wie", "K7M3PQ9X", "handeling", "wissen"); got.Code != http.StatusConflict {
		t.Errorf("nobody to erase: %d", got.Code)
	}
	if got := p.post("/console/privacy", "wie", wim); !got.says("Deze persoon kan hier ook inloggen.") {
		t.Error("it does not say who is on the list")
	}
	own, err := d.service.Own(t.Context(), d.person(noor))
	d.must(err)
	if looks := own.Looks(); len(looks) < 3 {
		t.Errorf("that everything of somebody was found is noted as %v", looks)
	}
}

// TestTheDesksCopy is the one that a person gets with a fresh link, and its taking is noted.
func TestTheDesksCopy(t *testing.T) {
	d := newDesk(t)
	everythingOfNoor(d)
	got := d.as(sam).post("/console/privacy", "handeling", "kopie", "wie", noor)
	var copied mdt.Copy
	if err := json.Unmarshal([]byte(got.html), &copied); err != nil || !strings.Contains(got.Header().Get("Content-Disposition"), "gegevens.json") {
		t.Fatal(err, got.Code)
	}
	kinds := map[mdt.NoteOf]int{}
	for _, piece := range copied.Pieces {
		if kinds[piece.Kind]++; piece.Why == "" || piece.Until.IsZero() {
			t.Errorf("%+v", piece)
		}
	}
	if kinds["aanmelding"] != 1 || kinds["wensen"] != 1 || kinds["voorstel"] != 1 || kinds["bericht"] != 1 || kinds["logboek"] != 1 || len(copied.Letters) != 3 {
		t.Errorf("%v, %d letters", kinds, len(copied.Letters))
	}
	if strings.Contains(got.html, "Sam Visser") {
		t.Error("the copy names who of the team looked")
	}
	if log := d.as(sam).logbook(""); !log.says("Nam een kopie mee") {
		t.Error("it is not noted")
	}
}

// seenOn is what the page that asks about an erasure says was seen.
func seenOn(t *testing.T, asked shown) string {
	t.Helper()
	seen := regexp.MustCompile(`name="gezien" value="([0-9a-f]+)"`).FindStringSubmatch(asked.html)
	if seen == nil {
		t.Fatalf("it does not say what was seen: %d", asked.Code)
	}
	return seen[1]
}

// TestErasingAtTheDesk: it is asked first, with what goes; a yes to something else is asked again; what stays is a line
// that names nobody.
func TestErasingAtTheDesk(t *testing.T) {
	d := newDesk(t)
	everythingOfNoor(d)
	p := d.as(sam)
	reference := d.entry(dag, noor).Reference
	asked := p.post("/console/privacy", "handeling", "wissen", "wie", noor, "kenmerk", reference)
	if asked.Code != 200 || !asked.says("1 aanmelding") || !asked.says("1 keer wat iemand nodig heeft") || asked.says("1 voorstel") || !asked.says("Je gegevens zijn gewist") || !asked.says("je aanmelding") {
		t.Errorf("asked about one: %d %s", asked.Code, d.log)
	}
	if d.entry(dag, noor).Status != mdt.Confirmed {
		t.Fatal("asking erased it")
	}
	all := p.post("/console/privacy", "handeling", "wissen", "wie", noor)
	for _, other := range []string{"", "x", seenOn(t, all)} {
		got := p.post("/console/privacy", "handeling", "wisja", "wie", noor, "kenmerk", reference, "gezien", other)
		if got.Code != http.StatusConflict || !got.says("1 aanmelding") || !got.says("Er is ondertussen iets veranderd.") {
			t.Errorf("a yes to something else: %d", got.Code)
		}
	}
	if d.entry(dag, noor).Status != mdt.Confirmed {
		t.Fatal("a yes to something else erased it")
	}
	if got := p.post("/console/privacy", "handeling", "wisja", "wie", noor, "kenmerk", reference, "gezien", seenOn(t, asked)); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	own, err := d.service.Own(t.Context(), d.person(noor))
	d.must(err)
	if len(own.Registrations) != 0 || len(own.Wishes) != 0 || len(own.Proposals) != 1 || len(own.Messages) != 1 {
		t.Errorf("%d, %d, %d, %d", len(own.Registrations), len(own.Wishes), len(own.Proposals), len(own.Messages))
	}
	waiting, err := d.store.ListLetters(t.Context(), mdt.Pending, store.Listing[mdt.Letter]{Limit: 50}, d.time())
	d.must(err)
	for _, letter := range waiting.Entries {
		if letter.Kind == mdt.LetterToFacilitator { // whoever got it is asked to erase it too
			d.ends(letter.ID, mdt.WasAccepted, "")
		}
	}
	if all = p.post("/console/privacy", "handeling", "wissen", "wie", noor); !all.says("1 voorstel") || !all.says("1 bericht") || !all.says("2 mails gaan dan weg") || !all.says("Aan "+femke+":") {
		t.Error("asked about everything")
	}
	if got := p.post("/console/privacy", "handeling", "wisja", "wie", noor, "gezien", seenOn(t, all)); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	traces, err := d.store.Traces(t.Context(), d.person(noor), d.time())
	d.must(err)
	if len(traces) != 0 {
		t.Errorf("%+v stands", traces)
	}
	if got := p.post("/console/privacy", "handeling", "wissen", "wie", noor); got.Code != http.StatusConflict || !got.says("Hier valt niets meer te wissen") {
		t.Errorf("nothing to erase answered %d", got.Code)
	}
	if got := p.post("/console/privacy", "handeling", "wisja", "wie", noor, "gezien", seenOn(t, all)); got.Code != http.StatusConflict || !got.says("Hier valt niets meer te wissen") {
		t.Errorf("a second yes answered %d", got.Code)
	}
	log := p.logbook("")
	if log.says(reference) || log.says(noor) || !log.says("Wiste 2 zaken van iemand") {
		t.Error("the proof is not what it should be")
	}
}

// TestTheTermsAreThoseOfTheRules: every sort in words, with its number.
func TestTheTermsAreThoseOfTheRules(t *testing.T) {
	d := newDesk(t)
	got := d.as(sam).get("/console/privacy")
	for _, r := range mdt.Retentions {
		what := content.PageWords("beheer.bewaren."+r.What, nil)
		term := content.PageWords("beheer.termijn."+r.Unit, map[string]string{"n": strconv.Itoa(r.Count)})
		from := content.PageWords("beheer.bewaren."+r.What+".vanaf", nil)
		if what == "" || term == "" || from == "" || !got.says(what+" "+term+" "+from) {
			t.Errorf("%+v: %q %q %q", r, what, term, from)
		}
	}
	m := d.meeting(dag)
	if !got.says(m.Name+" ") || !got.says(mdt.ShortDay(mdt.WishesExpire(m))) || !got.says(mdt.ShortDay(mdt.EntryExpires(m))) {
		t.Error("it does not say what of a meeting goes when")
	}
}

// TestWhoHasNoAddressIsFoundByTheReference, and erased with nobody to tell.
func TestWhoHasNoAddressIsFoundByTheReference(t *testing.T) {
	d := newDesk(t)
	deed, self := d.service.Registering(d.meeting(dag), acts.ByHand{Form: mdt.RegistrationForm{Name: "Dee"}, Key: "k"})
	d.must(deed.Do(t.Context(), 0))
	p := d.as(sam)
	if got := p.post("/console/privacy", "wie", self.Reference); !got.says("Aanmelding Netwerkbijeenkomst (voorbeeld) " + self.Reference) {
		t.Error("not found")
	}
	asked := p.post("/console/privacy", "wie", self.Reference, "handeling", "wissen")
	if !asked.says("Deze persoon krijgt geen mail.") || !asked.says("1 aanmelding") {
		t.Error("asked")
	}
	if got := p.post("/console/privacy", "wie", self.Reference, "handeling", "wisja", "gezien", seenOn(t, asked)); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	traces, err := d.store.Traces(t.Context(), self.Person, d.time())
	d.must(err)
	if len(traces) != 0 {
		t.Errorf("%+v stands", traces)
	}
}
