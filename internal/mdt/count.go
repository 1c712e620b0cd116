package mdt

import (
	"strings"
	"unicode"
)

// CountChange is what is added to the meeting's counter, and what must hold of it before.
type CountChange struct {
	Seats, Waiting int
	Parts          []Part // one seat each
	MaxOccupied    *int   // seats given away may be at most this
	MinOccupied    *int   // … or must be at least this: it really is full for this many
	NoneWaiting    bool   // nobody may stand in line
	SomeWaiting    bool   // somebody must
	Organisation   string // normal form; empty: not counted
	OrgAdd         int
	OrgBefore      int // at most this many of the organisation may be counted before
}

// IsZero says that the counter stays as it is.
func (c CountChange) IsZero() bool { return c.Seats == 0 && c.Waiting == 0 }

func (r RegisterRequest) count(status Status) CountChange {
	n := r.seats()
	c := CountChange{}
	if org := NormalOrganisation(r.Form.Organisation); r.Meeting.PerOrg > 0 && org != "" {
		c.Organisation, c.OrgAdd, c.OrgBefore = org, n, r.Meeting.PerOrg-r.asFresh()
	}
	if status == Waiting {
		c.Waiting = n
	} else {
		c.Seats, c.Parts = n, r.parts()
	}
	if r.Meeting.Capacity > 0 {
		r.bound(&c, status)
	}
	return c
}

// bound demands of the counter what makes the status, and what was answered, true of the moment of storing.
func (r RegisterRequest) bound(c *CountChange, status Status) {
	fits, fitsFresh := r.Meeting.Capacity-r.seats(), r.Meeting.Capacity-r.asFresh()
	over, overFresh := fits+1, fitsFresh+1
	switch {
	case status == Waiting && r.Counter.Waiting > 0:
		c.SomeWaiting = true
	case status == Waiting:
		c.MinOccupied = &over
	case r.status(r.asFresh()) == Confirmed:
		c.NoneWaiting, c.MaxOccupied = true, &fitsFresh
	default: // the seats suffice only because a guest has one already
		c.NoneWaiting, c.MaxOccupied, c.MinOccupied = true, &fits, &overFresh
	}
}

func (r RegisterRequest) parts() []Part {
	var parts []Part
	for _, id := range r.Form.Parts {
		if part, ok := r.Meeting.Part(id); ok {
			parts = append(parts, part)
		}
	}
	return parts
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
