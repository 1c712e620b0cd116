package console

import (
	"net/http"
	"strconv"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// erasingView asks whether something of a person is to be erased: what goes, and who hears of it.
type erasingView struct {
	Path, Who, Reference string
	Count                int
	Goes                 []string
	Told                 bool      // the person hears of it
	Letters              []preview // to the person, and to others
	Mails                int
}

// erasedKinds are the kinds of what can be erased, in the order in which they are told.
var erasedKinds = []mdt.NoteOf{mdt.NoteRegistration, mdt.EntryWishes, mdt.NoteInterest, mdt.NoteProposal, mdt.NoteLeading, mdt.NoteMessage, mdt.EntrySuspect}

func sum(counts map[string]int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}

// askErasing shows what would go now, and asks for a yes.
func (s *Service) askErasing(w http.ResponseWriter, r *http.Request, v *visit, p *sought, status int) error {
	reference := p.field("kenmerk")
	e, letters, err := s.Erasable(r.Context(), p.person, reference)
	if err != nil {
		return err
	}
	if e == nil {
		return &trouble{status: http.StatusConflict}
	}
	view := erasingView{Path: privacyPath, Who: p.who, Reference: reference, Count: sum(e.Counts)}
	for _, kind := range erasedKinds {
		if n := e.Counts[string(kind)]; n > 0 {
			view.Goes = append(view.Goes, say("beheer.privacy.aantal."+string(kind), "n", strconv.Itoa(n)))
		}
	}
	if reference == "" {
		view.Goes = append(view.Goes, say("beheer.privacy.wissen.adres"))
	}
	if view.Letters, err = s.previews(letters); err != nil {
		return err
	}
	view.Mails, view.Told = len(letters), len(letters) > 0 && letters[0].Kind == mdt.LetterErased
	title := say("beheer.privacy.wissen")
	if reference == "" {
		title = say("beheer.privacy.wissen.alles")
	}
	return s.show(w, v, status, page{name: "wissen", Title: title, Section: privacyPath,
		Back: look.Way{Href: privacyPath, Text: say("beheer.privacy.titel")}, Body: view})
}

// erase takes away what was asked about, if that is still what it was. The log gets a line that says nothing of whose
// it was: the proof.
func (s *Service) erase(w http.ResponseWriter, r *http.Request, v *visit, p *sought) error {
	reference := p.field("kenmerk")
	e, letters, err := s.Erasable(r.Context(), p.person, reference)
	if err != nil {
		return err
	}
	if e == nil {
		return &trouble{status: http.StatusConflict}
	}
	if strconv.Itoa(sum(e.Counts)) != p.field("aantal") || strconv.Itoa(len(letters)) != p.field("mails") {
		return s.askErasing(w, r, v, p, http.StatusConflict)
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedErased, Count: sum(e.Counts)}); err != nil {
		return err
	}
	if err := s.Erase(r.Context(), p.person, reference); err != nil {
		return err
	}
	return onward(w, privacyPath+"?gedaan=privacygewist")
}
