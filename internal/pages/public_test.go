package pages_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestEveryPageHasATitleOfItsOwn, one h1, its language, and takes HEAD.
func TestEveryPageHasATitleOfItsOwn(t *testing.T) {
	s := newSite(t, nil)
	met := map[string]string{}
	for _, path := range []string{"/", "/regios", "/bijeenkomsten/beslisdag", "/bijeenkomsten/netwerkbijeenkomst", "/bijeenkomsten/regiodag-noord",
		"/bijeenkomsten/startbijeenkomst", "/bijeenkomsten/nergens", "/nergens", "/mijn", "/contact", "/privacy", "/toegankelijkheid",
		aanmelden, metGasten, voorstel, opHoogte, "/bijeenkomsten/beslisdag/voorstel", "/bedankt/x", "/mijn/x"} {
		got := s.get(path)
		if other, twice := met[got.title()]; twice || !strings.HasSuffix(got.title(), " - Aanmeldpunt MDT") {
			t.Errorf("%s: title %q, also of %q", path, got.title(), other)
		}
		met[got.title()] = path
		if n := strings.Count(got.html, "<h1"); n != 1 || !strings.Contains(got.html, `<html lang="nl">`) {
			t.Errorf("%s: %d h1", path, n)
		}
		if head := s.do("HEAD", path, ""); head.Code != got.Code || head.Header().Get("Content-Type") != got.Header().Get("Content-Type") {
			t.Errorf("HEAD %s: %d", path, head.Code)
		}
		if !got.linksTo("/privacy") || !got.linksTo("/toegankelijkheid") || !got.linksTo("mailto:"+teamMail) {
			t.Errorf("%s: the foot lacks something", path)
		}
	}
}

func TestTheStartPage(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) {
		meetingOf(n, "informatiesessie-beslissen").Cancelled = true
		meetingOf(n, "netwerkbijeenkomst").Published = false
	})
	got := s.get("/")
	for _, want := range []string{"Hier kun je je voor aanmelden", "Beslisdag (voorbeeld)", "Aanmelden kan: nog 250 plekken", "Hoort bij Beslisdag (voorbeeld)",
		"Binnenkort", "Aanmelden kan vanaf", "Aanmelden kan niet meer", "Gaat niet door", "De Voorbeeldzaal, Utrecht", "Zoek mijn regio"} {
		if !got.says(want) {
			t.Errorf("the start page does not say %q", want)
		}
	}
	for _, not := range []string{"Startbijeenkomst", "Netwerkbijeenkomst"} {
		if got.says(not) {
			t.Errorf("the start page says %q", not)
		}
	}
	if !got.linksTo("/bijeenkomsten/beslisdag") || !got.linksTo("/regios") {
		t.Errorf("links %v", got.links())
	}
	if empty := newSite(t, func(n *mdt.Network) { n.Meetings = nil }).get("/"); !empty.says("Er is nu geen bijeenkomst") {
		t.Error("an empty start page says nothing")
	}
}

// TestTheDayIsRight: the tear-off day and the written day agree, in Amsterdam.
func TestTheDayIsRight(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) {
		m := meetingOf(n, "beslisdag")
		m.Start, m.End = time.Date(2027, 3, 23, 23, 30, 0, 0, time.UTC), time.Date(2027, 3, 24, 1, 0, 0, 0, time.UTC)
		m.Registering.Closes = nil
	})
	got := s.get("/")
	if !got.says("woensdag 24 maart 2027, 00.30 tot 02.00 uur") || !strings.Contains(got.html, "<span>wo</span><b>24</b><span>mrt</span>") {
		t.Error("not the night of 24 March in Amsterdam")
	}
}

func TestTheMeetingInEveryState(t *testing.T) {
	for _, test := range []struct {
		name    string
		change  func(*mdt.Meeting)
		say     []string
		lead    string
		notLead string
	}{
		{"open", nil, []string{"Aanmelden kan: nog 250 plekken", "Aanmelden kan tot en met", "Aanmelden voor Beslisdag (voorbeeld)", "Van elke organisatie kunnen 3 mensen komen.",
			"Informatiesessies vooraf", "Hiermee ben je nog niet aangemeld."}, "/aanmelden", "/voorstel"},
		{"no limit", func(m *mdt.Meeting) { m.Capacity = 0 }, []string{"Aanmelden kan"}, "/aanmelden", ""},
		{"not yet", func(m *mdt.Meeting) { m.Registering.Opens = at(now.AddDate(0, 0, 7)); m.Telling = &mdt.Window{} },
			[]string{"Je kunt je nog niet aanmelden. Dat kan vanaf maandag 8 maart 2027, 10.00 uur.", "Wil je het horen als het zover is?"}, "/houd-me-op-de-hoogte", "/aanmelden"},
		{"nobody knows when", func(m *mdt.Meeting) { m.Registering = &mdt.Window{Pending: true} }, []string{"Je kunt je nog niet aanmelden."}, "", "/aanmelden"},
		{"closed", func(m *mdt.Meeting) { m.Registering.Closes = at(now) }, []string{"Aanmelden kan niet meer", "Je kunt je niet meer aanmelden."}, "", "/aanmelden"},
		{"no registering", func(m *mdt.Meeting) { m.Registering = nil }, []string{"Voor deze bijeenkomst kun je je hier niet aanmelden."}, "", "/aanmelden"},
		{"cancelled", func(m *mdt.Meeting) { m.Cancelled = true }, []string{"Gaat niet door", "Deze bijeenkomst gaat niet door."}, "", "/agenda.ics"},
		{"over", func(m *mdt.Meeting) { m.Start, m.End = now.AddDate(0, 0, -1), now }, []string{"Deze bijeenkomst is geweest."}, "", "/agenda.ics"},
		{"proposals", func(m *mdt.Meeting) { m.Proposing = &mdt.Window{} }, []string{"Heb je een idee voor een deelsessie?"}, "/voorstel", ""},
		{"both", func(m *mdt.Meeting) { m.Online = true }, []string{"De Voorbeeldzaal, Utrecht, of online"}, "/aanmelden", ""},
		{"page elsewhere", func(m *mdt.Meeting) { m.Page = "https://elders.example/dag" }, []string{"Lees meer over Beslisdag"}, "/aanmelden", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t, func(n *mdt.Network) {
				if test.change != nil {
					test.change(meetingOf(n, "beslisdag"))
				}
			})
			got := s.get("/bijeenkomsten/beslisdag")
			if got.Code != 200 {
				t.Fatalf("%d", got.Code)
			}
			for _, want := range test.say {
				if !got.says(want) {
					t.Errorf("does not say %q", want)
				}
			}
			if test.lead != "" && !got.linksTo("/bijeenkomsten/beslisdag"+test.lead) {
				t.Errorf("no way to %s", test.lead)
			}
			if test.notLead != "" && got.linksTo("/bijeenkomsten/beslisdag"+test.notLead) {
				t.Errorf("a way to %s", test.notLead)
			}
		})
	}
}

func at(t time.Time) *time.Time { return &t }

func TestTheProgramme(t *testing.T) {
	got := newSite(t, nil).get("/bijeenkomsten/netwerkbijeenkomst")
	for _, want := range []string{"12.30 tot 13.30 uur Opening met lunch", "13.45 tot 15.00 uur Ronde 1: Jongeren aan zet Nog 40 plekken",
		"Ronde 1: Meekijken met een begeleider Nog 2 plekken", "Je mag 2 gasten meenemen."} {
		if !got.says(want) {
			t.Errorf("does not say %q", want)
		}
	}
	if n := strings.Count(got.html, "13.45 tot 15.00 uur"); n != 1 {
		t.Errorf("what happens at one time stands in %d places", n)
	}
}

// TestTheCalendarEntry reads it with another reader of calendars.
func TestTheCalendarEntry(t *testing.T) {
	s := newSite(t, nil)
	got := s.get("/bijeenkomsten/beslisdag/agenda.ics")
	if got.Code != 200 || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/calendar") {
		t.Fatalf("%d %s", got.Code, got.Header().Get("Content-Type"))
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(got.html))
	if err != nil {
		t.Fatal(err)
	}
	event := calendar.Events()[0]
	m := meetingOf(&s.network, "beslisdag")
	start, _ := event.GetStartAt()
	end, _ := event.GetEndAt()
	if !start.Equal(m.Start) || !end.Equal(m.End) || !strings.HasSuffix(event.Id(), "@aanmelden.example") {
		t.Errorf("from %v to %v, UID %s", start, end, event.Id())
	}
	for property, want := range map[ics.ComponentProperty]string{ics.ComponentPropertySummary: m.Name, ics.ComponentPropertyLocation: "De Voorbeeldzaal\\, Utrecht",
		ics.ComponentPropertyStatus: "CONFIRMED", ics.ComponentPropertyUrl: siteAddress + "/bijeenkomsten/beslisdag"} {
		if p := event.GetProperty(property); p == nil || p.Value != want && p.Value != strings.ReplaceAll(want, "\\", "") {
			t.Errorf("%s is %v", property, p)
		}
	}
	if !strings.Contains(got.html, "METHOD:PUBLISH") {
		t.Error("no METHOD:PUBLISH")
	}
	again := newSite(t, func(n *mdt.Network) { meetingOf(n, "beslisdag").Cancelled = true }).get("/bijeenkomsten/beslisdag/agenda.ics")
	if !strings.Contains(again.html, "STATUS:CANCELLED") || !strings.Contains(again.html, "UID:"+event.Id()) {
		t.Error("a meeting that is off keeps its name and says that it is off")
	}
}

func TestCalendarLinks(t *testing.T) {
	got := newSite(t, func(n *mdt.Network) {
		m := meetingOf(n, "beslisdag")
		m.Start, m.End = time.Date(2027, 4, 8, 7, 30, 0, 0, time.UTC), time.Date(2027, 4, 8, 14, 0, 0, 0, time.UTC)
		m.Name = "Dag & <nacht>"
	}).get("/bijeenkomsten/beslisdag")
	links := strings.Join(got.links(), "\n")
	for _, want := range []string{"https://calendar.google.com/calendar/render?", "dates=20270408T073000Z%2F20270408T140000Z", "text=Dag+%26+%3Cnacht%3E",
		"https://outlook.office.com/calendar/deeplink/compose?", "startdt=2027-04-08T07%3A30%3A00Z", "enddt=2027-04-08T14%3A00%3A00Z"} {
		if !strings.Contains(links, want) {
			t.Errorf("no %s in the links", want)
		}
	}
}

func TestRegions(t *testing.T) {
	s := newSite(t, nil)
	got := s.get("/regios")
	if n := strings.Count(got.html, `<li class="tile`); n != 19 {
		t.Errorf("%d tiles", n)
	}
	for _, want := range []string{"Vragen beantwoordt Noor el Idrissi.", "Bel 030\u00a0555\u00a001\u00a090", "Elke jongere vindt binnen een half uur", "Vragen beantwoordt het landelijke team.",
		"Vragen beantwoordt Hugo Bos.", "24 gemeenten"} { // Hugo stands in
		if !got.says(want) {
			t.Errorf("does not say %q", want)
		}
	}
	for _, link := range []string{"tel:0305550190", "https://lek-en-gooi.example/regiostrategie", "/contact?regio=lek-en-gooi"} {
		if !got.linksTo(link) {
			t.Errorf("no link to %s", link)
		}
	}
	if strings.Contains(got.html, "hugo@") || strings.Contains(got.html, "noor@") {
		t.Error("an address of a facilitator is shown")
	}
	for typed, want := range map[string]string{
		"utrecht":                   "Utrecht hoort bij Voorbeeldregio Lek en Gooi. Vragen beantwoordt Noor el Idrissi.",
		"Den Haag":                  "'s-Gravenhage hoort bij Voorbeeldregio Hof en Gouwe. Vragen beantwoordt Hugo Bos.",
		"Assen":                     "Assen hoort bij Voorbeeldregio Veen en Esdorpen. Vragen beantwoordt het landelijke team.",
		"Bergen":                    "Welke gemeente bedoel je?",
		"Nergenshuizen":             "We kennen deze gemeente niet.",
		"<script>alert(1)</script>": "We kennen deze gemeente niet.",
	} {
		found := s.get("/regios?gemeente=" + escaped(typed))
		if found.Code != 200 || !found.says(want) || strings.Contains(found.html, "<script") {
			t.Errorf("%s: %d, does not say %q", typed, found.Code, want)
		}
	}
	for _, link := range []string{"/regios?gemeente=" + escaped("Bergen (L.)"), "/regios?gemeente=" + escaped("Bergen (NH.)")} {
		if bergen := s.get("/regios?gemeente=Bergen"); !bergen.linksTo(link) {
			t.Errorf("no choice %s in %v", link, bergen.links())
		}
	}
}

// TestThePathsThatAreNone: 404 before 405, and a page that leads on.
func TestThePathsThatAreNone(t *testing.T) {
	s := newSite(t, func(n *mdt.Network) { meetingOf(n, "regiodag-noord").Published = false })
	for _, path := range []string{"/nergens", "/bijeenkomsten", "/bijeenkomsten/", "/bijeenkomsten/beslisdag/", "//", "/regios/", "/Regios", "/bijeenkomsten/regiodag-noord",
		"/bijeenkomsten/x%2Fy", "/bijeenkomsten/%00", "/bijeenkomsten/beslisdag%2Fagenda.ics", "/bijeenkomsten/" + strings.Repeat("x", 3000), "/index.php", "/mijn/x/y"} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			if got := s.do(method, path, ""); got.Code != 404 || !got.linksTo("/") || got.Header().Get("X-Robots-Tag") != "noindex" {
				t.Errorf("%s %s: %d", method, path, got.Code)
			}
		}
	}
	for path, allow := range map[string]string{"/": "GET, HEAD", "/regios": "GET, HEAD", "/bijeenkomsten/beslisdag": "GET, HEAD", "/favicon.ico": "GET, HEAD"} {
		for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
			if got := s.do(method, path, ""); got.Code != 405 || got.Header().Get("Allow") != allow {
				t.Errorf("%s %s: %d, Allow %q", method, path, got.Code, got.Header().Get("Allow"))
			}
		}
	}
}

func TestTheStylesheet(t *testing.T) {
	s := newSite(t, nil)
	for _, link := range s.get("/").links() {
		if !strings.HasPrefix(link, "/stijl-") {
			continue
		}
		got := s.get(link)
		if got.Code != 200 || got.Header().Get("Content-Type") != "text/css; charset=utf-8" ||
			got.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || len(got.html) > 20<<10 {
			t.Errorf("%d %v, %d bytes", got.Code, got.Header(), len(got.html))
		}
		for _, foreign := range []string{"@import", "url(", "154273"} {
			if strings.Contains(got.html, foreign) {
				t.Errorf("the stylesheet holds %s", foreign)
			}
		}
		return
	}
	t.Error("no stylesheet")
}

// TestAPageCostsOneRoundTrip at most, once meetings and regions are remembered.
func TestAPageCostsOneRoundTrip(t *testing.T) {
	s := newSite(t, nil)
	for _, path := range []string{"/", "/bijeenkomsten/netwerkbijeenkomst", "/regios?gemeente=Utrecht", "/bijeenkomsten/beslisdag/agenda.ics"} {
		s.get(path)
		s.engine.calls = 0
		if s.get(path); s.engine.calls > 1 {
			t.Errorf("%s: %d round trips", path, s.engine.calls)
		}
	}
}

// TestWhenTheStoreIsDown: 503, when to try again, and no word of the cause.
func TestWhenTheStoreIsDown(t *testing.T) {
	for _, path := range []string{"/", "/bijeenkomsten/beslisdag", "/regios"} {
		s := newSite(t, nil)
		s.engine.down = fmt.Errorf("arn:aws:dynamodb: %w", store.ErrUnavailable)
		got := s.get(path)
		if got.Code != 503 || got.Header().Get("Retry-After") != "10" || strings.Contains(got.html, "arn:") || !got.linksTo(path) {
			t.Errorf("%s: %d, %v", path, got.Code, got.Header())
		}
		s.engine.down = errors.New("a mistake of ours")
		if got := s.get(path); got.Code != 500 || strings.Contains(got.html, "mistake") || !strings.Contains(s.log.String(), "mistake") {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
}

// TestAPanicIsAPage: whatever goes wrong here, the visitor hears what to do.
func TestAPanicIsAPage(t *testing.T) {
	s := newSite(t, nil)
	s.service.Catalogue = nil
	if got := s.get("/"); got.Code != 500 || !got.says("Er gaat iets mis bij ons") || !strings.Contains(s.log.String(), "panic") {
		t.Errorf("%d", got.Code)
	}
}
