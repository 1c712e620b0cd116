package console

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// How messages stand, as an address says it. Those that are open for too long are among those that are open.
const (
	standOpen     = "open"
	standLate     = "telang"
	standAnswered = "beantwoord"
)

// messageFields are what messages can be narrowed to. A facilitator's list is that of his regions already.
func messageFields(regions []mdt.Region, all bool) []narrow {
	fields := []narrow{{name: "stand", options: fieldWords(messageStand, standOpen, standLate, standAnswered)},
		{name: "onderwerp", options: fieldWords(subjectWords, mdt.SubjectJoin, mdt.SubjectStrategy, mdt.SubjectOther)}}
	if all {
		fields = append(fields, ofRegion(regions))
	}
	return append(fields, momentOrder())
}

func messageStand(stand string) string {
	return say("beheer.berichtstand."+stand, "n", strconv.Itoa(mdt.AnswerDays))
}

// messageState says how a message stands, and how that looks.
func messageState(m *mdt.Message, now time.Time) (class, text string) {
	switch {
	case m.Answered != nil:
		return "off", messageStand(standAnswered)
	case m.Late(now):
		return "wait", say("beheer.berichtstand.telang.kort")
	}
	return "", messageStand(standOpen)
}

// messageList is a page of messages with what its address asks for.
type messageList struct {
	chosen  chosen
	regions []mdt.Region
	found   store.Listed[mdt.Message]
}

func (s *Service) messagesAhead(r *http.Request) (any, error) {
	regions, err := s.regionsFor(r)
	if err != nil {
		return nil, err
	}
	l := new(messageList)
	if l.chosen, err = chosenOf(r, messageFields(regions, true)); err != nil {
		return nil, err
	}
	err = beside(func() (err error) { l.found, err = s.messagePage(r.Context(), l.chosen); return err },
		func() (err error) { l.regions, err = s.Catalogue.Regions(r.Context()); return err })
	return l, err
}

// messagePage reads a page. What is open stands in a list of its own; what else was chosen is looked at one by one.
func (s *Service) messagePage(ctx context.Context, c chosen, keep ...func(*mdt.Message) bool) (store.Listed[mdt.Message], error) {
	l := store.MessageListing{Open: c.of["stand"] == standOpen || c.of["stand"] == standLate}
	if c.of["stand"] == standLate {
		l.Before = mdt.LateBefore(s.Now(), mdt.AnswerDays)
	}
	if c.of["stand"] == standAnswered {
		keep = append(keep, func(m *mdt.Message) bool { return m.Answered != nil })
	}
	keep = append(keep, where(c.of["onderwerp"], func(m *mdt.Message, subject string) bool { return m.Subject == subject }),
		where(c.of["regio"], func(m *mdt.Message, region string) bool {
			return m.Region == region || region == mdt.Nationwide && m.Region == ""
		}))
	l.Listing = store.Listing[mdt.Message]{Keep: kept(keep...), After: c.after, Limit: pageLength, Oldest: c.oldest()}
	found, err := s.Store.ListMessages(ctx, l, s.Now())
	return found, listTrouble(err)
}

func (s *Service) messages(w http.ResponseWriter, r *http.Request, v *visit) error {
	l, _ := v.ahead.(*messageList)
	if !v.SeesAll() {
		delete(l.chosen.of, "regio")
		var err error
		if l.found, err = s.messagePage(r.Context(), l.chosen, v.seesMessage); err != nil {
			return err
		}
	}
	if err := s.Gate.NoteList(r.Context(), v.Visit, listMessages, ""); err != nil {
		return err
	}
	return s.showMessages(w, r, v, l, "")
}

// searchMessages looks for a reference, or through names and organisations.
func (s *Service) searchMessages(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, othersSpec)
	if err != nil {
		return err
	}
	c, typed, key := searched(in.own)
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSearched}); err != nil {
		return err
	}
	if reference, ok := mdt.ParseReference(typed); ok {
		if m, err := s.messageBy(r.Context(), reference); err == nil && v.seesMessage(m) {
			return onward(w, messagePath(reference))
		}
	}
	l := &messageList{chosen: c}
	if l.found, err = s.messagePage(r.Context(), c, func(m *mdt.Message) bool {
		return v.seesMessage(m) && (hasIn(key, m.Name, m.Organisation) || strings.EqualFold(m.Email, typed))
	}); err != nil {
		return err
	}
	if l.regions, err = s.Catalogue.Regions(r.Context()); err != nil {
		return err
	}
	return s.showMessages(w, r, v, l, typed)
}

func (s *Service) showMessages(w http.ResponseWriter, r *http.Request, v *visit, l *messageList, sought string) error {
	view := othersView{Path: messagesPath, Sought: sought, Heads: []string{say("beheer.kolom.naam"), say("beheer.bericht.onderwerp"), say("beheer.bericht.ontvanger"),
		say("beheer.kolom.stand"), say("beheer.kolom.ingestuurd")}}
	for _, m := range l.found.Entries {
		view.Rows = append(view.Rows, row(messagePath(m.Reference), m.Name, view.Heads, textCell(subjectWords(m.Subject)), textCell(m.Recipient),
			stateCell(messageState(&m, s.Now())), textCell(mdt.ShortMoment(m.Created))))
	}
	view = view.finished(l.chosen, messageFields(l.regions, v.SeesAll()), l.found.Next, l.found.Cut, l.found.Seen, "beheer.berichten.leeg")
	return s.show(w, v, http.StatusOK, page{name: "anderen", Title: say("beheer.berichten.titel"), Section: messagesPath, Done: done(r), Body: view})
}

func subjectWords(subject string) string {
	return content.FieldWords("onderwerp.keuze."+subject, nil)
}
