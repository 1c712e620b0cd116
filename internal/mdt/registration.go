package mdt

import "time"

// Status is how a registration stands.
type Status string

// The statuses of a registration.
const (
	Confirmed Status = "bevestigd"
	Waiting   Status = "wachtlijst"
	Requested Status = "aangevraagd" // the team has yet to say yes; answered as Waiting
	Offered   Status = "aanbod"
	Cancelled Status = "afgemeld"
	Unplaced  Status = "geenPlek" // the waiting list ended without a seat
)

// Attendance says how somebody takes part where a meeting is both.
type Attendance string

// The ways to take part.
const (
	OnLocation   Attendance = "locatie"
	AttendOnline Attendance = "online"
)

// Guest is somebody brought along, as the form names them.
type Guest struct {
	Name  string  `json:"naam,omitempty"`
	Email Address `json:"email,omitzero"`
}

// RegistrationForm is a checked form: all fields are well-formed and normalised, choices exist in the meeting.
type RegistrationForm struct {
	Name         string         `json:"naam,omitempty"`
	Email        Address        `json:"email,omitzero"`
	Organisation string         `json:"organisatie,omitempty"`
	Role         string         `json:"functie,omitempty"`
	Phone        string         `json:"telefoon,omitempty"`
	Regions      []string       `json:"regios,omitempty"`
	Attendance   Attendance     `json:"deelname,omitempty"`
	Parts        []string       `json:"onderdelen,omitempty"`
	Guests       []Guest        `json:"introducees,omitempty"`
	Answers      map[string]any `json:"antwoorden,omitempty"` // by question id: string, []string or bool
	Wishes       string         `json:"wensen,omitempty"`
}

// Registration is one person's place at one meeting.
type Registration struct {
	Person       PersonID       `json:"persoon"`
	Meeting      string         `json:"bijeenkomst"`
	Reference    string         `json:"kenmerk"`
	Status       Status         `json:"status"`
	Name         string         `json:"naam"`
	Email        string         `json:"email"` // as it can be mailed
	Organisation string         `json:"organisatie,omitempty"`
	Role         string         `json:"functie,omitempty"`
	Phone        string         `json:"telefoon,omitempty"`
	Regions      []string       `json:"regios,omitempty"`
	Attendance   Attendance     `json:"deelname,omitempty"`
	Parts        []string       `json:"onderdelen,omitempty"`
	Answers      map[string]any `json:"antwoorden,omitempty"`
	BroughtBy    PersonID       `json:"meegenomenDoor,omitempty"`     // the person who named this guest
	BroughtName  string         `json:"meegenomenDoorNaam,omitempty"` // … and the name under which that one registered
	Guests       []Brought      `json:"gasten,omitempty"`             // whom this person named
	Earlier      []PersonID     `json:"eerder,omitempty"`             // under whom it stood before its address was corrected
	Spot                        // the place in line while Status is Waiting or Offered, or may come to be if it is Requested
	PartLines    []PartSpot     `json:"wachtOnderdelen,omitempty"` // the full parts that a confirmed person waits for
	Created      time.Time      `json:"aangemeld"`
	Seated       *time.Time     `json:"plekSinds,omitempty"`     // since when there is a seat; nil: there is none
	Edition      int            `json:"uitgave,omitempty"`       // rises with each change that the person makes
	Revision     int            `json:"agendaRevisie,omitempty"` // of the calendar entry (Letter.Revision)
	Reminded     int64          `json:"herinnerd,omitempty"`     // the moment of the last reminder, Unix seconds
	LinkTold     int64          `json:"linkVerteld,omitempty"`   // when the online link was last told, Unix seconds
	Knows        int            `json:"kentWijziging,omitempty"` // the number of the last change of the meeting that the person knows of
	KnownLetter  int64          `json:"brief19,omitempty"`       // when letter 19 last went out, Unix seconds
	Version      int64          `json:"versie"`
	Tags         []string       `json:"etiketten,omitempty"` // the team's own, for its lists
	Remarks      []Remark       `json:"notities,omitempty"`  // the team's own, the first one first
	Rung         *time.Time     `json:"gebeldOp,omitempty"`  // up to when somebody without an address was told all by telephone
	LetterIDs    []string       `json:"-"`                   // the letters that this entry led to, as the store notes them
	NamedBy      []PersonID     `json:"-"`                   // who named this person as a guest, beside whoever brought them
	Additions    int64          `json:"-"`                   // how often something was added to it that left its version
}

// Remark is what the team wrote down about an entry, for itself.
type Remark struct {
	At   time.Time `json:"op"`
	By   string    `json:"door"` // the name of whoever wrote it
	Text string    `json:"tekst"`
}

// Brought is a guest as the person who brought them named them.
type Brought struct {
	Person PersonID `json:"persoon"`
	Name   string   `json:"naam"`
}

// Active says whether the registration stands: it has, asks for, waits for, or was offered a seat.
func (r *Registration) Active() bool {
	return r != nil && r.Status != Cancelled && r.Status != Unplaced
}

// JoinLink is where the person takes part online, once that may be told: with a seat, online, near the day.
func (r *Registration) JoinLink(m Meeting, now time.Time) string {
	if r.Status != Confirmed || m.State(now) != "gepland" || !r.mayKnowLink(m, now) {
		return ""
	}
	return m.OnlineLink
}
