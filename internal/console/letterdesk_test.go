package console_test

import (
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

// TestLettersByState: what became of each in words, each where it belongs, and how many need a look.
func TestLettersByState(t *testing.T) {
	d := newDesk(t)
	post(d)
	p := d.as(wim)
	for shelf, want := range map[string][]string{
		"":             {"gast00@gast.example", "Amazon neemt deze mail zo niet aan.", "gast01@gast.example", "We konden de mail niet maken."},
		"onzeker":      {"gast02@gast.example", "We kregen geen antwoord van Amazon."},
		"teruggekomen": {"gast03@gast.example", "Het adres bestaat niet.", "gast04@gast.example", "De mailbox was vol.", "gast05@gast.example"},
		"geblokkeerd":  {"gast06@gast.example"}, "spam": {"gast07@gast.example"}, "geweigerd": {"gast08@gast.example"},
		"vertraagd": {"gast09@gast.example"}, "bezorgd": {"gast10@gast.example"}, "verstuurd": {"gast11@gast.example"}, "vervallen": {"gast12@gast.example"},
		"klaar": {"wachter@gast.example"},
	} {
		got := p.get("/console/brieven?stand=" + shelf)
		for _, text := range want {
			if !got.says(text) {
				t.Errorf("%q does not say %q", shelf, text)
			}
		}
		if shelf != "klaar" && got.says("wachter@gast.example") {
			t.Errorf("%q has a letter that still waits", shelf)
		}
		if !got.says("Teruggekomen 3") || !got.says("Mislukt 2") {
			t.Errorf("%q does not count them", shelf)
		}
	}
	if got := p.get("/console/brieven?na=elders"); got.Code != http.StatusBadRequest {
		t.Errorf("a place that is none answered %d", got.Code)
	}
	kapot := p.get("/console/brieven/kapot")
	for _, email := range []string{"gast03@gast.example", "gast05@gast.example", "gast06@gast.example", "gast07@gast.example"} {
		if !kapot.says(email) {
			t.Errorf("%s is not among the broken addresses", email)
		}
	}
	if kapot.says("gast04@gast.example") || kapot.says("gast10@gast.example") {
		t.Error("an address that works is among the broken ones")
	}
}

// TestEveryStateHasItsShelf, and every kind of letter its words.
func TestEveryStateHasItsShelf(t *testing.T) {
	for _, state := range mdt.States {
		for _, key := range []string{"beheer.brieven.stand.", "beheer.brieven.wat."} {
			if content.PageWords(key+string(state), nil) == "" {
				t.Errorf("no words for %s%s", key, state)
			}
		}
	}
	words, err := content.Letters()
	if err != nil {
		t.Fatal(err)
	}
	for kind := range words {
		if content.PageWords("beheer.brieven.soort."+strconv.Itoa(kind), nil) == "" {
			t.Errorf("letter %d has no name at the desk", kind)
		}
	}
}

// TestSendingOnceMore: the team may, once, and it is noted; where it makes no sense the page says why.
func TestSendingOnceMore(t *testing.T) {
	d := newDesk(t)
	post(d)
	p, id := d.as(sam), d.letterTo("gast03@gast.example")
	path := "/console/brieven/" + id
	got := p.get(path)
	if !got.says("Er gaat één mail naar gast03@gast.example.") || !got.says("Verbeter het bij de aanmelding.") || got.count("/zoals-verzonden") != 1 {
		t.Errorf("%d: what can be done is not said", got.Code)
	}
	if reader := d.as(wim).get(path); reader.says("Verstuur deze mail opnieuw") {
		t.Error("who only reads sees the button")
	}
	seen := regexp.MustCompile(`name="gezien" value="([^"]+)"`).FindStringSubmatch(got.html)
	if seen == nil {
		t.Fatal("it does not say how it was seen")
	}
	if got := p.post(path, "handeling", "opnieuw", "gezien", "failed.1.0"); got.Code != http.StatusConflict || !got.says("Er is ondertussen iets veranderd.") || !got.says("Verstuur deze mail opnieuw") {
		t.Errorf("a yes to how it does not stand: %d", got.Code)
	}
	if letter, err := d.store.Letter(t.Context(), id); err != nil || letter.State != mdt.Bounced {
		t.Fatalf("a yes to how it does not stand sent it: %+v, %v", letter, err)
	}
	if got := p.post(path, "handeling", "opnieuw", "gezien", seen[1]); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	letter, err := d.store.Letter(t.Context(), id)
	d.must(err)
	if letter.State != mdt.Pending || letter.Reason != "" {
		t.Errorf("%+v", letter.Delivery)
	}
	if got := p.post(path, "handeling", "opnieuw", "gezien", seen[1]); got.Code != http.StatusConflict || !got.says("kan dat niet.") {
		t.Errorf("pressed twice: %d", got.Code)
	}
	if log := p.logbook(""); !log.says("Verstuurde een mail opnieuw") {
		t.Error("it is not noted")
	}
	if got := p.post("/console/brieven/nergens", "handeling", "opnieuw"); got.Code != http.StatusNotFound {
		t.Errorf("no letter: %d", got.Code)
	}
	gone := d.letterTo("gast00@gast.example")
	d.must(d.service.Cancel(t.Context(), dag, d.person("gast00@gast.example")))
	if got := p.get("/console/brieven/" + gone); !got.says("wat erin staat, klopt niet meer") || got.says("Verstuur deze mail opnieuw") {
		t.Error("a letter about a seat that was given up can be sent")
	}
}

// TestSpamIsReadAndRescued: as text, with its letters counted, once.
func TestSpamIsReadAndRescued(t *testing.T) {
	d := newDesk(t)
	spam(d)
	p := d.as(sam)
	got := p.get("/console/verdacht")
	if got.count("zon.example</a>") > 0 || got.count("<b>Koop nu") > 0 || !got.says("Goedkope Zonnebrillen https://zon.example") || !got.says("een ringleiding") || !got.says("Samen koken") {
		t.Error("the forms are not shown as they are")
	}
	if !got.says("Dan wissen we het op " + mdt.ShortDay(mdt.SuspectExpires(now))) {
		t.Error("it does not say when they go")
	}
	reader := d.as(wim).get("/console/verdacht")
	if reader.says("een ringleiding") || reader.says("Dit is geen spam") || !reader.says("Samen koken") {
		t.Error("who only reads sees wishes or a button")
	}
	suspect := d.suspectOf("zon@gast.example")
	fields := []string{"wie", string(suspect.Person), "id", suspect.ID}
	asked := p.post("/console/verdacht", append(fields, "handeling", "vragen")...)
	if asked.Code != 200 || !asked.says("2 mails gaan dan weg") || !asked.says("Aan bo@gast.example: Iemand heeft je aangemeld") || !asked.says("Je hebt een plek bij") {
		t.Errorf("asked: %d", asked.Code)
	}
	shown := regexp.MustCompile(`name="soorten" value="([^"]*)"`).FindStringSubmatch(asked.html)
	if shown == nil {
		t.Fatal("it does not say which letters were shown")
	}
	if got := p.post("/console/verdacht", append(fields, "handeling", "redden", "soorten", "2w")...); got.Code != http.StatusConflict {
		t.Errorf("a yes to as many other letters: %d", got.Code)
	}
	one, _, _ := strings.Cut(shown[1], ".")
	for _, number := range []string{"", one, shown[1] + "." + one} {
		if got := p.post("/console/verdacht", append(fields, "handeling", "redden", "soorten", number)...); got.Code != http.StatusConflict {
			t.Errorf("a yes to another number (%s): %d", number, got.Code)
		}
	}
	fields = append(fields, "soorten", shown[1])
	if got := p.post("/console/verdacht", append(fields, "handeling", "redden")...); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if entry := d.entry(dag, "zon@gast.example"); entry.Status != mdt.Confirmed {
		t.Errorf("%s", entry.Status)
	}
	if got := p.post("/console/verdacht", append(fields, "handeling", "redden")...); got.Code != http.StatusConflict {
		t.Errorf("rescued twice: %d", got.Code)
	}
	if log := p.logbook(""); !log.says("Redde een formulier") {
		t.Error("it is not noted")
	}
	late := d.suspectOf(noor)
	m := d.meeting(dag)
	d.set(m.End)
	p = d.as(sam)
	if got := p.post("/console/verdacht", "wie", string(late.Person), "id", late.ID, "handeling", "redden"); got.Code != http.StatusConflict {
		t.Errorf("a proposal for what is over: %d %s", got.Code, html.UnescapeString(got.html))
	}
}

// TestDeskListsAreOneRoundTrip: the session, the page and what it counts are read at once.
func TestDeskListsAreOneRoundTrip(t *testing.T) {
	d := newDesk(t)
	busy(d)
	post(d)
	spam(d)
	p := d.as(sam)
	for path, want := range map[string]int{"/console/logboek": 1, "/console/brieven": 1, "/console/brieven?stand=bezorgd": 1, "/console/verdacht": 1, "/console": 3} {
		if got := d.engine.trips(func() { p.get(path) }); got != want {
			t.Errorf("%s takes %d round trips, want %d", path, got, want)
		}
	}
}

// careful is a desk with a meeting where the team has yet to say yes to somebody.
func careful(d *desk) {
	m := d.meeting(dag)
	m.ID, m.Name, m.Approval, m.Parts, m.BelongsTo = "keuzedag", "Keuzedag", true, nil, ""
	d.must(d.store.Fill(d.t.Context(), nil, []mdt.Meeting{m}))
	d.signUp("keuzedag", "Vraagt", "vraagt@gast.example", nil, acts.Post{})
}

// TestTheFirstPageLeadsToWhatWaits: each sort with how many there are, where they are.
func TestTheFirstPageLeadsToWhatWaits(t *testing.T) {
	d := newDesk(t)
	post(d)
	spam(d)
	careful(d)
	p := d.as(sam)
	got := p.get("/console")
	for path, text := range map[string]string{"/console/brieven": "3 mails mislukt", "/console/brieven/kapot": "4 kapotte adressen", "/console/verdacht": "3 keer mogelijke spam",
		"/console/bijeenkomsten/keuzedag/aanmeldingen?stand=aangevraagd": "1 aanmelding te beoordelen: Keuzedag"} {
		if !got.says(text) || got.count(`<a href="`+path+`">`) == 0 {
			t.Errorf("the first page does not lead to %s with %q", path, text)
		}
		if there := p.get(path); there.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, there.Code)
		}
	}
}

// TestALetterInItsFrameHasNoLinks: as it was sent to look at, and no key stops in it.
func TestALetterInItsFrameHasNoLinks(t *testing.T) {
	d := newDesk(t)
	post(d)
	got := d.as(sam).get("/console/brieven/" + d.letterTo("gast03@gast.example") + "/zoals-verzonden")
	if got.Code != http.StatusOK || got.count("<a ") == 0 || got.count(" data-href=") != got.count("<a ") || got.count(" href=") > 0 {
		t.Errorf("%d: %d links, %d of them lead somewhere", got.Code, got.count("<a "), got.count(" href="))
	}
}
