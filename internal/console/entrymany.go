package console

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

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
}

// seenField carries what was shown of each entry: its reference, its version, its letters.
const seenField = "gezien"

// manyView is how it ended for each.
type manyView struct {
	Path string
	Rows []resultRow
}

type resultRow struct{ Path, Name, Result, Class string }

// doMany shows whom something would be done to and which letters would go; agreed to, it does one by one what was shown
// and says how each ended: one that cannot be done keeps no other from it.
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
	seen := seenOf(in.own[seenField])
	inOrder(entries, in.deed(), seen)
	deeds, fault := s.deeds(r.Context(), l, v, in, entries)
	if fault != "" || len(deeds) == 0 {
		return &trouble{status: http.StatusBadRequest, about: orElse(fault, "niemand")}
	}
	if in.own.Get("mails") != "" {
		return s.eachOf(w, r, v, l, in, deeds, seen)
	}
	return s.askMany(w, r, v, l, in, deeds)
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// inOrder puts entries in the order in which they were shown. Who is cancelled while waiting goes before who gives up a
// seat, which would else be offered to somebody who is about to go.
func inOrder(entries []*mdt.Registration, deed string, seen map[string]sight) {
	rank := func(r *mdt.Registration) int {
		shown, known := seen[r.Reference]
		switch {
		case known:
			return shown.place
		case deed == "afmelden" && r.Status == mdt.Offered:
			return 1
		case deed == "afmelden" && r.Status == mdt.Confirmed:
			return 2
		}
		return 0
	}
	slices.SortStableFunc(entries, func(a, b *mdt.Registration) int { return rank(a) - rank(b) })
}

// askMany shows all letters, and of whom it cannot be done.
func (s *Service) askMany(w http.ResponseWriter, r *http.Request, v *visit, l *listed, in *posted, deeds []one) error {
	glances, err := acts.Preview(r.Context(), deedsOf(deeds))
	if err != nil {
		return err
	}
	a := agreement{title: say("beheer.samen."+in.deed(), "n", strconv.Itoa(len(deeds))), path: r.URL.EscapedPath(),
		back: look.Way{Href: entriesPath(l.meeting.ID), Text: l.meeting.Name}, fields: carried(in, manySpec), atMost: true, none: true}
	var letters []mdt.Letter
	for i, glance := range glances {
		name := deeds[i].entry.Name
		a.none = a.none && glance.Refused != nil
		if glance.Refused != nil {
			name = say("beheer.samen.kanNiet", "naam", name, "waarom", content.Fault(glance.Refused.Code, glance.Refused.Args))
		}
		a.people, letters = append(a.people, name), append(letters, glance.Letters...)
		if in.deed() == "etiket" { // added to whatever stands
			glance.Version = 0
		}
		a.fields = append(a.fields, hidden{seenField, sightOf(deeds[i].entry.Reference, glance.Seen)})
	}
	return s.showMails(w, v, a, letters, false)
}

// sight is what was shown of an entry, and as the how manieth.
type sight struct {
	acts.Seen
	place int
}

func sightOf(reference string, seen acts.Seen) string {
	return strings.Join([]string{reference, itoa(seen.Version), seen.Letters}, " ")
}

// seenOf reads what was shown, by reference.
func seenOf(fields []string) map[string]sight {
	seen := map[string]sight{}
	for i, field := range fields {
		if parts := strings.SplitN(field, " ", 3); len(parts) == 3 {
			version, _ := strconv.ParseInt(parts[1], 10, 64)
			seen[parts[0]] = sight{acts.Seen{Letters: parts[2], Version: version}, i}
		}
	}
	return seen
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
		case "plaatsen", "plaatsenextra":
			if why == "" || len(faults) > 0 {
				return nil, "reden"
			}
			deed = s.Placing(l.meeting.ID, entry.Person, in.deed() == "plaatsenextra", v.Name, why)
		default:
			return nil, "niemand"
		}
		deeds = append(deeds, one{entry, deed})
	}
	return deeds, ""
}

// manyDeeds are what the log says of what is done to many.
var manyDeeds = map[string]mdt.Deed{"etiket": mdt.DeedNoted, "afmelden": mdt.DeedCancelled, "opnieuw": mdt.DeedResent, "toelaten": mdt.DeedApproved}

// eachOf does it to each as it was shown, and tells how it ended.
func (s *Service) eachOf(w http.ResponseWriter, r *http.Request, v *visit, l *listed, in *posted, deeds []one, seen map[string]sight) error {
	view := manyView{Path: entriesPath(l.meeting.ID)}
	what, why := manyDeeds[in.deed()], ""
	switch in.deed() {
	case "opnieuw":
		what = mdt.DeedResent
	case "afmelden", "plaatsen", "plaatsenextra": // nothing else asks for a reason
		why, _ = reason(in)
	}
	for _, one := range deeds {
		row := resultRow{Path: entryPath(l.meeting.ID, one.entry.Reference), Name: one.entry.Name, Result: say("beheer.samen.gelukt")}
		err := acts.ErrOtherEntry
		if shown, known := seen[one.entry.Reference]; known {
			err = one.deed.DoSeen(r.Context(), shown.Seen)
		}
		if err != nil {
			row.Class, row.Result = s.notDone(r.Context(), err)
		} else {
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

// notDone says why one of many was not done.
func (s *Service) notDone(ctx context.Context, err error) (class, text string) {
	var no *acts.Refused
	switch {
	case errors.Is(err, acts.ErrOtherEntry):
		return "wait", say("beheer.samen.veranderd")
	case errors.Is(err, acts.ErrOtherLetters):
		return "wait", say("beheer.samen.anders")
	case errors.As(err, &no):
		return "off", say("beheer.samen.niet", "waarom", content.Fault(no.Code, no.Args))
	}
	s.Log.ErrorContext(ctx, "one of many failed", "error", err)
	return "off", say("beheer.samen.mislukt")
}
