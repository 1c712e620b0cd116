package console_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"aanmeldpunt/internal/mdt"
)

// chosenBy gives the fields that choose these people for a deed.
func (d *desk) chosenBy(deed string, emails ...string) []string {
	fields := []string{"handeling", deed, "reden", "De zaal is te klein."}
	for _, email := range emails {
		fields = append(fields, "wie", d.entryOf(email)[len(list)+1:])
	}
	return fields
}

// resultOf is how a deed for many ended for somebody.
func (p shown) resultOf(name string) string {
	found := regexp.MustCompile(`">` + name + `</a></th>.*?<span[^>]*>([^<]*)</span>`).FindStringSubmatch(p.html)
	if found == nil {
		return "nothing"
	}
	return found[1]
}

// TestPlaceMany: as far as there are seats, and with a seat more for each where that was asked.
func TestPlaceMany(t *testing.T) {
	d := newDesk(t)
	d.small(1)
	d.enters("Eerste", "een@gast.example", nil)
	for _, name := range []string{"Ada", "Bas", "Cor"} {
		d.enters(name, strings.ToLower(name)+"@gast.example", nil)
	}
	p := d.as(sam)
	if got := p.get(list); !strings.Contains(got.html, `<option value="plaatsen">`) {
		t.Error("it cannot be chosen")
	}
	fields := d.chosenBy("plaatsen", "ada@gast.example", "bas@gast.example", "cor@gast.example")
	if got := p.post(list+"/samen", "handeling", "plaatsen", "wie", fields[5]); got.Code != http.StatusBadRequest {
		t.Errorf("without a reason: %d", got.Code)
	}
	asked := p.post(list+"/samen", fields...)
	if !asked.says("Ada: dit kan niet. Er is geen plek") || !asked.says("Dit kan nu bij niemand.") || asked.says("Doe het") {
		t.Errorf("where there is no seat: %s", asked.Body)
	}
	m := d.stored(dag)
	m.Capacity, m.HeldBack = 2, 1
	d.keep(m)
	one := p.agreeTo("3", list+"/samen", fields...)
	if strings.Count(one.html, "Gelukt") != 1 || strings.Count(one.html, "Niet gedaan. Er is geen plek") != 2 {
		t.Errorf("of one seat that was held back: %s", one.Body)
	}
	fields[1] = "plaatsenextra"
	got := p.agreeTo("2", list+"/samen", fields...)
	if got.Code != http.StatusOK || strings.Count(got.html, "Gelukt") != 2 {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if m := d.stored(dag); m.Capacity != 4 {
		t.Errorf("%d seats", m.Capacity)
	}
	if e := d.entryAt("bas@gast.example"); e.Status != mdt.Confirmed || len(e.Remarks) != 1 || e.Remarks[0].Text != "De zaal is te klein." {
		t.Errorf("%+v", e)
	}
}

// TestManyDoOnlyWhatWasShown: who changed since, and who was never shown, is left alone and told of.
func TestManyDoOnlyWhatWasShown(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"Ada", "Bas", "Cor"} {
		d.enters(name, strings.ToLower(name)+"@gast.example", nil)
	}
	p := d.as(sam)
	asked := p.post(list+"/samen", d.chosenBy("afmelden", "ada@gast.example", "bas@gast.example")...)
	if asked.Code != http.StatusOK || !asked.says("hooguit 2 mails") {
		t.Fatalf("%d %s", asked.Code, asked.Body)
	}
	p.post(d.entryOf("bas@gast.example")+"/notitie", "notitie", "Is spreker.")
	never := d.entryOf("cor@gast.example")[len(list)+1:]
	got := p.post(list+"/samen", append(asked.hidden(), "wie", never)...)
	for name, want := range map[string]string{"Ada": "Gelukt", "Bas": "Niet gedaan: deze aanmelding is ondertussen veranderd.", "Cor": "Niet gedaan: deze aanmelding is ondertussen veranderd."} {
		if result := got.resultOf(name); !strings.HasPrefix(result, want) {
			t.Errorf("%s: %q, want %q", name, result, want)
		}
	}
	for email, want := range map[string]mdt.Status{"ada@gast.example": mdt.Cancelled, "bas@gast.example": mdt.Confirmed, "cor@gast.example": mdt.Confirmed} {
		if e := d.entryAt(email); e.Status != want {
			t.Errorf("%s is %s", email, e.Status)
		}
	}
	if got := p.post(list+"/samen", append(d.chosenBy("afmelden", "cor@gast.example"), "mails", "1")...); got.resultOf("Cor") == "Gelukt" || d.entryAt("cor@gast.example").Status != mdt.Confirmed {
		t.Error("a yes to letters that nobody was shown cancels somebody")
	}
}

// TestManyShowWhoGetsTheSeats: each seat that comes free is offered to another, and only to whom it was shown.
func TestManyShowWhoGetsTheSeats(t *testing.T) {
	d := newDesk(t)
	d.small(2)
	for _, name := range []string{"Ada", "Bas", "Cor", "Dik", "Eva"} { // three of them wait
		d.enters(name, strings.ToLower(name)+"@gast.example", nil)
	}
	p := d.as(sam)
	asked := p.post(list+"/samen", d.chosenBy("afmelden", "ada@gast.example", "bas@gast.example", "cor@gast.example")...)
	for text, want := range map[string]int{"aan ada@": 1, "aan bas@": 1, "aan cor@": 1, "aan dik@": 1, "aan eva@": 1} {
		if got := strings.Count(strings.ToLower(asked.Body.String()), text); got != want {
			t.Errorf("%q stands there %d times, want %d: %s", text, got, want, asked.Body)
		}
	}
	again := p.post(list+"/samen", asked.hidden()...)
	if strings.Count(again.html, "Gelukt") != 3 || d.entryAt("dik@gast.example").Status != mdt.Offered || d.entryAt("eva@gast.example").Status != mdt.Offered {
		t.Fatalf("%s", again.Body)
	}
}

// TestASeatOfManyGoesToNobodyElse: the next in line left since, so another would get a letter that nobody was shown.
func TestASeatOfManyGoesToNobodyElse(t *testing.T) {
	d := newDesk(t)
	d.small(2)
	for _, name := range []string{"Ada", "Bas", "Dik", "Eva"} {
		d.enters(name, strings.ToLower(name)+"@gast.example", nil)
	}
	p := d.as(sam)
	asked := p.post(list+"/samen", d.chosenBy("afmelden", "ada@gast.example")...)
	p.agreeTo("1", d.entryOf("dik@gast.example")+"/afmelden", "reden", "Belde.")
	got := p.post(list+"/samen", asked.hidden()...)
	if !strings.HasPrefix(got.resultOf("Ada"), "Niet gedaan: nu zou een andere mail weggaan.") || d.entryAt("eva@gast.example").Status != mdt.Waiting {
		t.Errorf("%s", got.Body)
	}
}

// TestTheSameForMany: it ends for each by itself, and says how.
func TestTheSameForMany(t *testing.T) {
	d := newDesk(t)
	one, two := d.enters("Noor Blok", "noor@gast.example", nil), d.enters("Bo Vis", "bo@gast.example", nil)
	three := d.enters("Kim Jol", "kim@gast.example", nil)
	ref := func(path string) string { return path[len(path)-8:] }
	p := d.as(sam)
	all := []string{"wie", ref(one), "wie", ref(two), "wie", ref(three)}
	got := p.agreeTo("0", list+"/samen", append(all, "handeling", "etiket", "etiket", "pers")...)
	if got.Code != 200 || strings.Count(got.html, "Gelukt") != 3 {
		t.Fatalf("%d: %s", got.Code, got.Body)
	}
	if e := d.entryAt("bo@gast.example"); len(e.Tags) != 1 {
		t.Errorf("%+v", e)
	}
	p.agreeTo("1", three+"/afmelden", "reden", "Belde.")
	got = p.agreeTo("2", list+"/samen", append(all, "handeling", "afmelden", "reden", "De zaal is te klein.")...)
	if strings.Count(got.html, "Gelukt") != 2 || !got.says("Dit kan nu niet meer") {
		t.Errorf("%s", got.Body)
	}
	for name, pairs := range map[string][]string{"nobody": {"handeling", "etiket", "etiket", "x"}, "no tag": {"wie", ref(one), "handeling", "etiket"},
		"no reason": {"wie", ref(one), "handeling", "afmelden"}, "no deed": {"wie", ref(one), "handeling", "x"}} {
		if got := p.post(list+"/samen", pairs...); got.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	for _, email := range []string{"noor@gast.example", "bo@gast.example", "kim@gast.example"} {
		d.allSent(email)
	}
	got = p.agreeTo("3", list+"/samen", append(all, "handeling", "opnieuw")...)
	if strings.Count(got.html, "Gelukt") != 3 {
		t.Errorf("%s", got.Body)
	}
}

// TestApproveMany: of more than there are seats for, the last are not put in line by a letter that nobody saw.
func TestApproveMany(t *testing.T) {
	d := newDesk(t)
	all := []string{"handeling", "toelaten"}
	for _, email := range []string{"een@gast.example", "twee@gast.example", "drie@gast.example"} {
		path := d.asks(email)
		all = append(all, "wie", path[len(path)-8:])
	}
	if err := d.service.Resize(t.Context(), "keuze", "", 2); err != nil {
		t.Fatal(err)
	}
	p, keuze := d.as(sam), "/console/bijeenkomsten/keuze/aanmeldingen"
	if got := p.get(keuze); !strings.Contains(got.html, `<option value="toelaten">`) {
		t.Error("it cannot be chosen")
	}
	if got := p.get(list); got.Code != http.StatusOK || strings.Contains(got.html, `<option value="toelaten">`) {
		t.Error("it can be chosen where nobody waits for it")
	}
	got := p.agreeTo("3", keuze+"/samen", all...)
	if got.Code != http.StatusOK || strings.Count(got.html, "Gelukt") != 2 || !got.says("Niet gedaan: nu zou een andere mail weggaan.") {
		t.Errorf("%d: %s %s", got.Code, p.log, got.Body)
	}
	got = p.agreeTo("1", keuze+"/samen", all...)
	if strings.Count(got.html, "Gelukt") != 1 || !strings.Contains(p.get(keuze+"?stand=wachtlijst").html, `name="wie"`) {
		t.Errorf("the last, once it was seen that there is no seat: %s", got.Body)
	}
}
