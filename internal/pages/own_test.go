package pages_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

const noor = "noor@gast.example"

// link signs the address of one's own page.
func (s *site) link(purpose links.Purpose, email, entry string, change func(*links.Link)) string {
	l := links.Link{Purpose: purpose, Person: string(s.person(email)), Entry: entry, Issued: s.now, Expires: s.now.Add(time.Hour)}
	if change != nil {
		change(&l)
	}
	return "/mijn/" + s.service.Links.Sign(l)
}

func (s *site) mine(entry string) string  { return s.link(links.Own, noor, entry, nil) }
func (s *site) fresh(entry string) string { return s.link(links.Fresh, noor, entry, nil) }

func (s *site) address(email string) mdt.Address {
	a, code := mdt.ParseAddress(email)
	if code != "" {
		s.t.Fatal(code)
	}
	return a
}

// register registers somebody for a meeting, as it is described now.
func (s *site) register(meeting, email string, change func(*mdt.RegistrationForm)) {
	s.t.Helper()
	form := mdt.RegistrationForm{Name: "Noor", Email: s.address(email)}
	if change != nil {
		change(&form)
	}
	_, err := s.service.Register(s.t.Context(), *meetingOf(&s.network, meeting), form, acts.Post{})
	s.must(err)
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// entry is somebody's registration as it stands.
func (s *site) entry(meeting, email string) mdt.Registration {
	s.t.Helper()
	own, err := s.service.Own(s.t.Context(), s.person(email))
	s.must(err)
	if found := own.RegistrationFor(meeting); found != nil {
		return found.Of
	}
	return mdt.Registration{}
}

// press sends a form in, of the page itself.
func (s *site) press(path string, pairs ...string) shown {
	s.t.Helper()
	body := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		body.Add(pairs[i], pairs[i+1])
	}
	return s.post(path, body.Encode(), "Origin: "+siteAddress, "Sec-Fetch-Site: same-origin")
}

// follow looks where an act leads to.
func (s *site) follow(got shown) shown {
	s.t.Helper()
	if got.Code != 303 {
		s.t.Fatalf("%d: %s", got.Code, got.html)
	}
	return s.get(strings.TrimPrefix(got.Header().Get("Location"), siteAddress))
}

// small gives a day for one person, with a waiting list, and a part for one.
func small(n *mdt.Network) {
	m := meetingOf(n, "netwerkbijeenkomst")
	m.Capacity, m.Registering, m.Proposing, m.DecidedBy = 1, &mdt.Window{}, &mdt.Window{}, at(now.AddDate(0, 0, 30))
	m.Start, m.End = now.AddDate(0, 0, 40), now.AddDate(0, 0, 40).Add(8*time.Hour)
	for i := range m.Parts {
		m.Parts[i].Start, m.Parts[i].End = m.Start.Add(time.Duration(i)*time.Hour), m.Start.Add(time.Duration(i+1)*time.Hour)
	}
}

const dag = "netwerkbijeenkomst"

// TestARegistrationInEveryState is the table of what the page says of a registration, and what can be pressed.
func TestARegistrationInEveryState(t *testing.T) {
	offered := func(s *site) {
		s.register(dag, "eerst@gast.example", nil)
		s.register(dag, noor, nil)
		s.must(s.service.Cancel(s.t.Context(), dag, s.person("eerst@gast.example")))
	}
	lapse := func(s *site) {
		s.now = s.entry(dag, noor).Until.Add(time.Second)
		s.must(s.service.LapseOffers(s.t.Context()))
	}
	for _, test := range []struct {
		name string
		do   func(*site)
		say  []string
		acts []string // what can be pressed, beside what every page has
	}{
		{"a seat", func(s *site) { s.register(dag, noor, nil) },
			[]string{"Je hebt een plek", "Je hoeft niets te doen", "Je kenmerk", noor, "Gegevens wijzigen", "Wat we van je bewaren", "Je komt op"}, []string{"afmelden", "wijzigen"}},
		{"waiting", func(s *site) { s.register(dag, "eerst@gast.example", nil); s.register(dag, noor, nil) },
			[]string{"Je staat op de wachtlijst", "Zet de dag nog niet vast", "De wachtlijst sluit", "Niet meer wachten"}, []string{"afmelden", "wijzigen"}},
		{"offered", offered, []string{"Er is een plek voor jou", "Je kunt reageren tot", "Plek accepteren", "Plek doorgeven", "Wil je op de wachtlijst blijven?"},
			[]string{"accepteren", "doorgeven", "afmelden", "wijzigen"}},
		{"offered at night", func(s *site) { s.now = now.Add(14 * time.Hour); offered(s) }, []string{"Je staat op de wachtlijst"}, []string{"afmelden", "wijzigen"}},
		{"lapsed once", func(s *site) { offered(s); lapse(s) }, []string{"Je staat op de wachtlijst"}, []string{"afmelden", "wijzigen"}},
		{"lapsed and the clock is late", func(s *site) { offered(s); s.now = s.entry(dag, noor).Until.Add(time.Second) },
			[]string{"Je staat op de wachtlijst"}, []string{"afmelden", "wijzigen"}},
		{"lapsed twice", func(s *site) {
			offered(s)
			lapse(s)
			s.register(dag, "weer@gast.example", nil)
			s.must(s.service.Cancel(s.t.Context(), dag, s.person("weer@gast.example")))
			lapse(s)
		}, []string{"Je liet twee keer niets horen", "Ik wacht nog", "Je houdt je plaats op de lijst"}, []string{"wachten", "afmelden", "wijzigen"}},
		{"cancelled", func(s *site) {
			s.register(dag, noor, nil)
			s.must(s.service.Cancel(s.t.Context(), dag, s.person(noor)))
		},
			[]string{"Je bent afgemeld", "Opnieuw aanmelden", "Bekijk alle bijeenkomsten"}, nil},
		{"the list has ended", func(s *site) {
			s.register(dag, "eerst@gast.example", nil)
			s.register(dag, noor, nil)
			m := *meetingOf(&s.network, dag)
			s.now = m.WaitingListEnd()
			s.must(s.service.Do(s.t.Context(), m, mdt.Task{What: mdt.TaskLineEnd, At: s.now}))
		}, []string{"Er kwam geen plek vrij", "Bekijk alle bijeenkomsten"}, nil},
		{"over", func(s *site) { s.register(dag, noor, nil); s.now = meetingOf(&s.network, dag).End }, []string{"Deze bijeenkomst is geweest."}, nil},
		{"gone", func(*site) {}, []string{"Hier staat niets meer van je", "Bekijk alle bijeenkomsten"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, small)
			test.do(s)
			got := s.get(s.mine("aanmelding/" + dag))
			if got.Code != 200 || got.Header().Get("X-Robots-Tag") != "noindex" || got.title() != "Je aanmelding voor Netwerkbijeenkomst (voorbeeld) - Aanmeldpunt MDT" {
				t.Errorf("%d, title %q", got.Code, got.title())
			}
			for _, want := range test.say {
				if !got.says(want) && want != "Je komt op" {
					t.Errorf("does not say %q", want)
				}
			}
			for _, act := range []string{"accepteren", "doorgeven", "wachten", "afmelden", "wijzigen", "intrekken"} {
				can := strings.Contains(got.html, `name="handeling" value="`+act+`"`)
				if want := contains(test.acts, act); can != want && !(act == "wachten" && strings.Contains(got.html, "onderdeel")) {
					t.Errorf("%s can be pressed: %t", act, can)
				}
			}
			if strings.Contains(got.html, `value="wissen"`) || got.linksTo("gegevens.json") {
				t.Error("erasing takes a fresh link")
			}
		})
	}
}

func contains(list []string, one string) bool {
	for _, other := range list {
		if other == one {
			return true
		}
	}
	return false
}

// TestAMeetingThatIsOff says so on one's own page too, and there is nothing left to press.
func TestAMeetingThatIsOff(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, nil)
	_, err := s.engine.Change(t.Context(), store.Write{Key: store.Key{PK: "bijeenkomsten", SK: dag}, Set: store.Item{"gaatNietDoor": true}})
	s.must(err)
	s.service.Catalogue = store.NewCatalogue(s.store, time.Hour)
	path := s.mine("aanmelding/" + dag)
	got := s.get(path)
	if !got.says("Gaat niet door") || !got.says("Deze bijeenkomst gaat niet door. Je hoeft je niet af te melden.") ||
		strings.Contains(got.html, `value="afmelden"`) || strings.Contains(got.html, `value="wijzigen"`) || !got.says("Wat je invulde") {
		t.Error("not as a meeting that is off")
	}
	if got := s.press(path, "handeling", "afmelden"); got.Code != 409 {
		t.Errorf("%d", got.Code)
	}
}

// TestPressing is the table of acts: what is answered, what the page says then, and how the entry stands.
func TestPressing(t *testing.T) {
	queue := func(s *site) { s.register(dag, "eerst@gast.example", nil); s.register(dag, noor, nil) }
	offered := func(s *site) { queue(s); s.must(s.service.Cancel(s.t.Context(), dag, s.person("eerst@gast.example"))) }
	for _, test := range []struct {
		name   string
		do     func(*site)
		press  []string
		code   int
		say    string
		status mdt.Status
	}{
		{"cancel", func(s *site) { s.register(dag, noor, nil) }, []string{"afmelden"}, 303, "Je bent afgemeld. Je krijgt hierover een mail.", mdt.Cancelled},
		{"leave the list", queue, []string{"afmelden"}, 303, "Je bent afgemeld", mdt.Cancelled},
		{"cancel twice", func(s *site) {
			s.register(dag, noor, nil)
			s.must(s.service.Cancel(s.t.Context(), dag, s.person(noor)))
		},
			[]string{"afmelden"}, 200, "Je was al afgemeld.", mdt.Cancelled},
		{"accept", offered, []string{"accepteren"}, 303, "De plek is van jou.", mdt.Confirmed},
		{"accept what is not offered", queue, []string{"accepteren"}, 409, "Dit kan nu niet meer.", mdt.Waiting},
		{"accept too late", func(s *site) { offered(s); s.now = *s.entry(dag, noor).Until }, []string{"accepteren"}, 409, "De tijd om te reageren is voorbij.", mdt.Offered},
		{"pass and wait on", offered, []string{"doorgeven"}, 303, "Jij blijft op de wachtlijst staan.", mdt.Waiting},
		{"pass and wait on, said", offered, []string{"doorgeven", "wachten", "ja"}, 303, "Jij blijft op de wachtlijst staan.", mdt.Waiting},
		{"pass and go", offered, []string{"doorgeven", "wachten", "nee"}, 303, "Jij staat niet meer op de wachtlijst.", mdt.Cancelled},
		{"wait again", func(s *site) {
			offered(s)
			s.now = *s.entry(dag, noor).Until
			s.must(s.service.LapseOffers(s.t.Context()))
		}, []string{"wachten"}, 303, "Je wacht weer op een plek.", mdt.Waiting},
		{"wait without need", queue, []string{"wachten"}, 409, "Dit kan nu niet meer.", mdt.Waiting},
		{"an act that is none", queue, []string{"opblazen"}, 400, "Kies eerst waar het om gaat.", mdt.Waiting},
		{"no act", queue, []string{""}, 400, "Kies eerst waar het om gaat.", mdt.Waiting},
		{"withdraw what is not there", queue, []string{"intrekken"}, 400, "Kies eerst waar het om gaat.", mdt.Waiting},
		{"erase without a fresh link", queue, []string{"wissen"}, 403, "Daarvoor heb je een nieuwe link nodig.", mdt.Waiting},
		{"end links without having asked for one", queue, []string{"linksbeeindigen"}, 403, "Daarvoor heb je een nieuwe link nodig.", mdt.Waiting},
		{"a reference of nobody", queue, []string{"afmelden", "kenmerk", "NIEMAND2"}, 400, "Kies eerst waar het om gaat.", mdt.Waiting},
		{"a fresh link", queue, []string{"verselink"}, 303, "We hebben je een mail gestuurd met een nieuwe link.", mdt.Waiting},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, small)
			test.do(s)
			path := s.mine("aanmelding/" + dag)
			got := s.press(path, append([]string{"handeling"}, test.press...)...)
			if got.Code != test.code {
				t.Fatalf("%d, want %d: %s %s", got.Code, test.code, got.html, s.log)
			}
			if test.code == 303 {
				got = s.follow(got)
			} else if test.code >= 400 && (!strings.HasPrefix(got.title(), "Fout: ") || !strings.Contains(got.html, `role="alert"`)) {
				t.Errorf("title %q", got.title())
			}
			if !got.says(test.say) {
				t.Errorf("does not say %q: %s", test.say, got.html)
			}
			if status := s.entry(dag, noor).Status; status != test.status {
				t.Errorf("stands as %q, want %q", status, test.status)
			}
			if confirmed, err := s.store.Confirmed(t.Context(), s.person(noor), s.now); err != nil || !confirmed {
				t.Error("pressing has not confirmed the address")
			}
		})
	}
}

// TestWhatBelongsToTheDay: sessions, with a hint where none is followed, and the day where only a session is.
func TestWhatBelongsToTheDay(t *testing.T) {
	s := newSite(t, nil)
	s.register("beslisdag", noor, nil)
	got := s.get(s.mine("aanmelding/beslisdag"))
	if !got.says("Je komt op Beslisdag (voorbeeld), maar volgt nog geen informatiesessie.") || !got.linksTo("/bijeenkomsten/informatiesessie-beslissen/aanmelden") {
		t.Error("no hint to a session")
	}
	s.register("informatiesessie-beslissen", noor, nil)
	got = s.get(s.mine("aanmelding/beslisdag"))
	if got.says("volgt nog geen informatiesessie") || strings.Count(got.html, `value="afmelden"`) != 2 {
		t.Error("the session does not stand on the page of the day")
	}
	if both := s.press(s.mine("alles"), "handeling", "afmelden"); both.Code != 400 {
		t.Errorf("which of two: %d", both.Code)
	}
	kenmerk := s.entry("informatiesessie-beslissen", noor).Reference
	if s.follow(s.press(s.mine("aanmelding/beslisdag"), "handeling", "afmelden", "kenmerk", kenmerk)); s.entry("informatiesessie-beslissen", noor).Status != mdt.Cancelled ||
		s.entry("beslisdag", noor).Status != mdt.Confirmed {
		t.Error("the session is cancelled by its reference, and it alone")
	}
	other := newSite(t, nil)
	other.register("informatiesessie-beslissen", noor, nil)
	if got := other.get(other.mine("aanmelding/informatiesessie-beslissen")); !got.says("maar bent nog niet aangemeld voor Beslisdag (voorbeeld).") {
		t.Error("no hint to the day")
	}
}

// TestTheCopy holds everything, with why and until when, and nothing of others that only we know them by.
func TestTheCopy(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) { small(n); meetingOf(n, dag).Capacity, meetingOf(n, dag).MaxGuests = 10, 2 })
	s.register(dag, noor, func(f *mdt.RegistrationForm) {
		f.Wishes, f.Guests = "een tolk", []mdt.Guest{{Name: "Bo", Email: s.address("bo@gast.example")}}
	})
	line := mdt.LogLine{At: s.now, By: "wie", Name: "Sam Team", Role: mdt.RoleTeam, What: mdt.DeedSeen, About: s.entry(dag, noor).Reference, Subject: s.person(noor)}
	s.must(s.service.Store.Log(s.t.Context(), line))
	if got := s.get(s.mine("alles") + "/gegevens.json"); got.Code != 403 || got.says("tolk") || got.says(`"naam"`) {
		t.Errorf("with a link that may have been passed on: %d", got.Code)
	}
	got := s.get(s.fresh("aanmelding/"+dag) + "/gegevens.json")
	var copied struct {
		Pieces []struct {
			Kind  string         `json:"soort"`
			Why   string         `json:"waarom"`
			Until time.Time      `json:"gewistOp"`
			Holds map[string]any `json:"inhoud"`
		} `json:"gegevens"`
		Letters []struct {
			Sent map[string]any `json:"inhoud"`
		} `json:"brieven"`
	}
	if err := json.Unmarshal([]byte(got.html), &copied); err != nil || got.Header().Get("Content-Disposition") == "" {
		t.Fatal(err, got.Code)
	}
	kinds := map[string]map[string]any{}
	for _, p := range copied.Pieces {
		if kinds[p.Kind] = p.Holds; p.Why == "" || !p.Until.After(s.now) {
			t.Errorf("%+v", p)
		}
	}
	if kinds["aanmelding"]["naam"] != "Noor" || kinds["aanmelding"]["email"] != noor || kinds["wensen"]["wensen"] != "een tolk" {
		t.Errorf("%v", kinds)
	}
	if seen := kinds["logboek"]; seen["rol"] != "team" || seen["wat"] != "bekeken" || strings.Contains(got.html, "Sam Team") || seen["wie"] != nil {
		t.Errorf("who looked: %v", seen)
	}
	if len(copied.Letters) != 1 || copied.Letters[0].Sent["aan"] != noor {
		t.Errorf("letters %v", copied.Letters)
	}
	if strings.Contains(got.html, string(s.person("bo@gast.example"))) {
		t.Error("the copy names a guest by what only we know them by")
	}
}

// TestWhoLooked: the page tells as what somebody of the team opened an entry, and when; of that entry alone.
func TestWhoLooked(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) { small(n); meetingOf(n, dag).Capacity = 10 })
	s.register(dag, noor, nil)
	s.propose()
	if got := s.get(s.mine("alles")); got.says("Wie keek ernaar") {
		t.Error("somebody looked before anybody did")
	}
	look := func(role, about string, at time.Time) {
		s.must(s.service.Store.Log(t.Context(), mdt.LogLine{At: at, By: mdt.PersonID(role), Name: "Sam Team", Role: role, What: mdt.DeedSeen, About: about, Subject: s.person(noor)}))
	}
	entry, proposal := s.entry(dag, noor).Reference, s.proposal().Reference
	look(mdt.RoleTeam, entry, time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC))
	look(mdt.RoleFacilitator, entry, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	look(mdt.RoleTeam, proposal, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	look(mdt.RoleTeam, "NIETDEZE", time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	got := s.get(s.mine("alles"))
	for _, want := range []string{"Iemand van het team opende je aanmelding (Netwerkbijeenkomst (voorbeeld)) op zaterdag 21 november 2026.",
		"Een facilitator van je regio opende je aanmelding (Netwerkbijeenkomst (voorbeeld)) op zondag 22 november 2026.",
		"Iemand van het team opende je voorstel"} {
		if !got.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if got.says("Sam Team") {
		t.Error("the page names who it was")
	}
	if got := s.get(s.mine("aanmelding/" + dag)); got.says("opende je voorstel") != strings.Contains(got.html, "deel-voorstel") {
		t.Error("a look at what the page does not show")
	}
}
