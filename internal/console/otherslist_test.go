package console_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

var firstCell = regexp.MustCompile(`<th scope="row"><a href="[^"]*">([^<]*)</a>`)

// rowsOf are the names in a list, in its order.
func rowsOf(page shown) (names []string) {
	for _, row := range firstCell.FindAllStringSubmatch(page.html, -1) {
		names = append(names, row[1])
	}
	return names
}

// narrowed is an address of a list with what must stand there.
type narrowed struct {
	query string
	want  []string
}

func (p *person) narrow(t *testing.T, path string, lists []narrowed) {
	t.Helper()
	for _, c := range lists {
		if got := p.get(path + c.query); got.Code != http.StatusOK || !slices.Equal(rowsOf(got), c.want) {
			t.Errorf("%s: %d %q, want %q", c.query, got.Code, rowsOf(got), c.want)
		}
	}
	for _, query := range []string{"?stand=onzin", "?volgorde=x", "?volgorde=nieuwste", "?stand=open%00"} {
		if got := p.get(path + query); got.Code != http.StatusBadRequest || !got.says("Deze keuze is er niet") || got.count(`href="`+path+`"`) == 0 {
			t.Errorf("%s%s: %d", path, query, got.Code)
		}
	}
	if got := p.get(path + "?onbekend=x"); got.Code != http.StatusOK {
		t.Errorf("what is no field of ours: %d", got.Code)
	}
}

// writesAbout sends a message about a subject.
func (d *desk) writesAbout(name, region, subject string) string {
	d.t.Helper()
	path := d.writes(name, strings.ToLower(name)+"@gast.example", region)
	p := d.as(sam)
	if got := p.post(path+"/wijzigen", "versie", "1", "naam", name, "onderwerp", subject, "bericht", "Hoe?"); got.Code != http.StatusSeeOther {
		d.t.Fatal(got.Code)
	}
	return path
}

func TestMessagesAreNarrowed(t *testing.T) {
	d := newDesk(t)
	d.writesAbout("Ada", "wad-en-wierden", mdt.SubjectJoin)
	d.set(now.Add(48 * time.Hour))
	bo := d.writesAbout("Bo", "wad-en-wierden", mdt.SubjectStrategy)
	d.writesAbout("Cas", mdt.Nationwide, mdt.SubjectJoin)
	d.set(mdt.LateFrom(now, mdt.AnswerDays))
	p := d.as(sam)
	if got := p.post(bo+"/beantwoord", "handeling", "beantwoord", "versie", "2"); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	p.narrow(t, "/console/berichten", []narrowed{
		{"", rowsOf(p.get("/console/berichten"))}, {"?volgorde=oudste&stand=open", []string{"Ada", "Cas"}}, {"?stand=open", []string{"Cas", "Ada"}},
		{"?stand=telang", []string{"Ada"}}, {"?stand=beantwoord", []string{"Bo"}}, {"?onderwerp=aansluiten", []string{"Cas", "Ada"}},
		{"?onderwerp=aansluiten&volgorde=oudste", []string{"Ada", "Cas"}}, {"?regio=wad-en-wierden&stand=beantwoord", []string{"Bo"}},
		{"?regio=landelijk", []string{"Cas"}}, {"?regio=meren-en-eilanden", nil}, {"?stand=telang&onderwerp=regiostrategie", nil},
	})
	if got := p.get("/console/berichten?regio=nergens"); got.Code != http.StatusBadRequest {
		t.Errorf("a region that is not there: %d", got.Code)
	}
	d.as(femke).narrow(t, "/console/berichten", []narrowed{
		{"?stand=open", []string{"Ada"}}, {"?stand=beantwoord", []string{"Bo"}}, {"?regio=landelijk", []string{"Bo", "Ada"}}, {"?onderwerp=aansluiten", []string{"Ada"}},
	})
	if got := d.as(femke).get("/console/berichten"); strings.Contains(got.html, `name="regio"`) {
		t.Error("a facilitator is asked for a region")
	}
}

func TestProposalsAreNarrowed(t *testing.T) {
	d := newDesk(t)
	d.proposes("Regen", "sanne@gast.example", "wad-en-wierden")
	d.set(now.Add(time.Minute))
	d.proposes("Zon", "elders@gast.example", "meren-en-eilanden")
	p := d.as(sam)
	path := d.proposes("Wind", "wind@gast.example", "wad-en-wierden", mdt.Nationwide)
	form := []string{"uitgave", "0", "naam", "Sanne Vos", "thema", "Wind", "doel", "reflecteren", "soort", "casus", "leiding.wie", "ikzelf", "regios", "wad-en-wierden", "regios", "landelijk"}
	if got := p.post(path+"/wijzigen", append(form, "mails", "1", "mailsoorten", "24")...); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	p.narrow(t, proposalList, []narrowed{
		{"?doel=reflecteren", []string{"Wind"}}, {"?soort=casus&doel=reflecteren", []string{"Wind"}}, {"?soort=praktijkvoorbeeld", nil}, {"?regio=landelijk", []string{"Wind"}},
		{"?regio=meren-en-eilanden", []string{"Zon"}}, {"?stand=ingetrokken", nil}, {"?doel=inspireren&volgorde=oudste", []string{"Regen", "Zon"}},
	})
	d.as(femke).narrow(t, proposalList, []narrowed{{"?doel=inspireren", []string{"Regen"}}, {"?regio=meren-en-eilanden&doel=inspireren", []string{"Regen"}}})
}

func TestInterestsAreNarrowed(t *testing.T) {
	d := newDesk(t)
	const interests = "/console/bijeenkomsten/straks/attenderingen"
	for i, name := range []string{"ada", "bo", "cas"} {
		d.set(now.Add(time.Duration(i) * time.Minute))
		path := d.wishes(name + "@gast.example")
		if name == "bo" {
			if got := d.as(sam).post(path, "handeling", "intrekken"); got.Code != http.StatusSeeOther {
				t.Fatal(got.Code)
			}
		}
	}
	ids, err := d.store.LettersTo(t.Context(), mdt.PersonID(d.idOf("cas@gast.example")))
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	if _, err := d.store.Report(t.Context(), ids[0], mdt.ReportBounced, "", d.time()); err != nil {
		t.Fatal(err)
	}
	p := d.as(sam)
	p.narrow(t, interests, []narrowed{
		{"", []string{"cas@gast.example", "bo@gast.example", "ada@gast.example"}}, {"?stand=gestopt", []string{"bo@gast.example"}},
		{"?stand=wacht&volgorde=oudste", []string{"ada@gast.example", "cas@gast.example"}}, {"?stand=verteld", nil},
		{"?adres=kapot", []string{"cas@gast.example"}}, {"?adres=kapot&stand=gestopt", nil},
	})
	if got := p.get(interests + "?stand=verteld"); !got.says("We vinden niets wat past bij je keuze.") || !got.says("Toon alles") {
		t.Error("an empty choice does not say that it is one")
	}
}

// TestPagesOfAListKeepWhatWasChosen: the way on has what was chosen in it, and so has the way back to the beginning.
func TestPagesOfAListKeepWhatWasChosen(t *testing.T) {
	d := newDesk(t)
	for i := range 120 {
		d.set(now.Add(time.Duration(i) * time.Minute))
		address, _ := mdt.ParseAddress(fmt.Sprintf("v%d@gast.example", i))
		if _, err := d.service.Ask(t.Context(), mdt.MessageForm{Name: fmt.Sprintf("Vraag %03d", i), Email: address, Subject: []string{mdt.SubjectJoin, mdt.SubjectOther}[i%2], Text: "Hoe?"},
			mdt.Routed{ToTeam: true}, nil, acts.Post{}); err != nil {
			t.Fatal(err)
		}
	}
	p := d.as(sam)
	first := p.get("/console/berichten?onderwerp=anders&volgorde=oudste&stand=open")
	names := rowsOf(first)
	next := regexp.MustCompile(`href="([^"]*na=[^"]*)"`).FindStringSubmatch(first.html)
	if len(names) != 50 || names[0] != "Vraag 001" || next == nil {
		t.Fatalf("%d rows, the first %q", len(names), names[0])
	}
	second := p.get(strings.ReplaceAll(next[1], "&amp;", "&"))
	if rest := rowsOf(second); len(rest) != 10 || rest[0] != "Vraag 101" || rest[9] != "Vraag 119" {
		t.Errorf("the second page: %q", rest)
	}
	if !strings.Contains(second.html, `href="/console/berichten?onderwerp=anders&amp;stand=open&amp;volgorde=oudste"`) {
		t.Error("the way back to the beginning forgets what was chosen")
	}
	if got := p.get("/console/berichten?na=x"); got.Code != http.StatusBadRequest {
		t.Errorf("a place that is in no list: %d", got.Code)
	}
}
