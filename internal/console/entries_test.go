package console_test

import (
	"context"
	"fmt"
	"html"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

// dag is a meeting of the example network that one can register for.
const dag = "netwerkbijeenkomst"

const list = "/console/bijeenkomsten/" + dag + "/aanmeldingen"

// enters lets somebody register, and gives the path of their page.
func (d *desk) enters(name, email string, change func(*mdt.RegistrationForm)) string {
	d.t.Helper()
	address, code := mdt.ParseAddress(email)
	if code != "" {
		d.t.Fatal(email, code)
	}
	form := mdt.RegistrationForm{Name: name, Email: address, Regions: []string{"wad-en-wierden"}}
	if change != nil {
		change(&form)
	}
	m, err := d.store.Meeting(context.Background(), dag)
	if err != nil {
		d.t.Fatal(err)
	}
	got, err := d.service.Register(context.Background(), *m, form, acts.Post{})
	if err != nil {
		d.t.Fatal(err)
	}
	return list + "/" + got.Reference
}

func (d *desk) crowd(n int) {
	for i := range n {
		d.enters(fmt.Sprintf("Bezoeker %03d", i), fmt.Sprintf("b%03d@gast.example", i), nil)
	}
}

func elsewhere(f *mdt.RegistrationForm) { f.Regions = []string{"meren-en-eilanden"} }

func TestTheListOfEntries(t *testing.T) {
	d := newDesk(t)
	d.crowd(60)
	d.enters("Zoë van 't Hoff", "zoe@gast.example", func(f *mdt.RegistrationForm) { f.Organisation = "Jong & Actief" })
	p := d.as(sam)
	got := p.get(list)
	if got.Code != 200 || strings.Count(got.html, `<tr><th scope="row">`) != 50 || !got.says("61 met een plek") && !got.says("61 van de") {
		t.Fatalf("%d, %d rows", got.Code, strings.Count(got.html, `<tr><th scope="row">`))
	}
	next := regexp.MustCompile(`<a [^>]*href="([^"]*na=[^"]*)"`).FindStringSubmatch(got.html)
	if next == nil {
		t.Fatal("no second page")
	}
	if second := p.get(strings.ReplaceAll(next[1], "&amp;", "&")); second.Code != 200 || strings.Count(second.html, `<tr><th scope="row">`) != 11 {
		t.Errorf("the second page: %d, %d rows", second.Code, strings.Count(second.html, `<tr><th scope="row">`))
	}
	for path, code := range map[string]int{list + "?na=x": 400, list + "?stand=afgemeld": 200, list + "?adres=kapot&stand=afgemeld": 200,
		"/console/bijeenkomsten/nergens/aanmeldingen": 404, list + "/zoeken": 303} {
		if got := p.get(path); got.Code != code {
			t.Errorf("%s: %d, want %d", path, got.Code, code)
		}
	}
	for sought, want := range map[string]string{"zoe vant h": "Zoë van 't Hoff", "bezoeker 04": "Bezoeker 049", "nergens": "We vinden niemand"} {
		if got := p.post(list+"/zoeken", "zoek", sought, "in", "naam"); got.Code != 200 || !got.says(want) {
			t.Errorf("%q: %d, not %q", sought, got.Code, want)
		}
	}
	if got := p.post(list+"/zoeken", "zoek", "JONG-actief", "in", "organisatie"); !got.says("Zoë van 't Hoff") || got.says("Bezoeker") {
		t.Error("not found by the organisation")
	}
	if got := p.post(list+"/zoeken", "zoek", "Zoe@GAST.example"); got.Code != http.StatusSeeOther || !strings.HasPrefix(got.Header().Get("Location"), list+"/") {
		t.Errorf("by the address: %d", got.Code)
	} else if page := p.get(got.Header().Get("Location")); !page.says("Jong & Actief") {
		t.Error("the address leads to somebody else")
	}
	if strings.Contains(d.log.String(), "zoe") {
		t.Error("the log tells what was searched for")
	}
}

// TestAListPageIsOneRoundTrip: the session, the counts and the page are read at once.
func TestAListPageIsOneRoundTrip(t *testing.T) {
	d := newDesk(t)
	d.crowd(3)
	p := d.as(sam)
	p.get(list) // the meeting and the regions are remembered from now on
	for path, want := range map[string]int{list: 1, list + "?stand=bevestigd": 1} {
		if got := d.engine.trips(func() { p.get(path) }); got != want {
			t.Errorf("%s took %d round trips, want %d", path, got, want)
		}
	}
	if got := d.engine.trips(func() { p.post(list+"/zoeken", "zoek", "bez", "in", "naam") }); got > 5 {
		t.Errorf("a search by name took %d round trips: the session, the counts, the log, and two of its own", got)
	}
}

func TestAnEntry(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "noor@gast.example", func(f *mdt.RegistrationForm) {
		f.Organisation, f.Phone, f.Wishes = "Jong Actief", "06 12345678", "rolstoel"
	})
	got := d.as(sam).get(path)
	for _, want := range []string{"Noor Blok", "noor@gast.example", "Jong Actief", "06 12345678", "rolstoel", "Heeft een plek", "Aangemeld.", "gaat zo weg"} {
		if !got.says(want) {
			t.Errorf("the team does not see %q", want)
		}
	}
	if got := d.as(wim).get(path); got.Code != 200 || got.says("rolstoel") || !got.says("noor@gast.example") {
		t.Errorf("who reads sees the wishes, or not the address: %d", got.Code)
	}
	got = d.as(femke).get(path)
	if got.Code != 200 || !got.says("Noor Blok") || !got.says("Jong Actief") {
		t.Errorf("the facilitator gets %d", got.Code)
	}
	for _, no := range []string{"noor@gast.example", "06 12345678", "rolstoel", "zoals-verzonden", "Aangemeld."} {
		if got.says(no) || strings.Contains(got.html, no) {
			t.Errorf("the facilitator sees %q", no)
		}
	}
	if got := d.as(jelle).get(path); got.Code != http.StatusNotFound {
		t.Errorf("a facilitator of another region gets %d", got.Code)
	}
	if got := d.as(sam).get(strings.Replace(path, dag, "beslisdag", 1)); got.Code != http.StatusNotFound {
		t.Errorf("at another meeting: %d", got.Code)
	}
	if got := d.as(sam).get(path[:len(path)-8] + "22222222"); got.Code != http.StatusNotFound {
		t.Errorf("nobody's reference: %d", got.Code)
	}
}

// TestAFacilitatorFindsHisOwnAlone: in lists and in search, by name, organisation, address and reference.
func TestAFacilitatorFindsHisOwnAlone(t *testing.T) {
	d := newDesk(t)
	own := d.enters("Noor Blok", "noor@gast.example", func(f *mdt.RegistrationForm) { f.Organisation = "Jong Actief" })
	other := d.enters("Noor Elders", "elders@gast.example", func(f *mdt.RegistrationForm) { elsewhere(f); f.Organisation = "Jong Elders" })
	nowhere := d.enters("Noor Nergens", "nergens@gast.example", func(f *mdt.RegistrationForm) { f.Regions = nil })
	p := d.as(femke)
	for what, got := range map[string]shown{
		"the list": p.get(list), "by name": p.post(list+"/zoeken", "zoek", "noor", "in", "naam"), "by part of the list": p.get(list + "?stand=bevestigd&adres=kapot"),
		"by organisation": p.post(list+"/zoeken", "zoek", "jong", "in", "organisatie"),
	} {
		if !got.says("Noor Blok") || got.says("Elders") || got.says("Nergens") || got.says("met een plek") || got.says("gast.example") {
			t.Errorf("%s shows what is not his: %d", what, got.Code)
		}
	}
	for _, path := range []string{other, nowhere} {
		reference := path[len(path)-8:]
		if got := p.get(path); got.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.Code)
		}
		if got := p.post(list+"/zoeken", "zoek", reference); got.Code == http.StatusSeeOther {
			t.Errorf("a search says that %s is there", reference)
		}
	}
	if got := p.post(list+"/zoeken", "zoek", "elders@gast.example"); got.Code != 200 || !got.says("We vinden niemand") {
		t.Errorf("by the address of somebody else: %d", got.Code)
	}
	if got := p.post(list+"/zoeken", "zoek", own[len(own)-8:]); got.Code != http.StatusSeeOther || got.Header().Get("Location") != own {
		t.Errorf("by the reference of his own: %d", got.Code)
	}
}

func TestALetterAsItWasSent(t *testing.T) {
	d := newDesk(t)
	path := d.enters("Noor Blok", "noor@gast.example", nil)
	p := d.as(sam)
	open := regexp.MustCompile(`href="(\?brief=[a-z0-9]+)#`).FindStringSubmatch(p.get(path).html)
	if open == nil {
		t.Fatal("no letter can be read")
	}
	frame := regexp.MustCompile(`<iframe class="letter" sandbox src="([^"]+)"`).FindStringSubmatch(p.get(path + open[1]).html)
	if frame == nil {
		t.Fatal("no letter stands on the page")
	}
	got := p.get(frame[1])
	policy := got.Header().Get("Content-Security-Policy")
	if got.Code != 200 || !got.says("Noor Blok") || !strings.Contains(policy, "sandbox") || strings.Contains(policy, "script-src") {
		t.Errorf("%d with %q", got.Code, policy)
	}
	if personal := regexp.MustCompile(`/mijn/[\w-]{10}`).FindString(got.html); personal != "" {
		t.Errorf("it shows %s", personal)
	}
	if got := d.as(femke).get(frame[1]); got.Code != http.StatusForbidden {
		t.Errorf("a facilitator gets %d", got.Code)
	}
	if got := p.get("/console/brieven/nergens/zoals-verzonden"); got.Code != http.StatusNotFound {
		t.Errorf("no letter: %d", got.Code)
	}
}

const entriesPattern = "/console/bijeenkomsten/{bijeenkomst}/aanmeldingen"

// entryMatrix is who may do what with entries.
func (d *desk) entryMatrix() map[string]may {
	entry := d.enters("Noor Blok", "noor@gast.example", nil)
	letters, err := d.store.LettersTo(d.t.Context(), mdt.PersonID(d.idOf("noor@gast.example")))
	if err != nil || len(letters) == 0 {
		d.t.Fatal(letters, err)
	}
	rows := map[string]may{
		entriesPattern:                          {path: list, get: "trfo"},
		entriesPattern + "/zoeken":              {path: list + "/zoeken", get: "trfo", post: "trfo", body: "zoek=noor"},
		entriesPattern + "/{kenmerk}":           {path: entry, get: "trf", theirs: true},
		"/console/brieven/{id}/zoals-verzonden": {path: "/console/brieven/" + letters[0] + "/zoals-verzonden", get: "tr"},
	}
	maps.Copy(rows, d.deedMatrix())
	maps.Copy(rows, d.othersMatrix())
	return rows
}

// TestTheOrdersOfAList: the first who came first, also of one status and on the pages behind; by organisation only who
// names one. A list in no order is none.
func TestTheOrdersOfAList(t *testing.T) {
	d := newDesk(t)
	for i := range 60 {
		d.set(now.Add(time.Duration(i) * time.Second))
		d.enters(fmt.Sprintf("Bezoeker %03d", i), fmt.Sprintf("b%03d@gast.example", i), func(f *mdt.RegistrationForm) {
			if i%20 == 0 {
				f.Organisation = fmt.Sprintf("Club %d", 9-i/20)
			}
		})
	}
	p := d.as(sam)
	names := func(page shown) (names []string) {
		for _, found := range regexp.MustCompile(`Kruis (Bezoeker \d+) aan`).FindAllStringSubmatch(page.html, -1) {
			names = append(names, found[1])
		}
		return names
	}
	order := func(first, n, step int) (names []string) {
		for i := range n {
			names = append(names, fmt.Sprintf("Bezoeker %03d", first+i*step))
		}
		return names
	}
	for path, want := range map[string][]string{list: order(59, 50, -1), list + "?volgorde=oudste": order(0, 50, 1), list + "?stand=bevestigd&volgorde=oudste": order(0, 50, 1)} {
		page := p.get(path)
		if diff := cmp.Diff(want, names(page)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		next := regexp.MustCompile(`<a [^>]*href="([^"]*na=[^"]*)"`).FindStringSubmatch(page.html)
		if next == nil {
			t.Fatalf("%s has no second page", path)
		}
		if second := names(p.get(html.UnescapeString(next[1]))); len(second) != 10 || second[0] != fmt.Sprintf("Bezoeker %03d", map[bool]int{true: 50, false: 9}[strings.Contains(path, "oudste")]) {
			t.Errorf("behind %s: %v", path, second)
		}
	}
	page := p.post(list+"/zoeken", "in", "organisatie")
	if diff := cmp.Diff([]string{"Bezoeker 040", "Bezoeker 020", "Bezoeker 000"}, names(page)); diff != "" || !page.says("Wie geen organisatie noemde, staat hier niet.") {
		t.Errorf("by organisation: %s", diff)
	}
	if got := names(d.as(sam).get(list + "?volgorde=oudste&onderdeel=")); len(got) != 50 {
		t.Errorf("%d of all parts", len(got))
	}
	for _, path := range []string{list + "?volgorde=x", list + "?volgorde=oudste&adres=kapot"} {
		if got := p.get(path); got.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	p.get(list)
	if got := d.engine.trips(func() { p.get(list + "?volgorde=oudste") }); got != 1 {
		t.Errorf("the oldest took %d round trips", got)
	}
}
