package mdt

import (
	"slices"
	"time"
)

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
func SuspectExpires(came time.Time) time.Time { return came.In(Amsterdam).AddDate(0, 0, SuspectDays) }

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

// Sender gives the address and the name that the form came with.
func (s Suspect) Sender() (email, name string) {
	switch {
	case s.Registration != nil:
		return s.Registration.Email.Mail, s.Registration.Name
	case s.Proposal != nil:
		return s.Proposal.Email.Mail, s.Proposal.Name
	case s.Interest != nil:
		return s.Interest.Email.Mail, s.Interest.Name
	case s.Message != nil:
		return s.Message.Email.Mail, s.Message.Name
	}
	return "", ""
}

// Without is the suspect without a person whom it names as a guest or as who leads the session; named is false
// where it names no such person. Whose gives who an address belongs to.
func (s Suspect) Without(person PersonID, whose func(Address) PersonID) (rest Suspect, named bool) {
	if form := s.Registration; form != nil {
		others := *form
		others.Guests = slices.DeleteFunc(slices.Clone(form.Guests), func(g Guest) bool { return whose(g.Email) == person })
		named, s.Registration = len(others.Guests) < len(form.Guests), &others
	}
	if form := s.Proposal; form != nil && form.Leader.Who == LedByOther && whose(form.Leader.Email) == person {
		others := *form
		others.Leader = Leader{Who: LedByNobody}
		named, s.Proposal = true, &others
	}
	return s, named
}
