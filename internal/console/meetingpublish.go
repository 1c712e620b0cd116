package console

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// previewKept is how long a link to a concept works.
const previewKept = 30 * 24 * time.Hour

// publishView is the page on which a meeting becomes public, or is called off.
type publishView struct {
	Path, Version string
	Concept       bool
	Preview       string // the link to send round
	Until         string
	CanCallOff    bool
	Off           string // why there is nothing to do
	CallOff       formView
	Invite        *inviteView
	Late          string // why what was asked is not done: somebody else changed the meeting, or something in it is wrong
	Typed         string // why it was to be called off, or who was to be invited, where that cannot be any more
}

// inviteView is the form that makes an invitation, and the one that it made.
type inviteView struct {
	Form formView
	Link string
	For  string
}

func (s *Service) publishing(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	return s.showPublishing(w, v, http.StatusOK, *m, s.publishView(*m))
}

func (s *Service) publishView(m mdt.Meeting) publishView {
	now := s.Now()
	view := publishView{Path: meetingPath(m.ID, "publiceren"), Version: itoa(m.Version), Concept: !m.Published && m.State(now) == "gepland",
		CanCallOff: m.Published && m.State(now) == "gepland"}
	switch {
	case view.Concept:
		until := now.Add(previewKept)
		view.Until = mdt.Day(until)
		view.Preview = s.Site + "/" + links.Preview.Path() + "/" + s.Links.Sign(links.Link{Purpose: links.Preview,
			Entry: links.Entry(links.Meeting, m.ID), Issued: now, Expires: until})
	case view.CanCallOff:
		view.CallOff = s.view(callOffForm(m), nil, nil)
		if m.ByInvitation {
			view.Invite = &inviteView{Form: s.view(inviteForm(m), nil, nil)}
		}
	default:
		view.Off = say("beheer.publiceren.niets." + m.State(now))
	}
	return view
}

// does names what can be done on the page.
func (v publishView) does() string {
	switch {
	case v.Invite != nil:
		return "uitnodigen"
	case v.CanCallOff:
		return "afgelasten"
	}
	return "publiceren"
}

func (s *Service) showPublishing(w http.ResponseWriter, v *visit, status int, m mdt.Meeting, view publishView) error {
	faulty := view.CallOff.Summary != nil || view.Invite != nil && view.Invite.Form.Summary != nil || view.Late != ""
	return s.show(w, v, status, page{name: "bijeenkomstpubliceren", Title: say("beheer.bijeenkomst."+view.does()) + ": " + m.Name, Section: "/console",
		Faulty: faulty, Back: backToMeeting(&m), Body: view})
}

func callOffForm(m mdt.Meeting) form {
	return form{name: "afgelasten", path: meetingPath(m.ID, "publiceren"), button: "beheer.publiceren.knop.afgelasten", spec: forms.CallOffSpec(),
		hidden: []hidden{{"handeling", "afgelasten"}, {"versie", itoa(m.Version)}}}
}

func inviteForm(m mdt.Meeting) form {
	return form{name: "uitnodigen", path: meetingPath(m.ID, "publiceren"), button: "beheer.publiceren.knop.uitnodigen", spec: forms.InviteSpec(),
		hidden: []hidden{{"handeling", "uitnodigen"}, {"versie", itoa(m.Version)}}}
}

// publish does what the button says that was pressed: the meeting becomes public, is called off, or somebody is invited.
func (s *Service) publish(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	in, err := read(r, append(forms.CallOffSpec(), forms.InviteSpec()...))
	if err != nil {
		return err
	}
	edit := acts.Edit{Meeting: *m, Agreed: agreed(in)}
	edit.Meeting.Version = in.version()
	deed := in.deed()
	if _, _, asks := asksReaders(in); (asks || deed == askAgain) && in.own.Get(askedDeed) == "afgelasten" {
		deed = "afgelasten"
	}
	switch deed {
	case "publiceren":
		edit.Meeting.Published = true
		return s.published(w, r, v, *m, edit, in, "bijeenkomstgepubliceerd")
	case "afgelasten":
		return s.callOff(w, r, v, *m, edit, in)
	case "uitnodigen":
		return s.invite(w, r, v, *m, in)
	case "terug":
		return onward(w, meetingPath(m.ID, "publiceren"))
	}
	return &trouble{status: http.StatusBadRequest}
}

func (s *Service) callOff(w http.ResponseWriter, r *http.Request, v *visit, m mdt.Meeting, edit acts.Edit, in *posted) error {
	why, faults := forms.CallOff(in.values)
	if len(faults) > 0 {
		view := s.publishView(m)
		view.CallOff = s.view(callOffForm(m), in.typed, faults)
		return s.showPublishing(w, v, http.StatusBadRequest, m, view)
	}
	edit.Meeting.Cancelled, edit.Why = true, why
	if looked, err := s.looksOn(w, r, v, edit, meetingPath(m.ID, "publiceren"), in); looked {
		return s.publishTrouble(w, v, m, in, err)
	}
	return s.published(w, r, v, m, edit, in, "bijeenkomstafgelast")
}

// published stores what becomes of the meeting as a whole.
func (s *Service) published(w http.ResponseWriter, r *http.Request, v *visit, m mdt.Meeting, edit acts.Edit, in *posted, done string) error {
	_, err := s.SaveMeeting(r.Context(), edit)
	if unagreed := (*acts.Unagreed)(nil); errors.As(err, &unagreed) {
		return s.askMeeting(w, v, unagreed.Plan, meetingPath(m.ID, "publiceren"), in)
	}
	if err != nil {
		return s.publishTrouble(w, v, m, in, err)
	}
	return s.meetingDone(w, r, v, m.ID, done, nil)
}

// publishTrouble answers why a meeting could not become what it should.
func (s *Service) publishTrouble(w http.ResponseWriter, v *visit, m mdt.Meeting, in *posted, err error) error {
	var refused *acts.Refused
	var outdated *acts.Outdated
	var faulty *acts.Faulty
	switch {
	case errors.As(err, &refused):
		return &trouble{status: http.StatusNotFound}
	case errors.As(err, &outdated):
		return s.showLate(w, v, outdated.Now, in, "telaat")
	case errors.As(err, &faulty):
		return s.showLate(w, v, m, in, "nietgoed")
	}
	return err
}

// showLate keeps why a meeting was to be called off, or who was to be invited, and says why that is not done and how the
// meeting stands by now.
func (s *Service) showLate(w http.ResponseWriter, v *visit, now mdt.Meeting, in *posted, why string) error {
	view := s.publishView(now)
	view.Late, view.Typed = say("beheer.publiceren."+why), cmp.Or(in.own.Get("waarom"), in.own.Get("email"))
	if view.CanCallOff && in.own.Get("waarom") != "" {
		view.CallOff, view.Typed = s.view(callOffForm(now), in.typed, nil), "" // it stands in the form
	}
	return s.showPublishing(w, v, http.StatusConflict, now, view)
}

// invite shows a personal link to the form of a meeting that is by invitation. It is sent by whoever asked for it.
func (s *Service) invite(w http.ResponseWriter, r *http.Request, v *visit, m mdt.Meeting, in *posted) error {
	view := s.publishView(m)
	if view.Invite == nil {
		return s.showLate(w, v, m, in, "telaat")
	}
	address, faults := forms.Invite(in.values)
	if len(faults) > 0 {
		view.Invite.Form = s.view(inviteForm(m), in.typed, faults)
		return s.showPublishing(w, v, http.StatusBadRequest, m, view)
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedInvited, About: m.ID}); err != nil {
		return err
	}
	link := links.Link{Purpose: links.Invitation, Person: string(s.Identity.Person(address)), Entry: links.Entry(links.Meeting, m.ID), Issued: s.Now(), Expires: m.End}
	view.Invite.For, view.Invite.Link = address.Mail, strings.Join([]string{s.Site, links.Invitation.Path(), s.Links.Sign(link)}, "/")
	return s.showPublishing(w, v, http.StatusOK, m, view)
}
