package pages_test

import (
	"bytes"
	"context"
	"errors"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/acts/actstest"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/pages"
	"aanmeldpunt/internal/store"
)

const (
	siteAddress = "https://aanmelden.example"
	website     = "https://www.website.example"
	teamMail    = actstest.TeamMail
)

// site is every page over the example network on an embedded store, with a clock that only the test moves.
type site struct {
	t       testing.TB
	service *pages.Service
	store   *store.Store
	engine  *watched
	network mdt.Network
	log     *bytes.Buffer
	now     time.Time
	last    string // the page that was served last
}

// newSite opens it; change, where it is not nil, alters the network first.
func newSite(t testing.TB, change func(*mdt.Network)) *site {
	t.Helper()
	s := &site{t: t, engine: new(watched), now: now}
	example := actstest.Open(t, func() time.Time { return s.now }, func(e store.Engine) store.Engine { s.engine.Engine = e; return s.engine }, change)
	s.store, s.network, s.log = example.Store, example.Network, example.Logged
	s.service = &pages.Service{Desk: example.Desk,
		Links: keys(t, "a"), Site: siteAddress, Origins: []string{website},
		Legal: pages.Legal{Responsible: "De minister van Voorbeeld", PrivacyMail: "fg@minvb.example", SecurityMail: "veilig@minvb.example"}}
	return s
}

// watched counts the calls that reach the engine, and can refuse them all.
type watched struct {
	store.Engine
	calls      int
	down       error
	failWrites error
}

func (w *watched) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	if w.calls++; w.down != nil {
		return nil, w.down
	}
	return w.Engine.Get(ctx, keys...)
}

func (w *watched) Query(ctx context.Context, q store.Query) (store.Page, error) {
	if w.calls++; w.down != nil {
		return store.Page{}, w.down
	}
	return w.Engine.Query(ctx, q)
}

func (w *watched) Transact(ctx context.Context, token string, writes []store.Write) error {
	if w.calls++; w.down != nil || w.failWrites != nil {
		return errors.Join(w.down, w.failWrites)
	}
	return w.Engine.Transact(ctx, token, writes)
}

// meetingOf gives a meeting of a network, to change it.
func meetingOf(n *mdt.Network, id string) *mdt.Meeting {
	for i := range n.Meetings {
		if n.Meetings[i].ID == id {
			return &n.Meetings[i]
		}
	}
	panic("no meeting " + id)
}

// shown is an answer, and what a visitor reads in it.
type shown struct {
	*httptest.ResponseRecorder
	html string
}

// do sends a request; headers are given as "Name: value".
func (s *site) do(method, path, body string, headers ...string) shown {
	s.t.Helper()
	r := httptest.NewRequest(method, siteAddress+path, strings.NewReader(body))
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.service.Handler().ServeHTTP(w, r)
	got := shown{w, w.Body.String()}
	s.checkHeaders(r, got)
	return got
}

func (s *site) get(path string) shown { s.t.Helper(); return s.do("GET", path, "") }

var (
	tag    = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// says tells whether a text stands on the page, for whoever reads it.
func (p shown) says(text string) bool {
	read := html.UnescapeString(tag.ReplaceAllString(p.html, " "))
	read = strings.NewReplacer(" .", ".", " ,", ",").Replace(spaces.ReplaceAllString(read, " "))
	return strings.Contains(read, text)
}

func (p shown) title() string {
	found := regexp.MustCompile(`<title>([^<]*)</title>`).FindStringSubmatch(p.html)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// links are the addresses on the page.
func (p shown) links() (all []string) {
	for _, found := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(p.html, -1) {
		all = append(all, html.UnescapeString(found[1]))
	}
	return all
}

func (p shown) linksTo(path string) bool {
	for _, link := range p.links() {
		if link == path {
			return true
		}
	}
	return false
}

// checkHeaders holds every answer to W2-W4 and API11, and to having no cookie.
func (s *site) checkHeaders(r *http.Request, got shown) {
	s.t.Helper()
	h := got.Header()
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
		"Strict-Transport-Security": "max-age=31536000; includeSubDomains", "Set-Cookie": "", "Access-Control-Allow-Origin": "",
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self' " + website +
			"; base-uri 'none'; frame-ancestors 'none'",
	} {
		if h.Get(name) != want {
			s.t.Errorf("%s %s, %d: %s is %q", r.Method, r.URL.Path, got.Code, name, h.Get(name))
		}
	}
	kept := strings.HasPrefix(r.URL.Path, "/stijl-") || strings.HasPrefix(r.URL.Path, "/favicon")
	if h.Get("Cache-Control") != "no-store" && !kept {
		s.t.Errorf("%s %s, %d: may be kept: %q", r.Method, r.URL.Path, got.Code, h.Get("Cache-Control"))
	}
	if r.Method == "HEAD" && got.Body.Len() > 0 {
		s.t.Errorf("HEAD %s: a body", r.URL.Path)
	}
	if strings.Contains(got.html, "ZgotmplZ") || strings.Contains(got.html, "<no value>") {
		s.t.Errorf("%s %s: the template refused a value", r.Method, r.URL.Path)
	}
	if strings.HasPrefix(h.Get("Content-Type"), "text/html") && len(got.html) > 30<<10 {
		s.t.Errorf("%s %s: %d bytes of HTML", r.Method, r.URL.Path, len(got.html))
	}
}

// escaped is a text as it stands in a query.
func escaped(text string) string { return url.QueryEscape(text) }
