package pages_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

var now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func keys(t testing.TB, ids ...string) links.Keys {
	t.Helper()
	var parts []string
	for _, id := range ids {
		parts = append(parts, id+":"+base64.StdEncoding.EncodeToString([]byte(strings.Repeat(id, 32)[:32])))
	}
	k, err := links.ParseKeys(strings.Join(parts, ","))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// interested gives a site on which somebody asked to be told of a meeting, with the interest as it stands.
func interested(t *testing.T) (*site, func() mdt.Interest) {
	t.Helper()
	s := newSite(t, func(n *mdt.Network) {
		m := meetingOf(n, "beslisdag")
		m.Telling, m.Registering = &mdt.Window{}, &mdt.Window{Pending: true}
	})
	email, _ := mdt.ParseAddress("noor@gast.example")
	if _, err := s.service.Tell(t.Context(), *meetingOf(&s.network, "beslisdag"), mdt.InterestForm{Email: email}, acts.Post{}); err != nil {
		t.Fatal(err)
	}
	return s, func() mdt.Interest {
		own, err := s.service.Own(t.Context(), s.person("noor@gast.example"))
		if err != nil || len(own.Interests) != 1 {
			t.Fatalf("%v %+v", err, own)
		}
		return own.Interests[0].Of
	}
}

func (s *site) person(email string) mdt.PersonID {
	a, code := mdt.ParseAddress(email)
	if code != "" {
		s.t.Fatal(code)
	}
	return s.service.Identity.Person(a)
}

// stop is the address behind which one wants no letter about the opening any more.
func (s *site) stop(k links.Keys, change func(*links.Link)) string {
	link := links.Link{Purpose: links.Unsubscribe, Person: string(s.person("noor@gast.example")), Entry: links.Entry(links.Interest, "beslisdag"), Expires: now.AddDate(0, 1, 0)}
	if change != nil {
		change(&link)
	}
	return k.Sign(link)
}

func (s *site) post(path, body string, headers ...string) shown {
	s.t.Helper()
	return s.do("POST", path, body, append([]string{"Content-Type: application/x-www-form-urlencoded"}, headers...)...)
}

// TestOnlyAPostActs: whoever opens the link, ten times, changes nothing; the button does, and so does the
// mail program's one click, from wherever; twice is no fault.
func TestOnlyAPostActs(t *testing.T) {
	s, stands := interested(t)
	path := "/afmelden/" + s.stop(s.service.Links, nil)
	for range 10 {
		for _, method := range []string{"GET", "HEAD"} {
			if w := s.do(method, path, ""); w.Code != 200 {
				t.Fatalf("%s: %d", method, w.Code)
			}
		}
	}
	if stands().Withdrawn != nil {
		t.Fatal("reading has changed something")
	}
	if w := s.get(path); !strings.Contains(w.html, `<form method="post">`) {
		t.Error("there is no button")
	}
	for _, body := range []string{"List-Unsubscribe=One-Click", ""} {
		w := s.post(path, body, "Origin: https://mail.example", "Sec-Fetch-Site: cross-site")
		if w.Code != 200 || !w.says("Je krijgt geen bericht meer") || stands().Withdrawn == nil {
			t.Errorf("%q: %d", body, w.Code)
		}
	}
	if confirmed, err := s.store.Confirmed(t.Context(), s.person("noor@gast.example"), now); err != nil || !confirmed {
		t.Error("the address is not confirmed")
	}
}

// TestLinksThatDoNotWork: a page that says so and changes nothing; what is wrong is not told.
func TestLinksThatDoNotWork(t *testing.T) {
	s, stands := interested(t)
	s.service.Links = keys(t, "b", "a")
	good := s.stop(s.service.Links, nil)
	for name, token := range map[string]string{
		"cut": good[:len(good)-1], "more": good + "A", "made up": "AAAA",
		"a letter changed": strings.Replace(good, good[9:10], string(good[9]^1), 1),
		"over":             s.stop(s.service.Links, func(l *links.Link) { l.Expires = now }),
		"other purpose":    s.stop(s.service.Links, func(l *links.Link) { l.Purpose = links.Own }),
		"other entry":      s.stop(s.service.Links, func(l *links.Link) { l.Entry = links.Entry(links.Registration, "beslisdag") }),
		"key that is gone": s.stop(keys(t, "z"), nil),
	} {
		for _, method := range []string{"GET", "POST"} {
			w := s.do(method, "/afmelden/"+token, "")
			if w.Code != 404 || !w.says("Deze link werkt niet meer") {
				t.Errorf("%s %s: %d", method, name, w.Code)
			}
		}
	}
	if stands().Withdrawn != nil {
		t.Error("something has changed")
	}
	if w := s.post("/afmelden/"+s.stop(keys(t, "a"), nil), ""); w.Code != 200 {
		t.Errorf("the previous key is refused: %d", w.Code)
	}
}

// TestABrokenStoreIsSaid: a page that says what to do, and nothing of the cause.
func TestABrokenStoreIsSaid(t *testing.T) {
	s, _ := interested(t)
	path := "/afmelden/" + s.stop(s.service.Links, nil)
	s.engine.down = errors.New("the database is at arn:aws")
	failed := s.post(path, "")
	if failed.Code != 500 || strings.Contains(failed.html, "arn") || !strings.Contains(failed.html, teamMail) {
		t.Errorf("%d %s", failed.Code, failed.html)
	}
	s.engine.down = store.ErrUnavailable
	failed = s.post(path, "")
	if failed.Code != 503 || failed.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", failed.Code, failed.Header())
	}
}
