package mdt

import "time"

// Task is something the clock does at a meeting.
type Task struct {
	What    string
	Meeting string
	At      time.Time
}

// What the clock does: letters at the opening, reminders, the online link, the end of the waiting list.
const (
	TaskOpening  = "opening"
	TaskReminder = "herinnering"
	TaskLink     = "onlinelink"
	TaskLineEnd  = "wachtlijst"
)

// Key names the task: the same thing at another moment is another task.
func (t Task) Key() string { return t.Meeting + "#" + t.What + "#" + t.At.UTC().Format(time.RFC3339) }

// Agenda is what the clock does at the meeting, in no order. A meeting that is cancelled or not published has none.
func (m Meeting) Agenda() (tasks []Task) {
	if m.Cancelled || !m.Published {
		return nil
	}
	add := func(what string, at time.Time) { tasks = append(tasks, Task{what, m.ID, at.UTC()}) }
	if m.Registering != nil && m.Registering.Opens != nil && !m.Registering.Pending {
		add(TaskOpening, *m.Registering.Opens)
	}
	for _, r := range m.reminders() {
		if at := r.moment(m); at.Before(m.Start) {
			add(TaskReminder, at)
		}
	}
	if m.OnlineLink != "" {
		add(TaskLink, m.lastReminder())
	}
	if m.limited() {
		add(TaskLineEnd, m.WaitingListEnd())
	}
	return tasks
}

// limited says whether anybody can come to wait for a seat.
func (m Meeting) limited() bool {
	for _, p := range m.Parts {
		if p.Seats > 0 {
			return true
		}
	}
	return m.Capacity > 0
}
