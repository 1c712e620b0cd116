package mdt

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Kinds are the sorts of meetings, in the order in which they are offered.
var Kinds = []Kind{DecisionDay, NetworkDay, RegionalDay, InfoSession}

// NewMeeting is a concept of a sort, with what such a meeting mostly has. Its name, days and place are the team's.
func NewMeeting(kind Kind) Meeting {
	m := Meeting{Kind: kind, Registering: &Window{Pending: true}, Reminders: slices.Clone(DefaultReminders)}
	switch kind {
	case DecisionDay:
		m.Proposing, m.Telling, m.MaxGuests = &Window{Pending: true}, &Window{}, 2
	case NetworkDay:
		m.Proposing, m.Telling, m.MaxGuests = &Window{Pending: true}, &Window{}, 1
	case RegionalDay:
		m.MaxGuests = 1
	case InfoSession:
		m.Online, m.Registering, m.Reminders = true, &Window{}, []Reminder{{1, "10:00"}}
	}
	return m
}

// MeetingLike is a concept like an earlier meeting that begins at another moment: each of its days is moved along,
// at the same time of day. Nothing of the people who came is in it, nor of where they took part online.
func MeetingLike(was Meeting, start time.Time) Meeting {
	move := mover(was.Start, start)
	m := was
	m.ID, m.Name = "", withYear(was.Name, was.Start, start)
	m.Start, m.End = start.UTC(), start.Add(was.End.Sub(was.Start)).UTC()
	m.Registering, m.Proposing, m.Telling = was.Registering.moved(move), was.Proposing.moved(move), was.Telling.moved(move)
	m.WaitingEnds, m.DecidedBy = movedMoment(was.WaitingEnds, move), movedMoment(was.DecidedBy, move)
	m.Parts = slices.Clone(was.Parts)
	for i, p := range m.Parts { // as far from the beginning as they were
		m.Parts[i].Start, m.Parts[i].End = start.Add(p.Start.Sub(was.Start)).UTC(), start.Add(p.End.Sub(was.Start)).UTC()
	}
	m.Reminders, m.Questions = slices.Clone(was.Reminders), slices.Clone(was.Questions)
	m.Paragraphs = maps.Clone(was.Paragraphs)
	m.OnlineLink, m.Page = "", ""
	m.Published, m.Cancelled, m.Sequence, m.News, m.Version = false, false, 0, nil, 0
	return m
}

// MovedTo is the meeting at another time. Where its parts do not fit any more they begin and end as long after its
// beginning as they did; the end of its waiting list moves along by days.
func (m Meeting) MovedTo(start, end time.Time) Meeting {
	outside := func(p Part) bool { return p.Start.Before(start) || p.End.After(end) }
	if m.Start.IsZero() || daysBetween(m.Start, start) == 0 && !slices.ContainsFunc(m.Parts, outside) {
		m.Start, m.End = start, end
		return m
	}
	like := MeetingLike(m, start)
	m.Start, m.End, m.Parts, m.WaitingEnds = start, end, like.Parts, like.WaitingEnds
	return m
}

// mover moves a moment by the days between two others, at the same time of day in Amsterdam.
func mover(from, to time.Time) func(time.Time) time.Time {
	days := daysBetween(from, to)
	return func(t time.Time) time.Time { return t.In(Amsterdam).AddDate(0, 0, days).UTC() }
}

func (w *Window) moved(move func(time.Time) time.Time) *Window {
	if w == nil {
		return nil
	}
	return &Window{Opens: movedMoment(w.Opens, move), Closes: movedMoment(w.Closes, move), Pending: w.Pending}
}

func movedMoment(t *time.Time, move func(time.Time) time.Time) *time.Time {
	if t == nil {
		return nil
	}
	moved := move(*t)
	return &moved
}

// withYear is a name with the year of one moment in the place of that of another.
func withYear(name string, was, now time.Time) string {
	year := func(t time.Time) string { return strconv.Itoa(t.In(Amsterdam).Year()) }
	return strings.ReplaceAll(name, year(was), year(now))
}

// Slug is an id made of a name: what letters and digits it has, in the alphabet of addresses.
func Slug(name string) string {
	var b strings.Builder
	apart := false
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case unicode.IsMark(r), r == '\'', r == '’':
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if apart && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			apart = false
		default:
			apart = true
		}
	}
	id := b.String()
	return strings.Trim(id[:min(len(id), maxID)], "-")
}
