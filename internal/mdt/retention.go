package mdt

import (
	"strconv"
	"time"
)

// How long what is personal is kept (P3, P4).
const (
	EntryMonths   = 6  // after the end of its meeting: an entry, and its letters
	WishesDays    = 14 // after the end of the meeting: what a person needs to take part
	MessageMonths = 6  // after it came: a message, and its letters
	InterestDays  = 30 // after the opening: an interest
	SuspectDays   = 30 // after it came: what looks like spam, and nobody rescued
	// ErasedLetterDays is how long the letter about an erasure stays where it cannot be sent.
	ErasedLetterDays = 30
)

// Retention is how long one sort of what is kept stays: so many units after what its words say.
type Retention struct {
	What  string // the sort, as the words name it
	Count int
	Unit  string
}

// The units of a Retention.
const (
	InMonths  = "maanden"
	InDays    = "dagen"
	InHours   = "uren"
	InMinutes = "minuten"
)

// Retentions are the sorts that have people in them. Letters go with what they are about.
var Retentions = []Retention{
	{"aanmelding", EntryMonths, InMonths}, {"voorstel", EntryMonths, InMonths}, {"wensen", WishesDays, InDays},
	{"attendering", InterestDays, InDays}, {"bericht", MessageMonths, InMonths}, {"verdacht", SuspectDays, InDays},
	{"gewist", ErasedLetterDays, InDays}, {"logboek", LogMonths, InMonths}, {"sessie", int(SessionMost.Hours()), InHours},
	{"kopie", BackupDays, InDays},
}

// EntryExpires is when an entry that belongs to a meeting, and its letters, are erased: six months after the end (P3).
func EntryExpires(m Meeting) time.Time { return m.End.In(Amsterdam).AddDate(0, EntryMonths, 0) }

// WishesExpire is when wishes are erased: fourteen days after the end (P3, P4).
func WishesExpire(m Meeting) time.Time { return m.End.In(Amsterdam).AddDate(0, 0, WishesDays) }

// MessageExpires is when a message and its letters are erased: six months after it came (P3).
func MessageExpires(now time.Time) time.Time { return now.In(Amsterdam).AddDate(0, MessageMonths, 0) }

// InterestExpires is when an interest is erased: thirty days after the opening (P3); while that moment is
// not known, thirty days after the meeting.
func InterestExpires(m Meeting) time.Time {
	from := m.End
	if m.Registering != nil && m.Registering.Opens != nil {
		from = *m.Registering.Opens
	}
	return from.In(Amsterdam).AddDate(0, 0, InterestDays)
}

// ErasedLetterExpires is when the letter about an erasure goes even if it could never be sent: thirty days on.
func ErasedLetterExpires(now time.Time) time.Time {
	return now.In(Amsterdam).AddDate(0, 0, ErasedLetterDays)
}

// BackupDays is within how many days what was erased is gone from the table's copies too.
const BackupDays = 35

func itoa(n int) string { return strconv.Itoa(n) }
