package mdt

import "time"

// SuspectKind says which form a suspect came with.
type SuspectKind string

// The kinds of suspects.
const (
	SuspectRegistration SuspectKind = "aanmelding"
	SuspectProposal     SuspectKind = "voorstel"
	SuspectInterest     SuspectKind = "attendering"
	SuspectMessage      SuspectKind = "bericht"
)

// Suspect is a form that looks like spam: it was answered like any other, and became nothing. The team can say
// that it is none. One of the forms is filled in, that of its kind.
type Suspect struct {
	ID        string      `json:"id"`
	Kind      SuspectKind `json:"soort"`
	Person    PersonID    `json:"persoon"`
	Meeting   string      `json:"bijeenkomst,omitempty"`
	Reference string      `json:"kenmerk"` // what it was answered with
	Came      time.Time   `json:"ingestuurd"`
	Place     Spot        `json:"plek,omitzero"`    // a registration's place in line, should it come to wait
	Body      string      `json:"inhoud,omitempty"` // digest of what was sent with an idempotency key, of a proposal or message

	Registration *RegistrationForm `json:"aanmelding,omitempty"`
	Proposal     *ProposalForm     `json:"voorstel,omitempty"`
	Interest     *InterestForm     `json:"attendering,omitempty"`
	Message      *MessageForm      `json:"bericht,omitempty"`
}

// SuspectExpires is when a suspect that nobody rescued is erased: thirty days after it came.
func SuspectExpires(came time.Time) time.Time { return came.In(Amsterdam).AddDate(0, 0, 30) }

// behindEveryone is where somebody stands who took no number of their own: behind all who have the last one that
// was given, guests included, and before the next.
const behindEveryone = 100

// SuspectOf is the suspect that a registration becomes under a new id. Last is the last number in line that was
// given, for who took none.
func (r RegisterRequest) SuspectOf(id string, last int64) Suspect {
	form := r.Form
	s := Suspect{ID: id, Kind: SuspectRegistration, Person: r.Self.Person, Meeting: r.Meeting.ID, Reference: r.Self.Reference,
		Came: r.Now, Place: Spot{Number: r.Number}, Registration: &form}
	if r.Number == 0 {
		s.Place = Spot{Number: last, Behind: behindEveryone}
	}
	return s
}

// SuspectOf is the suspect that a proposal becomes.
func (r ProposeRequest) SuspectOf() Suspect {
	form := r.Form
	return Suspect{ID: r.ID, Kind: SuspectProposal, Person: r.Person, Meeting: r.Meeting.ID, Reference: r.Reference, Came: r.Now,
		Body: r.Body, Proposal: &form}
}

// SuspectOf is the suspect that an interest becomes under a new id.
func (r TellRequest) SuspectOf(id string) Suspect {
	form := r.Form
	return Suspect{ID: id, Kind: SuspectInterest, Person: r.Person, Meeting: r.Meeting.ID, Reference: r.Reference, Came: r.Now, Interest: &form}
}

// SuspectOf is the suspect that a message becomes. What it is answered with stays in it: who has the message is
// decided when it is rescued.
func (r AskRequest) SuspectOf() Suspect {
	form := r.Form
	return Suspect{ID: r.ID, Kind: SuspectMessage, Person: r.Person, Reference: r.Reference, Came: r.Now, Body: r.Body, Message: &form}
}
