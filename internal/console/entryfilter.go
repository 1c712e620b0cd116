package console

import (
	"slices"
	"strings"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// entryStatuses are those that a list can be narrowed to, in the order in which they are shown.
var entryStatuses = []mdt.Status{mdt.Confirmed, mdt.Offered, mdt.Waiting, mdt.Requested, mdt.Cancelled, mdt.Unplaced}

// offered says whether a list can be narrowed to this: a tag is whatever somebody wrote.
func (f filter) offered(l *listed, address string) bool {
	has := func(value string, of []look.Option) bool {
		return value == "" || slices.ContainsFunc(of, func(o look.Option) bool { return o.Value == value })
	}
	return (f.status == "" || slices.Contains(entryStatuses, mdt.Status(f.status))) && (address == "" || f.broken) && (f.order == "" || f.order == oldestFirst && !f.broken) &&
		has(f.part, partOptions(l.meeting)) && has(f.region, regionOptions(l.regions))
}

// narrows is the form above a list of registrations.
func (s *Service) narrows(l *listed, f filter, v *visit) narrowsView {
	view := narrowsView{Path: entriesPath(l.meeting.ID), Order: f.order, Fields: s.filterViews(l, f, v)}
	if len(f.values()) > 0 {
		view.All = view.Path
	}
	return view
}

// filterViews are the fields above a list that narrow it. A facilitator's list is one region's already.
func (s *Service) filterViews(l *listed, f filter, v *visit) (views []selectView) {
	if v.SeesAll() {
		statuses := make([]look.Option, len(entryStatuses))
		for i, status := range entryStatuses {
			statuses[i] = look.Option{Value: string(status), Label: say("beheer.stand." + string(status))}
		}
		views = append(views, chooser("stand", f.status, statuses))
	}
	if parts := partOptions(l.meeting); len(parts) > 0 {
		views = append(views, chooser("onderdeel", f.part, parts))
	}
	if !v.SeesAll() {
		return views
	}
	views = append(views, chooser("regio", f.region, regionOptions(l.regions)))
	if tags := tagOptions(l, f); len(tags) > 0 {
		views = append(views, chooser("etiket", f.tag, tags))
	}
	broken := ""
	if f.broken {
		broken = "kapot"
	}
	return append(views, chooser("adres", broken, []look.Option{brokenOption()}))
}

// brokenOption narrows to whoever's address takes no mail.
func brokenOption() look.Option {
	return look.Option{Value: "kapot", Label: say("beheer.filter.adres.kapot")}
}

// chooser is a field with all of it first.
func chooser(name, chosen string, options []look.Option) selectView {
	view := selectView{ID: "filter-" + name, Name: name, Label: say("beheer.filter." + name),
		Options: []look.OptionView{{Label: say("beheer.filter.alles"), Checked: chosen == ""}}}
	for _, o := range options {
		view.Options = append(view.Options, look.OptionView{Value: o.Value, Label: o.Label, Checked: o.Value == chosen})
	}
	return view
}

func partOptions(m mdt.Meeting) (options []look.Option) {
	for _, p := range m.Parts {
		options = append(options, look.Option{Value: p.ID, Label: p.Name})
	}
	return options
}

// tagOptions are the tags on this page, and the one that was chosen: no list of all is kept.
func tagOptions(l *listed, f filter) (options []look.Option) {
	seen := map[string]bool{}
	add := func(tag string) {
		if tag != "" && !seen[tag] {
			seen[tag] = true
			options = append(options, look.Option{Value: tag, Label: tag})
		}
	}
	add(f.tag)
	for _, r := range l.Entries {
		for _, tag := range r.Tags {
			add(tag)
		}
	}
	return options
}

// partWords names the parts of an entry in the order of the programme, and those it waits for.
func partWords(m mdt.Meeting, r mdt.Registration) string {
	var names []string
	for _, p := range m.Parts {
		for _, id := range r.Parts {
			if id == p.ID {
				names = append(names, p.Name)
			}
		}
		for _, place := range r.PartLines {
			if place.Part == p.ID {
				names = append(names, say("beheer.wachtVoor", "onderdeel", p.Name))
			}
		}
	}
	return strings.Join(names, ", ")
}
