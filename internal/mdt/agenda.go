package mdt

import "time"

// Task is something the clock does at a meeting.
type Task struct {
	What    string
	Meeting string
	At      time.Time
}

// What the clock does: letters at the opening, reminders, the online link, the end of the waiting list, and letters
// about a change of the meeting.
const (
	TaskNews     = "wijziging"
	TaskOpening  = "opening"
	TaskReminder = "herinnering"
	TaskLink     = "onlinelink"
	TaskLineEnd  = "wachtlijst"
)

// alwaysOpen is the moment of the opening of a meeting that has been open ever since it is known: those who asked
// while it was not are told at once.
var alwaysOpen = time.Unix(0, 0)

// Key names the task: the same thing at another moment is another task.
func (t Task) Key() string { return t.Meeting + "#" + t.What + "#" + t.At.UTC().Format(time.RFC3339) }

// Agenda is what the clock does at the meeting, in no order. One that is not published has none; of one
// that is called off that is told, and no more.
func (m Meeting) Agenda() (tasks []Task) {
	if !m.Published {
		return nil
	}
	add := func(what string, at time.Time) { tasks = append(tasks, Task{what, m.ID, at.UTC()}) }
	for _, news := range m.News {
		add(TaskNews, news.At)
	}
	if m.Cancelled {
		return tasks
	}
	if w := m.Registering; w != nil && w.Opens != nil && !w.Pending {
		add(TaskOpening, *w.Opens)
	} else if w != nil && !w.Pending && m.Telling != nil {
		add(TaskOpening, alwaysOpen)
	}
	for _, r := range m.reminders() {
		if at := r.moment(m); at.Before(m.Start) {
			add(TaskReminder, at)
		}
	}
	if m.OnlineLink != "" {
		add(TaskLink, m.lastReminder())
	}
	ends := earlier(m.WaitingListEnd(), m.Start)
	if m.limited() {
		add(TaskLineEnd, ends)
	}
	if m.Approval && !(m.limited() && ends.Equal(m.Start)) { // for those to whom nobody said yes or no
		add(TaskLineEnd, m.Start)
	}
	return tasks
}

// NewsOf gives the change of a moment.
func (m Meeting) NewsOf(at time.Time) (News, bool) {
	for _, news := range m.News {
		if news.At.Equal(at) {
			return news, true
		}
	}
	return News{}, false
}

// limited says whether anybody can come to wait for a seat.
func (m Meeting) limited() bool {
	for _, p := range m.Parts {
		if p.Seats > 0 {
			return true
		}
	}
	return m.Seats("") > 0
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
