package console

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/signin"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

// trouble is why a page cannot be shown, and so the page that says what to do instead.
type trouble struct {
	status int
	about  string        // the words it has beside those of its status
	retry  time.Duration // when it may be tried again
	allow  string        // for a 405
	back   string        // the page to choose anew at; empty: the overview
}

func (t *trouble) Error() string { return "console: " + http.StatusText(t.status) + " " + t.about }

// unknownChoice is an address that asks a page for what it does not have to choose from: showing something else, or all,
// would pass for the answer.
func unknownChoice(page string) error {
	return &trouble{status: http.StatusBadRequest, about: "keuze", back: page}
}

// troubleOf is the one table from errors to pages. What is not in it is a fault of ours: no cause is shown.
func troubleOf(err error) *trouble {
	var known *trouble
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, access.ErrNotStaff):
		return &trouble{status: http.StatusForbidden, about: "lijst"}
	case errors.Is(err, signin.ErrRefused), errors.Is(err, signin.ErrToken):
		return &trouble{status: http.StatusForbidden, about: "inloggen"}
	case errors.Is(err, signin.ErrReturn):
		return &trouble{status: http.StatusBadRequest, about: "inloggen"}
	case errors.Is(err, signin.ErrIssuer), store.Passes(err):
		return &trouble{status: http.StatusServiceUnavailable, retry: web.Soon}
	case errors.Is(err, store.ErrLostRace):
		return &trouble{status: http.StatusConflict}
	}
	return &trouble{status: http.StatusInternalServerError}
}

// fail answers with the page that an error is, and logs what is ours to mend. Who is not in goes to the login.
func (s *Service) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, access.ErrNoSession) {
		err = s.turnAway(w, r)
		if err == nil {
			return
		}
	}
	t := troubleOf(err)
	if t.status >= http.StatusInternalServerError {
		s.Log.ErrorContext(r.Context(), "desk failed", "method", r.Method, "status", t.status, "error", err)
	}
	web.Later(w.Header(), t.retry)
	if t.allow != "" {
		w.Header().Set("Allow", t.allow)
	}
	if err := s.show(w, nil, t.status, s.troublePage(t)); err != nil {
		s.Log.ErrorContext(r.Context(), "desk page not made", "error", err)
		http.Error(w, say("storing.500", "teammail", s.Team.Email), http.StatusInternalServerError)
	}
}

// troubleView is what the page of a trouble says, and where to go from there.
type troubleView struct {
	Text string
	Ways []look.Way
}

func (s *Service) troublePage(t *trouble) page {
	key := "beheer.storing." + strconv.Itoa(t.status)
	way := look.Way{Href: "/console", Text: say("beheer.naarOverzicht"), First: true}
	if t.about != "" {
		key = "beheer.storing." + t.about
	}
	if t.about == "inloggen" || t.about == "lijst" {
		way = look.Way{Href: "/console/login", Text: say("beheer.inloggen"), First: true}
	}
	if t.back != "" {
		way = look.Way{Href: t.back, Text: say("beheer.storing.keuze.knop"), First: true}
	}
	return page{name: "trouble", Title: say(key + ".titel"), Body: troubleView{say(key, "teammail", s.Team.Email), []look.Way{way}}}
}
