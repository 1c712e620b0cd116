package trials

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/pages"
)

const site = "https://aanmelden.example"

// pages serves the desk's pages, with keys that sign its links.
func (d *desk) pages() (http.Handler, links.Keys) {
	d.t.Helper()
	keys, err := links.ParseKeys("1:" + strings.Repeat("a", 43) + "=")
	if err != nil {
		d.t.Fatal(err)
	}
	return (&pages.Service{Desk: d.acts, Links: keys, Site: site}).Handler(), keys
}

// visited asks for a page, or posts a form to it.
func visited(h http.Handler, method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, site+path, strings.NewReader(form.Encode()))
	r.RemoteAddr = "192.0.2.1:1234"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestUnitsOfOnesOwnPage asserts the whole bill of asking for a link to one's own page, which tells nobody who is
// known, and of that page itself.
func TestUnitsOfOnesOwnPage(t *testing.T) {
	d, m := metered(t)
	m.hold = 20 * time.Millisecond
	d.acts.Limits = acts.NewLimits()
	handler, keys := d.pages()
	token := keys.Sign(links.Link{Purpose: links.Own, Person: string(d.person("bekend@gast.example")), Entry: links.Everything,
		Issued: d.now(), Expires: d.now().Add(time.Hour)})
	visited(handler, "GET", "/mijn/"+token, nil) // what is remembered of the meetings is not on the bill
	asks := func(email, trap string) url.Values { return url.Values{"email": {email}, "valstrik": {trap}} }
	for _, c := range []struct {
		name, method, path string
		form               url.Values
		code               int
		want               bill
	}{
		{"the form", "GET", "/mijn", nil, 200, bill{"", 0, 0}},
		{"a link, known", "POST", "/mijn", asks("bekend@gast.example", ""), 303, bill{"Query+Update Transact", 6, 1}},
		{"again", "POST", "/mijn", asks("bekend@gast.example", ""), 303, bill{"Query+Update Transact", 6, 1}},
		{"the third", "POST", "/mijn", asks("bekend@gast.example", ""), 303, bill{"Query+Update Transact", 6, 1}},
		{"one too many today", "POST", "/mijn", asks("bekend@gast.example", ""), 303, bill{"Query+Update Transact", 6, 1}},
		{"a link, unknown", "POST", "/mijn", asks("vreemd@gast.example", ""), 303, bill{"Query+Update Transact", 6, 1}},
		{"a link, known, a machine's", "POST", "/mijn", asks("ookbekend@gast.example", "x"), 303, bill{"Query+Update Transact", 6, 1}},
		{"a link, invalid", "POST", "/mijn", asks("geen adres", ""), 400, bill{"", 0, 0}},
		{"one's own page", "GET", "/mijn/" + token, nil, 200, bill{"Query", 0, 1}},
		{"a broken link", "GET", "/mijn/" + token[1:], nil, 404, bill{"", 0, 0}},
	} {
		var answer *httptest.ResponseRecorder
		got := m.of(c.want.Calls, func() { answer = visited(handler, c.method, c.path, c.form) })
		if answer.Code != c.code {
			t.Errorf("%s: answered %d %s", c.name, answer.Code, answer.Body)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		t.Logf("%-28s %-22s %2.0f WU %v RU", c.name, got.Calls, got.Write, got.Read)
	}
	d.wantLinks("bekend@gast.example", 3)
	d.wantLinks("ookbekend@gast.example", 0)
}

// wantLinks holds how many letters with a link are stored for somebody.
func (d *desk) wantLinks(email string, want int) {
	d.t.Helper()
	own, err := d.acts.Own(context.Background(), d.person(email))
	if err != nil {
		d.t.Fatal(err)
	}
	if got := len(own.Address.Of.LinkLetters); got != want {
		d.t.Errorf("%s was mailed %d links, want %d", email, got, want)
	}
}
