package pages

import (
	"context"
	"net/http"
	"strings"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// invitation is a link to a meeting for one person.
type invitation struct {
	path   string // the address of its page
	person mdt.PersonID
}

type invitationKey struct{}

func invitationOf(r *http.Request) *invitation {
	return r.Context().Value(invitationKey{}).(*invitation)
}

// faults says that the form names somebody else than the invitation is for; of no invitation it says nothing.
func (i *invitation) faults(identity *mdt.Identity, form mdt.RegistrationForm) []mdt.Fault {
	if i == nil || form.Email.Normal == "" || identity.Person(form.Email) == i.person {
		return nil
	}
	return []mdt.Fault{{Pointer: "#/email", Code: "email.uitnodiging"}}
}

// withInvitation reads the link, and finds its meeting as it stands for whoever is invited.
func (s *Service) withInvitation(r *http.Request) (*http.Request, error) {
	link, m, err := s.meetingLink(r, links.Invitation)
	if err != nil || !m.Published {
		return nil, orDeadLink(err)
	}
	by := &invitation{path: "/uitnodiging/" + r.PathValue("token"), person: mdt.PersonID(link.Person)}
	ctx := context.WithValue(r.Context(), meetingKey{}, m.ForInvited())
	return r.WithContext(context.WithValue(ctx, invitationKey{}, by)), nil
}

// meetingLink reads a link for a meeting, and the meeting as it stands now.
func (s *Service) meetingLink(r *http.Request, purpose links.Purpose) (links.Link, mdt.Meeting, error) {
	link, err := s.Links.Verify(purpose, r.PathValue("token"), s.Now())
	kind, id, _ := strings.Cut(link.Entry, "/")
	if err != nil || kind != links.Meeting {
		return link, mdt.Meeting{}, deadLink()
	}
	m, err := s.Store.Meeting(r.Context(), id)
	if err != nil || m == nil {
		return link, mdt.Meeting{}, orDeadLink(err)
	}
	return link, *m, nil
}

func orDeadLink(err error) error {
	if err == nil {
		err = deadLink()
	}
	return err
}

// invited is the page of a meeting for whoever is invited.
func (s *Service) invited(w http.ResponseWriter, r *http.Request) error {
	m, by := meetingOf(r), invitationOf(r)
	view, err := s.meetingView(r.Context(), m)
	if err != nil {
		return err
	}
	if view.Note == "" {
		view.Note = say("bijeenkomstpagina.uitnodiging")
	}
	view.leadTo(meetingPath(m, ""), by.path)
	return s.showApart(w, r, m, view)
}

// leadTo has the view's own forms stand under another path.
func (v *meetingView) leadTo(was, now string) {
	var actions []actionView
	for _, a := range v.Actions {
		if below, own := strings.CutPrefix(a.Href, was+"/aanmelden"); own {
			a.Href = now + "/aanmelden" + below
		}
		actions = append(actions, a)
	}
	v.Actions = actions
}

// showApart shows a meeting to whoever has the link, and keeps it from search engines.
func (s *Service) showApart(w http.ResponseWriter, r *http.Request, m mdt.Meeting, view meetingView) error {
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.show(w, r, http.StatusOK, page{name: "meeting", Title: m.Name, Section: "/", Body: view})
}

// invitedRegistration is the form in which somebody who is invited registers.
func (s *Service) invitedRegistration(r *http.Request) (*form, error) {
	by := invitationOf(r)
	f, err := s.registrationBy(r, by)
	if err != nil {
		return nil, err
	}
	f.path, f.view.Back.Href = by.path+"/aanmelden", by.path
	for i, way := range f.instead {
		if strings.HasPrefix(way.Href, "/bijeenkomsten/") {
			f.instead[i] = look.Way{Href: by.path, Text: way.Text, First: way.First}
		}
	}
	return f, nil
}
