package console

import (
	"strconv"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// entriesView is a list of registrations.
type entriesView struct {
	Path     string
	Whole    bool // whoever looks sees more than names
	Acts     bool // … and may change things
	Places   bool // … among them entries that have no seat yet
	Approves bool // … among them entries that wait for the team's yes
	Counts   []countView
	Narrows  narrowsView
	Sought   string // what was searched for, shown to whoever typed it
	In       string // what it was searched in
	Rows     []entryRow
	Pager    pager
	Cut      string // how far this page came
	Empty    string
	Sorts    []sortView
	Lacks    string // who is not on it for its order
}

// countView is one of the counts above a list; Href leads to those that are counted.
type countView struct{ Text, Href string }

// selectView is one thing that a list can be narrowed by.
type selectView struct {
	ID, Name, Label string
	Options         []look.OptionView
}

type entryRow struct {
	Path, Reference, Name, Organisation, Parts, Came string
	State, Class                                     string
	Tags                                             []string
}

func (s *Service) entriesView(l *listed, v *visit) entriesView {
	path := entriesPath(l.meeting.ID)
	view := entriesView{Path: path, Whole: v.SeesAll(), Acts: v.ChangesThings(), Approves: l.counter.Requested > 0,
		Places: l.counter.Requested+l.counter.Waiting+l.counter.Offered > 0}
	if v.SeesAll() {
		view.Counts = countsOf(l.meeting, l.counter, path)
	}
	for _, r := range l.Entries {
		row := entryRow{Path: entryPath(r.Meeting, r.Reference), Reference: r.Reference, Name: r.Name, Organisation: r.Organisation, Parts: partWords(l.meeting, r)}
		if v.SeesAll() {
			row.Class, row.State = statusClass(r.Status), say("beheer.stand."+string(r.Status))
			row.Came, row.Tags = mdt.ShortMoment(r.Created), r.Tags
		}
		view.Rows = append(view.Rows, row)
	}
	if len(view.Rows) == 0 {
		view.Empty = say("beheer.aanmeldingen.leeg")
	}
	if l.Cut {
		view.Cut = say("beheer.aanmeldingen.deel", "n", strconv.Itoa(l.Seen))
	}
	return view
}

// countsOf are the counts of the meeting's counter: nothing is counted by reading.
func countsOf(m mdt.Meeting, c mdt.Counter, path string) (counts []countView) {
	for _, one := range []struct {
		n      int
		status mdt.Status
	}{{c.Occupied - c.Offered, mdt.Confirmed}, {c.Offered, mdt.Offered}, {c.Waiting, mdt.Waiting}, {c.Requested, mdt.Requested}} {
		if one.n == 0 && one.status != mdt.Confirmed {
			continue
		}
		text := say("beheer.telling."+string(one.status), "n", strconv.Itoa(one.n))
		if one.status == mdt.Confirmed && m.Capacity > 0 {
			text = say("beheer.telling.van", "n", strconv.Itoa(one.n), "plekken", strconv.Itoa(m.Capacity))
			if over := tooManyWords(m, "", c); over != "" {
				text += ", " + over
			}
		}
		counts = append(counts, countView{text, path + "?stand=" + string(one.status)})
	}
	return counts
}

func statusClass(status mdt.Status) string {
	switch status {
	case mdt.Confirmed:
		return ""
	case mdt.Cancelled, mdt.Unplaced:
		return "off"
	}
	return "wait"
}
