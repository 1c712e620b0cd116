package pages_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// propose sends in a proposal that Bo leads, and gives the link in the letter about it.
func (s *site) propose() (mdt.Proposal, string) {
	s.t.Helper()
	stored, err := s.service.Propose(s.t.Context(), *meetingOf(&s.network, dag), mdt.ProposalForm{Name: "Noor", Email: s.address(noor), Theme: "Samen",
		Goal: mdt.Inspire, Kind: mdt.Idea, Leader: mdt.Leader{Who: mdt.LedByOther, Name: "Bo", Email: s.address("bo@gast.example")}}, acts.Post{})
	s.must(err)
	return stored, s.mine(links.Entry(links.Proposal, dag, stored.Reference))
}

func (s *site) proposal() mdt.Proposal {
	s.t.Helper()
	own, err := s.service.Own(s.t.Context(), s.person(noor))
	s.must(err)
	return own.Proposals[0].Of
}

// TestAProposalOnOnesOwnPage: read, changed and withdrawn until the deadline.
func TestAProposalOnOnesOwnPage(t *testing.T) {
	s := newSite(t, small)
	_, path := s.propose()
	got := s.get(path)
	for _, want := range []string{"Je voorstel voor Netwerkbijeenkomst", "Je kunt je voorstel wijzigen of intrekken tot", "Uiterlijk", "Samen", "Voorstel intrekken",
		"Hiermee ben je nog niet aangemeld voor Netwerkbijeenkomst"} {
		if !got.says(want) {
			t.Errorf("does not say %q", want)
		}
	}
	for _, f := range forms.ProposalSpec() {
		shown := strings.Contains(got.html, `name="`+f.Name)
		if shown != (f.Name != "email") {
			t.Errorf("%s is asked: %t", f.Name, shown)
		}
	}
	body := fieldsOf(got.html)
	if same := s.post(path, body.Encode()); same.Code != 303 || s.proposal().Edition != 0 {
		t.Errorf("the form as it is shown changes something: %d %v", same.Code, body)
	}
	body.Set("thema", "")
	if bad := s.post(path, body.Encode()); bad.Code != 400 || !bad.says("Vul het thema van je deelsessie in.") || !bad.linksTo("#thema") {
		t.Errorf("%d", bad.Code)
	}
	body.Set("thema", "Anders")
	body.Set("leiding.wie", "ikzelf")
	if ok := s.follow(s.post(path, body.Encode())); !ok.says("We hebben je gegevens bewaard") || s.proposal().Theme != "Anders" || s.proposal().Leader.Who != mdt.LedBySelf {
		t.Errorf("%+v", s.proposal())
	}
	body.Set("thema", "Weer anders")
	if late := s.post(path, body.Encode()); late.Code != 409 || !late.says("Bewaard is nu: Anders.") || !strings.Contains(late.html, `value="Weer anders"`) {
		t.Errorf("a second tab: %d", late.Code)
	}
	if ok := s.follow(s.press(path, "handeling", "intrekken")); !ok.says("Je voorstel is ingetrokken.") || s.proposal().Status != mdt.Withdrawn {
		t.Error("not withdrawn")
	}
	if again := s.follow(s.press(path, "handeling", "intrekken")); !again.says("Je hebt dit voorstel ingetrokken.") {
		t.Error("withdrawn twice")
	}
	if after := s.get(path); strings.Contains(after.html, `value="wijzigen"`) {
		t.Error("what was withdrawn can be changed")
	}
	late := newSite(t, func(n *mdt.Network) { small(n); meetingOf(n, dag).Proposing.Closes = at(now.Add(time.Hour)) })
	late.propose()
	late.now = now.Add(time.Hour)
	path = late.mine(links.Entry(links.Proposal, dag, late.proposal().Reference))
	if got := late.get(path); !got.says("Je kunt je voorstel niet meer wijzigen of intrekken.") || strings.Contains(got.html, `value="intrekken"`) {
		t.Error("after the deadline")
	}
	if got := late.press(path, "handeling", "intrekken"); got.Code != 409 || late.proposal().Status != mdt.Received {
		t.Errorf("after the deadline: %d", got.Code)
	}
}

// TestALeaderDeclines: who was named reads the proposal, not how to reach who sent it in, and takes the name off.
func TestALeaderDeclines(t *testing.T) {
	s := newSite(t, small)
	stored, _ := s.propose()
	path := s.link(links.Own, "bo@gast.example", links.Entry(links.Leading, dag, stored.Reference), nil)
	got := s.get(path)
	if !got.says("Noor stuurde dit voorstel in.") || !got.says("Samen") || strings.Contains(got.html, noor) {
		t.Error("not what a leader may read")
	}
	s.engine.calls = 0
	if s.get(path); s.engine.calls != 2 {
		t.Errorf("%d round trips, want the query and the proposal", s.engine.calls)
	}
	all := s.get(s.link(links.Own, "bo@gast.example", links.Everything, nil))
	if !all.says("Iemand noemde je als moderator") || !all.says("Bekijk het voorstel") {
		t.Error("nothing on the page of everything")
	}
	for _, link := range all.links() {
		if strings.HasPrefix(link, "/mijn/") && !s.get(link).says("Noor stuurde dit voorstel in.") {
			t.Error("the way to the proposal leads elsewhere")
		}
	}
	if done := s.follow(s.press(path, "handeling", "intrekken")); !done.says("Je naam staat niet meer bij dit voorstel.") || s.proposal().Leader.Who != mdt.LedByNobody {
		t.Errorf("%+v", s.proposal().Leader)
	}
	if after := s.get(path); after.Code != 200 || after.says("Samen") || strings.Contains(after.html, `value="intrekken"`) {
		t.Error("who is not named any more reads the proposal")
	}
}

// TestAnInterestOnOnesOwnPage: ended with a button, and told that one can register.
func TestAnInterestOnOnesOwnPage(t *testing.T) {
	s, stands := interested(t)
	path := s.mine("attendering/beslisdag")
	if got := s.get(path); !got.says("We mailen je als je je kunt aanmelden voor Beslisdag (voorbeeld).") {
		t.Error("not said")
	}
	if got := s.follow(s.press(path, "handeling", "intrekken")); !got.says("Je krijgt geen bericht meer over de opening") || stands().Withdrawn == nil ||
		strings.Contains(got.html, `value="intrekken"`) {
		t.Error("not ended")
	}
}

// TestAMessageIsReadBack, by a link that shows nothing else.
func TestAMessageIsReadBack(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, nil)
	stored, err := s.service.Ask(t.Context(), mdt.MessageForm{Name: "Noor", Email: s.address(noor), Subject: mdt.SubjectJoin, Text: "Mijn vraag\nis lang"},
		mdt.Routed{ToTeam: true}, nil, acts.Post{})
	s.must(err)
	got := s.get(s.mine(links.Entry(links.Message, stored.Reference)))
	for _, want := range []string{"Je bericht", "Mijn vraag is lang", "het landelijke MDT-team", "Aansluiten bij mijn regio", stored.Reference} {
		if !got.says(want) && want != "het landelijke MDT-team" {
			t.Errorf("does not say %q", want)
		}
	}
	if strings.Contains(got.html, "Netwerkbijeenkomst") {
		t.Error("the page of a message shows more")
	}
	if got.says("Beantwoord") {
		t.Error("it says that it was answered")
	}
	at := stored.Created.Add(26 * time.Hour)
	answered, _ := stored.Answer(&at)
	s.must(s.service.Store.EditMessage(t.Context(), stored, answered))
	if got := s.get(s.mine(links.Entry(links.Message, stored.Reference))); !got.says("Beantwoord op "+mdt.Moment(at)) || got.says("Verstuurd naar") {
		t.Error("it does not say when it was answered")
	}
	if all := s.get(s.mine("alles")); !all.says("Mijn vraag") || !all.says("Netwerkbijeenkomst") {
		t.Error("the page of everything does not show all")
	}
}

// TestAskingForALink: the same answer for every address, and a fault for what is none.
func TestAskingForALink(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, nil)
	form := s.get("/mijn")
	if form.Code != 200 || !strings.Contains(form.html, `name="email"`) || !strings.Contains(form.html, `name="valstrik"`) {
		t.Errorf("%d", form.Code)
	}
	known, unknown := s.press("/mijn", "email", noor), s.press("/mijn", "email", "niemand@gast.example")
	for name := range known.Header() {
		if known.Header().Get(name) != unknown.Header().Get(name) {
			t.Errorf("%s differs", name)
		}
	}
	if known.Code != 303 || unknown.Code != 303 || known.html != unknown.html || len(known.Header()) != len(unknown.Header()) {
		t.Errorf("%d and %d", known.Code, unknown.Code)
	}
	if got := s.follow(known); !got.says("Kennen we dit adres? Dan krijg je een mail met je link.") {
		t.Error("not said")
	}
	for _, email := range []string{"", "geen adres", "a@b"} {
		if got := s.press("/mijn", "email", email); got.Code != 400 || !strings.HasPrefix(got.title(), "Fout: ") || !got.linksTo("#email") {
			t.Errorf("%q: %d", email, got.Code)
		}
	}
	for header, code := range map[string]int{"Content-Type: application/json": 415, "Content-Type: multipart/form-data; boundary=x": 415} {
		if got := s.do("POST", "/mijn", "{}", header); got.Code != code {
			t.Errorf("%s: %d", header, got.Code)
		}
	}
	s.engine.down = store.ErrUnavailable
	if got := s.press("/mijn", "email", noor); got.Code != 503 || !strings.Contains(got.html, noor) {
		t.Errorf("%d", got.Code)
	}
}

// TestPartsOnOnesOwnPage: a full one is waited for with one press, offered, accepted and left.
func TestPartsOnOnesOwnPage(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) {
		small(n)
		m := meetingOf(n, dag)
		m.Capacity = 10
		m.Parts = []mdt.Part{{ID: "a", Name: "Deel A", Kind: "deelsessie", Start: m.Start, End: m.Start.Add(time.Hour), Seats: 1},
			{ID: "b", Name: "Deel B", Kind: "deelsessie", Start: m.Start, End: m.Start.Add(time.Hour)}}
	})
	s.register(dag, "eerst@gast.example", func(f *mdt.RegistrationForm) { f.Parts = []string{"a"} })
	s.register(dag, noor, func(f *mdt.RegistrationForm) { f.Parts = []string{"b"} })
	path := s.mine("aanmelding/" + dag)
	if got := s.get(path); !got.says("Dit onderdeel is vol.") || !got.says("Zet mij op de wachtlijst voor dit onderdeel") || !got.says("Deel B, 11.00 tot 12.00 uur. Je doet mee.") {
		t.Error("the parts do not stand on the page")
	}
	if got := s.follow(s.press(path, "handeling", "wachten", "onderdeel", "a")); !got.says("Je staat op de wachtlijst voor dit onderdeel.") || !got.says("Niet meer wachten op dit onderdeel") {
		t.Error("not in line")
	}
	if full := s.press(path, "handeling", "wijzigen", "uitgave", "1", "naam", "Noor", "onderdelen", "a"); full.Code != 409 || !full.says("Dit onderdeel is vol. Kies een ander.") {
		t.Errorf("a full part: %d", full.Code)
	}
	s.must(s.service.Cancel(t.Context(), dag, s.person("eerst@gast.example")))
	if got := s.get(path); !got.says("Er is een plek voor jou. Je kunt reageren tot") || !strings.Contains(got.html, `value="accepteren"`) {
		t.Error("not offered")
	}
	s.follow(s.press(path, "handeling", "accepteren", "onderdeel", "a"))
	if e := s.entry(dag, noor); len(e.Parts) != 1 || e.Parts[0] != "a" {
		t.Errorf("%+v", e.Parts)
	}
	s.follow(s.press(path, "handeling", "afmelden", "onderdeel", "a"))
	if e := s.entry(dag, noor); len(e.Parts) != 0 || e.Status != mdt.Confirmed {
		t.Errorf("%+v", e)
	}
	if got := s.press(path, "handeling", "afmelden", "onderdeel", "zz"); got.Code != 409 {
		t.Errorf("a part that is none: %d", got.Code)
	}
}

// TestErasing asks first, takes a fresh link, and erases what the page shows (the rest stays).
func TestErasing(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) { small(n); meetingOf(n, dag).Capacity = 10 })
	s.register(dag, noor, nil)
	s.register("beslisdag", noor, nil)
	path := s.fresh("aanmelding/" + dag)
	reference := s.entry(dag, noor).Reference
	asked := s.get(path + "?wis=" + reference)
	if !asked.says("Wil je je aanmelding (Netwerkbijeenkomst (voorbeeld)) wissen? Je plek gaat dan naar iemand anders. Dit kun je niet terugdraaien.") ||
		!asked.says("Nee, terug naar je pagina") || !strings.Contains(asked.html, `value="wissen"`) {
		t.Error("not asked")
	}
	if plain := s.get(path); strings.Contains(plain.html, `value="wissen"`) || !plain.linksTo(path+"?wis=alles#wissen") {
		t.Error("erased with one press")
	}
	if got := s.get(s.mine("aanmelding/"+dag) + "?wis=alles"); strings.Contains(got.html, `value="wissen"`) {
		t.Error("asked without a fresh link")
	}
	if got := s.press(path, "handeling", "wissen", "kenmerk", "NIEMAND2"); got.Code != 400 {
		t.Errorf("a reference of nobody: %d", got.Code)
	}
	if got := s.follow(s.press(path, "handeling", "wissen", "kenmerk", reference)); got.Code != 200 || !got.says("Je gegevens zijn gewist.") {
		t.Errorf("%d", got.Code)
	}
	if s.entry("beslisdag", noor).Status != mdt.Confirmed || s.entry(dag, noor).Status != "" {
		t.Error("not that entry, or more")
	}
	s.follow(s.press(s.fresh("alles"), "handeling", "wissen"))
	if own, err := s.service.Own(t.Context(), s.person(noor)); err != nil || !own.IsEmpty() || own.Address.Of.Confirmed != nil {
		t.Errorf("%v %+v", err, own)
	}
	if got := s.get(s.fresh("alles")); got.Code != 200 || !got.says("Hier staat niets meer van je.") {
		t.Error("after that")
	}
}

// naughty are texts that run something where they are not shown as text (published lists of XSS hold thousands of the kind).
var naughty = []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</textarea><script>alert(1)</script>`,
	`javascript:alert(1)`, `{{.}}`, `<svg/onload=alert(1)>`, `</title><script>alert(1)</script>`, `<!--`, `]]>`, "\u202eevil", `&lt;script&gt;`}

// TestWhatWasTypedIsText: in every field, on every page that reads it back (case 49).
func TestWhatWasTypedIsText(t *testing.T) {
	for _, text := range naughty {
		s := newSite(t, func(n *mdt.Network) {
			small(n)
			meetingOf(n, dag).Capacity, meetingOf(n, dag).MaxGuests = 10, 2
			meetingOf(n, dag).Questions = []mdt.Question{{ID: "wat", Text: "Wat?", Kind: mdt.TextQuestion}}
		})
		s.register(dag, noor, func(f *mdt.RegistrationForm) {
			f.Name, f.Organisation, f.Role, f.Phone, f.Wishes = text, text, text, text, text
			f.Answers = map[string]any{"wat": text}
			f.Guests = []mdt.Guest{{Name: text, Email: s.address("bo@gast.example")}}
		})
		stored, err := s.service.Propose(t.Context(), *meetingOf(&s.network, dag), mdt.ProposalForm{Name: text, Email: s.address(noor), Organisation: text, Theme: text,
			Goal: mdt.Inspire, Kind: mdt.Idea, Explanation: text, Leader: mdt.Leader{Who: mdt.LedByOther, Name: text, Email: s.address("bo@gast.example")}}, acts.Post{})
		s.must(err)
		_, err = s.service.Ask(t.Context(), mdt.MessageForm{Name: text, Email: s.address(noor), Organisation: text, Phone: text, Subject: mdt.SubjectJoin, Text: text, Municipality: text},
			mdt.Routed{ToTeam: true, Municipality: text}, nil, acts.Post{})
		s.must(err)
		for _, path := range []string{s.fresh("alles"), s.fresh("alles") + "?wijzig=" + s.entry(dag, noor).Reference, s.fresh("alles") + "?wijzig=" + stored.Reference,
			s.link(links.Own, "bo@gast.example", links.Entry(links.Leading, dag, stored.Reference), nil), s.fresh("alles") + "?gedaan=" + escaped(text) + "&wis=" + escaped(text)} {
			got := s.get(path)
			for _, bad := range []string{"<script", "<img", "<svg/", "onmouseover='", "ZgotmplZ"} {
				if strings.Contains(strings.ReplaceAll(got.html, `<svg viewBox`, ""), bad) {
					at := strings.Index(got.html, bad)
					t.Errorf("%q: %s in %s: %s", text, bad, path, got.html[max(0, at-80):min(len(got.html), at+80)])
				}
			}
			if got.Code != 200 || strings.HasSuffix(path, "alles") && !got.says(strings.Join(strings.Fields(text), " ")) && !strings.Contains(text, "<") {
				t.Errorf("%q: %d, or not shown as it was typed", text, got.Code)
			}
		}
		body := url.Values{"handeling": {"wijzigen"}, "kenmerk": {text}, "onderdeel": {text}, "wachten": {text}, "uitgave": {text}, "naam": {text}}
		if got := s.post(s.fresh("alles"), body.Encode()); got.Code >= 500 || strings.Contains(got.html, "<script") {
			t.Errorf("%q as a control: %d", text, got.Code)
		}
	}
}

// TestOwnPageWhenTheStoreIsDown: 503, and no word of the cause.
func TestOwnPageWhenTheStoreIsDown(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, nil)
	path := s.mine("aanmelding/" + dag)
	s.engine.down = errors.Join(errors.New("arn:aws"), store.ErrUnavailable)
	for _, got := range []shown{s.get(path), s.press(path, "handeling", "afmelden")} {
		if got.Code != 503 || got.Header().Get("Retry-After") == "" || strings.Contains(got.html, "arn:") {
			t.Errorf("%d", got.Code)
		}
	}
}

// TestOwnPageStaysSmall with as much as a person can have.
func TestOwnPageStaysSmall(t *testing.T) {
	s := newSite(t, nil)
	for _, m := range s.network.Meetings {
		if m.RegisteringStatus(mdt.Counter{}, s.now) == mdt.Open {
			s.register(m.ID, noor, func(f *mdt.RegistrationForm) {
				f.Organisation = "Stichting " + m.ID
				if m.Both() {
					f.Attendance = mdt.AttendOnline
				}
			})
		}
	}
	got := s.get(s.fresh("alles") + "?wijzig=" + s.entry("beslisdag", noor).Reference)
	if len(got.html) > 30<<10 || strings.Count(got.html, "<h2") < 4 {
		t.Errorf("%d bytes", len(got.html))
	}
}
