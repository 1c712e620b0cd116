package console

import (
	"context"
	"net/http"
	"slices"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// How interests stand, as an address says it.
const (
	interestWaits   = "wacht"
	interestTold    = "verteld"
	interestStopped = "gestopt"
)

// interestFields are what interests can be narrowed to.
func interestFields() []narrow {
	words := func(stand string) string { return say("beheer.attendering." + stand) }
	return []narrow{{name: "stand", options: fieldWords(words, interestWaits, interestTold, interestStopped)},
		{name: "adres", options: []look.Option{brokenOption()}}, momentOrder()}
}

// interestStand says how an interest stands.
func interestStand(i *mdt.Interest) string {
	switch {
	case i.Withdrawn != nil:
		return interestStopped
	case i.Told > 0:
		return interestTold
	}
	return interestWaits
}

// interestState says it in words, and how that looks.
func interestState(i *mdt.Interest) (class, text string) {
	if i.Withdrawn != nil {
		class = "off"
	}
	return class, say("beheer.attendering." + interestStand(i))
}

// interested is a list of interests with its meeting, and what its address asks for.
type interested struct {
	listed
	chosen chosen
	found  store.Listed[mdt.Interest]
}

func (s *Service) interestsAhead(r *http.Request) (any, error) {
	c, err := chosenOf(r, interestFields())
	if err != nil {
		return nil, err
	}
	return s.interestPage(r.Context(), r.PathValue("bijeenkomst"), c)
}

func (s *Service) interestPage(ctx context.Context, meeting string, c chosen, keep ...func(*mdt.Interest) bool) (*interested, error) {
	l := &interested{chosen: c}
	keep = append(keep, where(c.of["stand"], func(i *mdt.Interest, stand string) bool { return interestStand(i) == stand }))
	listing := store.Listing[mdt.Interest]{Keep: kept(keep...), After: c.after, Limit: pageLength, Oldest: c.oldest()}
	err := beside(func() error { return s.about(ctx, meeting, &l.listed) }, func() (err error) {
		l.found, err = s.readInterests(ctx, meeting, c, listing)
		return listTrouble(err)
	})
	return l, err
}

// readInterests reads a page; of those whose address takes no mail, which are few and found by the letters that came
// back, what else was chosen is looked at here.
func (s *Service) readInterests(ctx context.Context, meeting string, c chosen, l store.Listing[mdt.Interest]) (store.Listed[mdt.Interest], error) {
	if c.of["adres"] == "" {
		return s.Store.ListInterests(ctx, meeting, l, s.Now())
	}
	found, err := s.Store.ListBrokenInterests(ctx, meeting, c.after, pageLength, s.Now())
	found.Entries = slices.DeleteFunc(found.Entries, func(i mdt.Interest) bool { return l.Keep != nil && !l.Keep(&i) })
	slices.SortFunc(found.Entries, func(a, b mdt.Interest) int {
		if c.oldest() {
			a, b = b, a
		}
		return b.Consented.Compare(a.Consented)
	})
	return found, err
}

func (s *Service) interests(w http.ResponseWriter, r *http.Request, v *visit) error {
	l, _ := v.ahead.(*interested)
	if err := s.Gate.NoteList(r.Context(), v.Visit, listInterests, l.meeting.ID); err != nil {
		return err
	}
	return s.showInterests(w, r, v, l, "")
}

// searchInterests looks for an address or a reference, or through names.
func (s *Service) searchInterests(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, othersSpec)
	if err != nil {
		return err
	}
	c, typed, key := searched(in.own)
	meeting := r.PathValue("bijeenkomst")
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSearched, Meeting: meeting}); err != nil {
		return err
	}
	if address, code := mdt.ParseAddress(typed); code == "" {
		found, err := s.Store.Interest(r.Context(), meeting, s.Identity.Person(address), s.Now())
		if err != nil || found != nil {
			return s.toInterest(w, found, err)
		}
	}
	if reference, ok := mdt.ParseReference(typed); ok {
		if d, err := s.interestBy(r.Context(), reference); err == nil && d.meeting.ID == meeting {
			return onward(w, interestPath(reference))
		}
	}
	l, err := s.interestPage(r.Context(), meeting, c, func(i *mdt.Interest) bool { return hasIn(key, i.Name) })
	if err != nil {
		return err
	}
	return s.showInterests(w, r, v, l, typed)
}

func (s *Service) toInterest(w http.ResponseWriter, found *mdt.Interest, err error) error {
	if err != nil {
		return err
	}
	return onward(w, interestPath(found.Reference))
}

func (s *Service) showInterests(w http.ResponseWriter, r *http.Request, v *visit, l *interested, sought string) error {
	view := othersView{Path: meetingPath(l.meeting.ID, "attenderingen"), Sought: sought, Heads: []string{say("beheer.kolom.email"), say("beheer.kolom.naam"),
		say("beheer.kolom.stand"), say("beheer.feit.toestemming")}}
	for _, i := range l.found.Entries {
		view.Rows = append(view.Rows, row(interestPath(i.Reference), i.Email, view.Heads, textCell(i.Name), stateCell(interestState(&i)), textCell(mdt.ShortMoment(i.Consented))))
	}
	view = view.finished(l.chosen, interestFields(), l.found.Next, l.found.Cut, l.found.Seen, "beheer.attenderingen.leeg")
	return s.show(w, v, http.StatusOK, page{name: "anderen", Title: say("beheer.attenderingen.titel", "bijeenkomst", l.meeting.Name), Section: "/console", Done: done(r),
		Back: backToMeeting(&l.meeting), Body: view})
}
