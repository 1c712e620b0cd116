package console

import (
	"errors"
	"net/http"
	"strconv"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// deskLetterView is one letter, what became of it, and what can be done.
type deskLetterView struct {
	Path, To, State, Class, Happened string
	Facts                            []factView
	Again                            bool
	Seen                             string // how it stands, in short
	Changed                          bool   // it does not stand as it was seen
	Not                              string // why it cannot be sent once more
	Mend                             bool   // the address may be wrong
	Entry                            string // where what it is about stands
	Shown                            string // where it stands as it was sent
	Reason                           string // as the mailer or SES wrote it down
}

type factView struct{ Name, Value string }

func (s *Service) deskLetter(w http.ResponseWriter, r *http.Request, v *visit) error {
	letter, entry, err := s.letterOf(r)
	if err != nil {
		return err
	}
	if err := s.noteLetter(r, v, mdt.DeedSeen, letter); err != nil {
		return err
	}
	return s.showLetter(w, r, v, false, http.StatusOK, letter, entry)
}

func (s *Service) letterOf(r *http.Request) (mdt.Letter, *mdt.Registration, error) {
	letter, entry, err := s.LetterWithEntry(r.Context(), r.PathValue("id"))
	if errors.Is(err, acts.ErrNoLetter) {
		err = &trouble{status: http.StatusNotFound}
	}
	return letter, entry, err
}

func meetingOfLetter(l mdt.Letter) string {
	if l.Meeting == nil {
		return ""
	}
	return l.Meeting.ID
}

func (s *Service) showLetter(w http.ResponseWriter, r *http.Request, v *visit, changed bool, status int, l mdt.Letter, entry *mdt.Registration) error {
	_, code := l.Again(entry, s.Now())
	view := deskLetterView{Path: deskLetterPath(l.ID), To: l.To, State: say("beheer.brieven.stand." + string(l.State)), Class: deliveryClass(l.State),
		Happened: becameOf(l), Facts: letterFacts(l), Again: code == "" && v.ChangesThings(), Seen: l.Seen(), Changed: changed, Shown: letterPath(l.ID), Reason: l.Reason}
	if code != "" && v.ChangesThings() {
		view.Not = say("beheer.brieven.niet." + code)
	}
	if _, _, _, err := s.Letters.Show(l); err != nil { // it could never be sent either: its reason says so
		view.Shown = ""
	}
	if view.Entry = about(l, entry); entry != nil {
		view.Mend = l.State == mdt.Bounced || l.State == mdt.Suppressed
	}
	return s.show(w, v, status, page{name: "brief", Title: say("beheer.brieven.mail", "wat", letterKind(l.Kind)), Section: lettersPath, Done: done(r),
		Back: look.Way{Href: lettersPath, Text: say("beheer.brieven.titel")}, Body: view})
}

// about is where what a letter is about stands; empty where that has no page.
func about(l mdt.Letter, entry *mdt.Registration) string {
	switch {
	case entry != nil:
		return entryPath(entry.Meeting, entry.Reference)
	case l.Reference == "":
		return ""
	case l.Kind == mdt.LetterProposal || l.Kind == mdt.LetterLeader:
		return proposalPath(l.Reference)
	case l.Kind == mdt.LetterForwarded || l.Kind == mdt.LetterToFacilitator:
		return messagePath(l.Reference)
	}
	return ""
}

// letterFacts are what is known of a letter, where it is.
func letterFacts(l mdt.Letter) (facts []factView) {
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, factView{say("beheer.brieven.feit." + name), value})
		}
	}
	add("naam", l.Name)
	if l.Meeting != nil {
		add("bijeenkomst", l.Meeting.Name)
	}
	add("kenmerk", l.Reference)
	add("gemaakt", mdt.Moment(l.Created))
	add("veranderd", mdt.Moment(l.Changed))
	if l.State == mdt.Pending || l.State == mdt.Held || l.State == mdt.Unknown {
		add("aanDeBeurt", mdt.Moment(l.Due))
	}
	add("pogingen", strconv.Itoa(l.Attempts))
	add("ses", l.MessageID)
	return facts
}

// actOnLetter sends a letter once more.
func (s *Service) actOnLetter(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, forms.Spec{})
	if err != nil {
		return err
	}
	if in.deed() != "opnieuw" {
		return &trouble{status: http.StatusBadRequest}
	}
	letter, err := s.SendAgain(r.Context(), r.PathValue("id"), in.field("gezien"))
	var refused *acts.Refused
	switch {
	case errors.Is(err, acts.ErrNoLetter):
		return &trouble{status: http.StatusNotFound}
	case errors.As(err, &refused), errors.Is(err, acts.ErrOtherLetters):
		letter, entry, readErr := s.letterOf(r)
		if readErr != nil {
			return readErr
		}
		return s.showLetter(w, r, v, errors.Is(err, acts.ErrOtherLetters), http.StatusConflict, letter, entry)
	case err != nil:
		return err
	}
	if err := s.noteLetter(r, v, mdt.DeedResent, letter); err != nil {
		return err
	}
	return onward(w, deskLetterPath(letter.ID)+"?gedaan=briefopnieuw")
}

// noteLetter writes down what was done with a letter: with its person, or by the letter's own id. The reference of what
// a letter to somebody else is about would outlast that.
func (s *Service) noteLetter(r *http.Request, v *visit, what mdt.Deed, l mdt.Letter) error {
	line := mdt.LogLine{What: what, Meeting: meetingOfLetter(l), About: l.Reference, Subject: l.Person}
	if l.Person == "" {
		line.About = l.ID
	}
	return s.Gate.Note(r.Context(), v.Visit, line)
}
