package console_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

const (
	beslisdag = "/console/bijeenkomsten/beslisdag"
	nieuw     = "/console/nieuwe-bijeenkomst"
)

// TestAMeetingIsMadeAndPublished: from a sort, and like an earlier one; a concept is the team's alone.
func TestAMeetingIsMadeAndPublished(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	when := []string{"begintDag", "1-3-2027", "begintTijd", "9.00", "eindigtDag", "1-3-2027", "eindigtTijd", "12.00"}
	if got := p.post(nieuw, append(when, "soort", "regiodag", "naam", "Regiodag Assen", "plaats", "Assen")...); got.Code != 303 ||
		got.Header().Get("Location") != "/console/bijeenkomsten/regiodag-assen?gedaan=bijeenkomstgemaakt" {
		t.Fatalf("%d %s %s", got.Code, got.Header().Get("Location"), got.html)
	}
	if m := d.stored("regiodag-assen"); m.Published || m.Kind != mdt.RegionalDay || m.Version != 1 {
		t.Errorf("%+v", m)
	}
	if got := d.as(femke).get("/console/bijeenkomsten/regiodag-assen"); got.Code != 404 {
		t.Errorf("a facilitator sees a concept: %d", got.Code)
	}
	if got := p.post(nieuw, append(when, "soort", "regiodag", "naam", "Regiodag Assen", "plaats", "Assen")...); got.Code != 400 || !got.says("Er is al een bijeenkomst met dit adres.") {
		t.Errorf("the same name again: %d", got.Code)
	}
	if got := p.post(nieuw, append(when, "zoals", "netwerkbijeenkomst", "naam", "Netwerk 2027")...); got.Code != 400 || !got.says("Het programma van die bijeenkomst duurt langer.") {
		t.Errorf("like another, but shorter: %d", got.Code)
	}
	if got := p.post(nieuw, append(when[:4], "zoals", "netwerkbijeenkomst", "naam", "Netwerk 2027")...); got.Code != 303 || len(d.stored("netwerk-2027").Parts) != len(d.stored("netwerkbijeenkomst").Parts) {
		t.Errorf("like another: %d %s", got.Code, got.html)
	}
	path := "/console/bijeenkomsten/regiodag-assen/publiceren"
	page := p.get(path)
	if link := regexp.MustCompile(site + `/voorbeeld/[\w-]+`).FindString(page.html); link == "" || !page.says("Publiceer") {
		t.Errorf("%d %s", page.Code, page.html)
	}
	if got := p.post(path, "handeling", "publiceren", "versie", "1"); got.Code != 303 || !d.stored("regiodag-assen").Published {
		t.Errorf("%d %s", got.Code, got.html)
	}
	if got := p.get(path); got.says("Laat het concept zien") || !got.says("De bijeenkomst gaat niet door") {
		t.Error(got.html)
	}
}

// TestEveryFormOfAMeetingGivesItBack: opened, and sent as it is shown, nothing of the meeting changes but its version.
func TestEveryFormOfAMeetingGivesItBack(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	for _, below := range []string{"gegevens", "inschrijving", "programma", "vragen", "brieven"} {
		for _, id := range []string{"beslisdag", "netwerkbijeenkomst"} {
			was := d.stored(id)
			path := "/console/bijeenkomsten/" + id + "/" + below
			got := p.do("POST", path, p.get(path).formValues().Encode()+"&handeling=bewaren")
			if got.Code != 303 {
				t.Errorf("%s: %d %s", path, got.Code, got.html)
				continue
			}
			now := d.stored(id)
			if now.Version != was.Version+1 {
				t.Errorf("%s: version %d after %d", path, now.Version, was.Version)
			}
			now.Version = was.Version
			if was.Reminders == nil {
				now.Reminders = nil // the usual ones, written out
			}
			if diff := cmp.Diff(was, now); diff != "" {
				t.Errorf("%s: %s", path, diff)
			}
		}
	}
}

// TestAChangeThatPeopleHearOfIsAskedAbout: how many and what, each letter to be read; nothing is stored before the yes,
// and a number that is another by then is asked about again.
func TestAChangeThatPeopleHearOfIsAskedAbout(t *testing.T) {
	d := newDesk(t)
	d.open()
	d.comes("beslisdag", "noor@gast.example", "sam@gast.example")
	p := d.as(sam)
	path := beslisdag + "/gegevens"
	asked := p.do("POST", path, d.sent("beslisdag", forms.TypedMeeting, "plaats", "De Nieuwe Zaal, Zwolle", "waarom", "In de oude zaal is een lek."))
	if asked.Code != 200 || !asked.says("Er gaan 2 mails uit") || !asked.says("2 mensen met een plek") || !asked.says("Waar nu: De Nieuwe Zaal, Zwolle") ||
		!asked.says("In de oude zaal is een lek.") || d.stored("beslisdag").Place == "De Nieuwe Zaal, Zwolle" {
		t.Fatalf("%d %s", asked.Code, asked.html)
	}
	if strings.Contains(asked.html, "/mijn/A") {
		t.Error("a letter that is looked at holds a link that works")
	}
	d.comes("beslisdag", "bo@gast.example")
	again := p.do("POST", path, asked.formValues().Encode()+"&handeling=bewaren")
	if again.Code != 200 || !again.says("Er gaan 3 mails uit") || !again.says("Het aantal is intussen veranderd.") {
		t.Fatalf("%d %s", again.Code, again.html)
	}
	if back := p.do("POST", path, again.formValues().Encode()+"&handeling=terug"); back.Code != 200 || !strings.Contains(back.html, `value="De Nieuwe Zaal, Zwolle"`) {
		t.Errorf("back to the form: %d %s", back.Code, back.html)
	}
	if stored := p.do("POST", path, again.formValues().Encode()+"&handeling=bewaren"); stored.Code != 303 || d.stored("beslisdag").Place != "De Nieuwe Zaal, Zwolle" {
		t.Fatalf("%d %s", stored.Code, stored.html)
	}
	if err := d.service.Run(t.Context()); err != nil || d.letters(mdt.LetterMoved) != 3 {
		t.Errorf("%d letters, %v", d.letters(mdt.LetterMoved), err)
	}
}

func TestAMeetingIsCalledOff(t *testing.T) {
	d := newDesk(t)
	d.open()
	d.comes("beslisdag", "noor@gast.example")
	p := d.as(sam)
	path := beslisdag + "/publiceren"
	form := func(pairs ...string) []string {
		return append(pairs, "handeling", "afgelasten", "versie", fmt.Sprint(d.stored("beslisdag").Version))
	}
	if got := p.post(path, form()...); got.Code != 400 || !got.says("Vul in waarom de bijeenkomst niet doorgaat.") {
		t.Errorf("no reason: %d", got.Code)
	}
	asked := p.post(path, form("waarom", "De zaal kan die dag niet.")...)
	if asked.Code != 200 || !asked.says("Er gaat 1 mail uit") || !asked.says("De zaal kan die dag niet.") || d.stored("beslisdag").Cancelled {
		t.Fatalf("%d %s", asked.Code, asked.html)
	}
	if got := p.do("POST", path, asked.formValues().Encode()+"&handeling=terug"); got.Code != 303 || d.stored("beslisdag").Cancelled {
		t.Errorf("no: %d", got.Code)
	}
	if got := p.do("POST", path, asked.formValues().Encode()+"&handeling=afgelasten"); got.Code != 303 || !d.stored("beslisdag").Cancelled {
		t.Fatalf("yes: %d %s", got.Code, got.html)
	}
	if got := p.get(path); !got.says("Deze bijeenkomst gaat niet door.") || got.says("Bekijk de mails") {
		t.Error(got.html)
	}
}

// TestWhoHasAnOfferIsNamed: what they read is shown as theirs, whether or not it says until when the offer stands.
func TestWhoHasAnOfferIsNamed(t *testing.T) {
	d := newDesk(t)
	d.open()
	resize := func(seats int) {
		if err := d.service.Resize(t.Context(), "beslisdag", "", seats); err != nil {
			t.Fatal(err)
		}
	}
	resize(1)
	d.comes("beslisdag", "noor@gast.example", "sam@gast.example")
	resize(2)
	version := fmt.Sprint(d.stored("beslisdag").Version)
	asked := d.as(sam).post(beslisdag+"/publiceren", "handeling", "afgelasten", "versie", version, "waarom", "De zaal kan die dag niet.")
	for text, want := range map[string]bool{"1 mens met een aangeboden plek": true, "Aan wie een plek is aangeboden": true, "Aan wie wacht": false} {
		if asked.Code != 200 || asked.says(text) != want {
			t.Errorf("%d, %q: not %v: %s", asked.Code, text, want, asked.html)
		}
	}
}

// TestNothingIsSentWithoutAYes: whatever is sent in the place of the number, or without it, stores nothing.
func TestNothingIsSentWithoutAYes(t *testing.T) {
	d := newDesk(t)
	d.open()
	d.comes("beslisdag", "noor@gast.example")
	p := d.as(sam)
	for _, yes := range []string{"", "0", "2", "-1", "ja", "1.0", " 1"} {
		got := p.do("POST", beslisdag+"/gegevens", d.sent("beslisdag", forms.TypedMeeting, "plaats", "Zwolle", "akkoord", yes))
		off := p.post(beslisdag+"/publiceren", "handeling", "afgelasten", "waarom", "Vol.", "akkoord", yes, "versie", fmt.Sprint(d.stored("beslisdag").Version))
		if m := d.stored("beslisdag"); got.Code != 200 || off.Code != 200 || m.Place == "Zwolle" || m.Cancelled || d.letters(mdt.LetterMoved)+d.letters(mdt.LetterCalledOff) > 0 {
			t.Errorf("yes to %q: %d, %d", yes, got.Code, off.Code)
		}
	}
}

// TestTwoWhoEditAtOnce: the second is told what stands by now, keeps what was typed, and may then store it all the same.
func TestTwoWhoEditAtOnce(t *testing.T) {
	d := newDesk(t)
	p, path := d.as(sam), beslisdag+"/gegevens"
	first, second := d.sent("beslisdag", forms.TypedMeeting, "naam", "Eerste"), d.sent("beslisdag", forms.TypedMeeting, "naam", "Tweede")
	if got := p.do("POST", path, first); got.Code != 303 {
		t.Fatal(got.html)
	}
	got := p.do("POST", path, second)
	if got.Code != 409 || !got.says("Iemand anders heeft deze bijeenkomst gewijzigd.") || !got.says("Naam Eerste Tweede") || d.stored("beslisdag").Name != "Eerste" {
		t.Fatalf("%d %s", got.Code, got.html)
	}
	if got = p.do("POST", path, got.formValues().Encode()+"&handeling=bewaren"); got.Code != 303 || d.stored("beslisdag").Name != "Tweede" {
		t.Errorf("%d %s", got.Code, got.html)
	}
}

// TestWhatSomebodyElseChoseIsToldInWords: not as the form names it.
func TestWhatSomebodyElseChoseIsToldInWords(t *testing.T) {
	d := newDesk(t)
	p, path := d.as(sam), beslisdag+"/inschrijving"
	first := d.sent("beslisdag", forms.TypedSeats, "goedkeuring", "on", "attenderen", "geen")
	second := d.sent("beslisdag", forms.TypedSeats, "goedkeuring", "off", "attenderen", "nogOnbekend")
	if got := p.do("POST", path, first); got.Code != 303 {
		t.Fatal(got.html)
	}
	got := p.do("POST", path, second)
	for _, want := range []string{"Keur je elke aanmelding eerst goed? Ja Nee", "Kun je bericht vragen als het aanmelden opent? Dat kan niet Nog niet, het moment is nog niet bekend"} {
		if got.Code != 409 || !got.says(want) {
			t.Errorf("%d lacks %q: %s", got.Code, want, got.Body)
		}
	}
}

// TestQuestionsComeAndGo: without a script, and without losing what was typed.
func TestQuestionsComeAndGo(t *testing.T) {
	d := newDesk(t)
	p, path := d.as(sam), "/console/bijeenkomsten/netwerkbijeenkomst/vragen"
	n := len(d.stored("netwerkbijeenkomst").Questions)
	more := p.do("POST", path, d.sent("netwerkbijeenkomst", forms.TypedQuestions, "handeling", "erbij"))
	at := fmt.Sprintf("vragen.%d.", n)
	if more.Code != 200 || !strings.Contains(more.html, `name="`+at+`tekst"`) {
		t.Fatalf("%d %s", more.Code, more.html)
	}
	values := more.formValues()
	values.Set(at+"tekst", "Eet je mee?")
	values.Set(at+"soort", "jaNee")
	values.Set("handeling", "erbij")
	more = p.do("POST", path, values.Encode())
	values = more.formValues()
	next := fmt.Sprintf("vragen.%d.", n+1)
	values.Set(next+"tekst", "Wat eet je?")
	values.Set(next+"soort", "keuze")
	values.Set("handeling", "bewaren")
	wrong := p.do("POST", path, values.Encode())
	if wrong.Code != 400 || !wrong.says("Vul de keuzes in, elk op een eigen regel.") || !strings.Contains(wrong.html, `value="Wat eet je?"`) || !strings.Contains(wrong.html, `href="#`+strings.ReplaceAll(next, ".", "-")+`keuzes"`) {
		t.Fatalf("%d %s", wrong.Code, wrong.html)
	}
	values = wrong.formValues()
	values.Set(next+"keuzes", "Alles\r\nAnders")
	values.Set(next+"toonVraag", fmt.Sprint(n+1))
	values.Set(next+"toonAntwoorden", "ja")
	values.Set("handeling", "bewaren")
	if got := p.do("POST", path, values.Encode()); got.Code != 303 {
		t.Fatalf("%d %s", got.Code, got.html)
	}
	all := d.stored("netwerkbijeenkomst").Questions
	if len(all) != n+2 || all[n+1].ShowIf == nil || all[n+1].ShowIf.Question != all[n].ID || len(all[n+1].Choices) != 2 {
		t.Fatalf("%+v", all)
	}
	away := p.do("POST", path, d.sent("netwerkbijeenkomst", forms.TypedQuestions, "handeling", fmt.Sprintf("weg %d", n)))
	if away.Code != 200 || away.says("Eet je mee?") || !strings.Contains(away.html, `value="Wat eet je?"`) {
		t.Errorf("%d %s", away.Code, away.html)
	}
}

// TestFaultsOfAMeetingAreToldAtTheirFields: an hour that does not exist among them; everything stays as it was typed.
func TestFaultsOfAMeetingAreToldAtTheirFields(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	got := p.do("POST", beslisdag+"/gegevens", d.sent("beslisdag", forms.TypedMeeting, "naam", "", "begintDag", "28-3-2027", "begintTijd", "2.30", "eindigtDag", "27-3-2027", "eindigtTijd", "9.00"))
	if got.Code != 400 || !got.says("Deze tijd bestaat niet.") || !got.says("Vul een naam in.") || !strings.Contains(got.html, `value="28-3-2027"`) || !strings.Contains(got.html, `href="#begintTijd"`) {
		t.Errorf("%d %s", got.Code, got.html)
	}
	got = p.do("POST", beslisdag+"/inschrijving", d.sent("beslisdag", forms.TypedSeats, "plekken", "5", "achtergehouden", "5"))
	if got.Code != 400 || !got.says("Er moet een plek over zijn voor bezoekers.") || !strings.Contains(got.html, `href="#achtergehouden"`) {
		t.Errorf("%d %s", got.Code, got.html)
	}
}

// TestSeatsThatAreAddedAreAskedAbout: those who wait get them, after a yes; fewer seats send nothing.
func TestSeatsThatAreAddedAreAskedAbout(t *testing.T) {
	d := newDesk(t)
	d.open()
	p, path := d.as(sam), beslisdag+"/inschrijving"
	if got := p.do("POST", path, d.sent("beslisdag", forms.TypedSeats, "plekken", "1", "achtergehouden", "0")); got.Code != 303 {
		t.Fatalf("%d %s", got.Code, got.html)
	}
	d.comes("beslisdag", "noor@gast.example", "sam@gast.example")
	asked := p.do("POST", path, d.sent("beslisdag", forms.TypedSeats, "plekken", "5", "achtergehouden", "0"))
	if asked.Code != 200 || !asked.says("1 mens krijgt een plek die erbij komt") {
		t.Fatalf("%d %s", asked.Code, asked.html)
	}
	if got := p.do("POST", path, asked.formValues().Encode()+"&handeling=bewaren"); got.Code != 303 || d.stored("beslisdag").Capacity != 5 || d.letters(mdt.LetterOffer)+d.letters(mdt.LetterPlaced) != 1 {
		t.Errorf("%d %s", got.Code, got.html)
	}
}

// TestParagraphsAreShownInTheirLetters: in a frame that runs nothing and leads nowhere.
func TestParagraphsAreShownInTheirLetters(t *testing.T) {
	d := newDesk(t)
	p, path := d.as(sam), beslisdag+"/brieven"
	if got := p.do("POST", path, d.sent("beslisdag", forms.TypedParagraphs, "alineas.2", "Neem je <b>laptop</b> mee.")); got.Code != 303 {
		t.Fatalf("%d %s", got.Code, got.html)
	}
	page := p.get(path + "?brief=2")
	if !strings.Contains(page.html, `<iframe class="letter" sandbox src="`+path+`/2"`) {
		t.Error(page.html)
	}
	letter := p.get(path + "/2")
	if letter.Code != 200 || !strings.Contains(letter.html, "Neem je &lt;b&gt;laptop&lt;/b&gt; mee.") || !strings.Contains(letter.Header().Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d %s", letter.Code, letter.html)
	}
	for _, none := range []string{"/14", "/x", "/0"} {
		if got := p.get(path + none); got.Code != 404 {
			t.Errorf("letter %s: %d", none, got.Code)
		}
	}
}

// TestAnInvitationIsMade: a personal link for whoever is typed, of a meeting that asks for one.
func TestAnInvitationIsMade(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	if got := p.do("POST", beslisdag+"/gegevens", d.sent("beslisdag", forms.TypedMeeting, "opUitnodiging", "on")); got.Code != 303 {
		t.Fatalf("%d %s", got.Code, got.html)
	}
	path := beslisdag + "/publiceren"
	if got := p.post(path, "handeling", "uitnodigen", "email", "geen adres"); got.Code != 400 || !got.says("Vul een volledig e-mailadres in") {
		t.Errorf("%d %s", got.Code, got.html)
	}
	got := p.post(path, "handeling", "uitnodigen", "email", "noor@gast.example")
	if link := regexp.MustCompile(site + `/uitnodiging/[\w-]+`).FindString(got.html); got.Code != 200 || link == "" || strings.Contains(link, "noor") {
		t.Errorf("%d %s", got.Code, got.html)
	}
}
