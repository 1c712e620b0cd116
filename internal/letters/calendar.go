package letters

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"aanmeldpunt/internal/ical"
	"aanmeldpunt/internal/mdt"
)

// calendar makes the calendar entry of a letter, where it has words for one and calendarStatus says which.
func (r *Renderer) calendar(letter mdt.Letter, words []string) *Calendar {
	status := calendarStatus(letter)
	if len(words) == 0 || status == "" {
		return nil
	}
	method := ical.Publish
	if status == ical.Cancelled {
		method = ical.Cancel
	}
	m := letter.Meeting
	event := ical.Event{
		UID:         r.calendarID(letter),
		Sequence:    sequence(letter),
		Status:      status,
		Stamp:       letter.Created,
		Start:       m.Start,
		End:         m.End,
		Summary:     words[0],
		Description: strings.Join(words[1:], "\n"),
		Location:    location(letter),
		URL:         r.meetingLink(*m),
		Organizer:   r.team.Address,
	}
	return &Calendar{Method: method, Data: ical.Write(method, event)}
}

// calendarStatus is how a meeting stands in the calendar of whoever gets a letter: tentative for whoever
// was not registered yet, definite with a seat, cancelled after one. Whoever waits for a seat has none ("").
func calendarStatus(letter mdt.Letter) ical.Status {
	switch {
	case letter.Meeting == nil, aboutProposal(letter):
		return ""
	case letter.Kind == mdt.LetterCalledOff && !letter.Waiting:
		return ical.Cancelled
	case letter.ToInterested():
		return ical.Tentative
	case takesBack(letter.Kind) && letter.HadSeat:
		return ical.Cancelled
	case takesBack(letter.Kind), letter.Waiting:
		return ""
	}
	return ical.Confirmed
}

// takesBack says whether a letter is about an entry that ends.
func takesBack(kind mdt.LetterKind) bool {
	return kind == mdt.LetterCancelled || kind == mdt.LetterRevoked
}

// location is where somebody takes part; before a choice was made it is the place, where there is one.
func location(letter mdt.Letter) string {
	m := letter.Meeting
	if m.Online && (m.Place == "" || !letter.ToInterested()) {
		return "Online"
	}
	return oneLine(m.Place)
}

// calendarID is one per person and meeting, for ever: the tentative entry becomes the definite one. It
// shows neither: people share calendars.
func (r *Renderer) calendarID(letter mdt.Letter) string {
	sum := sha256.Sum256([]byte(letter.Meeting.ID + "\x00" + string(letter.Person)))
	return hex.EncodeToString(sum[:16]) + "@" + r.domain
}

// sequence rises with each change of the meeting, and with each calendar that goes out about the entry: the
// tentative one has 0, the definite one begins at 1.
func sequence(letter mdt.Letter) int { return letter.Meeting.Sequence + letter.Revision }
