package mdt

import "time"

// Status is how a registration stands.
type Status string

// The statuses of a registration.
const (
	Confirmed Status = "bevestigd"
	Waiting   Status = "wachtlijst"
	Offered   Status = "aanbod"
	Cancelled Status = "afgemeld"
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
	Name  string
	Email Address
}

// RegistrationForm is a checked form: all fields are well-formed and normalised, choices exist in the meeting.
type RegistrationForm struct {
	Name         string
	Email        Address
	Organisation string
	Role         string
	Phone        string
	Regions      []string
	Attendance   Attendance
	Parts        []string
	Guests       []Guest
	Answers      map[string]any // by question id: string, []string or bool
	Wishes       string
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
	BroughtBy    PersonID       `json:"meegenomenDoor,omitempty"` // the person who named this guest
	Number       int64          `json:"wachtnummer,omitempty"`    // place in line; guests share it with who brought them
	Behind       int            `json:"wachtAchter,omitempty"`    // 0: who registered; 1, 2, …: the guests, right behind
	Created      time.Time      `json:"aangemeld"`
	KnownLetter  int64          `json:"brief19,omitempty"` // when letter 19 last went out, Unix seconds
	Version      int64          `json:"versie"`
}

// Active says whether the registration stands: it has, waits for, or was offered a seat.
func (r *Registration) Active() bool { return r != nil && r.Status != Cancelled }
