package mdt

import (
	"slices"
	"time"
)

// resizeStep is how many seats are handed out in one transaction: each takes up to four writes of it.
const resizeStep = 20

// ResizeLines is how many of those next in line a step of Resize must know.
const ResizeLines = resizeStep

// Resize gives a line another number of seats (0: no limit), those that are held back not counted: added ones go
// to those next in line, nobody loses a seat. Where more seats can be handed out than one transaction takes, the act goes a part of the
// way and done is false: decide again on what then stands.
func Resize(s Scene, part string, seats int) (Act, bool) {
	a := &acting{Scene: s}
	counts := s.Counter.Line(part)
	goal, fresh, done := seats, s.Meeting.fresh(part, seats, counts), true
	if fresh > resizeStep && len(s.Next[part]) >= resizeStep {
		goal, fresh, done = max(s.Meeting.Seats(part), counts.Occupied)+resizeStep, resizeStep, false
	}
	a.Meeting = s.Meeting.withSeats(part, goal)
	a.turn(part)
	guard := a.guards.line(part)
	guard.MinOccupied, guard.MaxOccupied, guard.WaitingIs = &counts.Occupied, &counts.Occupied, &counts.Waiting
	for ; fresh > 0; fresh-- {
		if round := a.startRound(part); !a.next(part, round) {
			a.free(part, round) // the name of all that are left
			break
		}
	}
	act := a.act()
	act.Resized = true
	return act, done
}

// fresh is how many seats the line has to give that it had not before.
func (m Meeting) fresh(part string, seats int, counts LineCount) int {
	if m.Seats(part) == 0 {
		return 0 // nobody waits for a seat of which there is no end
	}
	if seats == 0 {
		return counts.Waiting
	}
	before := max(0, m.Seats(part)-counts.Occupied)
	return max(0, max(0, seats-counts.Occupied)-before)
}

// withSeats is the meeting with another number of seats, one version on.
func (m Meeting) withSeats(part string, seats int) Meeting {
	m.Version++
	if part == "" {
		m.Capacity = seats
		if seats > 0 {
			m.Capacity += m.HeldBack
		}
		return m
	}
	parts := make([]Part, len(m.Parts))
	for i, p := range m.Parts {
		if p.ID == part {
			p.Seats = seats
		}
		parts[i] = p
	}
	m.Parts = parts
	return m
}

// SeatLetter is the letter to somebody who is given a seat of a line, or offered one; given is false where it cannot be.
func (m Meeting) SeatLetter(r *Registration, part string, c Counter, now time.Time) (letter Letter, given bool) {
	entry := *r
	entry.PartLines = slices.Clone(r.PartLines)
	return m.give(&entry, part, roundOf(c.Line(part).Turn, 1), c, now)
}

// TooMany is how many seats of a line are given away more than there are: where the team lowered their number. Nobody
// loses one for it, and none is handed on until there are fewer.
func (m Meeting) TooMany(part string, c Counter) int {
	seats := m.Capacity
	if p, found := m.Part(part); found {
		seats = p.Seats
	}
	if seats == 0 {
		return 0
	}
	return max(0, c.Line(part).Occupied-seats)
}
