package mdt

import (
	"slices"
	"time"
)

// Reach is how many letters a change of a meeting sends, and to whom: what the team is told before it says yes.
type Reach struct {
	Kind       LetterKind // of the letter about the change; 0: nobody hears of any
	Seated     int        // who has a seat, guests included
	Offered    int
	Waiting    int
	Asked      int // who waits for the team's yes
	Interested int // who asked to be told of the opening, and is not registered
	Proposers  int // who sent in a proposal, and is not registered: one for each proposal
	Offers     int // who is given, or offered, a seat that is added
	Mute       int // of all of them: who has no address, and so gets no letter
}

// Sum is how many letters that is.
func (r Reach) Sum() int {
	return r.Seated + r.Offered + r.Waiting + r.Asked + r.Interested + r.Proposers + r.Offers - r.Mute
}

// ReachOf is the reach of a letter to everybody who is counted: nobody has to be looked up for it.
func ReachOf(kind LetterKind, c Counter) Reach {
	return Reach{Kind: kind, Seated: c.Occupied - c.Offered, Offered: c.Offered, Waiting: c.Waiting, Asked: c.Requested, Mute: c.Mute}
}

// Add counts a registration that the change concerns.
func (r *Reach) Add(entry *Registration) {
	if entry.Email == "" {
		r.Mute++
	}
	switch entry.Status {
	case Confirmed:
		r.Seated++
	case Offered:
		r.Offered++
	case Waiting:
		r.Waiting++
	case Requested:
		r.Asked++
	}
}

// FreshSeats is how many seats a line has to give that it had not before, where it gets another number of them.
func (m Meeting) FreshSeats(part string, seats int, c Counter) int {
	return m.fresh(part, seats, c.Line(part))
}

// HandsOut says whether a seat of a line that comes free goes to somebody in it now.
func (m Meeting) HandsOut(part string, now time.Time) bool {
	if m.Direct {
		return m.LineOpen(now) && m.toCome(part, now)
	}
	_, _, ok := m.windowFor(part, now)
	return ok
}

// WithSeatsOf is the meeting with as many seats in these lines as another has of them: those change by Resize alone,
// which hands on what is added. How many are held back is its own.
func (m Meeting) WithSeatsOf(was Meeting, lines []string) Meeting {
	if slices.Contains(lines, "") {
		held := m.HeldBack
		if m.Capacity = was.Seats(""); m.Capacity > 0 {
			m.Capacity += held
		}
	}
	parts := slices.Clone(m.Parts)
	for i, p := range parts {
		if old, stood := was.Part(p.ID); stood && slices.Contains(lines, p.ID) {
			parts[i].Seats = old.Seats
		}
	}
	m.Parts = parts
	return m
}

// AddedLines are those of the ResizedLines that get more seats: of the others nothing can be handed on.
func AddedLines(was, now Meeting) (parts []string) {
	for _, part := range ResizedLines(was, now) {
		if before, after := was.Seats(part), now.Seats(part); before > 0 && (after == 0 || after > before) {
			parts = append(parts, part)
		}
	}
	return parts
}

// ResizedLines are the lines that have another number of seats in one meeting than in the other, in the order of the
// programme; the meeting's own ("") is the first.
func ResizedLines(was, now Meeting) (parts []string) {
	if was.Seats("") != now.Seats("") {
		parts = append(parts, "")
	}
	for _, p := range now.Parts {
		if old, stood := was.Part(p.ID); stood && old.Seats != p.Seats {
			parts = append(parts, p.ID)
		}
	}
	return parts
}
