package pages_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/pages"
	"aanmeldpunt/internal/store"
)

var now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// entries remembers what was done; down makes it fail.
type entries struct {
	withdrawn, confirmed []string
	down                 error
}

func (e *entries) Withdraw(_ context.Context, meeting string, p mdt.PersonID, _ time.Time) (bool, error) {
	if e.down != nil {
		return false, e.down
	}
	e.withdrawn = append(e.withdrawn, string(p)+" "+meeting)
	return len(e.withdrawn) == 1, nil
}

func (e *entries) Confirm(_ context.Context, p mdt.PersonID, _, _ time.Time) error {
	e.confirmed = append(e.confirmed, string(p))
	return e.down
}

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

func desk(t *testing.T, live ...string) (*pages.Service, *entries) {
	t.Helper()
	e := &entries{}
	return &pages.Service{Entries: e, Links: keys(t, live...), Desk: &acts.Desk{Team: mdt.Responder{Email: "team@mdt.example"},
		Now: func() time.Time { return now }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}}, e
}

func do(s *pages.Service, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

func stop(k links.Keys, change func(*links.Link)) string {
	link := links.Link{Purpose: links.Unsubscribe, Person: "persoon", Entry: links.Entry(links.Interest, "dag"), Expires: now.AddDate(0, 1, 0)}
	if change != nil {
		change(&link)
	}
	return k.Sign(link)
}

// TestOnlyAPostActs: whoever opens the link, ten times, changes nothing; the button does, and so does the
// mail program's one click; twice is no fault.
func TestOnlyAPostActs(t *testing.T) {
	s, e := desk(t, "a")
	path := "/afmelden/" + stop(s.Links, nil)
	for range 10 {
		for _, method := range []string{"GET", "HEAD"} {
			if w := do(s, method, path, ""); w.Code != 200 {
				t.Fatalf("%s: %d", method, w.Code)
			}
		}
	}
	if len(e.withdrawn)+len(e.confirmed) != 0 {
		t.Fatal("reading has changed something")
	}
	if w := do(s, "GET", path, ""); !strings.Contains(w.Body.String(), `<form method="post">`) {
		t.Error("there is no button")
	}
	for _, body := range []string{"List-Unsubscribe=One-Click", ""} {
		if w := do(s, "POST", path, body); w.Code != 200 || !strings.Contains(w.Body.String(), "Je krijgt geen bericht meer") {
			t.Errorf("%q: %d", body, w.Code)
		}
	}
	if len(e.withdrawn) != 2 || e.withdrawn[0] != "persoon dag" || e.confirmed[0] != "persoon" {
		t.Errorf("%v %v", e.withdrawn, e.confirmed)
	}
}

// TestLinksThatDoNotWork: a page that says so and changes nothing; what is wrong is not told.
func TestLinksThatDoNotWork(t *testing.T) {
	s, e := desk(t, "b", "a")
	good := stop(s.Links, nil)
	for name, token := range map[string]string{
		"cut": good[:len(good)-1], "more": good + "A", "made up": "AAAA",
		"a letter changed": strings.Replace(good, good[9:10], string(good[9]^1), 1),
		"over":             stop(s.Links, func(l *links.Link) { l.Expires = now }),
		"other purpose":    stop(s.Links, func(l *links.Link) { l.Purpose = links.Own }),
		"other entry":      stop(s.Links, func(l *links.Link) { l.Entry = links.Entry(links.Registration, "dag") }),
		"key that is gone": stop(keys(t, "z"), nil),
	} {
		for _, method := range []string{"GET", "POST"} {
			w := do(s, method, "/afmelden/"+token, "")
			if w.Code != 404 || !strings.Contains(w.Body.String(), "Deze link werkt niet meer") {
				t.Errorf("%s %s: %d", method, name, w.Code)
			}
		}
	}
	if len(e.withdrawn) != 0 {
		t.Errorf("%v", e.withdrawn)
	}
	if w := do(s, "POST", "/afmelden/"+stop(keys(t, "a"), nil), ""); w.Code != 200 {
		t.Errorf("the previous key is refused: %d", w.Code)
	}
}

func TestPersonalLinkSaysWhatItIsFor(t *testing.T) {
	s, _ := desk(t, "a")
	token := s.Links.Sign(links.Link{Purpose: links.Own, Person: "persoon", Entry: links.Entry(links.Registration, "dag"), Expires: now.Add(time.Hour)})
	if w := do(s, "GET", "/mijn/"+token, ""); w.Code != 200 || !strings.Contains(w.Body.String(), "Dit is je persoonlijke link") {
		t.Errorf("%d", w.Code)
	}
	if w := do(s, "POST", "/mijn/"+token, ""); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
	if w := do(s, "GET", "/mijn/"+stop(s.Links, nil), ""); w.Code != 404 {
		t.Errorf("a link for something else: %d", w.Code)
	}
}

// TestABrokenStoreIsSaid: a page that says what to do, and nothing of the cause.
func TestABrokenStoreIsSaid(t *testing.T) {
	s, e := desk(t, "a")
	e.down = errors.New("the database is at arn:aws")
	failed := do(s, "POST", "/afmelden/"+stop(s.Links, nil), "")
	if failed.Code != 500 || strings.Contains(failed.Body.String(), "arn") || !strings.Contains(failed.Body.String(), "team@mdt.example") {
		t.Errorf("%d %s", failed.Code, failed.Body)
	}
	e.down = store.ErrUnavailable
	failed = do(s, "POST", "/afmelden/"+stop(s.Links, nil), "")
	if failed.Code != 503 || failed.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", failed.Code, failed.Header())
	}
}
