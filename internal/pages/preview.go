package pages

import (
	"context"
	"crypto/rand"
	"net/http"

	"aanmeldpunt/internal/links"
)

// A preview shows a meeting that is not published to whoever has the link. Nothing can be sent there.

func (s *Service) withPreview(r *http.Request) (*http.Request, error) {
	_, m, err := s.meetingLink(r, links.Preview)
	if err != nil {
		return nil, err
	}
	return r.WithContext(context.WithValue(r.Context(), meetingKey{}, m.ForInvited())), nil
}

func previewPath(r *http.Request) string { return "/voorbeeld/" + r.PathValue("token") }

// preview is the page of a meeting as it will be. Of one that is published by now it is the page itself.
func (s *Service) preview(w http.ResponseWriter, r *http.Request) error {
	m := meetingOf(r)
	if m.Published {
		http.Redirect(w, r, meetingPath(m, ""), http.StatusSeeOther)
		return nil
	}
	view, err := s.meetingView(r.Context(), m)
	if err != nil {
		return err
	}
	view.Note, view.Calendar, view.Actions = say("bijeenkomstpagina.voorbeeld"), nil, nil
	if m.Registering != nil {
		view.Actions = []actionView{{Href: previewPath(r) + "/aanmelden", Button: say("bijeenkomstpagina.voorbeeld.knop"), Second: true}}
	}
	return s.showApart(w, r, m, view)
}

// previewForm is the form as it will be when it is open.
func (s *Service) previewForm(w http.ResponseWriter, r *http.Request) error {
	f, err := s.registration(r)
	if err != nil {
		return err
	}
	f.path, f.view.Back.Href, f.view.Note = previewPath(r)+"/aanmelden", previewPath(r), say("bijeenkomstpagina.voorbeeld")
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.showForm(w, r, http.StatusOK, f, filled{sent: f.fields.Sent, key: rand.Text(), moment: s.moment(f.path)})
}

// refusePreview says that nothing was sent.
func (s *Service) refusePreview(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusConflict, page{name: "plain", Title: say("voorbeeld.titel"), Body: plainView{Text: say("voorbeeld")}})
}
