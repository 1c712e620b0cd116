package exports

import (
	"embed"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/web"
)

//go:embed html/*.html
var files embed.FS

var templates = look.Pages{Files: files}

// sheet is the stylesheet of the site's own pages, which serve it.
var sheet = sync.OnceValue(func() look.Sheet { return look.NewSheet("/", "") })

// trouble is why there is no file, and so the page that says what to do instead.
type trouble struct {
	status int
	about  string        // the words it has beside those of its status
	retry  time.Duration // when it may be tried again
	allow  string        // for a 405
}

func (t *trouble) Error() string { return "exports: " + http.StatusText(t.status) + " " + t.about }

// troubleOf is the one table from errors to pages. What is not in it is a fault of ours: no cause is shown.
func troubleOf(err error) *trouble {
	if t, is := known(err); is {
		return t
	}
	switch {
	case errors.Is(err, access.ErrNoSession):
		return &trouble{status: http.StatusUnauthorized}
	case store.Passes(err):
		return &trouble{status: http.StatusServiceUnavailable, retry: web.Soon}
	}
	return &trouble{status: http.StatusInternalServerError}
}

// fail answers with the page that an error is, and logs what is ours to mend. Who is not in goes to the login.
func (s *Service) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, access.ErrNoSession) && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		next := url.Values{"next": {r.URL.RequestURI()}}
		w.Header().Set("Location", "/console/login?"+next.Encode())
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	t := troubleOf(err)
	if t.status >= http.StatusInternalServerError {
		s.Log.ErrorContext(r.Context(), "export failed", "status", t.status, "error", err)
	}
	web.Later(w.Header(), t.retry)
	if t.allow != "" {
		w.Header().Set("Allow", t.allow)
	}
	page := s.page(t)
	if t.status == http.StatusUnauthorized {
		page.Again = new(look.AgainOf(r, mostAsked))
	}
	if err := templates.Show(w, t.status, "trouble", page); err != nil {
		s.Log.ErrorContext(r.Context(), "export page not made", "error", err)
		http.Error(w, look.Say("storing.500", "teammail", s.TeamMail), http.StatusInternalServerError)
	}
}

// view is what the page is made from.
type view struct {
	look.Head
	Title, Text string
	Again       *look.Again // the form whose session had ended
}

func (s *Service) page(t *trouble) view {
	key := "uitvoer.storing." + strconv.Itoa(t.status)
	if t.status == http.StatusUnauthorized {
		key = "beheer.weer"
	}
	if t.about != "" {
		key = "uitvoer.storing." + t.about
	}
	title := look.Say(key + ".titel")
	return view{Head: sheet().Head(look.IconPath, look.Title(title, false, look.Say("beheer.naam"))), Title: title, Text: look.Say(key, "teammail", s.TeamMail)}
}
