package letters

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"aanmeldpunt/internal/ical"
	"aanmeldpunt/internal/mdt"
)

// calendar makes the calendar entry of a letter: tentative for whoever waits for the opening, definite for
// whoever has a seat, none for whoever waits for one.
func (r *Renderer) calendar(letter mdt.Letter, words []string) *Calendar {
	if len(words) == 0 || letter.Waiting || letter.Meeting == nil {
		return nil
	}
	m := letter.Meeting
	event := ical.Event{
		UID:         r.calendarID(letter),
		Sequence:    sequence(letter),
		Status:      ical.Confirmed,
		Stamp:       letter.Created,
		Start:       m.Start,
		End:         m.End,
		Summary:     words[0],
		Description: strings.Join(words[1:], "\n"),
		Location:    oneLine(m.Place),
		URL:         r.meetingLink(*m),
		Organizer:   r.team.Address,
	}
	if letter.Kind == mdt.LetterInterest {
		event.Status = ical.Tentative
	} else if m.Online {
		event.Location = ""
	}
	if event.Location == "" && m.Online {
		event.Location = "Online"
	}
	return &Calendar{Method: ical.Publish, Data: ical.Write(ical.Publish, event)}
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
