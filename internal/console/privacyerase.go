package console

import (
	"errors"
	"net/http"
	"strconv"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// erasingView asks whether something of a person is to be erased: what goes, and who hears of it.
type erasingView struct {
	Path, Who, Reference string
	Seen                 string // what is shown here, in short
	Changed              bool   // it is not what was seen before
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

// askErasing shows what would go now, and asks for a yes. changed says that it is not what was seen before.
func (s *Service) askErasing(w http.ResponseWriter, r *http.Request, v *visit, p *sought, changed bool) error {
	reference, status := p.field("kenmerk"), http.StatusOK
	would, err := s.Erasable(r.Context(), p.person, reference)
	if err != nil {
		return nothingStands(err)
	}
	view := erasingView{Path: privacyPath, Who: p.who, Reference: reference, Seen: would.Seen, Changed: changed, Mails: len(would.Letters)}
	for _, kind := range erasedKinds {
		if n := would.Counts[string(kind)]; n > 0 {
			view.Goes = append(view.Goes, say("beheer.privacy.aantal."+string(kind), "n", strconv.Itoa(n)))
		}
	}
	title := say("beheer.privacy.wissen")
	if reference == "" {
		title = say("beheer.privacy.wissen.alles")
		view.Goes = append(view.Goes, say("beheer.privacy.wissen.adres"))
	}
	if view.Letters, err = s.previews(would.Letters); err != nil {
		return err
	}
	view.Told = view.Mails > 0 && would.Letters[0].Kind == mdt.LetterErased
	if changed {
		status = http.StatusConflict
	}
	return s.show(w, v, status, page{name: "wissen", Title: title, Section: privacyPath,
		Back: look.Way{Href: privacyPath, Text: say("beheer.privacy.titel")}, Body: view})
}

// nothingStands makes of the act's word for it the page that says so.
func nothingStands(err error) error {
	if errors.Is(err, acts.ErrNothingStands) {
		return &trouble{status: http.StatusConflict, about: "gewist", back: privacyPath}
	}
	return err
}

// erase takes away what was asked about, if that is still what was seen. The log gets a line that says nothing of whose
// it was: the proof. It is written once the erasure is sure to come to its end, whatever happens here.
func (s *Service) erase(w http.ResponseWriter, r *http.Request, v *visit, p *sought) error {
	e, err := s.BeginErasing(r.Context(), p.person, p.field("kenmerk"), p.field("gezien"))
	if errors.Is(err, acts.ErrOtherErasure) {
		return s.askErasing(w, r, v, p, true)
	}
	if err != nil {
		return nothingStands(err)
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedErased, Count: sum(e.Counts)}); err != nil {
		return err
	}
	if err := s.FinishErasing(r.Context(), e); err != nil {
		return err
	}
	return onward(w, privacyPath+"?gedaan=privacygewist")
}
