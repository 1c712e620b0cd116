package console

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Who asked to be told of a meeting named no region: no facilitator sees them.
const (
	interestsPattern = meetingsPath + "{bijeenkomst}/attenderingen"
	interestPattern  = "/console/attenderingen/{kenmerk}"
)

func (s *Service) interestRoutes() []route {
	return []route{
		{pattern: interestsPattern, sees: national, does: national, get: s.interests, post: s.searchInterests, ahead: s.interestsAhead},
		{pattern: interestPattern, sees: national, does: team, get: s.interest, post: s.withdrawInterest, ahead: s.interestAhead},
	}
}

func interestPath(reference string) string {
	return "/console/attenderingen/" + url.PathEscape(reference)
}

// interested is a list of interests with its meeting.
type interested struct {
	listed
	found store.Listed[mdt.Interest]
}

func (s *Service) interestsAhead(r *http.Request) (any, error) {
	return s.interestPage(r.Context(), r.PathValue("bijeenkomst"), r.URL.Query().Get("na"), nil)
}

func (s *Service) interestPage(ctx context.Context, meeting, after string, keep func(*mdt.Interest) bool) (*interested, error) {
	l := new(interested)
	err := beside(func() error { return s.about(ctx, meeting, &l.listed) }, func() (err error) {
		l.found, err = s.Store.ListInterests(ctx, meeting, store.Listing[mdt.Interest]{Keep: keep, After: after, Limit: pageLength}, s.Now())
		return listTrouble(err)
	})
	return l, err
}

func (s *Service) interests(w http.ResponseWriter, r *http.Request, v *visit) error {
	l, _ := v.ahead.(*interested)
	view := s.interestsView(l)
	if l.found.Next != "" {
		view.Next = view.Path + "?" + url.Values{"na": {l.found.Next}}.Encode()
	}
	if r.URL.Query().Get("na") != "" {
		view.First = view.Path
	}
	return s.showInterests(w, r, v, l, view)
}

// searchInterests looks for an address or a reference, or through names.
func (s *Service) searchInterests(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, othersSpec)
	if err != nil {
		return err
	}
	typed, meeting := strings.TrimSpace(in.own.Get("zoek")), r.PathValue("bijeenkomst")
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
	key := mdt.SearchKey(typed)
	l, err := s.interestPage(r.Context(), meeting, in.own.Get("na"), func(i *mdt.Interest) bool { return hasIn(key, i.Name) })
	if err != nil {
		return err
	}
	view := s.interestsView(l)
	if view.Sought = typed; l.found.Next != "" {
		view.NextForm = &nextForm{typed, "", l.found.Next}
	}
	return s.showInterests(w, r, v, l, view)
}

func (s *Service) toInterest(w http.ResponseWriter, found *mdt.Interest, err error) error {
	if err != nil {
		return err
	}
	return onward(w, interestPath(found.Reference))
}

func (s *Service) interestsView(l *interested) othersView {
	view := othersView{Path: meetingPath(l.meeting.ID, "attenderingen"), Heads: []string{say("beheer.kolom.email"), say("beheer.kolom.naam"), say("beheer.kolom.stand"), say("beheer.feit.toestemming")}}
	for _, i := range l.found.Entries {
		view.Rows = append(view.Rows, row(interestPath(i.Reference), i.Email, view.Heads, i.Name, interestWords(i), mdt.ShortMoment(i.Consented)))
	}
	return finished(view, l.found.Cut, l.found.Seen, "beheer.attenderingen.leeg")
}

// interestWords say how an interest stands.
func interestWords(i mdt.Interest) string {
	switch {
	case i.Withdrawn != nil:
		return say("beheer.attendering.ingetrokken")
	case i.Told > 0:
		return say("beheer.attendering.verteld")
	}
	return say("beheer.attendering.wacht")
}

func (s *Service) showInterests(w http.ResponseWriter, r *http.Request, v *visit, l *interested, view othersView) error {
	return s.show(w, v, http.StatusOK, page{name: "anderen", Title: say("beheer.attenderingen.titel", "bijeenkomst", l.meeting.Name), Section: "/console", Done: done(r),
		Back: backToMeeting(&l.meeting), Body: view})
}

// wished is one interest with its meeting and letters.
type wished struct {
	listed
	interest mdt.Kept[mdt.Interest]
	letters  []mdt.Letter
}

func (s *Service) interestAhead(r *http.Request) (any, error) {
	return s.interestBy(r.Context(), r.PathValue("kenmerk"))
}

// interestBy reads an interest by its reference; one that is not there is a 404.
func (s *Service) interestBy(ctx context.Context, reference string) (*wished, error) {
	found, err := s.Store.Find(ctx, reference)
	at := slices.IndexFunc(found, func(f store.Found) bool { return f.Of == mdt.NoteInterest })
	if err != nil {
		return nil, err
	}
	if at < 0 {
		return nil, &trouble{status: http.StatusNotFound}
	}
	d, own := new(wished), mdt.Dossier{}
	err = beside(func() error { return s.about(ctx, found[at].Meeting, &d.listed) },
		func() (err error) { own, err = s.Own(ctx, found[at].Person); return err })
	if err != nil {
		return nil, err
	}
	kept := own.InterestIn(found[at].Meeting)
	if kept == nil {
		return nil, &trouble{status: http.StatusNotFound}
	}
	d.interest = *kept
	d.letters, err = s.Store.Letters(ctx, kept.Of.LetterIDs)
	slices.SortFunc(d.letters, func(a, b mdt.Letter) int { return b.Created.Compare(a.Created) })
	return d, err
}

func (s *Service) interest(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, _ := v.ahead.(*wished)
	i := d.interest.Of
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSeen, About: i.Reference, Meeting: i.Meeting, Subject: i.Person}); err != nil {
		return err
	}
	view := entryView{Path: interestPath(i.Reference), Whole: true, State: interestWords(i), Acts: v.ChangesThings() && i.Withdrawn == nil}
	view.Facts = facts("kenmerk", i.Reference, "naam", i.Name, "email", i.Email, "toestemming", mdt.Moment(i.Consented), "wissen", mdt.Day(d.interest.Expires))
	if i.Withdrawn != nil {
		view.Class = "off"
		view.Facts = append(view.Facts, facts("ingetrokken", mdt.Moment(*i.Withdrawn))...)
	}
	var err error
	if view.Letters, err = s.letterViews(d.letters, r.URL.Query().Get("brief")); err != nil {
		return err
	}
	return s.show(w, v, http.StatusOK, page{name: "ander", Title: i.Email, Section: "/console", Done: done(r),
		Back: look.Way{Href: meetingPath(i.Meeting, "attenderingen"), Text: say("beheer.attenderingen.titel", "bijeenkomst", d.meeting.Name)}, Body: view})
}

// withdrawInterest ends somebody's wish to be told, for who asks the team. No letter says so.
func (s *Service) withdrawInterest(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, err := s.interestBy(r.Context(), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	in, err := read(r, forms.Spec{})
	if err != nil {
		return err
	}
	if in.deed() != "intrekken" {
		return &trouble{status: http.StatusBadRequest}
	}
	i := d.interest.Of
	if err := s.WithdrawInterest(r.Context(), i.Meeting, i.Person); err != nil {
		return err
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedWithdrawn, About: i.Reference, Meeting: i.Meeting, Subject: i.Person}); err != nil {
		return err
	}
	return onward(w, interestPath(i.Reference)+"?gedaan=attenderingingetrokken")
}
