package pages_test

import (
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// signed is the path behind a link for a meeting.
func (s *site) signed(purpose links.Purpose, meeting, person string) string {
	link := links.Link{Purpose: purpose, Entry: links.Entry(links.Meeting, meeting), Issued: s.now, Expires: s.now.Add(time.Hour)}
	if person != "" {
		link.Person = string(s.person(person))
	}
	return "/" + purpose.Path() + "/" + keys(s.t, "a").Sign(link)
}

func byInvitation(n *mdt.Network) { meetingOf(n, "beslisdag").ByInvitation = true }

// TestAMeetingByInvitation: no list shows it, its page says what is needed, and nobody registers without the link.
func TestAMeetingByInvitation(t *testing.T) {
	s := newSite(t, byInvitation)
	if s.get("/").linksTo("/bijeenkomsten/beslisdag") {
		t.Error("the start page leads to it")
	}
	const needed = "heb je een uitnodiging nodig"
	if got := s.get("/bijeenkomsten/beslisdag"); got.Code != 200 || !got.says(needed) || got.linksTo(aanmelden) {
		t.Errorf("its page: %d", got.Code)
	}
	if got := s.get(aanmelden); got.Code != 409 || !got.says(needed) {
		t.Errorf("the form: %d", got.Code)
	}
	if got := s.form(aanmelden, whole[aanmelden]); got.Code != 409 || s.letters() != 0 {
		t.Errorf("a form that is sent: %d, %d letters", got.Code, s.letters())
	}
}

func TestAnInvitation(t *testing.T) {
	s := newSite(t, byInvitation)
	path := s.signed(links.Invitation, "beslisdag", "noor@gast.example")
	page := s.get(path)
	if page.Code != 200 || !page.linksTo(path+"/aanmelden") || !page.says("Je bent uitgenodigd.") || page.Header().Get("X-Robots-Tag") != "noindex" {
		t.Fatalf("%d, links %q", page.Code, page.links())
	}
	if got := s.get(path + "/aanmelden"); got.Code != 200 || !got.linksTo(path) || !strings.Contains(got.html, `action="`+path+`/aanmelden"`) {
		t.Errorf("the form: %d", got.Code)
	}
	if got := s.form(path+"/aanmelden", "naam=Bo&email=bo@gast.example"); got.Code != 400 || !got.says("Deze uitnodiging is voor een ander e-mailadres.") {
		t.Errorf("somebody else: %d", got.Code)
	}
	if s.letters() != 0 {
		t.Error("somebody else was registered")
	}
	if got := s.form(path+"/aanmelden", whole[aanmelden]); got.Code != 303 || s.letters() != 1 {
		t.Errorf("whoever is invited: %d, %d letters", got.Code, s.letters())
	}
}

// TestLinksToAMeeting: one for something else, of another key, or over, opens nothing.
func TestLinksToAMeeting(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) { byInvitation(n); meetingOf(n, "regiodag-noord").Published = false })
	invitation, preview := s.signed(links.Invitation, "beslisdag", "noor@gast.example"), s.signed(links.Preview, "regiodag-noord", "")
	swap := func(path, from, to string) string { return strings.Replace(path, from, to, 1) }
	for name, path := range map[string]string{
		"a preview as an invitation": swap(preview, "voorbeeld", "uitnodiging"), "an invitation as a preview": swap(invitation, "uitnodiging", "voorbeeld"),
		"a concept by invitation": s.signed(links.Invitation, "regiodag-noord", "noor@gast.example"), "no such meeting": s.signed(links.Preview, "weg", ""),
		"nothing": "/voorbeeld/x",
	} {
		for _, below := range []string{"", "/aanmelden"} {
			if got := s.get(path + below); got.Code != 404 || !got.says("Deze link werkt niet") {
				t.Errorf("%s%s: %d %q", name, below, got.Code, got.title())
			}
		}
	}
	if s.get(preview).Code != 200 || s.get(invitation).Code != 200 {
		t.Error("they do not work at all")
	}
	s.now = s.now.Add(time.Hour)
	if s.get(preview).Code != 404 || s.get(invitation).Code != 404 {
		t.Error("they work when their time is over")
	}
}

// TestAPreview: whoever has the link sees the page and the form as they will be, and can send nothing.
func TestAPreview(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) { meetingOf(n, "beslisdag").Published = false })
	if got := s.get("/bijeenkomsten/beslisdag"); got.Code != 404 {
		t.Fatalf("a concept is shown: %d", got.Code)
	}
	path := s.signed(links.Preview, "beslisdag", "")
	page := s.get(path)
	if page.Code != 200 || !page.says("Dit is een voorbeeld.") || !page.linksTo(path+"/aanmelden") || page.linksTo(aanmelden) {
		t.Errorf("the page: %d %q", page.Code, page.links())
	}
	form := s.get(path + "/aanmelden")
	if form.Code != 200 || !form.says("Dit is een voorbeeld.") || form.field("email") == "" {
		t.Errorf("the form: %d", form.Code)
	}
	if got := s.form(path+"/aanmelden", whole[aanmelden]); got.Code != 409 || !got.says("Er is niets verstuurd.") || s.letters() != 0 {
		t.Errorf("sent: %d, %d letters", got.Code, s.letters())
	}
	m := meetingOf(&s.network, "beslisdag")
	m.Published, m.Version = true, 1
	if _, err := s.service.SaveMeeting(t.Context(), editOf(*m)); err != nil {
		t.Fatal(err)
	}
	if got := s.get(path); got.Code != 303 || got.Header().Get("Location") != "/bijeenkomsten/beslisdag" {
		t.Errorf("published by now: %d", got.Code)
	}
}

func TestAMeetingThatIsCalledOffSaysWhy(t *testing.T) {
	s := newSite(t, nil)
	m := *meetingOf(&s.network, "beslisdag")
	m.Cancelled, m.Version = true, 1
	edit := editOf(m)
	edit.Why = "De zaal kan die dag niet."
	if _, err := s.service.SaveMeeting(t.Context(), edit); err != nil {
		t.Fatal(err)
	}
	if got := s.get("/bijeenkomsten/beslisdag"); !got.says("De reden: De zaal kan die dag niet.") || !got.says("Gaat niet door") || got.linksTo(aanmelden) {
		t.Error(got.html)
	}
}

// TestAQuestionForSome: it says whom it is for, nobody is told that it may stay empty, and the server knows who must answer.
func TestAQuestionForSome(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) {
		meetingOf(n, "beslisdag").Questions = []mdt.Question{{ID: "eten", Text: "Eet je mee?", Kind: mdt.YesNo},
			{ID: "wat", Text: "Wat eet je?", Kind: mdt.TextQuestion, Required: true, ShowIf: &mdt.ShowIf{Question: "eten", Answers: []string{"ja"}}}}
	})
	form := s.get(aanmelden)
	field := form.field("antwoorden-wat")
	if !form.says("Vul dit alleen in als je ‘ja’ koos bij: Eet je mee?") || strings.Contains(field, "aria-required") || form.says("Wat eet je? (niet verplicht)") {
		t.Error(field)
	}
	for body, want := range map[string]int{"": 303, "&antwoorden.eten=off": 303, "&antwoorden.eten=on": 400, "&antwoorden.eten=on&antwoorden.wat=Brood": 303} {
		if got := s.form(aanmelden, whole[aanmelden]+body); got.Code != want {
			t.Errorf("%q: %d, want %d", body, got.Code, want)
		}
	}
}

// editOf saves a meeting on which nobody has an entry.
func editOf(m mdt.Meeting) acts.Edit { return acts.Edit{Meeting: m} }
