package console

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// manySpec is one deed for many entries: which, whose, and what it needs.
var manySpec = forms.Spec{
	{Name: "handeling", Kind: forms.Line, Max: 20},
	{Name: "wie", Kind: forms.Choices},
	{Name: "etiket", Kind: forms.Line, Code: "balie.etiket", Max: mdt.MaxTag},
	{Name: "reden", Kind: forms.Line, Code: "balie.reden", Max: maxReason},
}

// one is an entry that a deed for many is done to.
type one struct {
	entry *mdt.Registration
	deed  acts.Deed
	shown *string // the letters that it must send, to be done; nil: whichever are left to send
}

// do does it as it was agreed to among others.
func (o one) do(ctx context.Context) error {
	if o.shown == nil {
		return o.deed.DoAgreed(ctx)
	}
	return o.deed.DoShown(ctx, *o.shown)
}

// manyView is how it ended for each.
type manyView struct {
	Path string
	Rows []resultRow
}

type resultRow struct{ Path, Name, Result, Class string }

// doMany shows whom something would be done to and which letters would go; agreed to, it does it one by one and says
// how each ended: one that cannot be done keeps no other from it.
func (s *Service) doMany(w http.ResponseWriter, r *http.Request, v *visit) error {
	l := new(listed)
	if err := s.about(r.Context(), r.PathValue("bijeenkomst"), l); err != nil {
		return err
	}
	in, err := read(r, manySpec)
	if err != nil {
		return err
	}
	entries, err := s.chosen(r.Context(), l.meeting.ID, in.own["wie"])
	if err != nil {
		return err
	}
	deeds, fault := s.deeds(r.Context(), l, v, in, entries)
	if fault != "" || len(deeds) == 0 {
		return &trouble{status: http.StatusBadRequest, about: orElse(fault, "niemand")}
	}
	if in.deed() == "toelaten" { // whoever gets the last seat makes it another letter for the next
		if err := settle(r.Context(), deeds); err != nil {
			return err
		}
	}
	whole := acts.Together(deedsOf(deeds)...)
	a := agreement{deed: whole.Shown(), title: say("beheer.samen."+in.deed(), "n", strconv.Itoa(len(deeds))), path: r.URL.EscapedPath(),
		back: look.Way{Href: entriesPath(l.meeting.ID), Text: l.meeting.Name}, fields: carried(in, manySpec), atMost: true}
	for _, one := range deeds {
		a.people = append(a.people, one.entry.Name)
	}
	done, err := s.agree(w, r, v, in, a)
	if err != nil || !done {
		return err
	}
	return s.eachOf(w, r, v, l, in, deeds)
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// settle has each be done only with the letters that it would send now. One that cannot be done sends none.
func settle(ctx context.Context, deeds []one) error {
	for i := range deeds {
		letters, err := deeds[i].deed.Letters(ctx)
		if no := (*acts.Refused)(nil); err != nil && !errors.As(err, &no) {
			return err
		}
		kinds := acts.Kinds(letters)
		deeds[i].shown = &kinds
	}
	return nil
}

func deedsOf(all []one) (deeds []acts.Deed) {
	for _, one := range all {
		deeds = append(deeds, one.deed)
	}
	return deeds
}

// chosen reads the entries with these references, at most a page of a list.
func (s *Service) chosen(ctx context.Context, meeting string, references []string) (entries []*mdt.Registration, err error) {
	references = references[:min(len(references), pageLength)]
	persons, finds := make([]mdt.PersonID, len(references)), make([]func() error, len(references))
	for i, reference := range references {
		finds[i] = func() (err error) { persons[i], err = s.whose(ctx, meeting, reference); return err }
	}
	if err := beside(finds...); err != nil {
		return nil, err
	}
	slices.Sort(persons)
	persons = slices.DeleteFunc(slices.Compact(persons), func(p mdt.PersonID) bool { return p == "" })
	standing, err := s.Store.Standing(ctx, meeting, persons...)
	return slices.DeleteFunc(standing.Entries, func(r *mdt.Registration) bool { return r == nil }), err
}

// deeds are what is to be done with each; fault names the words of what is missing.
func (s *Service) deeds(ctx context.Context, l *listed, v *visit, in *posted, entries []*mdt.Registration) (deeds []one, fault string) {
	tag, tagged := mdt.ParseTag(in.own.Get("etiket"))
	why, faults := reason(in)
	for _, entry := range entries {
		deed := acts.Deed{}
		switch in.deed() {
		case "etiket":
			if !tagged {
				return nil, "etiket"
			}
			deed = s.Noting(l.meeting.ID, entry.Person, mdt.Annotation{Tags: []string{tag}})
		case "afmelden":
			if why == "" || len(faults) > 0 {
				return nil, "reden"
			}
			deed = s.Revoking(l.meeting.ID, entry.Person, v.Name, why)
		case "opnieuw":
			deed = s.ResendingLast(l.meeting.ID, entry.Person)
		case "toelaten":
			deed = s.Approving(l.meeting.ID, entry.Person)
		default:
			return nil, "niemand"
		}
		deeds = append(deeds, one{entry: entry, deed: deed})
	}
	return deeds, ""
}

// eachOf does it to each, and tells how it ended.
func (s *Service) eachOf(w http.ResponseWriter, r *http.Request, v *visit, l *listed, in *posted, deeds []one) error {
	view := manyView{Path: entriesPath(l.meeting.ID)}
	what, why := mdt.DeedChanged, ""
	if in.deed() == "opnieuw" {
		what = mdt.DeedResent
	}
	if in.deed() == "afmelden" { // nothing else asks for a reason
		why, _ = reason(in)
	}
	for _, one := range deeds {
		row := resultRow{Path: entryPath(l.meeting.ID, one.entry.Reference), Name: one.entry.Name, Result: say("beheer.samen.gelukt")}
		err := one.do(r.Context())
		var no *acts.Refused
		switch {
		case errors.Is(err, acts.ErrOtherLetters):
			row.Class, row.Result = "wait", say("beheer.samen.anders")
		case errors.As(err, &no):
			row.Class, row.Result = "off", content.Fault(no.Code, no.Args)
		case err != nil:
			s.Log.ErrorContext(r.Context(), "one of many failed", "error", err)
			row.Class, row.Result = "off", say("beheer.samen.mislukt")
		default:
			line := mdt.LogLine{What: what, About: one.entry.Reference, Meeting: l.meeting.ID, Subject: one.entry.Person, Reason: why}
			if err := s.Gate.Note(r.Context(), v.Visit, line); err != nil {
				return err
			}
		}
		view.Rows = append(view.Rows, row)
	}
	return s.show(w, v, http.StatusOK, page{name: "samen", Title: say("beheer.samen.klaar"), Section: "/console",
		Back: look.Way{Href: view.Path, Text: l.meeting.Name}, Body: view})
}
