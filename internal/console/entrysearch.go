package console

import (
	"context"
	"net/http"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// searchSpec is what is searched for, in what, and where the page before ended. It comes in a form: a name or an
// address stands in no address of a page.
var searchSpec = forms.Spec{{Name: "zoek", Kind: forms.Line, Max: 254}, {Name: "in", Kind: forms.Line, Max: 20}, {Name: "na", Kind: forms.Line, Max: 2000}}

// The things that can be searched in. An address or a reference is known by how it looks.
const (
	inName         = "naam"
	inOrganisation = "organisatie"
)

// searchEntries answers a search: one entry at its own page, else a list.
func (s *Service) searchEntries(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, searchSpec)
	if err != nil {
		return err
	}
	sought, meeting := strings.TrimSpace(in.own.Get("zoek")), r.PathValue("bijeenkomst")
	l := new(listed)
	if err := s.about(r.Context(), meeting, l); err != nil {
		return err
	}
	if err := v.knowsOf(l.meeting); err != nil {
		return err
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSearched, Meeting: meeting}); err != nil {
		return err
	}
	if reference, err := s.pointed(r, v, meeting, sought); err != nil || reference != "" {
		if err != nil {
			return err
		}
		return onward(w, entryPath(meeting, reference))
	}
	return s.searchList(w, r, v, l, in, sought)
}

// pointed gives the reference of the one entry that an address or a reference points at; empty where it is neither,
// or nobody's whom this visit may know of.
func (s *Service) pointed(r *http.Request, v *visit, meeting, sought string) (string, error) {
	var person mdt.PersonID
	if address, code := mdt.ParseAddress(sought); code == "" {
		if !v.SeesAll() { // a facilitator is told nobody's address, nor whether one is somebody's
			return "", nil
		}
		person = s.Identity.Person(address)
	} else if reference, ok := mdt.ParseReference(sought); ok {
		var err error
		if person, err = s.whose(r.Context(), meeting, reference); err != nil || person == "" || v.SeesAll() {
			return given(reference, person), err
		}
	}
	if person == "" {
		return "", nil
	}
	standing, err := s.Store.Standing(r.Context(), meeting, person)
	if err != nil || standing.Entries[0] == nil || !v.SeesEntry(standing.Entries[0].Regions) {
		return "", err
	}
	return standing.Entries[0].Reference, nil
}

// given is a reference that is somebody's.
func given(reference string, person mdt.PersonID) string {
	if person == "" {
		return ""
	}
	return reference
}

// whose gives the person whose registration for a meeting has a reference; empty: nobody's.
func (s *Service) whose(ctx context.Context, meeting, reference string) (mdt.PersonID, error) {
	found, err := s.Store.Find(ctx, reference)
	for _, f := range found {
		if f.Of == mdt.NoteRegistration && f.Meeting == meeting {
			return f.Person, nil
		}
	}
	return "", err
}

func (s *Service) searchList(w http.ResponseWriter, r *http.Request, v *visit, l *listed, in *posted, sought string) error {
	q := store.RegistrationListing{Order: store.ByTheName, Begins: sought, Listing: store.Listing[mdt.Registration]{
		Keep: v.may(), After: in.own.Get("na"), Limit: pageLength}}
	switch in.own.Get("in") {
	case "", inName:
	case inOrganisation:
		q.Order = store.ByTheOrganisation
	default:
		return unknownChoice(entriesPath(l.meeting.ID))
	}
	var err error
	l.Listed, err = s.Store.ListRegistrations(r.Context(), l.meeting.ID, q, s.Now())
	if err = listTrouble(err); err != nil {
		return err
	}
	view := s.entriesView(l, v)
	view.Sorts = sortViews(l.meeting.ID, filter{}, orElse(in.own.Get("in"), inName))
	if q.Order == store.ByTheOrganisation && sought == "" {
		view.Lacks = say("beheer.sorteer.organisatie.uitleg")
	}
	view.Narrows, view.Sought, view.In = s.narrows(l, filter{}, v), sought, in.own.Get("in")
	if l.Next != "" {
		view.Pager.Form = &nextForm{view.Path + "/zoeken", []hidden{{"zoek", sought}, {"in", view.In}, {"na", l.Next}}}
	}
	if len(view.Rows) == 0 {
		view.Empty = say("beheer.aanmeldingen.nietGevonden")
	}
	return s.showEntries(w, r, v, l, view)
}
