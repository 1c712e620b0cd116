// Package pages are the pages a visitor reaches through a mailed link: so far the one that ends an
// interest, and a plain one that says what a personal link is for.
package pages

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// Entries is what the pages need of the store.
type Entries interface {
	Withdraw(ctx context.Context, meeting string, p mdt.PersonID, now time.Time) (bool, error)
	Confirm(ctx context.Context, p mdt.PersonID, expires, now time.Time) error
}

// Service is what the pages share.
type Service struct {
	Entries  Entries
	Links    links.Keys
	TeamMail string
	Now      func() time.Time
	Log      *slog.Logger
}

//go:embed page.html
var source string

var layout = template.Must(template.New("page").Parse(source))

// page is what the layout shows. Button, when set, posts back to the page's own address.
type page struct {
	Title, Text, Button, Mail string
}

// Handler serves /afmelden/{token} and /mijn/{token}; every other path is a page that says it is not there.
func (s *Service) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header())
		purpose, token, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		switch purpose {
		case "afmelden":
			s.unsubscribe(w, r, token)
		case "mijn":
			s.own(w, r, token)
		default:
			s.show(w, r, http.StatusNotFound, page{Title: "Deze pagina bestaat niet",
				Text: "Kijk of het adres klopt. Of stuur ons een mail."})
		}
	})
}

// setHeaders sets the headers of requirements W2-W4 and keeps personal pages out of every cache.
func setHeaders(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex")
}

// unsubscribe ends an interest. Only a POST acts, for mail scanners open every link; it may come from
// anywhere, for the mail program of the reader sends it (RFC 8058): the link itself is the proof.
func (s *Service) unsubscribe(w http.ResponseWriter, r *http.Request, token string) {
	link, err := s.Links.Verify(links.Unsubscribe, token, s.Now())
	kind, meeting, _ := strings.Cut(link.Entry, "/")
	if err != nil || kind != links.Interest {
		s.expired(w, r)
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		s.show(w, r, http.StatusOK, page{Title: "Wil je geen bericht meer?",
			Text: "Druk op de knop. Dan mailen we je niet meer over de opening van deze bijeenkomst.", Button: "Ik wil geen bericht meer"})
	case http.MethodPost:
		s.withdraw(w, r, link, meeting)
	default:
		s.notAllowed(w, r, "GET, HEAD, POST")
	}
}

func (s *Service) withdraw(w http.ResponseWriter, r *http.Request, link links.Link, meeting string) {
	person, now := mdt.PersonID(link.Person), s.Now()
	if _, err := s.Entries.Withdraw(r.Context(), meeting, person, now); err != nil {
		s.fault(w, r, err)
		return
	}
	if err := s.Entries.Confirm(r.Context(), person, link.Expires, now); err != nil {
		s.fault(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, page{Title: "Je krijgt geen bericht meer",
		Text: "We mailen je niet meer over de opening van deze bijeenkomst. We wissen je gegevens hiervoor binnen 30 dagen."})
}

// own says what a personal link is for; what it opens comes with the visitor's own page.
func (s *Service) own(w http.ResponseWriter, r *http.Request, token string) {
	if _, err := s.Links.Verify(links.Own, token, s.Now()); err != nil {
		s.expired(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		s.notAllowed(w, r, "GET, HEAD")
		return
	}
	s.show(w, r, http.StatusOK, page{Title: "Dit is je persoonlijke link",
		Text: "Met deze link bekijk, wijzig of wis je straks je gegevens. Geef hem niet door. Wil je nu iets veranderen? Mail ons."})
}

func (s *Service) expired(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusNotFound, page{Title: "Deze link werkt niet meer", Text: "Mail ons, dan sturen we je een nieuwe link."})
}

func (s *Service) notAllowed(w http.ResponseWriter, r *http.Request, allowed string) {
	w.Header().Set("Allow", allowed)
	s.show(w, r, http.StatusMethodNotAllowed, page{Title: "Dat kan hier niet", Text: "Open de link uit je mail opnieuw."})
}

func (s *Service) fault(w http.ResponseWriter, r *http.Request, err error) {
	s.Log.ErrorContext(r.Context(), "page failed", "method", r.Method, "error", err)
	w.Header().Set("Retry-After", "10")
	s.show(w, r, http.StatusServiceUnavailable, page{Title: "Er gaat iets mis bij ons",
		Text: "Probeer het straks opnieuw. Twee keer kan geen kwaad. Lukt het niet? Mail ons."})
}

func (s *Service) show(w http.ResponseWriter, r *http.Request, status int, p page) {
	p.Mail = s.TeamMail
	var body bytes.Buffer
	if err := layout.Execute(&body, p); err != nil {
		s.Log.ErrorContext(r.Context(), "page not made", "error", err)
		status = http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body.Bytes()) // a reader who is gone sees nothing
	}
}
