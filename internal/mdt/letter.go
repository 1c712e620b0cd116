package mdt

import "time"

// LetterKind is the number a letter has in the list of letters.
type LetterKind int

// The letters that exist so far. The numbers are stored; they never change meaning.
const (
	LetterRegistered    LetterKind = 2  // you have a seat
	LetterWaiting       LetterKind = 3  // you are on the waiting list
	LetterProposal      LetterKind = 10 // we received your proposal
	LetterForwarded     LetterKind = 13 // we sent your message on
	LetterToFacilitator LetterKind = 14 // a message for your region
	LetterInterest      LetterKind = 15 // we will tell you when it opens
	LetterGuest         LetterKind = 18 // somebody registered you
	LetterKnown         LetterKind = 19 // you were registered already
	LetterLeader        LetterKind = 20 // somebody named you as leader
)

// Unsolicited says whether nobody is owed the letter, so that it carries List-Unsubscribe.
func (k LetterKind) Unsolicited() bool { return k == LetterInterest }

// Letter is one mail to one person, as stored before it is sent. It holds all that rendering needs:
// whoever sends it reads nothing else. Links are not stored; they are signed when it is rendered.
type Letter struct {
	ID   string     `json:"id"`
	Kind LetterKind `json:"soort"`
	To   string     `json:"aan"`            // address as it can be mailed (domain in punycode)
	Name string     `json:"naam,omitempty"` // for the salutation; empty where it may not be shown
	// Person whose letter it is: the subject of its links, and how erasing finds it. Empty for
	// facilitators and the team.
	Person    PersonID  `json:"persoon,omitempty"`
	Reference string    `json:"kenmerk,omitempty"`
	Created   time.Time `json:"gemaakt"`
	Expires   time.Time `json:"-"` // when the item may go; stored as the table's TTL attribute

	Meeting *LetterMeeting `json:"bijeenkomst,omitempty"`
	Parts   []string       `json:"onderdelen,omitempty"` // names of the chosen parts
	Waiting bool           `json:"wacht,omitempty"`      // letters 18 and 19: on the waiting list, no seat yet
	By      string         `json:"door,omitempty"`       // letters 18 and 20: who named this person, where it may be shown

	Message *LetterMessage `json:"bericht,omitempty"` // letters 13 and 14

	Delivery
}

// LetterMeeting is what letters say of a meeting.
type LetterMeeting struct {
	ID        string     `json:"id"`
	Name      string     `json:"naam"`
	Start     time.Time  `json:"begint"`
	End       time.Time  `json:"eindigt"`
	Place     string     `json:"plaats,omitempty"` // where the meeting is; empty: online only
	Online    bool       `json:"online,omitempty"` // this person takes part online; letter 15: one can
	Page      string     `json:"pagina,omitempty"` // instead of our own page about it
	Sequence  int        `json:"volgnummer,omitempty"`
	Deadline  *time.Time `json:"voorstelSluit,omitempty"`   // letter 10: until when one can change a proposal (exclusive)
	DecidedBy *time.Time `json:"voorstelUitslag,omitempty"` // letter 10: by when one hears
}

// LetterMessage is what letters 13 and 14 say of a message.
type LetterMessage struct {
	Region       string `json:"regio,omitempty"` // the region's name; empty: nationwide
	ToTeam       bool   `json:"naarTeam,omitempty"`
	Subject      string `json:"onderwerp"` // a choice from our own list
	Text         string `json:"tekst,omitempty"`
	Sender       string `json:"afzender,omitempty"`
	SenderMail   string `json:"afzenderMail,omitempty"` // the Reply-To of letter 14
	Organisation string `json:"organisatie,omitempty"`
	Municipality string `json:"gemeente,omitempty"`
	Phone        string `json:"telefoon,omitempty"`
	Confirmed    bool   `json:"bevestigd,omitempty"`      // the sender's address is known to be the sender's own
	Facilitator  bool   `json:"vanFacilitator,omitempty"` // the sender used the address of a facilitator
}
