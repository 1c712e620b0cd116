package mdt

import "time"

// Remind sends somebody who has a seat the reminder that was due at a moment; once, however often it is
// tried. Who got the seat after that moment was told everything then; of several that are late only the last
// goes out. Nor does one for which it was too late
// already when the meeting was moved: the letter about that says all of it. changed is false where nothing is due.
func Remind(s Scene, due time.Time) (act Act, changed bool) {
	if !s.Entry.has(s.Meeting, s.Now) || s.Entry.Seated.After(due) || s.Entry.Reminded >= due.Unix() ||
		s.Meeting.remindsAgain(due, s.Now) || s.Meeting.changedSince(due) {
		return Act{}, false
	}
	a := &acting{Scene: s}
	entry := a.of(s.Entry)
	entry.Reminded = due.Unix()
	entry.Revision++ // its calendar entry may tell the link
	letter := newLetter(LetterReminder, entry, s.Meeting, s.Now)
	letter.Days = daysBetween(s.Now, s.Meeting.Start)
	a.letters = append(a.letters, letter)
	return a.act(), true
}

// TellLink sends the online link to somebody who may know it and was not told yet.
func TellLink(s Scene) (act Act, changed bool) {
	if !s.Entry.has(s.Meeting, s.Now) || s.Entry.LinkTold != 0 || !s.Entry.mayKnowLink(s.Meeting, s.Now) {
		return Act{}, false
	}
	a := &acting{Scene: s}
	a.letters = append(a.letters, newLetter(LetterJoinOnline, a.of(s.Entry), s.Meeting, s.Now))
	return a.act(), true
}

// has says whether the registration has a seat at a meeting that is still to come.
func (r *Registration) has(m Meeting, now time.Time) bool {
	return r != nil && r.Status == Confirmed && r.Seated != nil && !m.Cancelled && now.Before(m.Start)
}

// daysBetween counts days of Amsterdam.
func daysBetween(from, to time.Time) int {
	noon := func(t time.Time) time.Time {
		year, month, day := t.In(Amsterdam).Date()
		return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(to).Sub(noon(from)) / (24 * time.Hour))
}
