package console

import (
	"context"
	"net/http"
	"net/url"
	"slices"

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
	view := otherView{Path: interestPath(i.Reference), Whole: true, State: say("beheer.attendering." + interestStand(&i))}
	if v.ChangesThings() && i.Withdrawn == nil {
		view.Presses = []pressView{{Path: view.Path, Text: say("beheer.attendering.knop"), Fields: []hidden{{"handeling", "intrekken"}}}}
	}
	view.Facts = facts("kenmerk", i.Reference, "naam", i.Name, "email", i.Email, "toestemming", mdt.Moment(i.Consented), "wissen", mdt.Day(d.interest.Expires))
	if i.Withdrawn != nil {
		view.Class = "off"
		view.Facts = append(view.Facts, facts("ingetrokken", mdt.Moment(*i.Withdrawn))...)
	}
	var err error
	if view.Letters, err = s.letterViews(d.letters, r.URL.Query().Get("brief"), notHere); err != nil {
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
