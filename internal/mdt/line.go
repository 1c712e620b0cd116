package mdt

import (
	"cmp"
	"time"
)

// Spot is somebody's place in a line: of a meeting's seats, or of the seats of one of its parts. Who is
// further to the front has the lower Number; guests share it with who brought them, and stand right Behind.
type Spot struct {
	Number int64      `json:"wachtnummer,omitempty"`
	Behind int        `json:"wachtAchter,omitempty"`    // 0: who registered; 1, 2, …: the guests
	Lapses int        `json:"aanbodVerlopen,omitempty"` // offers in a row that nobody answered
	From   *time.Time `json:"aanbodVanaf,omitempty"`    // an offer stands from this moment …
	Until  *time.Time `json:"aanbodTot,omitempty"`      // … up to, but not including, this one; nil: there is none
	Round  Round      `json:"aanbodRonde,omitempty"`    // of the seat that is offered
	Rounds []Round    `json:"eerdereRondes,omitempty"`  // of the seats that were offered so far, this one included
}

// MaxLapses is how many offers somebody may leave unanswered before no more come. Who then says to wait still
// gets them again, at the same place in line.
const MaxLapses = 2

// Offered says whether a seat is kept for this spot.
func (s Spot) Offered() bool { return s.Until != nil }

// Shown says whether the offer may be told: one that came at night begins in the morning.
func (s Spot) Shown(now time.Time) bool { return s.Offered() && !now.Before(*s.From) }

// Lapsed says whether the time to answer an offer is over.
func (s Spot) Lapsed(now time.Time) bool { return s.Offered() && !now.Before(*s.Until) }

// Quiet says whether this spot gets no more offers until it is asked for.
func (s Spot) Quiet() bool { return s.Lapses >= MaxLapses }

// Compare orders spots from the front of a line to its end.
func (s Spot) Compare(t Spot) int {
	return cmp.Or(cmp.Compare(s.Number, t.Number), cmp.Compare(s.Behind, t.Behind))
}

// kept is the spot without its offer.
func (s Spot) kept() Spot {
	s.From, s.Until, s.Round = nil, nil, 0
	return s
}

// PartSpot is a place in the line for a part.
type PartSpot struct {
	Part string `json:"onderdeel"`
	Spot
}

// Place is a spot with the line it is in; Part is empty for the line of the meeting itself.
type Place struct {
	Part string
	Spot
}

// Queued lists the places at which the registration can be offered a seat now.
func (r *Registration) Queued() (places []Place) {
	for _, p := range r.places() {
		if !p.Offered() && !p.Quiet() {
			places = append(places, p)
		}
	}
	return places
}

// Offers lists the places at which a seat is kept for the registration.
func (r *Registration) Offers() (places []Place) {
	for _, p := range r.places() {
		if p.Offered() {
			places = append(places, p)
		}
	}
	return places
}

// places are all places in line that the registration has.
func (r *Registration) places() (places []Place) {
	if r == nil {
		return nil
	}
	switch r.Status {
	case Waiting, Offered:
		places = append(places, Place{"", r.Spot})
	case Confirmed:
		for _, p := range r.PartLines {
			places = append(places, Place(p))
		}
	}
	return places
}

// Place finds the registration's place in a line.
func (r *Registration) Place(part string) (Place, bool) {
	for _, p := range r.places() {
		if p.Part == part {
			return p, true
		}
	}
	return Place{}, false
}

// LineOpen says whether seats that come free still go to the line.
func (m Meeting) LineOpen(now time.Time) bool {
	return !m.Cancelled && now.Before(m.WaitingListEnd()) && now.Before(m.Start)
}

// The hours of Amsterdam between which offers start and lapse.
const (
	dayBegins = 9
	dayEnds   = 21
)

const (
	defaultOfferHours = 48
	// leastOffer is what somebody gets to answer, unless the start of the meeting forces less: long enough to
	// meet every mail once a day.
	leastOffer = 20 * time.Hour
)

// OfferWindow gives the time in which an offer made now can be answered. It starts now, or at 9.00 where that
// is at night; it lasts OfferHours, at most half of what is left to the start but at least 20 hours, it does
// not lapse at night, and it never passes the start. ok is false where the list would have ended by its start.
func (m Meeting) OfferWindow(now time.Time) (from, until time.Time, ok bool) {
	return m.offerWindow(now, m.Start)
}

// windowFor is OfferWindow for a seat of a part, or of the meeting itself where part is empty.
func (m Meeting) windowFor(part string, now time.Time) (from, until time.Time, ok bool) {
	p, found := m.Part(part)
	switch {
	case part == "":
		return m.offerWindow(now, m.Start)
	case !found:
		return now, now, false
	case p.Start.Before(m.Start):
		return m.offerWindow(now, p.Start)
	}
	return m.offerWindow(now, m.Start)
}

// offerWindow is OfferWindow for a seat of something that starts at a moment.
func (m Meeting) offerWindow(now, start time.Time) (from, until time.Time, ok bool) {
	from = awake(now)
	if !m.LineOpen(now) || !m.LineOpen(from) || !from.Before(start) {
		return from, from, false
	}
	hours := m.OfferHours
	if hours == 0 {
		hours = defaultOfferHours
	}
	long := max(leastOffer, min(time.Duration(hours)*time.Hour, start.Sub(from)/2))
	until = lapseBy(from.Add(long), start)
	return from, until, from.Before(until)
}

// lapseBy moves the end of an offer out of the night and before the start.
func lapseBy(until, start time.Time) time.Time {
	if until = awake(until); until.Before(start) {
		return until
	}
	if atNight(start) {
		return lastEvening(start)
	}
	return start.UTC()
}

func atNight(t time.Time) bool {
	local := t.In(Amsterdam)
	minutes := local.Hour()*60 + local.Minute()
	late := minutes > dayEnds*60 || minutes == dayEnds*60 && (local.Second() > 0 || local.Nanosecond() > 0)
	return minutes < dayBegins*60 || late
}

// awake is the moment itself, or the next 9.00 where it is at night.
func awake(t time.Time) time.Time {
	if !atNight(t) {
		return t.UTC()
	}
	local := t.In(Amsterdam)
	day := local.Day()
	if local.Hour() >= dayBegins {
		day++
	}
	return time.Date(local.Year(), local.Month(), day, dayBegins, 0, 0, 0, Amsterdam).UTC()
}

// lastEvening is the last 21.00 before a moment at night.
func lastEvening(t time.Time) time.Time {
	local := t.In(Amsterdam)
	day := local.Day()
	if local.Hour() < dayBegins {
		day--
	}
	return time.Date(local.Year(), local.Month(), day, dayEnds, 0, 0, 0, Amsterdam).UTC()
}

// Gives lists the lines of which the registration could give up a seat, each with how far that seat has come.
func (r *Registration) Gives() map[string]Way {
	gives := map[string]Way{}
	if r == nil {
		return gives
	}
	for _, p := range r.Offers() {
		gives[p.Part] = Way{p.Round, p.Spot}
	}
	if r.Status == Confirmed {
		gives[""] = Way{}
		for _, part := range r.Parts {
			gives[part] = Way{}
		}
	}
	return gives
}
