package console

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

// readersDeed begins what a button asks for that shows to whom letters would go: "mails aanmelding", and a place in that
// list behind it. askAgain is what the one asks for that leads back to the question, and askedDeed where the form holds
// what that was about.
const (
	readersDeed = "mails"
	askAgain    = "opnieuwvragen"
	askedDeed   = "vraag"
)

// readersView is a page of people, each with the letter that they would get.
type readersView struct {
	Path, Text  string
	Fields      []hidden
	Letters     []readerLetter
	First, Next string // what the buttons ask for
	Cut         string
}

// readersSort is a sort of people whose letters can be looked at.
type readersSort struct{ Deed, Text string }

// readerLetter is a letter as somebody would get it; without a subject it goes to nobody.
type readerLetter struct{ Name, To, Subject, Text string }

// sortsOf are the sorts of people who get letters by a plan.
func sortsOf(reach mdt.Reach) (sorts []readersSort) {
	for _, sort := range []struct {
		to acts.Readers
		n  int
	}{{acts.ToRegistered, reach.Seated + reach.Offered + reach.Waiting + reach.Asked}, {acts.ToInterested, reach.Interested},
		{acts.ToProposers, reach.Proposers}, {acts.ToSeated, reach.Offers}} {
		if sort.n > 0 {
			sorts = append(sorts, readersSort{Deed: readersDeed + " " + string(sort.to), Text: say("beheer.bevestig.lees." + string(sort.to))})
		}
	}
	return sorts
}

// asksReaders says whether a button asks to see to whom letters go, and to whom and from where on.
func asksReaders(in *posted) (to acts.Readers, after string, asks bool) {
	words := strings.SplitN(in.deed(), " ", 3)
	if len(words) < 2 || words[0] != readersDeed {
		return "", "", false
	}
	if len(words) == 3 {
		after = words[2]
	}
	return acts.Readers(words[1]), after, true
}

// looksOn answers what does not store an edit and is no question either: to whom its letters go, and the question once
// more, whatever was agreed to. done is false where something else is asked for.
func (s *Service) looksOn(w http.ResponseWriter, r *http.Request, v *visit, edit acts.Edit, path string, in *posted) (done bool, err error) {
	if _, _, asks := asksReaders(in); asks {
		return true, s.showReaders(w, r, v, edit, path, in)
	}
	if in.deed() != askAgain {
		return false, nil
	}
	plan, err := s.PlanMeeting(r.Context(), edit)
	if err != nil {
		return true, err
	}
	in.own.Set("handeling", in.own.Get(askedDeed))
	return true, s.askMeeting(w, v, plan, path, in)
}

// showReaders shows a page of the letters of a plan; nothing is stored.
func (s *Service) showReaders(w http.ResponseWriter, r *http.Request, v *visit, edit acts.Edit, path string, in *posted) error {
	to, after, _ := asksReaders(in)
	if !slices.Contains([]acts.Readers{acts.ToRegistered, acts.ToInterested, acts.ToProposers, acts.ToSeated}, to) {
		return &trouble{status: http.StatusBadRequest}
	}
	plan, found, err := s.LettersOf(r.Context(), edit, to, after, pageLength)
	if err = listTrouble(err); err == nil {
		err = s.Gate.NoteList(r.Context(), v.Visit, listReaders, plan.Now.ID)
	}
	if err != nil {
		return err
	}
	deed := readersDeed + " " + string(to)
	view := readersView{Path: path, Text: say("beheer.bevestig.lezers." + string(to)),
		Fields: append(resent(in), hidden{askedDeed, in.own.Get(askedDeed)})}
	for _, letter := range found.Letters {
		shown := readerLetter{Name: letter.Name, To: letter.To}
		if letter.To != "" {
			var err error
			if shown.Subject, shown.Text, _, err = s.Letters.Show(letter); err != nil {
				return err
			}
		}
		view.Letters = append(view.Letters, shown)
	}
	if after != "" {
		view.First = deed
	}
	if found.Next != "" {
		view.Next = deed + " " + found.Next
	}
	if found.Cut {
		view.Cut = say("beheer.aanmeldingen.deel", "n", strconv.Itoa(found.Seen))
	}
	return s.show(w, v, http.StatusOK, page{name: "bijeenkomstlezers", Title: say("beheer.bevestig.lezers"), Section: "/console",
		Back: backToMeeting(&plan.Now), Body: view})
}
