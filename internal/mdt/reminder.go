package mdt

import (
	"slices"
	"time"
)

// Reminder is a letter so many days before the meeting, at a time of day in Amsterdam ("10:00").
type Reminder struct {
	Days int    `json:"dagen"`
	At   string `json:"om"`
}

// DefaultReminders go a week and a day before, at ten.
var DefaultReminders = []Reminder{{7, "10:00"}, {1, "10:00"}}

// reminders are those of the meeting; a meeting without any has an empty list.
func (m Meeting) reminders() []Reminder {
	if m.Reminders == nil {
		return DefaultReminders
	}
	return m.Reminders
}

// moment is when a reminder of the meeting is due: a time of day on its day, not so many times 24 hours.
func (r Reminder) moment(m Meeting) time.Time {
	clock, err := time.Parse("15:04", r.At)
	if err != nil {
		clock = time.Date(0, 1, 1, 10, 0, 0, 0, time.UTC)
	}
	year, month, day := m.Start.In(Amsterdam).Date()
	return time.Date(year, month, day-r.Days, clock.Hour(), clock.Minute(), 0, 0, Amsterdam).UTC()
}

// lastReminder is when the last reminder is due; where there is none, ten o'clock on the day before.
func (m Meeting) lastReminder() time.Time {
	last := time.Time{}
	for _, r := range m.reminders() {
		if at := r.moment(m); at.After(last) && at.Before(m.Start) {
			last = at
		}
	}
	if last.IsZero() {
		return Reminder{1, "10:00"}.moment(m)
	}
	return last
}

// linkMayBeTold says whether it is near enough to the day to tell who is confirmed where to join.
func (m Meeting) linkMayBeTold(now time.Time) bool { return !now.Before(m.lastReminder()) }

// remindsAgain says whether a later reminder than the one due at a moment is due too.
func (m Meeting) remindsAgain(due, now time.Time) bool {
	return slices.ContainsFunc(m.reminders(), func(r Reminder) bool {
		at := r.moment(m)
		return at.After(due) && at.Before(m.Start) && !at.After(now)
	})
}
