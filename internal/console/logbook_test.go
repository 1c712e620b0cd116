package console_test

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// logbook gives the lines of the log, without what one can choose above them: that is called as the lines are.
func (p *person) logbook(query string) shown {
	p.t.Helper()
	got := p.get("/console/logboek" + query)
	_, got.html, _ = strings.Cut(got.html, "<tbody>")
	return got
}

// TestEveryDeedHasWords: also one that comes later.
func TestEveryDeedHasWords(t *testing.T) {
	for _, what := range mdt.Deeds {
		if content.PageWords("beheer.logboek.wat."+string(what), nil) == "" {
			t.Errorf("%s has no words", what)
		}
	}
}

var nextPage = regexp.MustCompile(`href="([^"]*na=[^"]*)"`)

// TestTheLogIsReadAPageAtATime: the newest first, each line once.
func TestTheLogIsReadAPageAtATime(t *testing.T) {
	d := newDesk(t)
	d.manyLines(120)
	p := d.as(sam)
	seen := map[string]int{}
	pages, path := 0, "/console/logboek"
	for path != "" {
		got := p.get(path)
		if pages++; got.Code != http.StatusOK || pages > 5 {
			t.Fatalf("page %d answered %d", pages, got.Code)
		}
		for _, name := range regexp.MustCompile(`Lid \d+`).FindAllString(got.html, -1) {
			seen[name]++
		}
		if pages == 1 && (!got.says("Lid 119") || got.says("Lid 060")) {
			t.Error("the first page is not that of the newest")
		}
		next := nextPage.FindStringSubmatch(got.html)
		if path = ""; next != nil {
			path = html.UnescapeString(next[1])
		}
	}
	if len(seen) != 120 || pages != 3 {
		t.Errorf("%d lines on %d pages", len(seen), pages)
	}
	if got := p.get("/console/logboek?na=elders"); got.Code != http.StatusBadRequest {
		t.Errorf("a place that is none answered %d", got.Code)
	}
}

// TestTheLogNamesWhatWasDone: in words, with where it is; what somebody searched for stands nowhere.
func TestTheLogNamesWhatWasDone(t *testing.T) {
	d := newDesk(t)
	busy(d)
	got := d.as(sam).logbook("")
	for _, want := range []string{"Opende gegevens van iemand", d.entry(dag, noor).Reference, "Maakte een export van 120 regels", "aanmeldingen.csv", "De kok wil weten wie wat eet.",
		"Wim de Lezer", "Wad en Wierden", "Logde in", "Beslisdag (voorbeeld)"} {
		if !got.says(want) {
			t.Errorf("the log does not say %q", want)
		}
	}
	if got.count(`href="`+list+"/"+d.entry(dag, noor).Reference+`"`) != 2 {
		t.Error("the log does not lead to the entry")
	}
	if got.says(noor) || got.says("Noor de Vries") {
		t.Error("the log names the person whose entry it was")
	}
	if old := d.as(sam).logbook("?maand=2026-03"); old.says("Maakte een export") || !old.says("Wijzigde een bijeenkomst") || !old.says("26 mrt 2026") {
		t.Error("the lines of a month are not where the log begins")
	}
}

// TestTheLogOfOneDeed: nothing else stands in it, and month and deed go along to the next page.
func TestTheLogOfOneDeed(t *testing.T) {
	d := newDesk(t)
	busy(d)
	p := d.as(sam)
	got := p.logbook("?wat=geexporteerd")
	if !got.says("Maakte een export van 120 regels") || got.count("<tr>") != 1 {
		t.Errorf("%d lines: %s", got.count("<tr>"), got.html)
	}
	if none := p.get("/console/logboek?wat=geexporteerd&maand=2026-03"); !none.says("Er staat hier niets in het logboek.") {
		t.Error("of a month before there was one it shows some")
	}
	d.manyLines(120)
	page := p.get("/console/logboek?wat=gezocht&maand=2026-11")
	next := nextPage.FindStringSubmatch(page.html)
	if next == nil || !strings.Contains(next[1], "wat=gezocht") || !strings.Contains(next[1], "maand=2026-11") {
		t.Errorf("the way on is %q", next)
	}
}

// TestEveryListIsNoted: who opened which list of people, once a day, and what was not opened is not noted.
func TestEveryListIsNoted(t *testing.T) {
	d := newDesk(t)
	busy(d)
	p := d.as(sam)
	const of = "/console/bijeenkomsten/" + dag
	for path, name := range map[string]string{list: "Aanmeldingen", of + "/voorstellen": "Voorstellen", of + "/attenderingen": "Attenderingen", "/console/berichten": "Berichten",
		"/console/brieven": "Mails", "/console/brieven/kapot": "Kapotte adressen", of + "/bellen": "Wie je moet bellen", of + "/naamkaartjes": "Naamkaartjes"} {
		if p.logbook("").says("Opende een lijst " + name) {
			t.Errorf("%s is noted before it was opened", name)
		}
		for range 2 {
			if got := p.get(path); got.Code != http.StatusOK {
				t.Errorf("%s: %d", path, got.Code)
			}
		}
		if log := p.logbook(""); !log.says("Opende een lijst "+name) || strings.Count(log.html, name) != 1 {
			t.Errorf("%s is noted %d times", name, strings.Count(log.html, name))
		}
	}
	d.set(now.AddDate(0, 0, 1))
	p = d.as(sam)
	p.post("/console/berichten", "zoek", "niemand")
	if log := p.logbook(""); strings.Count(log.html, "Berichten") != 1 || !log.says("Zocht naar iemand") {
		t.Error("a search is noted as a look at the list too")
	}
	p.get("/console/berichten")
	if log := p.logbook(""); strings.Count(log.html, "Berichten") != 2 {
		t.Error("the next day is not noted")
	}
}

// TestTheListOfEachMeetingIsNoted: that somebody saw who comes to one meeting does not stand for the other's.
func TestTheListOfEachMeetingIsNoted(t *testing.T) {
	d := newDesk(t)
	p := d.as(femke)
	for _, meeting := range []string{"beslisdag", "netwerkbijeenkomst", "beslisdag"} {
		p.get("/console/bijeenkomsten/" + meeting + "/deelnemers")
	}
	lines, err := d.store.LogLines(t.Context(), time.Time{}, store.Listing[mdt.LogLine]{Limit: 20}, d.time())
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for _, line := range lines.Entries {
		if line.What == mdt.DeedSeen {
			seen = append(seen, line.Meeting)
		}
	}
	slices.Sort(seen)
	if !slices.Equal(seen, []string{"beslisdag", "netwerkbijeenkomst"}) {
		t.Errorf("noted of %v", seen)
	}
}

// TestSpamThatWasReadIsNoted: the forms stand on that page whole.
func TestSpamThatWasReadIsNoted(t *testing.T) {
	d := newDesk(t)
	spam(d)
	d.as(wim).get("/console/verdacht")
	lines, err := d.store.LogLines(t.Context(), time.Time{}, store.Listing[mdt.LogLine]{Limit: 20}, d.time())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(lines.Entries, func(l mdt.LogLine) bool {
		return l.What == mdt.DeedSeen && l.By == d.person(wim) && l.About == "verdacht"
	}) {
		t.Errorf("nobody knows that it was read: %+v", lines.Entries)
	}
}

// TestEachActHasItsDeed: what was done to an entry, and to a meeting, is named and not only that it was changed.
func TestEachActHasItsDeed(t *testing.T) {
	d := newDesk(t)
	p := d.as(sam)
	path := d.enters("Noor Blok", noor, nil)
	p.post(path+"/notitie", "etiket", "pers")
	p.agreeTo("1", path+"/afmelden", "reden", "Op verzoek.")
	p.post(list+"/samen", "handeling", "etiket", "etiket", "pers", "wie", path[len(list)+1:], "mails", "0", "mailsoorten", "")
	got := p.logbook("")
	for _, want := range []string{"Meldde iemand af", "Schreef iets bij een aanmelding"} {
		if !got.says(want) {
			t.Errorf("the log does not say %q", want)
		}
	}
	if got.says("Wijzigde gegevens van iemand") {
		t.Error("the log says only that something was changed")
	}
}
