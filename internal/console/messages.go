package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

const messagesPath = "/console/berichten"

func (s *Service) messageRoutes() []route {
	return []route{
		{pattern: messagesPath, sees: everyone, does: everyone, get: s.messages, post: s.searchMessages, ahead: s.messagesAhead},
		{pattern: messagesPath + "/{kenmerk}", sees: everyone, get: s.message, ahead: s.messageAhead},
		{pattern: messagesPath + "/{kenmerk}/beantwoord", sees: everyone, does: answering, get: s.toMessage, post: s.answerMessage},
		{pattern: messagesPath + "/{kenmerk}/wijzigen", sees: team, does: team, get: s.askMessage, post: s.changeMessage},
	}
}

func messagePath(reference string) string { return messagesPath + "/" + url.PathEscape(reference) }

// seesMessage says whether somebody may know of a message: a facilitator of those for a region of his own.
func (v *visit) seesMessage(m *mdt.Message) bool { return v.SeesEntry([]string{m.Region}) }

// sentIn is a message with its letters.
type sentIn struct {
	message *mdt.Message
	regions []mdt.Region
	letters []mdt.Letter
}

// messageBy reads a message by its reference; one that is not there is a 404.
func (s *Service) messageBy(ctx context.Context, reference string) (*mdt.Message, error) {
	found, err := s.Store.Find(ctx, reference)
	for _, f := range found {
		if f.Of != mdt.NoteMessage {
			continue
		}
		m, err := s.Store.Message(ctx, f.ID, f.Person, s.Now())
		if err != nil || m != nil {
			return m, err
		}
	}
	if err == nil {
		err = &trouble{status: http.StatusNotFound}
	}
	return nil, err
}

func (s *Service) messageAhead(r *http.Request) (any, error) {
	return s.sentInBy(r.Context(), r.PathValue("kenmerk"))
}

func (s *Service) sentInBy(ctx context.Context, reference string) (*sentIn, error) {
	d := new(sentIn)
	err := beside(func() (err error) {
		if d.message, err = s.messageBy(ctx, reference); err != nil {
			return err
		}
		d.letters, err = s.Store.Letters(ctx, d.message.LetterIDs)
		return err
	}, func() (err error) { d.regions, err = s.Catalogue.Regions(ctx); return err })
	slices.SortFunc(d.letters, func(a, b mdt.Letter) int { return b.Created.Compare(a.Created) })
	return d, err
}

func (s *Service) message(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, _ := v.ahead.(*sentIn)
	m := d.message
	if !v.seesMessage(m) {
		return &trouble{status: http.StatusNotFound}
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSeen, About: m.Reference, Subject: m.Person}); err != nil {
		return err
	}
	return s.showMessage(w, r, v, d, http.StatusOK, "")
}

// showMessage shows a message; note is what its reader is to know first.
func (s *Service) showMessage(w http.ResponseWriter, r *http.Request, v *visit, d *sentIn, status int, note string) error {
	m := d.message
	view := otherView{Path: messagePath(m.Reference), Whole: v.SeesAll(), Note: note}
	view.Class, view.State = messageState(m, s.Now())
	view.Facts = facts("kenmerk", m.Reference, "email", m.Email, "telefoon", m.Phone, "organisatie", m.Organisation, "onderwerp", subjectWords(m.Subject), "bericht", m.Text,
		"regios", regionNames(d.regions, []string{m.Region}), "gemeente", m.Municipality, "ontvanger", m.Recipient, "ingestuurd", mdt.Moment(m.Created), "belofte", promised(m), "beantwoord", answeredOn(m), "wissen", mdt.Day(mdt.MessageExpires(m.Created)))
	if slices.Contains(answering, v.Role) {
		view.Presses = []pressView{answerPress(m)}
	}
	if v.ChangesThings() {
		view.Ways = []look.Way{{Href: view.Path + "/wijzigen", Text: say("beheer.wijzigen.knop")}}
	}
	if view.Whole {
		var err error
		if view.Letters, err = s.letterViews(d.letters, r.URL.Query().Get("brief"), notHere); err != nil {
			return err
		}
	}
	return s.show(w, v, status, page{name: "ander", Title: say("beheer.bericht.titel", "naam", m.Name), Section: messagesPath, Done: done(r),
		Back: look.Way{Href: messagesPath, Text: say("beheer.berichten.titel")}, Body: view})
}

// promised is until when an answer was promised; empty where there is one.
func promised(m *mdt.Message) string {
	if m.Answered != nil {
		return ""
	}
	return mdt.Deadline(mdt.LateFrom(m.Created, mdt.AnswerDays))
}

func answeredOn(m *mdt.Message) string {
	if m.Answered == nil {
		return ""
	}
	return mdt.Moment(*m.Answered)
}

// messageSpec is what can be corrected in a message: to whom it went, and where replies go, was decided when it came.
func messageSpec() forms.Spec {
	return slices.DeleteFunc(slices.Clone(forms.MessageSpec()), func(f forms.Field) bool { return slices.Contains([]string{"email", "gemeente", "regio"}, f.Name) })
}

func messageForm(m *mdt.Message) form {
	return form{name: "bericht", path: messagePath(m.Reference) + "/wijzigen", button: "beheer.notitie.knop", spec: messageSpec(), hidden: []hidden{{"versie", itoa(m.Version)}}}
}

func storedMessage(m *mdt.Message) map[string][]string {
	return map[string][]string{"naam": {m.Name}, "organisatie": {m.Organisation}, "telefoon": {m.Phone}, "onderwerp": {m.Subject}, "bericht": {m.Text}}
}

func (s *Service) askMessage(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.messageBy(r.Context(), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSeen, About: m.Reference, Subject: m.Person}); err != nil {
		return err
	}
	return s.showMessageForm(w, v, m, http.StatusOK, storedMessage(m), nil)
}

func (s *Service) showMessageForm(w http.ResponseWriter, v *visit, m *mdt.Message, status int, typed map[string][]string, faults []mdt.Fault) error {
	view := deedView{Text: say("beheer.bericht.wijzigen.uitleg"), Form: s.view(messageForm(m), typed, faults)}
	if len(faults) > 0 && strings.HasPrefix(faults[0].Code, "versie.") {
		view.Form.Summary.Title, view.Form.Summary.Faults = say("beheer.wijzigen.anders"), named(view.Form, faults)
	}
	return s.show(w, v, status, page{name: "handeling", Title: say("beheer.bericht.wijzigen", "naam", m.Name), Section: messagesPath, Faulty: len(faults) > 0,
		Back: look.Way{Href: messagePath(m.Reference), Text: m.Name}, Body: view})
}

// changeMessage stores what is corrected in a message; no letter goes.
func (s *Service) changeMessage(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.messageBy(r.Context(), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	in, err := read(r, messageSpec())
	if err != nil {
		return err
	}
	body := url.Values{"email": {m.Email}}
	for _, f := range carried(in, messageSpec()) {
		body.Add(f.Name, f.Value)
	}
	whole, err := asSent(r, forms.MessageSpec(), body)
	if err != nil {
		return &trouble{status: http.StatusBadRequest}
	}
	checked, faults := forms.Message(whole, nil)
	switch {
	case len(faults) > 0:
		return s.showMessageForm(w, v, m, http.StatusBadRequest, in.typed, faults)
	case in.version() != m.Version:
		return s.lateMessage(w, v, m, in)
	}
	now, changed := m.Edit(checked)
	if changed {
		err := s.Store.EditMessage(r.Context(), *m, now)
		if errors.Is(err, store.ErrLostRace) { // since it was read
			if m, err = s.messageBy(r.Context(), m.Reference); err == nil {
				return s.lateMessage(w, v, m, in)
			}
		}
		if err != nil {
			return err
		}
		if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedChanged, About: m.Reference, Subject: m.Person}); err != nil {
			return err
		}
	}
	return onward(w, messagePath(m.Reference)+"?gedaan=aanmeldingwijzigen")
}
