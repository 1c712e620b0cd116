package pages_test

import (
	"encoding/json"
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

// TestLookingChangesNothing: ten times, whoever looks, and whatever the address says.
func TestLookingChangesNothing(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, nil)
	before := s.entry(dag, noor)
	for _, path := range []string{s.mine("aanmelding/" + dag), s.fresh("aanmelding/" + dag)} {
		for range 10 {
			for _, method := range []string{"GET", "HEAD"} {
				for _, query := range []string{"", "?gedaan=afgemeld", "?wijzig=" + before.Reference, "?wis=alles", "?handeling=afmelden", "?gedaan=<script>"} {
					if got := s.do(method, path+query, "handeling=afmelden"); got.Code != 200 || strings.Contains(got.html, "<script") {
						t.Fatalf("%s %s: %d", method, query, got.Code)
					}
				}
			}
		}
	}
	if after := s.entry(dag, noor); after.Version != before.Version || after.Status != mdt.Confirmed {
		t.Error("looking has changed something")
	}
	if confirmed, _ := s.store.Confirmed(t.Context(), s.person(noor), s.now); confirmed {
		t.Error("looking has confirmed the address: mail scanners open every link")
	}
}

// TestOwnLinksThatDoNotWork: a page that offers a new one, and changes nothing.
func TestOwnLinksThatDoNotWork(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, nil)
	s.service.Links = keys(t, "b", "a")
	entry := "aanmelding/" + dag
	good := s.mine(entry)
	raw := []byte(strings.TrimPrefix(good, "/mijn/"))
	broken := map[string]string{
		"cut": good[:len(good)-1], "more": good + "A", "made up": "/mijn/AAAA", "no signature": "/mijn/" + string(raw[:40]),
		"over by a second": s.link(links.Own, noor, entry, func(l *links.Link) { l.Expires = s.now }),
		"fresh, and over":  s.link(links.Fresh, noor, entry, func(l *links.Link) { l.Expires = s.now }),
		"other purpose":    s.link(links.Unsubscribe, noor, entry, nil),
		"of a form":        s.link(links.Form, noor, entry, nil),
	}
	for i := range raw {
		flipped := append([]byte(nil), raw...)
		flipped[i] ^= 1
		broken["flipped "+string(rune('0'+i%10))+string(raw[i:])] = "/mijn/" + url.PathEscape(string(flipped))
	}
	old := s.service.Links
	s.service.Links = keys(t, "z")
	broken["key that is gone"] = s.mine(entry)
	s.service.Links = old
	for name, path := range broken {
		for _, got := range []shown{s.get(path), s.press(path, "handeling", "afmelden")} {
			if got.Code != 404 || !got.says("Deze link werkt niet meer") || !strings.Contains(got.html, `action="/mijn"`) || got.says("Noor") {
				t.Errorf("%s: %d", name, got.Code)
			}
		}
		if got := s.get(path + "/gegevens.json"); got.Code != 404 {
			t.Errorf("%s, the copy: %d", name, got.Code)
		}
	}
	if s.entry(dag, noor).Status != mdt.Confirmed {
		t.Error("something has changed")
	}
	s.service.Links = keys(t, "a")
	previous := s.mine(entry)
	s.service.Links = old
	if got := s.get(previous); got.Code != 200 {
		t.Errorf("the previous key is refused: %d", got.Code)
	}
	if got := s.get(s.mine("aanmelding/elders")); got.Code != 200 || !got.says("Hier staat niets meer van je") {
		t.Errorf("another meeting: %d", got.Code)
	}
}

// TestOlderLinksEndOnDemand: the one in hand and younger ones go on.
func TestOlderLinksEndOnDemand(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, nil)
	older := s.mine("aanmelding/" + dag)
	s.now = s.now.Add(time.Minute)
	all := s.mine("alles")
	if got := s.get(all); !got.says("Alle oudere links laten vervallen") {
		t.Error("no button")
	}
	if got := s.follow(s.press(all, "handeling", "linksbeeindigen")); !got.says("Alle oudere links zijn vervallen") {
		t.Error("not said")
	}
	if got := s.get(older); got.Code != 404 {
		t.Errorf("an older link: %d", got.Code)
	}
	if got := s.get(all); got.Code != 200 {
		t.Errorf("the link in hand: %d", got.Code)
	}
}

// TestFromElsewhere: another site cannot press a button (case 46), and a form that says nothing of its origin can.
func TestFromElsewhere(t *testing.T) {
	s := newSite(t, small)
	s.register(dag, noor, nil)
	path := s.mine("aanmelding/" + dag)
	for _, headers := range [][]string{{"Origin: https://evil.example"}, {"Origin: " + website}, {"Origin: null"}, {"Sec-Fetch-Site: cross-site"},
		{"Origin: https://aanmelden.example.evil.example", "Sec-Fetch-Site: same-site"}} {
		for _, to := range []string{path, "/mijn"} {
			if got := s.post(to, "handeling=afmelden&email="+noor, headers...); got.Code != 403 {
				t.Errorf("%v %s: %d", headers, to, got.Code)
			}
		}
	}
	if s.entry(dag, noor).Status != mdt.Confirmed {
		t.Fatal("cancelled from elsewhere")
	}
	if got := s.post(path, "handeling=afmelden"); got.Code != 303 {
		t.Errorf("without an origin: %d", got.Code)
	}
}

// TestOneRoundTrip: a warm page asks the table once; who is brought along and what belongs to the meeting included.
func TestOneRoundTrip(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) { small(n); meetingOf(n, dag).Capacity, meetingOf(n, dag).MaxGuests = 10, 2 })
	s.register(dag, noor, func(f *mdt.RegistrationForm) {
		f.Guests = []mdt.Guest{{Name: "Bo", Email: s.address("bo@gast.example")}}
	})
	s.register("informatiesessie-beslissen", noor, nil)
	for _, path := range []string{s.mine("aanmelding/" + dag), s.fresh("aanmelding/" + dag), s.mine("alles"), s.mine("bericht/NIEMAND2"),
		s.link(links.Own, "bo@gast.example", "aanmelding/"+dag, nil)} {
		s.get(path)
		s.engine.calls = 0
		if got := s.get(path); got.Code != 200 || s.engine.calls != 1 {
			t.Errorf("%d, %d round trips", got.Code, s.engine.calls)
		}
	}
	guest := s.get(s.link(links.Own, "bo@gast.example", "aanmelding/"+dag, nil))
	if !guest.says("Noor heeft je aangemeld. Van Noor kregen we je naam en e-mailadres.") {
		t.Error("a guest does not read who gave the name")
	}
	if own := s.get(s.mine("aanmelding/" + dag)); !own.says("Je neemt mee Bo.") {
		t.Error("the guests do not stand on the page")
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
