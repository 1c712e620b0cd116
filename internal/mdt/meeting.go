package mdt

import (
	"maps"
	"time"
)

// Kind is the sort of a meeting.
type Kind string

// The sorts of meetings, as visitors meet them.
const (
	DecisionDay Kind = "beslisdag"
	NetworkDay  Kind = "netwerkbijeenkomst"
	InfoSession Kind = "informatiesessie"
	RegionalDay Kind = "regiodag"
)

// ActionStatus tells whether one can register, propose or ask to be told.
type ActionStatus string

// The statuses of an action; Full exists for registering only.
const (
	NotYetOpen ActionStatus = "nogNietOpen"
	Open       ActionStatus = "open"
	Full       ActionStatus = "vol"
	Closed     ActionStatus = "gesloten"
	NoAction   ActionStatus = "geen"
)

// Window is the time in which an action is possible: from Opens up to, but not including, Closes.
// A nil Window means the meeting does not have the action. A nil Opens with Pending set is
// "not open yet, the moment is not known"; a nil Opens otherwise has always been open.
// A nil Closes ends at the start of the meeting.
type Window struct {
	Opens   *time.Time `json:"opent,omitempty"`
	Closes  *time.Time `json:"sluit,omitempty"`
	Pending bool       `json:"nogOnbekend,omitempty"`
}

// Part is a piece of a meeting's programme with its own time and, when Seats is above zero, its own seats.
type Part struct {
	ID    string    `json:"id"`
	Name  string    `json:"naam"`
	Kind  string    `json:"soort"` // "plenair" or "deelsessie"
	Start time.Time `json:"begint"`
	End   time.Time `json:"eindigt"`
	Seats int       `json:"plekken,omitempty"` // 0: no limit
}

// Overlaps says whether one person cannot be in both; touching ends do not overlap.
func (p Part) Overlaps(q Part) bool { return p.Start.Before(q.End) && q.Start.Before(p.End) }

// Meeting is one meeting as the team described it. Version rises by one at each change; the counter
// carries the same version, so a decision on an older description is noticed when it is stored.
type Meeting struct {
	ID          string     `json:"id"`
	Name        string     `json:"naam"`
	Kind        Kind       `json:"soort"`
	Description string     `json:"omschrijving,omitempty"`
	Start       time.Time  `json:"begint"`
	End         time.Time  `json:"eindigt"`
	Place       string     `json:"plaats,omitempty"`
	Online      bool       `json:"online,omitempty"`
	OnlineLink  string     `json:"onlineLink,omitempty"` // where one takes part online; never public
	Reminders   []Reminder `json:"herinneringen"`        // nil: DefaultReminders
	Cancelled   bool       `json:"gaatNietDoor,omitempty"`
	Published   bool       `json:"gepubliceerd"`
	Page        string     `json:"pagina,omitempty"`
	BelongsTo   string     `json:"hoortBij,omitempty"`
	Registering *Window    `json:"aanmelden,omitempty"`
	Proposing   *Window    `json:"voorstellen,omitempty"`
	Telling     *Window    `json:"attenderen,omitempty"`
	Capacity    int        `json:"plekken,omitempty"`         // 0: no limit
	HeldBack    int        `json:"achtergehouden,omitempty"`  // of these: seats that only the team gives
	Approval    bool       `json:"goedkeuring,omitempty"`     // the team says yes before somebody gets a seat or a place in line
	WaitingEnds *time.Time `json:"wachtlijstSluit,omitempty"` // nil: a day before the start
	Direct      bool       `json:"directPlaatsen,omitempty"`  // a freed seat is given, not offered
	OfferHours  int        `json:"aanbodUren,omitempty"`      // how long an offer stands; 0: 48
	MaxGuests   int        `json:"introducees,omitempty"`     // per registration
	PerOrg      int        `json:"perOrganisatie,omitempty"`  // 0: no limit
	Parts       []Part     `json:"onderdelen,omitempty"`
	Questions   []Question `json:"vragen,omitempty"`
	DecidedBy   *time.Time `json:"voorstelUitslag,omitempty"` // by when proposers hear; nil: not promised
	// ByInvitation: no list shows it, and who registers needs a link that the team sent.
	ByInvitation bool `json:"opUitnodiging,omitempty"`
	// Paragraphs are the team's own words in letters, by the letter's number.
	Paragraphs map[string]string `json:"alineas,omitempty"`
	Sequence   int               `json:"agendaVolgnummer,omitempty"` // of the calendar entry
	News       []News            `json:"wijzigingen,omitempty"`      // the last changes that people hear of
	Version    int64             `json:"versie"`
}

// Both says whether one can come to the place as well as take part online.
func (m Meeting) Both() bool { return m.Online && m.Place != "" }

// Part finds a part by its id.
func (m Meeting) Part(id string) (Part, bool) {
	for _, p := range m.Parts {
		if p.ID == id {
			return p, true
		}
	}
	return Part{}, false
}

// Counter is what has been given away of one meeting: the one item that every registration passes.
// Occupied counts taken and offered seats together, so that one bound guards both. A seat that comes free
// while somebody can be offered it stays occupied: what is not, anyone may take.
type Counter struct {
	LineCount
	Requested int                  `json:"aangevraagd,omitempty"` // entries that the team has yet to approve
	Mute      int                  `json:"zonderAdres,omitempty"` // entries of people who have no address
	Parts     map[string]LineCount `json:"-"`                     // of each part, by id
	Version   int64                `json:"versie"`
}

// LineCount is what has been given away of one kind of seat, and who waits for it.
type LineCount struct {
	Occupied int   `json:"bezet"`
	Offered  int   `json:"aangeboden"`
	Waiting  int   `json:"wachtend"`
	Turn     int64 `json:"beurt,omitempty"`       // rises whenever a seat of the line changes hands, or an act lets somebody enter or leave it
	Freed    Round `json:"vrijgekomen,omitempty"` // the latest round that ended with a seat for anyone
}

// plus is the counter with what a change adds to seats given away.
func (c Counter) plus(change CountChange) Counter {
	parts := make(map[string]LineCount, len(c.Parts))
	maps.Copy(parts, c.Parts)
	for _, l := range change.Parts {
		line := parts[l.Part]
		line.Occupied += l.Seats
		parts[l.Part] = line
	}
	c.Occupied, c.Parts = c.Occupied+change.Seats, parts
	return c
}

// Line gives the counts of a part, or of the meeting itself where part is empty.
func (c Counter) Line(part string) LineCount {
	if part == "" {
		return c.LineCount
	}
	return c.Parts[part]
}

// WaitingListEnd is the moment from which nobody is added to the line: by default a day before the start
// on the clock of Amsterdam.
func (m Meeting) WaitingListEnd() time.Time {
	if m.WaitingEnds != nil {
		return *m.WaitingEnds
	}
	return m.Start.In(Amsterdam).AddDate(0, 0, -1)
}

// FreeSeats is the number of seats a newcomer can still get, or nil where the meeting has no limit.
func (m Meeting) FreeSeats(c Counter) *int { return free(m.Seats(""), c.Occupied) }

// FreePartSeats is the number of free seats of a part, or nil where it has no limit.
func FreePartSeats(p Part, c Counter) *int { return free(p.Seats, c.Parts[p.ID].Occupied) }

func free(seats, occupied int) *int {
	if seats == 0 {
		return nil
	}
	left := max(0, seats-occupied)
	return &left
}

// Seats is how many seats a line has: the meeting's own where part is empty; 0: no limit. Those that are held
// back are not among them: one that the team gives becomes a seat of the line (PlaceByHand).
func (m Meeting) Seats(part string) int {
	if part == "" {
		return max(0, m.Capacity-m.HeldBack)
	}
	p, _ := m.Part(part)
	return p.Seats
}
