package mdt

import "time"

// Message is a question to a region, as it is stored.
type Message struct {
	ID           string     `json:"id"`
	Person       PersonID   `json:"persoon"`
	Reference    string     `json:"kenmerk"`
	Name         string     `json:"naam"`
	Email        string     `json:"email"`
	Organisation string     `json:"organisatie,omitempty"`
	Phone        string     `json:"telefoon,omitempty"`
	Subject      string     `json:"onderwerp"`
	Text         string     `json:"bericht"`
	Region       string     `json:"regio,omitempty"`
	Municipality string     `json:"gemeente,omitempty"`
	Recipient    string     `json:"ontvanger"` // the name of who has it
	SentTo       string     `json:"verstuurdAan"`
	Created      time.Time  `json:"ingestuurd"`
	Answered     *time.Time `json:"beantwoordOp,omitempty"` // when whoever has it said that it was dealt with; nil: open
	Body         string     `json:"inhoud,omitempty"`       // digest of what was sent with the idempotency key, if there was one
	Version      int64      `json:"versie"`
	LetterIDs    []string   `json:"-"` // the letters it led to, to whomever, as the store notes them
}

// Edit gives the message with what the team corrects in it; to whom it went, and when, stays. changed is false where
// nothing is different.
func (m Message) Edit(f MessageForm) (now Message, changed bool) {
	now = m
	now.Name, now.Organisation, now.Phone, now.Subject, now.Text = f.Name, f.Organisation, f.Phone, f.Subject, f.Text
	now.Version++
	return now, m.Name != f.Name || m.Organisation != f.Organisation || m.Phone != f.Phone || m.Subject != f.Subject || m.Text != f.Text
}

// AskRequest is all that decides a message that has been routed. Confirmed says that the sender's address
// is known to be the sender's own; FromFacilitator that it is the address of one of our facilitators.
type AskRequest struct {
	Now             time.Time
	Form            MessageForm
	Routed          Routed
	Team            Responder
	ID              string
	Reference       string
	Body            string
	Person          PersonID
	Confirmed       bool
	FromFacilitator bool
}

// Asking is what must be stored, all together.
type Asking struct {
	Message Message
	Expires time.Time
	Letters []Letter
	Rescues *Suspect // what it was until now; nil: it comes now
}

// Ask decides a message: one letter to exactly one who answers for the region, one to the sender that
// says who has it.
func Ask(r AskRequest) Asking {
	to := r.Routed.Responder
	if r.Routed.ToTeam {
		to = r.Team
	}
	message := r.message(to)
	return Asking{Message: message, Expires: MessageExpires(r.Now),
		Letters: []Letter{r.receipt(message), r.forward(message, to)}}
}

func (r AskRequest) message(to Responder) Message {
	f := r.Form
	m := Message{ID: r.ID, Person: r.Person, Reference: r.Reference, Name: f.Name, Email: f.Email.Mail,
		Organisation: f.Organisation, Phone: f.Phone, Subject: f.Subject, Text: f.Text, Municipality: r.Routed.Municipality,
		Recipient: to.Name, SentTo: to.Email, Created: r.Now, Body: r.Body, Version: 1}
	if r.Routed.Region != nil {
		m.Region = r.Routed.Region.ID
	}
	return m
}

func (r AskRequest) base(kind LetterKind) Letter {
	letter := Letter{Kind: kind, Reference: r.Reference, Created: r.Now, Expires: MessageExpires(r.Now),
		Message:  &LetterMessage{ToTeam: r.Routed.ToTeam, Subject: r.Form.Subject},
		Delivery: Delivery{State: Pending, Due: r.Now, Changed: r.Now}}
	if r.Routed.Region != nil {
		letter.Message.Region = r.Routed.Region.Name
	}
	return letter
}

func (r AskRequest) receipt(m Message) Letter {
	letter := r.base(LetterForwarded)
	letter.To, letter.Name, letter.Person = m.Email, ShowableName(m.Name), r.Person
	letter.Notes = []Note{{Of: NoteMessage, Person: r.Person, ID: m.ID}}
	return letter
}

func (r AskRequest) forward(m Message, to Responder) Letter {
	letter := r.base(LetterToFacilitator)
	letter.To, letter.Name = to.Email, to.Name
	letter.Notes = []Note{{Of: NoteMessage, Person: r.Person, ID: m.ID, Mention: true}}
	facts := letter.Message
	facts.Text, facts.Sender, facts.SenderMail = m.Text, m.Name, m.Email
	facts.Organisation, facts.Municipality, facts.Phone = m.Organisation, m.Municipality, m.Phone
	facts.Confirmed, facts.Facilitator = r.Confirmed, r.FromFacilitator
	return letter
}
