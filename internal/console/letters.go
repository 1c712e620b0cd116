package console

import (
	"net/http"
	"regexp"

	"aanmeldpunt/internal/mdt"
)

// Letters makes a letter readable for the team: as it was sent, save that the personal links in it lead nowhere.
type Letters interface {
	Show(mdt.Letter) (subject, text, html string, err error)
}

// letterView is a letter among those of an entry.
type letterView struct {
	ID, Subject, To, When string
	State, Class, Reason  string
	Shown                 string // where it stands as it was sent
	Open                  bool   // it stands on the page
	Resend                bool
}

// letterPath is where a letter stands as it was sent.
func letterPath(id string) string { return "/console/brieven/" + id + "/zoals-verzonden" }

// letterViews are letters; the one with the id open can be read, and those that again says may be sent once more.
func (s *Service) letterViews(letters []mdt.Letter, open string, again func(mdt.Letter) bool) (views []letterView, err error) {
	for _, letter := range letters {
		subject, _, _, err := s.Letters.Show(letter)
		if err != nil { // it could never be sent either: its state says so
			subject = say("beheer.brief.onleesbaar")
		}
		views = append(views, letterView{ID: letter.ID, Subject: subject, To: letter.To, When: mdt.Moment(letter.Created),
			State: letterState(letter), Class: letterClass(letter.State), Reason: letter.Reason, Shown: letterPath(letter.ID), Open: letter.ID == open, Resend: again(letter)})
	}
	return views, nil
}

// notHere is for letters that are not sent once more from where they are shown.
func notHere(mdt.Letter) bool { return false }

// letterState says in words how far a letter got.
func letterState(letter mdt.Letter) string { return say("beheer.briefstand." + string(letter.State)) }

func letterClass(state mdt.DeliveryState) string {
	switch state {
	case mdt.Accepted, mdt.Delivered:
		return ""
	case mdt.Bounced, mdt.Complained, mdt.Suppressed, mdt.Rejected, mdt.Failed, mdt.Dropped:
		return "off"
	}
	return "wait"
}

// letterPolicy lets a letter have the styles that stand in it, and nothing else: no script, no picture, no form; only
// a page of ours may show it, in a frame.
const letterPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox"

// linkOf is a link in a letter. In its frame none leads anywhere: it looks like one, and no key stops at it.
var linkOf = regexp.MustCompile(`(<a\b[^>]*?) href=`)

// letterAsSent answers with a letter as it was sent.
func (s *Service) letterAsSent(w http.ResponseWriter, r *http.Request, v *visit) error {
	letter, err := s.Store.Letter(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if letter == nil {
		return &trouble{status: http.StatusNotFound}
	}
	_, _, html, err := s.Letters.Show(*letter)
	if err != nil {
		return &trouble{status: http.StatusNotFound, about: "brief"}
	}
	if err := s.noteLetter(r, v, mdt.DeedSeen, *letter); err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", letterPolicy)
	w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(linkOf.ReplaceAllString(html, "$1 data-href="))) // a reader who is gone sees nothing
	return nil
}
