package console

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

const (
	proposalsPattern = meetingsPath + "{bijeenkomst}/voorstellen"
	proposalPattern  = "/console/voorstellen/{kenmerk}"
)

func (s *Service) proposalRoutes() []route {
	return []route{
		{pattern: proposalsPattern, sees: everyone, does: everyone, get: s.proposals, post: s.searchProposals, ahead: s.proposalsAhead},
		{pattern: proposalPattern, sees: everyone, get: s.proposal, ahead: s.proposalAhead},
		{pattern: proposalPattern + "/wijzigen", sees: team, does: team, get: s.askProposal, post: s.changeProposal},
	}
}

func proposalPath(reference string) string {
	return "/console/voorstellen/" + url.PathEscape(reference)
}

// submitted is a proposal with its meeting and letters.
type submitted struct {
	listed
	proposal *mdt.Proposal
	letters  []mdt.Letter
}

func (s *Service) proposalAhead(r *http.Request) (any, error) {
	return s.submittedBy(r.Context(), r.PathValue("kenmerk"))
}

// proposalBy reads a proposal by its reference; one that is not there is a 404.
func (s *Service) proposalBy(ctx context.Context, reference string) (*mdt.Proposal, error) {
	found, err := s.Store.Find(ctx, reference)
	for _, f := range found {
		if f.Of != mdt.NoteProposal {
			continue
		}
		p, err := s.Store.Proposal(ctx, f.Meeting, f.ID, f.Person)
		if err != nil || p != nil {
			return p, err
		}
	}
	if err == nil {
		err = &trouble{status: http.StatusNotFound}
	}
	return nil, err
}

func (s *Service) submittedBy(ctx context.Context, reference string) (*submitted, error) {
	p, err := s.proposalBy(ctx, reference)
	if err != nil {
		return nil, err
	}
	out := &submitted{proposal: p}
	err = beside(func() error { return s.about(ctx, p.Meeting, &out.listed) },
		func() (err error) { out.letters, err = s.Store.Letters(ctx, p.LetterIDs); return err })
	slices.SortFunc(out.letters, func(a, b mdt.Letter) int { return b.Created.Compare(a.Created) })
	return out, err
}

func (s *Service) proposal(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, _ := v.ahead.(*submitted)
	p := d.proposal
	if !v.SeesEntry(p.Regions) || v.knowsOf(d.meeting) != nil {
		return &trouble{status: http.StatusNotFound}
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSeen, About: p.Reference, Meeting: p.Meeting, Subject: p.Person}); err != nil {
		return err
	}
	view := otherView{Path: proposalPath(p.Reference), Whole: v.SeesAll(), Class: proposalClass(p.Status), State: proposalStand(string(p.Status))}
	email, leads := p.Email, leaderWords(p.Leader)
	if !view.Whole { // as in the sheet: without anybody's address
		email, leads = "", ""
	}
	view.Facts = facts("kenmerk", p.Reference, "naam", p.Name, "email", email, "organisatie", p.Organisation, "doel", content.FieldWords("doel.keuze."+p.Goal, nil),
		"soort", content.FieldWords("soort.keuze."+p.Kind, nil), "toelichting", p.Explanation, "leiding", leads, "regios", regionNames(d.regions, v.mine(p.Regions)),
		"ingestuurd", mdt.Moment(p.Created), "wissen", mdt.Day(mdt.EntryExpires(d.meeting)))
	if v.ChangesThings() && p.Status == mdt.Received && s.Now().Before(d.meeting.End) {
		view.Ways = []look.Way{{Href: view.Path + "/wijzigen", Text: say("beheer.wijzigen.knop")}}
	}
	if view.Whole {
		var err error
		if view.Letters, err = s.letterViews(d.letters, r.URL.Query().Get("brief"), notHere); err != nil {
			return err
		}
	}
	return s.show(w, v, http.StatusOK, page{name: "ander", Title: p.Theme, Section: "/console", Done: done(r),
		Back: look.Way{Href: meetingPath(p.Meeting, "voorstellen"), Text: say("beheer.voorstellen.titel", "bijeenkomst", d.meeting.Name)}, Body: view})
}

// mine are those regions that somebody may know were named: a facilitator only of his own.
func (v *visit) mine(regions []string) []string {
	return slices.DeleteFunc(slices.Clone(regions), func(region string) bool { return !v.SeesEntry([]string{region}) })
}

// leaderWords say who leads a session.
func leaderWords(l mdt.StoredLeader) string {
	words := content.FieldWords("leiding.wie.keuze."+l.Who, nil)
	if l.Who == mdt.LedByOther {
		words = l.Name + ", " + l.Email
	}
	if l.Role != "" {
		words += " (" + content.FieldWords("leiding.rol.keuze."+l.Role, nil) + ")"
	}
	return words
}
