package mdt

import "time"

// RingWhy is what somebody without an address is told by telephone, as no letter can tell it.
type RingWhy string

// The things that are told so.
const (
	RingOffer     RingWhy = "aanbod"    // a seat is kept, until a moment
	RingPlaced    RingWhy = "geplaatst" // there is a seat after waiting
	RingChanged   RingWhy = "gewijzigd" // the meeting is at another time or place
	RingCalledOff RingWhy = "afgelast"
	RingUnplaced  RingWhy = "geenPlek" // the waiting list ended
)

// Ring is one thing that somebody has yet to be told by telephone.
type Ring struct {
	Why   RingWhy
	Part  string     // of which part the seat is; empty: of the meeting
	At    time.Time  // since when it is to be told
	Until *time.Time // up to when it makes sense; nil: as long as the meeting is to come
}

// ToRing is what somebody without an address has yet to be told at a moment: what came about since they registered, or
// since they were last rung. A part that was given outright is not in it: nothing tells when that was.
func (m Meeting) ToRing(r *Registration, now time.Time) (rings []Ring) {
	if r.Email != "" || r.Status == Cancelled || !now.Before(m.End) {
		return nil
	}
	add := func(ring Ring) {
		if ring.At.After(r.Created) && (r.Rung == nil || ring.At.After(*r.Rung)) && !ring.At.After(now) {
			rings = append(rings, ring)
		}
	}
	if change := m.lastChange(r); change != nil {
		why := RingChanged
		if change.CalledOff {
			why = RingCalledOff
		}
		add(Ring{Why: why, At: change.At})
	}
	if m.Cancelled {
		return rings
	}
	for _, offer := range r.Offers() {
		if !offer.Lapsed(now) {
			add(Ring{Why: RingOffer, Part: offer.Part, At: *offer.From, Until: offer.Until})
		}
	}
	if r.Status == Confirmed && r.Seated != nil {
		add(Ring{Why: RingPlaced, At: *r.Seated})
	}
	if r.Status == Unplaced {
		add(Ring{Why: RingUnplaced, At: m.WaitingListEnd()})
	}
	return rings
}

// lastChange is the last that concerns somebody; nil: none does.
func (m Meeting) lastChange(r *Registration) *News {
	for i := len(m.News) - 1; i >= 0; i-- {
		if m.News[i].Concerns(m, r) {
			return &m.News[i]
		}
	}
	return nil
}

// RingBy is the first moment up to which something of it makes sense; nil: none of it ends.
func RingBy(rings []Ring) (first *time.Time) {
	for _, ring := range rings {
		if ring.Until != nil && (first == nil || ring.Until.Before(*first)) {
			first = ring.Until
		}
	}
	return first
}
