package mdt

import (
	"strings"
	"time"
)

// LetterKind is the number a letter has in the list of letters.
type LetterKind int

// The letters that exist so far. The numbers are stored; they never change meaning.
const (
	LetterRegistered    LetterKind = 2  // you have a seat
	LetterWaiting       LetterKind = 3  // you are on the waiting list
	LetterOffer         LetterKind = 4  // a seat is held for you until a moment
	LetterLapsed        LetterKind = 5  // you let that moment pass
	LetterCancelled     LetterKind = 6  // you are no longer registered
	LetterCalledOff     LetterKind = 7  // the meeting does not go on
	LetterReminder      LetterKind = 8  // it is soon
	LetterMoved         LetterKind = 9  // the meeting has changed in what people need to know
	LetterProposal      LetterKind = 10 // we received your proposal
	LetterForwarded     LetterKind = 13 // we sent your message on
	LetterToFacilitator LetterKind = 14 // a message for your region
	LetterInterest      LetterKind = 15 // we will tell you when it opens
	LetterOpened        LetterKind = 16 // it is open: you can register
	LetterErased        LetterKind = 17 // we erased what we held of you
	LetterGuest         LetterKind = 18 // somebody registered you
	LetterKnown         LetterKind = 19 // you were registered already
	LetterLeader        LetterKind = 20 // somebody named you as leader
	LetterPlaced        LetterKind = 21 // you waited, and have a seat now
	LetterLeftLine      LetterKind = 22 // you no longer wait
	LetterNoPlace       LetterKind = 23 // the list ended without a seat for you
	LetterChanged       LetterKind = 24 // your entry was changed
	LetterLink          LetterKind = 25 // your personal link, as you asked
	LetterJoinOnline    LetterKind = 26 // how to take part online
	LetterRevoked       LetterKind = 27 // the team took your entry back
	LetterEraseRequest  LetterKind = 28 // to a facilitator: erase this message
	LetterDigest        LetterKind = 29 // to the team: what waits for it
)

// FromAPost says whether a visitor's post causes the letter by itself, so that whoever fills in somebody else's
// address can have it sent to them. What follows from an entry later on, and what goes to who works for us, is not.
func (k LetterKind) FromAPost() bool {
	switch k {
	case LetterRegistered, LetterWaiting, LetterProposal, LetterForwarded, LetterInterest, LetterGuest, LetterKnown, LetterLeader:
		return true
	}
	return false
}

// FromAPost says whether a visitor's post causes this very letter: what the team sends is not that.
func (l Letter) FromAPost() bool { return !l.ByTeam && l.Kind.FromAPost() }

// Unsolicited says whether nobody is owed the letter, so that it carries List-Unsubscribe.
func (k LetterKind) Unsolicited() bool { return k == LetterInterest || k == LetterOpened }

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
	// Was is the meeting as this person knew it (letter 9); nil: neither its place nor its time is another.
	Was          *LetterMeeting `json:"bijeenkomstWas,omitempty"`
	ChangedParts []LetterPart   `json:"verplaatst,omitempty"` // letter 9: parts of this person that have another time
	NewLink      bool           `json:"nieuweLink,omitempty"` // letter 9: one joins at another address than before
	Parts        []string       `json:"onderdelen,omitempty"` // names of the chosen parts
	// Waiting: no seat yet. Letters 18, 19 and 24: on the waiting list; letter 5: still on it, else it has ended.
	Waiting bool `json:"wacht,omitempty"`
	// Asked: the team has yet to say yes to the entry; letter 27: it says no.
	Asked bool   `json:"gevraagd,omitempty"`
	By    string `json:"door,omitempty"` // letters 18 and 20: who named this person, where it may be shown
	// Revision rises with each calendar that goes out about one entry: an interest's has 0, a registration's
	// first one 1. The calendar's SEQUENCE is this and the meeting's own together.
	Revision int  `json:"agendaRevisie,omitempty"`
	HadSeat  bool `json:"hadPlek,omitempty"` // letters 6 and 27: there is a calendar entry to take back
	// Why is what the team says about it (letters 7, 9 and 27).
	Why string `json:"waarom,omitempty"`

	// Letters 4, 5, 21, 22 and 23: the name of the part whose line it is about; empty: the meeting's own.
	Part      string     `json:"onderdeel,omitempty"`
	PartID    string     `json:"onderdeelId,omitempty"`     // its id, by which letters that are not owed any more are found
	Until     *time.Time `json:"aanbodTot,omitempty"`       // letters 4 and 9: answer before it; letter 25: the link's end
	Twice     bool       `json:"tweeKeer,omitempty"`        // letter 5: no more offers until one asks for them
	LostParts []string   `json:"volleOnderdelen,omitempty"` // letters 2 and 21: chosen parts that were full or over by now
	// ChangedFields are the fields that changed (letter 24), by their names in the form ("naam", "wensen").
	// What they hold now stands in no letter.
	ChangedFields []string   `json:"gewijzigdeVelden,omitempty"`
	Days          int        `json:"dagen,omitempty"`    // letter 8: days from the day it goes out to the meeting's; 0: the same day
	ErasedOn      *time.Time `json:"gewistOp,omitempty"` // letter 16: when the interest is erased
	What          []string   `json:"wat,omitempty"`      // letter 17: the kinds of what was erased ("aanmelding", "bericht"); "alles" where nothing is left
	// Fresh: letter 25's link is one that was asked for just now, for the entry named in Entry; else it
	// opens everything of its person.
	Fresh bool `json:"vers,omitempty"`
	// Entry is what the letter's links are for, where its kind and meeting do not say it: kind and ids with
	// a slash between ("voorstel/netwerkdag/K7M3PQ9X").
	Entry string `json:"ingang,omitempty"`

	Message *LetterMessage `json:"bericht,omitempty"` // letters 13 and 14
	Tally   *LetterTally   `json:"telling,omitempty"` // letter 29

	// ByTeam: the team had it sent.
	ByTeam bool `json:"vanTeam,omitempty"`

	// Notes are the entries that know of the letter: so it is found when they are erased, or no longer owed.
	Notes []Note `json:"-"`

	Delivery
}

// ToInterested says whether the letter goes to somebody who only asked to be told of the opening.
func (l Letter) ToInterested() bool {
	return l.Kind.Unsolicited() || strings.HasPrefix(l.Entry, string(NoteInterest)+"/")
}

// Undecided says whether the letter goes to somebody who has not said how to take part: who only asked to be told of
// the opening, or sent in a proposal.
func (l Letter) Undecided() bool {
	return l.ToInterested() || strings.HasPrefix(l.Entry, string(NoteProposal)+"/")
}

// NoteOf is the kind of an entry that knows of a letter.
type NoteOf string

// The kinds of entries that know of letters.
const (
	NoteRegistration NoteOf = "aanmelding"
	NoteInterest     NoteOf = "attendering"
	NoteProposal     NoteOf = "voorstel"
	NoteLeading      NoteOf = "leiding"
	NoteMessage      NoteOf = "bericht"
	NoteAddress      NoteOf = "adres"
)

// Note names one entry that knows of a letter. Mention: the letter goes to somebody else and names the
// entry's person.
type Note struct {
	Of      NoteOf
	Person  PersonID
	Meeting string
	ID      string // of a proposal or a message
	Mention bool
}

// LetterMeeting is what letters say of a meeting.
type LetterMeeting struct {
	ID     string    `json:"id"`
	Name   string    `json:"naam"`
	Start  time.Time `json:"begint"`
	End    time.Time `json:"eindigt"`
	Place  string    `json:"plaats,omitempty"` // where the meeting is; empty: online only
	Online bool      `json:"online,omitempty"` // this person takes part online; letter 15: one can
	// OnlineLink is where one takes part online. It is set only where this person may know it: confirmed,
	// online, and near the day (letters 2, 8, 18, 21, 24 and 26).
	OnlineLink string     `json:"onlineLink,omitempty"`
	Page       string     `json:"pagina,omitempty"` // instead of our own page about it
	Paragraph  string     `json:"alinea,omitempty"` // in the team's own words
	Sequence   int        `json:"volgnummer,omitempty"`
	Seats      int        `json:"plekken,omitempty"`         // letter 16: how many there are; 0: no limit
	Closes     *time.Time `json:"aanmeldenSluit,omitempty"`  // letter 16: until when one can register (exclusive)
	Deadline   *time.Time `json:"voorstelSluit,omitempty"`   // letter 10: until when one can change a proposal (exclusive)
	DecidedBy  *time.Time `json:"voorstelUitslag,omitempty"` // letter 10: by when one hears
}

// LetterPart is what letters say of a part.
type LetterPart struct {
	Name  string    `json:"naam"`
	Start time.Time `json:"begint"`
	End   time.Time `json:"eindigt"`
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

// LetterTally is how many things of each sort wait for the team (letter 29).
type LetterTally struct {
	Failed  int `json:"mislukt"`  // letters that could not be sent
	Broken  int `json:"kapot"`    // addresses that take no mail
	Suspect int `json:"verdacht"` // entries that look like spam
	Open    int `json:"open"`     // messages that are open for longer than letter 13 promises
}

// Sum is all of it together.
func (t LetterTally) Sum() int { return t.Failed + t.Broken + t.Suspect + t.Open }
