package mdt

import (
	"slices"
	"strings"
	"unicode"
)

// CountChange is what is added to the meeting's counter and those of organisations, and what must hold of
// them before.
type CountChange struct {
	LineChange    // the meeting's own
	Requested     int
	Mute          int // entries of people who have no address
	Parts         []LineChange
	Organisations []OrganisationChange
}

// LineChange is what is added to the counts of one line. A pointer that is set is a demand on what stands.
type LineChange struct {
	Part        string // empty: the meeting's own
	Seats       int    // seats given away, offered ones too
	Offered     int    // of these, offered
	Waiting     int    // places in line
	MaxOccupied *int   // seats given away may be at most this
	MinOccupied *int   // … or must be at least this: it really is full for this many
	Turn        *int64 // the turn of the line; it then rises by one
	WaitingIs   *int   // as many wait as were seen
	Freed       Round  // the round of the seat that came free for anyone; 0: none that is the latest
}

// OrganisationChange is what is added to the count of an organisation.
type OrganisationChange struct {
	Name   string // normal form
	Add    int
	Before *int // at most this many may be counted before
}

// IsZero says that no count changes: there is nothing to be demanded of any.
func (c CountChange) IsZero() bool {
	same := func(l LineChange) bool { return l.Seats == 0 && l.Offered == 0 && l.Waiting == 0 && l.Turn == nil }
	return c.Requested == 0 && c.Mute == 0 && len(c.Organisations) == 0 && same(c.LineChange) && !slices.ContainsFunc(c.Parts, func(l LineChange) bool { return !same(l) })
}

// line finds the change of a line, made where it is not there yet.
func (c *CountChange) line(part string) *LineChange {
	if part == "" {
		return &c.LineChange
	}
	for i := range c.Parts {
		if c.Parts[i].Part == part {
			return &c.Parts[i]
		}
	}
	c.Parts = append(c.Parts, LineChange{Part: part})
	return &c.Parts[len(c.Parts)-1]
}

// add counts one registration, n times (1 or -1).
func (c *CountChange) add(m Meeting, r *Registration, n int) {
	if !r.Active() {
		return
	}
	c.addOrganisation(m, r.Organisation, n)
	if r.Email == "" {
		c.Mute += n
	}
	switch r.Status {
	case Requested:
		c.Requested += n
	case Waiting:
		c.Waiting += n
	case Offered:
		c.Seats, c.Offered = c.Seats+n, c.Offered+n
	case Confirmed:
		c.Seats += n
		for _, id := range r.Parts {
			c.line(id).Seats += n
		}
	}
	if r.Status != Confirmed {
		return
	}
	for _, p := range r.PartLines {
		if p.Offered() {
			c.line(p.Part).Seats += n
			c.line(p.Part).Offered += n
		} else {
			c.line(p.Part).Waiting += n
		}
	}
}

func (c *CountChange) addOrganisation(m Meeting, organisation string, n int) {
	name := NormalOrganisation(organisation)
	if m.PerOrg == 0 || name == "" {
		return
	}
	for i := range c.Organisations {
		if c.Organisations[i].Name == name {
			c.Organisations[i].Add += n
			return
		}
	}
	c.Organisations = append(c.Organisations, OrganisationChange{Name: name, Add: n})
}

// counted is what entries add to the counts: what they are now less what they were.
func counted(m Meeting, entries []EntryChange) CountChange {
	var c CountChange
	for _, e := range entries {
		c.add(m, e.Was, -1)
		c.add(m, e.New, 1)
	}
	none := func(l LineChange) bool { return l == LineChange{Part: l.Part} }
	c.Parts = slices.DeleteFunc(c.Parts, none)
	c.Organisations = slices.DeleteFunc(c.Organisations, func(o OrganisationChange) bool { return o.Add == 0 })
	return c
}

// bound demands of the counter what makes the status, and what was answered, true of the moment of storing.
func (r RegisterRequest) bound(c *CountChange, status Status) {
	r.boundParts(c)
	r.boundOrganisation(c)
	all := r.Meeting.Seats("")
	if all == 0 || status == Requested {
		return
	}
	fits, fitsFresh := all-r.seats(), all-r.asFresh()
	over, overFresh := fits+1, fitsFresh+1
	switch {
	case status == Waiting && c.Seats > 0: // the seats that are left go to some of them
		left := all - c.Seats
		c.MinOccupied, c.MaxOccupied = &left, &left
	case status == Waiting:
		c.MinOccupied = &over
	case r.status(r.asFresh()) == Confirmed:
		c.MaxOccupied = &fitsFresh
	default: // the seats suffice only because a guest has one already
		c.MaxOccupied, c.MinOccupied = &fits, &overFresh
	}
}

// boundParts demands that every part that takes somebody in has the seats for it.
func (r RegisterRequest) boundParts(c *CountChange) {
	for i := range c.Parts {
		c.Parts[i].bound(r.Meeting)
	}
}

// boundLines demands that every line that gives seats has them.
func boundLines(m Meeting, c *CountChange) {
	c.bound(m)
	for i := range c.Parts {
		c.Parts[i].bound(m)
	}
}

func (l *LineChange) bound(m Meeting) {
	if seats := m.Seats(l.Part); seats > 0 && l.Seats > 0 {
		l.MaxOccupied = ptr(seats - l.Seats)
	}
}

func (r RegisterRequest) boundOrganisation(c *CountChange) {
	before := r.Meeting.PerOrg - r.asFresh()
	for i := range c.Organisations {
		if c.Organisations[i].Add > 0 && c.Organisations[i].Name == NormalOrganisation(r.Form.Organisation) {
			c.Organisations[i].Before = &before
		}
	}
}

// NormalOrganisation is what two spellings of one organisation share: no case, spaces or punctuation.
func NormalOrganisation(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
