package pages_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

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
