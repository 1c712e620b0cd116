package mdt

import "time"

// AnswerDays is within how many working days a message is answered: letter 13 promises it, and what is open for longer
// waits for the team.
const AnswerDays = 5

// The day on which a message comes counts for none. Saturdays and Sundays are no working days; holidays are, as nobody
// keeps a list of them.

// LateBefore is the moment before which a message came that is open for longer than so many working days.
func LateBefore(now time.Time, days int) time.Time { return workingDay(now, -days, 0) }

// LateFrom is the moment from which a message that came then is open for longer than so many working days: midnight
// after the last of them.
func LateFrom(came time.Time, days int) time.Time { return workingDay(came, days, 1) }

// workingDay is the beginning of the nth working day after the day of a moment (before it, where n is below zero), or so
// many days beside that.
func workingDay(t time.Time, n, beside int) time.Time {
	year, month, day := t.In(Amsterdam).Date()
	step := 1
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		day += step
		if on := time.Date(year, month, day, 12, 0, 0, 0, time.UTC).Weekday(); on != time.Saturday && on != time.Sunday {
			n--
		}
	}
	return time.Date(year, month, day+beside, 0, 0, 0, 0, Amsterdam)
}

// Late says whether the message is open for longer than letter 13 promises.
func (m Message) Late(now time.Time) bool {
	return m.Answered == nil && !now.Before(LateFrom(m.Created, AnswerDays))
}

// Answer gives the message dealt with at a moment; nil opens it again. changed is false where it stands so already: the
// moment at which that was said stays.
func (m Message) Answer(at *time.Time) (now Message, changed bool) {
	if (m.Answered == nil) == (at == nil) {
		return m, false
	}
	now = m
	now.Answered = at
	now.Version++
	return now, true
}
