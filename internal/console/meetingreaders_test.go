package console_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// button finds what the button with some text asks for; nothing where there is none.
func (p shown) button(text string) string {
	found := regexp.MustCompile(`name="handeling" value="([^"]*)">` + regexp.QuoteMeta(text) + `<`).FindStringSubmatch(p.html)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// pressing is what a browser sends of the page's form by a button.
func (p shown) pressing(button string) string {
	p.html = strings.Replace(p.html, `<form class="stack`, `<form class="form`, 1)
	values := p.formValues()
	values.Set("handeling", button)
	return values.Encode()
}

// TestEveryLetterOfAChangeCanBeRead: each person with their own, a page at a time; nothing is stored by looking, and the
// question comes back as it was.
func TestEveryLetterOfAChangeCanBeRead(t *testing.T) {
	d := newDesk(t)
	d.open()
	m := d.stored("beslisdag")
	m.Capacity, m.HeldBack = 55, 0
	d.keep(m)
	for i := range 60 {
		d.comes("beslisdag", fmt.Sprintf("b%03d@gast.example", i))
	}
	deed, _ := d.service.Registering(d.stored("beslisdag"), acts.ByHand{Form: mdt.RegistrationForm{Name: "Stille Sien"}, Key: "k"})
	d.must(deed.Do(t.Context(), 0))
	p, path := d.as(sam), beslisdag+"/gegevens"
	asked := p.do("POST", path, d.sent("beslisdag", forms.TypedMeeting, "plaats", "De Nieuwe Zaal, Zwolle", "waarom", "In de oude zaal is een lek."))
	if asked.Code != 200 || !asked.says("Er gaan 60 mails uit") {
		t.Fatalf("%d %s", asked.Code, asked.Body)
	}
	page := p.do("POST", path, asked.pressing(asked.button("Lees de mails aan wie is aangemeld")))
	read := map[string]bool{}
	collect := func(page shown) (n int) {
		for _, found := range regexp.MustCompile(`<summary>Noor, (b\d+@gast.example): Let op`).FindAllStringSubmatch(page.html, -1) {
			read[found[1]] = true
			n++
		}
		return n
	}
	if n := collect(page); page.Code != 200 || n+page.count("Bel zelf.") != 50 || !page.says("Waar nu: De Nieuwe Zaal, Zwolle") || !page.says("Je hebt nog geen plek") || d.stored("beslisdag").Place == "De Nieuwe Zaal, Zwolle" {
		t.Fatalf("%d, %d letters: %s", page.Code, n, page.Body)
	}
	second := p.do("POST", path, page.pressing(page.button("Verder")))
	if n := collect(second); second.Code != 200 || len(read) != 60 || n+second.count("Bel zelf.") != 11 {
		t.Fatalf("%d, %d letters, %d people: %s", second.Code, n, len(read), second.Body)
	}
	if page.count("Stille Sien heeft geen e-mailadres")+second.count("Stille Sien heeft geen e-mailadres") != 1 {
		t.Error("who has no address is not named")
	}
	if strings.Contains(page.html, "/mijn/A") {
		t.Error("a letter that is looked at holds a link that works")
	}
	again := p.do("POST", path, second.pressing(second.button("Terug naar de vraag")))
	if again.Code != 200 || !again.says("Er gaan 60 mails uit") || d.stored("beslisdag").Place == "De Nieuwe Zaal, Zwolle" || d.letters(mdt.LetterMoved) > 0 {
		t.Fatalf("%d %s", again.Code, again.Body)
	}
	if got := p.do("POST", path, again.formValues().Encode()+"&handeling=bewaren"); got.Code != 303 || d.stored("beslisdag").Place != "De Nieuwe Zaal, Zwolle" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

// TestTheLettersOfACallingOff: to whoever asked to be told, and to who sent a proposal, too; what is sent in their place
// is refused or asks anew, and calls nothing off.
func TestTheLettersOfACallingOff(t *testing.T) {
	d := newDesk(t)
	d.comes(dag, "noor@gast.example")
	d.proposes("Regen en wind", "sanne@gast.example", "wad-en-wierden")
	p, path := d.as(sam), "/console/bijeenkomsten/"+dag+"/publiceren"
	asked := p.post(path, "handeling", "afgelasten", "versie", fmt.Sprint(d.stored(dag).Version), "waarom", "De zaal kan niet.")
	for button, want := range map[string]string{"Lees de mails aan wie is aangemeld": "Noor, noor@gast.example: ", "Lees de mails aan wie een voorstel instuurde": "sanne@gast.example: "} {
		page := p.do("POST", path, asked.pressing(asked.button(button)))
		if page.Code != 200 || !page.says(want) || !page.says("De zaal kan niet.") {
			t.Errorf("%s: %d %s", button, page.Code, page.Body)
		}
	}
	for deed, code := range map[string]int{"mails niemand": 400, "mails aanmelding x": 400, "mails attendering": 200, "mails nieuw": 200, "mails nieuw x": 400, "opnieuwvragen": 200} {
		if got := p.do("POST", path, asked.pressing(deed)); got.Code != code || d.stored(dag).Cancelled {
			t.Errorf("%q: %d, want %d: %s", deed, got.Code, code, got.Body)
		}
	}
	if got := p.post(path, "handeling", "mails aanmelding", "vraag", "publiceren"); got.Code != 400 {
		t.Errorf("what publishing sends: %d", got.Code)
	}
}

// TestTheLettersOfSeatsThatAreAdded: to who is next in line, and to no one else.
func TestTheLettersOfSeatsThatAreAdded(t *testing.T) {
	d := newDesk(t)
	d.open()
	p, path := d.as(sam), beslisdag+"/inschrijving"
	p.do("POST", path, d.sent("beslisdag", forms.TypedSeats, "plekken", "1", "achtergehouden", "0"))
	d.comes("beslisdag", "een@gast.example", "twee@gast.example", "drie@gast.example", "vier@gast.example")
	asked := p.do("POST", path, d.sent("beslisdag", forms.TypedSeats, "plekken", "3", "achtergehouden", "0"))
	page := p.do("POST", path, asked.pressing(asked.button("Lees de mails aan wie een plek krijgt")))
	if page.Code != 200 || !page.says("twee@gast.example: Er is een plek voor jou") || !page.says("drie@gast.example: ") || page.says("vier@gast.example") || page.says("een@gast.example") {
		t.Errorf("%d %s", page.Code, page.Body)
	}
	if d.stored("beslisdag").Capacity != 1 || d.letters(mdt.LetterOffer) > 0 {
		t.Error("looking has changed it")
	}
}
