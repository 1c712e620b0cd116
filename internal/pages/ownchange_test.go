package pages_test

import (
	"strings"
	"testing"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// TestWishesTakeAFreshLink: a mail that was passed on neither shows nor changes them.
func TestWishesTakeAFreshLink(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, func(f *mdt.RegistrationForm) { f.Wishes = "een tolk" })
	if got := s.get(s.mine("aanmelding/" + dag)); got.says("tolk") || strings.Contains(got.html, `name="wensen"`) {
		t.Error("the wishes are shown")
	}
	s.press(s.mine("aanmelding/"+dag), "handeling", "wijzigen", "naam", "Noortje", "uitgave", "0", "wensen", "niets")
	if got := s.get(s.fresh("aanmelding/" + dag)); !got.says("een tolk") || !got.says("Noortje") {
		t.Error("they were changed, or are not shown with a fresh link")
	}
	s.follow(s.press(s.fresh("aanmelding/"+dag), "handeling", "wijzigen", "naam", "Noortje", "uitgave", "1", "wensen", "een ringleiding"))
	own, err := s.service.Own(t.Context(), s.person(noor))
	s.must(err)
	if got := own.WishesOf(dag); got != "een ringleiding" || own.Registrations[0].Of.Edition != 2 {
		t.Errorf("wishes %q, edition %d", got, own.Registrations[0].Of.Edition)
	}
}

// TestChanging: what was typed is stored, faults come back at their field with everything kept, and a second tab
// is told what stands there now.
func TestChanging(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, func(f *mdt.RegistrationForm) { f.Organisation, f.Regions = "De Brug", []string{"lek-en-gooi"} })
	path := s.mine("aanmelding/" + dag)
	got := s.get(path)
	for _, want := range []string{`name="uitgave" value="0"`, `id="naam" name="naam" type="text" value="Noor"`, `value="De Brug"`, `value="lek-en-gooi" checked`} {
		if !strings.Contains(got.html, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	if strings.Contains(got.html, `name="email"`) || strings.Contains(got.html, `name="introducees`) {
		t.Error("the address or guests can be changed")
	}
	bad := s.press(path, "handeling", "wijzigen", "uitgave", "0", "naam", "", "telefoon", "12", "organisatie", "Elders")
	if bad.Code != 400 || !bad.says("Vul je naam in.") || !bad.says("Vul een volledig telefoonnummer in") || !strings.Contains(bad.html, `value="Elders"`) ||
		!strings.HasPrefix(bad.title(), "Fout: ") || !bad.linksTo("#naam") || !strings.Contains(bad.html, `<details class="change" open>`) {
		t.Errorf("%d %s", bad.Code, bad.html)
	}
	if ok := s.follow(s.press(path, "handeling", "wijzigen", "uitgave", "0", "naam", "Noortje", "organisatie", "")); !ok.says("We hebben je gegevens bewaard") || !ok.says("Noortje") {
		t.Error("not changed")
	}
	if e := s.entry(dag, noor); e.Name != "Noortje" || e.Organisation != "" || e.Regions != nil || e.Edition != 1 {
		t.Errorf("%+v", e)
	}
	late := s.press(path, "handeling", "wijzigen", "uitgave", "0", "naam", "Noor", "functie", "jongere")
	if late.Code != 409 || !late.says("Je gegevens zijn ondertussen veranderd.") || !late.says("Bewaard is nu: Noortje.") || !late.says("Bewaard is hier nu niets.") ||
		!strings.Contains(late.html, `value="jongere"`) || !strings.Contains(late.html, `name="uitgave" value="1"`) || !late.linksTo("#naam") {
		t.Errorf("the second tab: %d %s", late.Code, late.html)
	}
	if e := s.entry(dag, noor); e.Name != "Noortje" || e.Role != "" {
		t.Errorf("%+v", e)
	}
	if again := s.press(path, "handeling", "wijzigen", "uitgave", "1", "naam", "Noor", "functie", "jongere"); again.Code != 303 || s.entry(dag, noor).Role != "jongere" {
		t.Errorf("%d", again.Code)
	}
	if part := s.press(path, "handeling", "wijzigen", "organisatie", "De Brug"); part.Code != 303 || s.entry(dag, noor).Role != "jongere" || s.entry(dag, noor).Organisation != "De Brug" {
		t.Errorf("a form that sends one field: %d %+v", part.Code, s.entry(dag, noor))
	}
}

// TestTheFieldsAreThoseOfTheTable: the form asks what registering asks, but for what cannot be changed.
func TestTheFieldsAreThoseOfTheTable(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) {
		small(n)
		m := meetingOf(n, dag)
		m.Online, m.Questions = true, []mdt.Question{{ID: "eten", Text: "Eet je mee?", Kind: mdt.YesNo}, {ID: "wat", Text: "Wat?", Kind: mdt.ManyOf, Choices: []string{"a", "b"}}}
	})
	s.register(dag, noor, func(f *mdt.RegistrationForm) {
		f.Attendance, f.Answers = mdt.OnLocation, map[string]any{"eten": true, "wat": []string{"b"}}
	})
	got := s.get(s.fresh("aanmelding/" + dag))
	for _, f := range forms.RegistrationSpec(*meetingOf(&s.network, dag)) {
		shown := strings.Contains(got.html, `name="`+f.Name)
		if f.Kind == forms.Object {
			shown = strings.Contains(got.html, `name="antwoorden.eten"`) && strings.Contains(got.html, `name="antwoorden.wat"`)
		}
		if changed := f.Name != "email" && f.Name != "introducees"; shown != changed {
			t.Errorf("%s is asked: %t", f.Name, shown)
		}
	}
	body := fieldsOf(got.html)
	if got := s.post(s.fresh("aanmelding/"+dag), body.Encode()); got.Code != 303 || s.entry(dag, noor).Edition != 0 {
		t.Errorf("the form as it is shown changes something: %d, %v", got.Code, body)
	}
}
