package console

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// proposalFields are what proposals can be narrowed to. A facilitator's list is that of his regions already.
func proposalFields(regions []mdt.Region, all bool) []narrow {
	fields := []narrow{{name: "stand", options: fieldWords(proposalStand, string(mdt.Received), string(mdt.Withdrawn))},
		{name: "doel", options: fieldWords(goalWords, mdt.Inspire, mdt.Initiate, mdt.Reflect)},
		{name: "soort", options: fieldWords(kindWords, mdt.Practice, mdt.Idea, mdt.Case)}}
	if all {
		fields = append(fields, ofRegion(regions))
	}
	return append(fields, momentOrder())
}

func proposalStand(status string) string { return say("beheer.voorstelstand." + status) }

// goalWords is the first word of what a goal is called.
func goalWords(goal string) string {
	words, _, _ := strings.Cut(content.FieldWords("doel.keuze."+goal, nil), ":")
	return words
}

func kindWords(kind string) string { return content.FieldWords("soort.keuze."+kind, nil) }

// proposed is a list of proposals with its meeting, and what its address asks for.
type proposed struct {
	listed
	chosen chosen
	found  store.Listed[mdt.Proposal]
}

func (s *Service) proposalsAhead(r *http.Request) (any, error) {
	regions, err := s.regionsFor(r)
	if err != nil {
		return nil, err
	}
	c, err := chosenOf(r, proposalFields(regions, true))
	if err != nil {
		return nil, err
	}
	return s.proposalPage(r.Context(), r.PathValue("bijeenkomst"), c)
}

func (s *Service) proposalPage(ctx context.Context, meeting string, c chosen, keep ...func(*mdt.Proposal) bool) (*proposed, error) {
	l := &proposed{chosen: c}
	keep = append(keep, where(c.of["stand"], func(p *mdt.Proposal, status string) bool { return string(p.Status) == status }),
		where(c.of["doel"], func(p *mdt.Proposal, goal string) bool { return p.Goal == goal }),
		where(c.of["soort"], func(p *mdt.Proposal, kind string) bool { return p.Kind == kind }),
		where(c.of["regio"], func(p *mdt.Proposal, region string) bool { return slices.Contains(p.Regions, region) }))
	listing := store.Listing[mdt.Proposal]{Keep: kept(keep...), After: c.after, Limit: pageLength, Oldest: c.oldest()}
	err := beside(func() error { return s.about(ctx, meeting, &l.listed) }, func() (err error) {
		l.found, err = s.Store.ListProposals(ctx, meeting, listing, s.Now())
		l.wrong = listTrouble(err)
		return nil
	})
	return l, err
}

func (v *visit) seesProposal(p *mdt.Proposal) bool { return v.SeesEntry(p.Regions) }

func (s *Service) proposals(w http.ResponseWriter, r *http.Request, v *visit) error {
	l, _ := v.ahead.(*proposed)
	if !v.SeesAll() {
		delete(l.chosen.of, "regio")
		var err error
		if l, err = s.proposalPage(r.Context(), l.meeting.ID, l.chosen, v.seesProposal); err != nil {
			return err
		}
	}
	if err := s.Gate.NoteList(r.Context(), v.Visit, listProposals, l.meeting.ID); err != nil {
		return err
	}
	return s.showProposals(w, r, v, l, "")
}

// searchProposals looks for a reference, or through names, organisations and themes.
func (s *Service) searchProposals(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, othersSpec)
	if err != nil {
		return err
	}
	c, typed, key := searched(in.own)
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSearched, Meeting: r.PathValue("bijeenkomst")}); err != nil {
		return err
	}
	if reference, ok := mdt.ParseReference(typed); ok {
		if p, err := s.proposalBy(r.Context(), reference); err == nil && v.seesProposal(p) {
			return onward(w, proposalPath(reference))
		}
	}
	l, err := s.proposalPage(r.Context(), r.PathValue("bijeenkomst"), c, func(p *mdt.Proposal) bool {
		return v.seesProposal(p) && (hasIn(key, p.Name, p.Organisation, p.Theme) || v.SeesAll() && strings.EqualFold(p.Email, typed))
	})
	if err != nil {
		return err
	}
	return s.showProposals(w, r, v, l, typed)
}

func (s *Service) showProposals(w http.ResponseWriter, r *http.Request, v *visit, l *proposed, sought string) error {
	if err := cmp.Or(v.knowsOf(l.meeting), l.wrong); err != nil {
		return err
	}
	view := othersView{Path: meetingPath(l.meeting.ID, "voorstellen"), Sought: sought, Heads: []string{say("beheer.voorstel.thema"), say("beheer.kolom.naam"),
		say("beheer.kolom.organisatie"), say("beheer.voorstel.doel"), say("beheer.kolom.stand"), say("beheer.kolom.ingestuurd")}}
	for _, p := range l.found.Entries {
		view.Rows = append(view.Rows, row(proposalPath(p.Reference), p.Theme, view.Heads, textCell(p.Name), textCell(p.Organisation), textCell(goalWords(p.Goal)),
			stateCell(proposalClass(p.Status), proposalStand(string(p.Status))), textCell(mdt.ShortMoment(p.Created))))
	}
	view = view.finished(l.chosen, proposalFields(l.regions, v.SeesAll()), l.found.Next, l.found.Cut, l.found.Seen, "beheer.voorstellen.leeg")
	return s.show(w, v, http.StatusOK, page{name: "anderen", Title: say("beheer.voorstellen.titel", "bijeenkomst", l.meeting.Name), Section: "/console", Done: done(r),
		Back: backToMeeting(&l.meeting), Body: view})
}

func proposalClass(status mdt.ProposalStatus) string {
	if status == mdt.Withdrawn {
		return "off"
	}
	return ""
}
