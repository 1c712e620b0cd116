package pages

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

// trouble is why a page cannot be shown, and so the page that says what to do instead.
type trouble struct {
	status int
	about  string        // the words it has beside those of its status: "link"
	retry  time.Duration // when it may be tried again
	allow  string        // for a 405
}

func (t *trouble) Error() string { return "pages: " + http.StatusText(t.status) }

// troubleOf is the one table from errors to pages. What is not in it is a fault of ours: no cause is shown.
func troubleOf(err error) *trouble {
	var known *trouble
	switch {
	case errors.As(err, &known):
		return known
	case store.Passes(err):
		return &trouble{status: http.StatusServiceUnavailable, retry: web.Soon}
	}
	return &trouble{status: http.StatusInternalServerError}
}

// fail answers with the page that an error is, and logs what is ours to mend.
func (s *Service) fail(w http.ResponseWriter, r *http.Request, err error) {
	t := troubleOf(err)
	if t.status >= http.StatusInternalServerError {
		s.Log.ErrorContext(r.Context(), "page failed", "method", r.Method, "status", t.status, "error", err)
	}
	h := w.Header()
	h.Set("X-Robots-Tag", "noindex")
	web.Later(h, t.retry)
	if t.allow != "" {
		h.Set("Allow", t.allow)
	}
	if err := s.show(w, r, t.status, s.troublePage(t, r.URL.EscapedPath())); err != nil {
		s.Log.ErrorContext(r.Context(), "page not made", "error", err)
		http.Error(w, content.PageWords("storing.500", map[string]string{"teammail": s.Team.Email}), http.StatusInternalServerError)
	}
}

// troubleView is what the page of a trouble says, and where to go from there.
type troubleView struct {
	Text string
	Ways []look.Way
}

func (s *Service) troublePage(t *trouble, here string) page {
	key := "storing." + strconv.Itoa(t.status)
	if t.about != "" {
		key = "storing." + t.about
	}
	return page{name: "trouble", Title: say(key + ".titel"), Body: troubleView{say(key, "teammail", s.Team.Email), t.ways(here)}}
}

// ways are what a visitor can do instead: the same page again where that may help, a new link for one that
// no longer works, and always the meetings and a message.
func (t *trouble) ways(here string) []look.Way {
	ways := []look.Way{{Href: "/", Text: say("storing.bijeenkomsten")}, {Href: "/contact", Text: say("storing.bericht")}}
	switch {
	case t.about == "link":
		ways = append([]look.Way{{Href: "/mijn", Text: say("storing.nieuweLink")}}, ways...)
	case t.status == http.StatusForbidden, t.status == http.StatusMethodNotAllowed, t.status >= http.StatusInternalServerError,
		t.status == http.StatusBadRequest, t.status == http.StatusUnsupportedMediaType, t.status == http.StatusRequestEntityTooLarge:
		ways = append([]look.Way{{Href: here, Text: say("storing.opnieuw")}}, ways...)
	}
	ways[0].First = true
	return ways
}
