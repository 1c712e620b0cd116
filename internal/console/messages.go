package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"aanmeldpunt/internal/content"
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
		{pattern: messagesPath + "/{kenmerk}/wijzigen", sees: team, does: team, get: s.askMessage, post: s.changeMessage},
	}
}

func messagePath(reference string) string { return messagesPath + "/" + url.PathEscape(reference) }

// seesMessage says whether somebody may know of a message: a facilitator of those for a region of his own.
func (v *visit) seesMessage(m *mdt.Message) bool { return v.SeesEntry([]string{m.Region}) }

func (s *Service) messagesAhead(r *http.Request) (any, error) {
	return s.messagePage(r.Context(), r.URL.Query().Get("na"), nil)
}

func (s *Service) messagePage(ctx context.Context, after string, keep func(*mdt.Message) bool) (store.Listed[mdt.Message], error) {
	found, err := s.Store.ListMessages(ctx, store.MessageListing{Listing: store.Listing[mdt.Message]{Keep: keep, After: after, Limit: pageLength}}, s.Now())
	return found, listTrouble(err)
}

func (s *Service) messages(w http.ResponseWriter, r *http.Request, v *visit) error {
	found, _ := v.ahead.(store.Listed[mdt.Message])
	after := r.URL.Query().Get("na")
	if !v.SeesAll() {
		var err error
		if found, err = s.messagePage(r.Context(), after, v.seesMessage); err != nil {
			return err
		}
	}
	view := s.messagesView(found)
	if found.Next != "" {
		view.Next = messagesPath + "?" + url.Values{"na": {found.Next}}.Encode()
	}
	if after != "" {
		view.First = messagesPath
	}
	return s.showMessages(w, r, v, view)
}

// searchMessages looks for a reference, or through names and organisations.
func (s *Service) searchMessages(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, othersSpec)
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(in.own.Get("zoek"))
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSearched}); err != nil {
		return err
	}
	if reference, ok := mdt.ParseReference(typed); ok {
		if m, err := s.messageBy(r.Context(), reference); err == nil && v.seesMessage(m) {
			return onward(w, messagePath(reference))
		}
	}
	key := mdt.SearchKey(typed)
	found, err := s.messagePage(r.Context(), in.own.Get("na"), func(m *mdt.Message) bool {
		return v.seesMessage(m) && (hasIn(key, m.Name, m.Organisation) || strings.EqualFold(m.Email, typed))
	})
	if err != nil {
		return err
	}
	view := s.messagesView(found)
	if view.Sought = typed; found.Next != "" {
		view.NextForm = &nextForm{typed, "", found.Next}
	}
	return s.showMessages(w, r, v, view)
}

func (s *Service) messagesView(found store.Listed[mdt.Message]) othersView {
	view := othersView{Path: messagesPath, Heads: []string{say("beheer.kolom.naam"), say("beheer.bericht.onderwerp"), say("beheer.bericht.ontvanger"), say("beheer.kolom.ingestuurd")}}
	for _, m := range found.Entries {
		view.Rows = append(view.Rows, row(messagePath(m.Reference), m.Name, view.Heads, subjectWords(m.Subject), m.Recipient, mdt.Moment(m.Created)))
	}
	return finished(view, found.Cut, found.Seen, "beheer.berichten.leeg")
}

func subjectWords(subject string) string {
	return content.FieldWords("onderwerp.keuze."+subject, nil)
}

func (s *Service) showMessages(w http.ResponseWriter, r *http.Request, v *visit, view othersView) error {
	return s.show(w, v, http.StatusOK, page{name: "anderen", Title: say("beheer.berichten.titel"), Section: messagesPath, Done: done(r), Body: view})
}

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
	ctx, d := r.Context(), new(sentIn)
	err := beside(func() (err error) {
		if d.message, err = s.messageBy(ctx, r.PathValue("kenmerk")); err != nil {
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
	view := entryView{Path: messagePath(m.Reference), Whole: v.SeesAll()}
	view.Facts = facts("kenmerk", m.Reference, "email", m.Email, "telefoon", m.Phone, "organisatie", m.Organisation, "onderwerp", subjectWords(m.Subject), "bericht", m.Text,
		"regios", regionNames(d.regions, []string{m.Region}), "gemeente", m.Municipality, "ontvanger", m.Recipient, "ingestuurd", mdt.Moment(m.Created), "wissen", mdt.Day(mdt.MessageExpires(m.Created)))
	if v.ChangesThings() {
		view.Ways = []look.Way{{Href: view.Path + "/wijzigen", Text: say("beheer.wijzigen.knop")}}
	}
	if view.Whole {
		var err error
		if view.Letters, err = s.letterViews(d.letters, r.URL.Query().Get("brief")); err != nil {
			return err
		}
	}
	return s.show(w, v, http.StatusOK, page{name: "ander", Title: say("beheer.bericht.titel", "naam", m.Name), Section: messagesPath, Done: done(r),
		Back: look.Way{Href: messagesPath, Text: say("beheer.berichten.titel")}, Body: view})
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
