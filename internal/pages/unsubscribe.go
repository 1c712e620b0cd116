package pages

import (
	"net/http"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// plainView is a page that says one thing. Button, when set, posts back to the page's own address.
type plainView struct{ Text, Button string }

// plain shows a page that says one thing, in the words that stand under a key.
func (s *Service) plain(w http.ResponseWriter, r *http.Request, key string) error {
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.show(w, r, http.StatusOK, page{name: "plain", Title: content.PageWords(key+".titel", nil),
		Body: plainView{content.PageWords(key, nil), content.PageWords(key+".knop", nil)}})
}

// interestOf reads the link that ends an interest, and gives the meeting it is for.
func (s *Service) interestOf(r *http.Request) (links.Link, string, error) {
	link, err := s.Links.Verify(links.Unsubscribe, r.PathValue("token"), s.Now())
	kind, meeting, _ := strings.Cut(link.Entry, "/")
	if err != nil || kind != links.Interest {
		return link, "", &trouble{status: http.StatusNotFound, about: "link"}
	}
	return link, meeting, nil
}

// askUnsubscribe shows the button: only a POST acts, for mail scanners open every link.
func (s *Service) askUnsubscribe(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := s.interestOf(r); err != nil {
		return err
	}
	return s.plain(w, r, "afmelden")
}

// unsubscribe ends an interest. It may be posted from anywhere, for the mail program of the reader sends it
// (RFC 8058): the link itself is the proof.
func (s *Service) unsubscribe(w http.ResponseWriter, r *http.Request) error {
	link, meeting, err := s.interestOf(r)
	if err != nil {
		return err
	}
	own, err := s.Own(r.Context(), mdt.PersonID(link.Person))
	if err != nil {
		return err
	}
	if err := s.Confirm(r.Context(), own); err != nil {
		return err
	}
	if err := s.WithdrawInterest(r.Context(), meeting, own.Person); err != nil {
		return err
	}
	return s.plain(w, r, "afgemeld")
}
