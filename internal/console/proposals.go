package console

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
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

// othersView is a list of proposals or of messages.
type othersView struct {
	Path, Sought, Empty, Cut string
	Heads                    []string
	Rows                     []otherRow
	First, Next              string
	NextForm                 *nextForm
}

type otherRow struct {
	Path, Name string
	Cells      []cell
}

type cell struct{ Head, Text string }

// proposed is a list of proposals with its meeting.
type proposed struct {
	listed
	found store.Listed[mdt.Proposal]
}

func (s *Service) proposalsAhead(r *http.Request) (any, error) {
	return s.proposalPage(r.Context(), r.PathValue("bijeenkomst"), r.URL.Query().Get("na"), nil)
}

func (s *Service) proposalPage(ctx context.Context, meeting, after string, keep func(*mdt.Proposal) bool) (*proposed, error) {
	l := new(proposed)
	err := beside(func() error { return s.about(ctx, meeting, &l.listed) }, func() (err error) {
		l.found, err = s.Store.ListProposals(ctx, meeting, store.Listing[mdt.Proposal]{Keep: keep, After: after, Limit: pageLength}, s.Now())
		l.wrong = listTrouble(err)
		return nil
	})
	return l, err
}

func (s *Service) proposals(w http.ResponseWriter, r *http.Request, v *visit) error {
	l, _ := v.ahead.(*proposed)
	after := r.URL.Query().Get("na")
	if !v.SeesAll() {
		var err error
		if l, err = s.proposalPage(r.Context(), l.meeting.ID, after, v.seesProposal); err != nil {
			return err
		}
	}
	if err := cmp.Or(v.knowsOf(l.meeting), l.wrong); err != nil {
		return err
	}
	view := s.proposalsView(l)
	if l.found.Next != "" {
		view.Next = view.Path + "?" + url.Values{"na": {l.found.Next}}.Encode()
	}
	if after != "" {
		view.First = view.Path
	}
	return s.showProposals(w, r, v, l, view)
}

func (v *visit) seesProposal(p *mdt.Proposal) bool { return v.SeesEntry(p.Regions) }

// othersSpec is what is searched for among proposals or messages, and where the page before ended.
var othersSpec = forms.Spec{{Name: "zoek", Kind: forms.Line, Max: 254}, {Name: "na", Kind: forms.Line, Max: 2000}}

// hasIn says whether some text has what is searched for in it, however that is typed.
func hasIn(key string, texts ...string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(mdt.SearchKey(text), key) })
}

// searchProposals looks for a reference, or through names, organisations and themes.
func (s *Service) searchProposals(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, othersSpec)
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(in.own.Get("zoek"))
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSearched, Meeting: r.PathValue("bijeenkomst")}); err != nil {
		return err
	}
	if reference, ok := mdt.ParseReference(typed); ok {
		if p, err := s.proposalBy(r.Context(), reference); err == nil && v.SeesEntry(p.Regions) {
			return onward(w, proposalPath(reference))
		}
	}
	key := mdt.SearchKey(typed)
	l, err := s.proposalPage(r.Context(), r.PathValue("bijeenkomst"), in.own.Get("na"), func(p *mdt.Proposal) bool {
		return v.seesProposal(p) && (hasIn(key, p.Name, p.Organisation, p.Theme) || v.SeesAll() && strings.EqualFold(p.Email, typed))
	})
	if err != nil {
		return err
	}
	if err := cmp.Or(v.knowsOf(l.meeting), l.wrong); err != nil {
		return err
	}
	view := s.proposalsView(l)
	if view.Sought = typed; l.found.Next != "" {
		view.NextForm = &nextForm{typed, "", l.found.Next}
	}
	return s.showProposals(w, r, v, l, view)
}

func (s *Service) proposalsView(l *proposed) othersView {
	view := othersView{Path: meetingPath(l.meeting.ID, "voorstellen"), Heads: []string{say("beheer.voorstel.thema"), say("beheer.kolom.naam"), say("beheer.kolom.organisatie"), say("beheer.voorstel.doel"), say("beheer.kolom.ingestuurd")}}
	for _, p := range l.found.Entries {
		name := p.Theme
		if p.Status == mdt.Withdrawn {
			name += " (" + say("beheer.voorstel.ingetrokken") + ")"
		}
		view.Rows = append(view.Rows, row(proposalPath(p.Reference), name, view.Heads, p.Name, p.Organisation, goalWords(p.Goal), mdt.Moment(p.Created)))
	}
	return finished(view, l.found.Cut, l.found.Seen, "beheer.voorstellen.leeg")
}

// row is one line of a list: its name under the first head, the rest under the others.
func row(path, name string, heads []string, texts ...string) otherRow {
	out := otherRow{Path: path, Name: name}
	for i, text := range texts {
		out.Cells = append(out.Cells, cell{heads[i+1], text})
	}
	return out
}

func finished(view othersView, cut bool, seen int, empty string) othersView {
	if len(view.Rows) == 0 {
		view.Empty = say(empty)
	}
	if cut {
		view.Cut = say("beheer.lijst.deel", "n", strconv.Itoa(seen))
	}
	return view
}

// goalWords is the first word of what a goal is called.
func goalWords(goal string) string {
	words, _, _ := strings.Cut(content.FieldWords("doel.keuze."+goal, nil), ":")
	return words
}

func (s *Service) showProposals(w http.ResponseWriter, r *http.Request, v *visit, l *proposed, view othersView) error {
	return s.show(w, v, http.StatusOK, page{name: "anderen", Title: say("beheer.voorstellen.titel", "bijeenkomst", l.meeting.Name), Section: "/console", Done: done(r),
		Back: backToMeeting(&l.meeting), Body: view})
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
	view := entryView{Path: proposalPath(p.Reference), Whole: v.SeesAll(), Class: "", State: say("beheer.voorstelstand." + string(p.Status))}
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
		if view.Letters, err = s.letterViews(d.letters, r.URL.Query().Get("brief")); err != nil {
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
