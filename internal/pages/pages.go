// Package pages are the pages that visitors see: server-rendered, in Dutch, without JavaScript. The forms on
// them take what the JSON API takes, field by field, for both are read by the tables of forms.
//
// It knows nothing of Lambda, of the API or of mail. Words come from content, what happens from acts.
package pages

import (
	"net/http"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/web"
)

// Service is what the pages share.
type Service struct {
	*acts.Desk
	Links    links.Keys
	Legal    Legal
	Site     string        // base address of these pages, without a slash at the end
	Origins  []string      // websites whose own forms may post here
	Patience time.Duration // how long one request may try, all its calls together; 0: as long as its caller waits
}

// act answers a request, or gives the error that fail answers.
type act func(http.ResponseWriter, *http.Request) error

// address is one path with what can be done there. prepare, when set, runs before the method is judged and
// says whether the path names something that exists: 404 comes before 405. comes, when set, says who may post.
type address struct {
	pattern string
	prepare func(*http.Request) (*http.Request, error)
	comes   func(*http.Request) error
	get     act
	post    act
}

// Handler serves every page, and answers 404 with one for every other path.
func (s *Service) Handler() http.Handler {
	addresses := s.addresses()
	return s.frame(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, a := range addresses {
			if values, ok := web.Match(a.pattern, r.URL.EscapedPath()); ok {
				for name, value := range values {
					r.SetPathValue(name, value)
				}
				s.serve(w, r, a)
				return
			}
		}
		s.fail(w, r, &trouble{status: http.StatusNotFound})
	}))
}

func (s *Service) addresses() []address {
	return []address{
		{pattern: "/", get: s.start},
		{pattern: "/bijeenkomsten/{bijeenkomst}", prepare: s.withMeeting, get: s.meeting},
		{pattern: "/bijeenkomsten/{bijeenkomst}/agenda.ics", prepare: s.withMeeting, get: s.agenda},
		{pattern: "/bijeenkomsten/{bijeenkomst}/aanmelden", prepare: s.withMeeting, comes: s.fromWebsites, get: s.asks(s.registration), post: s.takes(s.registration)},
		{pattern: "/bijeenkomsten/{bijeenkomst}/voorstel", prepare: s.withMeeting, comes: s.fromWebsites, get: s.asks(s.proposal), post: s.takes(s.proposal)},
		{pattern: "/bijeenkomsten/{bijeenkomst}/houd-me-op-de-hoogte", prepare: s.withMeeting, comes: s.fromWebsites, get: s.asks(s.interest), post: s.takes(s.interest)},
		{pattern: "/uitnodiging/{token}", prepare: s.withInvitation, get: s.invited},
		{pattern: "/uitnodiging/{token}/aanmelden", prepare: s.withInvitation, comes: s.fromHere, get: s.asks(s.invitedRegistration), post: s.takes(s.invitedRegistration)},
		{pattern: "/voorbeeld/{token}", prepare: s.withPreview, get: s.preview},
		{pattern: "/voorbeeld/{token}/aanmelden", prepare: s.withPreview, comes: s.fromHere, get: s.previewForm, post: s.refusePreview},
		{pattern: "/contact", comes: s.fromWebsites, get: s.asks(s.message), post: s.takes(s.message)},
		{pattern: "/bedankt/{bon}", get: s.thanks},
		{pattern: "/regios", get: s.regions},
		{pattern: "/mijn", comes: s.fromHere, get: s.askLink, post: s.sendLink},
		{pattern: "/mijn/{token}", comes: s.fromHere, get: s.behindLink(s.own), post: s.behindLink(s.actOwn)},
		{pattern: "/mijn/{token}/gegevens.json", get: s.behindLink(s.copy)},
		{pattern: "/afmelden/{token}", get: s.behindLink(s.askUnsubscribe), post: s.behindLink(s.unsubscribe)},
		{pattern: "/privacy", get: s.privacy},
		{pattern: "/toegankelijkheid", get: s.accessibility},
		{pattern: "/.well-known/security.txt", get: s.security},
		{pattern: "/robots.txt", get: s.robots},
		{pattern: sheet().Path, get: sheet().Serve},
		{pattern: look.IconPath, get: look.ServeIcon},
		{pattern: "/favicon.ico", get: look.ServeIcon},
	}
}

func (s *Service) serve(w http.ResponseWriter, r *http.Request, a address) {
	if err := s.try(w, r, a); err != nil {
		s.fail(w, r, err)
	}
}

func (s *Service) try(w http.ResponseWriter, r *http.Request, a address) error {
	if a.prepare != nil {
		prepared, err := a.prepare(r)
		if err != nil {
			return err
		}
		r = prepared
	}
	switch {
	case a.get != nil && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		return a.get(w, r)
	case a.post == nil || r.Method != http.MethodPost:
		return &trouble{status: http.StatusMethodNotAllowed, allow: a.allowed()}
	case a.comes != nil:
		if err := a.comes(r); err != nil {
			return err
		}
	}
	return a.post(w, r)
}

func (a address) allowed() string {
	switch {
	case a.post == nil:
		return "GET, HEAD"
	case a.get == nil:
		return "POST"
	}
	return "GET, HEAD, POST"
}
