package console_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// hiddenOf gives the hidden fields of the form of a page that posts to a path, in pairs.
func hiddenOf(t testing.TB, page shown, path string) (pairs []string) {
	t.Helper()
	_, form, found := strings.Cut(page.html, `action="`+path+`"`)
	if !found {
		t.Fatalf("no form for %s", path)
	}
	form, _, _ = strings.Cut(form, "</form>")
	for _, field := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
		pairs = append(pairs, field[1], field[2])
	}
	return pairs
}

// TestAQuestionThatIsOpenTooLong stands on the first page and in its list until it is answered, and again once that
// turns out not to be so.
func TestAQuestionThatIsOpenTooLong(t *testing.T) {
	d := newDesk(t)
	own, other := d.writes("Bas Kok", "bas@gast.example", "wad-en-wierden"), d.writes("Els Mol", "els@gast.example", "meren-en-eilanden")
	const late = "/console/berichten?stand=telang"
	due := mdt.LateFrom(now, mdt.AnswerDays)
	d.set(due.Add(-time.Minute))
	if got := d.as(sam).get("/console"); got.says("werkdagen open") {
		t.Error("a minute early the first page says that something is open for too long")
	}
	d.set(due)
	p, f := d.as(sam), d.as(femke)
	if got := p.get("/console"); !got.says("2 vragen staan langer dan 5 werkdagen open") || !strings.Contains(got.html, `href="`+late+`"`) {
		t.Error("the first page says nothing of what is open for too long")
	}
	if got := p.get(late); !got.says("Bas Kok") || !got.says("Els Mol") || !got.says("Te lang open") {
		t.Errorf("the list: %d", got.Code)
	}
	if got := f.get(late); !got.says("Bas Kok") || got.says("Els Mol") {
		t.Errorf("the facilitator's: %d", got.Code)
	}
	page := f.get(own)
	if !page.says("Dit is beantwoord") || !page.says("Antwoord beloofd") {
		t.Error("the facilitator cannot say that it is answered")
	}
	letters := len(d.lettersOf("bas@gast.example"))
	form := hiddenOf(t, page, own+"/beantwoord")
	if got := f.post(own+"/beantwoord", form...); got.Code != http.StatusSeeOther || got.Header().Get("Location") != own+"?gedaan=berichtbeantwoord" {
		t.Fatalf("%d to %q", got.Code, got.Header().Get("Location"))
	}
	if got := f.get(own); !got.says("Beantwoord op "+mdt.Moment(due)) || !got.says("Zet weer open") || got.says("Antwoord beloofd") {
		t.Error("its page does not say that it was answered, and when")
	}
	if got := p.get("/console"); !got.says("1 vraag staat langer dan 5 werkdagen open") {
		t.Error("it is still counted")
	}
	if got := p.get(late); got.says("Bas Kok") {
		t.Error("it still stands in the list")
	}
	if got := p.get("/console/berichten?stand=beantwoord"); !got.says("Bas Kok") || got.says("Els Mol") {
		t.Error("it does not stand among those that were answered")
	}
	if got := f.post(own+"/beantwoord", form...); got.Header().Get("Location") != own+"?gedaan=berichtalbeantwoord" {
		t.Errorf("the same button again led to %q", got.Header().Get("Location"))
	}
	if got := p.logbook(""); !got.says("Zette een bericht op beantwoord") {
		t.Error("the log does not say so")
	}
	if got := p.post(own+"/beantwoord", hiddenOf(t, p.get(own), own+"/beantwoord")...); got.Header().Get("Location") != own+"?gedaan=berichtopen" {
		t.Fatalf("opened again: %d", got.Code)
	}
	if got := p.get(late); !got.says("Bas Kok") {
		t.Error("opened again it does not stand in the list")
	}
	if n := len(d.lettersOf("bas@gast.example")); n != letters {
		t.Errorf("%d letters more", n-letters)
	}
	for _, got := range []shown{f.post(other+"/beantwoord", "handeling", "beantwoord", "versie", "1"), f.get(other + "/beantwoord")} {
		if got.Code != http.StatusNotFound {
			t.Errorf("of another region: %d", got.Code)
		}
	}
	if got := p.post(own+"/beantwoord", "handeling", "weg", "versie", "3"); got.Code != http.StatusBadRequest {
		t.Errorf("nothing to do: %d", got.Code)
	}
}

// TestWhoWasOvertakenIsToldByWhat: the button of a page that is not what stands by now changes nothing and says what did.
func TestWhoWasOvertakenIsToldByWhat(t *testing.T) {
	d := newDesk(t)
	own := d.writes("Bas Kok", "bas@gast.example", "wad-en-wierden")
	p, f := d.as(sam), d.as(femke)
	form := hiddenOf(t, f.get(own), own+"/beantwoord")
	if got := p.post(own+"/wijzigen", "versie", "1", "naam", "Bas Kok", "telefoon", "06 12345678", "onderwerp", "anders", "bericht", "Hoe doen wij mee?"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	d.engine.changed()
	got := f.post(own+"/beantwoord", form...)
	if got.Code != http.StatusConflict || !got.says("wijzigde: Bericht, Telefoonnummer.") || !got.says("Hoe doen wij mee?") || len(d.engine.changed()) > 0 {
		t.Fatalf("%d: %s", got.Code, got.html)
	}
	if again := f.post(own+"/beantwoord", hiddenOf(t, got, own+"/beantwoord")...); again.Code != http.StatusSeeOther {
		t.Errorf("the button of what is shown now: %d", again.Code)
	}
	stale := hiddenOf(t, p.get(own), own+"/beantwoord")
	for range 2 { // open, and answered again: the same words, another moment
		if got := p.post(own+"/beantwoord", hiddenOf(t, p.get(own), own+"/beantwoord")...); got.Code != http.StatusSeeOther {
			t.Fatal(got.Code)
		}
	}
	if got := p.post(own+"/beantwoord", stale...); got.Code != http.StatusConflict || !got.says("Iemand was je voor. Hieronder staat hoe") {
		t.Errorf("overtaken by two presses of others: %d", got.Code)
	}
}
