package mdt

import "time"

// status is how an action stands at a moment, apart from seats.
func (m Meeting) status(w *Window, now time.Time) ActionStatus {
	switch {
	case w == nil:
		return NoAction
	case m.Cancelled || !now.Before(m.closes(w)):
		return Closed
	case w.Pending || w.Opens != nil && now.Before(*w.Opens):
		return NotYetOpen
	}
	return Open
}

// closes is the first moment at which an action is no longer possible: its own end, or the start of the
// meeting where none is set; never after the end of the meeting.
func (m Meeting) closes(w *Window) time.Time {
	switch {
	case w.Closes == nil:
		return m.Start
	case w.Closes.After(m.End):
		return m.End
	}
	return *w.Closes
}

// RegisteringStatus is how registering stands for a newcomer. A full meeting is Full while its waiting
// list takes entries and Closed after that. Where one needs an invitation there is none for others (ForInvited).
func (m Meeting) RegisteringStatus(c Counter, now time.Time) ActionStatus {
	if m.ByInvitation {
		return NoAction
	}
	status := m.status(m.Registering, now)
	if free := m.FreeSeats(c); status != Open || free == nil || *free > 0 {
		return status
	}
	if !now.Before(m.WaitingListEnd()) {
		return Closed
	}
	return Full
}

// ForInvited is the meeting as it stands for whoever has an invitation.
func (m Meeting) ForInvited() Meeting {
	m.ByInvitation = false
	return m
}

// ProposingStatus is how sending in a proposal stands.
func (m Meeting) ProposingStatus(now time.Time) ActionStatus { return m.status(m.Proposing, now) }

// TellingStatus is how asking to be told of the opening stands: closed as soon as one can register.
func (m Meeting) TellingStatus(now time.Time) ActionStatus {
	status := m.status(m.Telling, now)
	if status == Open && m.hasOpened(now) {
		return Closed
	}
	return status
}

func (m Meeting) hasOpened(now time.Time) bool {
	registering := m.status(m.Registering, now)
	return registering == Open || registering == Closed
}

// refuse gives the reason why an action cannot be done now, or nil. The subject is the first half of the
// codes that differ by action ("bijeenkomst", "voorstel"); closed is the second half for "too late".
func (m Meeting) refuse(w *Window, subject, closed string, now time.Time) *Refusal {
	if refusal := m.stillOn(now); refusal != nil {
		return refusal
	}
	switch m.status(w, now) {
	case NoAction:
		return &Refusal{Code: subject + ".geen"}
	case NotYetOpen:
		return &Refusal{Code: subject + ".nietOpen", Args: opening(w)}
	case Closed:
		return &Refusal{Code: subject + "." + closed, Args: map[string]string{"totEnMet": Deadline(m.closes(w))}}
	}
	return nil
}

// stillOn refuses what is about a meeting that does not go on, or is over.
func (m Meeting) stillOn(now time.Time) *Refusal {
	switch {
	case m.Cancelled:
		return &Refusal{Code: "bijeenkomst.gaatNietDoor"}
	case !now.Before(m.End):
		return &Refusal{Code: "bijeenkomst.geweest"}
	}
	return nil
}

func opening(w *Window) map[string]string {
	if w.Opens == nil {
		return nil
	}
	return map[string]string{"vanaf": Moment(*w.Opens)}
}

// Times gives when an action opens (nil: always was, or not known yet) and when it closes, in UTC; both are
// nil for an action the meeting does not have.
func (m Meeting) Times(w *Window) (opens, closes *time.Time) {
	if w == nil {
		return nil, nil
	}
	end := m.closes(w).UTC()
	if w.Opens != nil {
		start := w.Opens.UTC()
		opens = &start
	}
	return opens, &end
}

// State tells whether the meeting is still to come, goes on not at all, or is over.
func (m Meeting) State(now time.Time) string {
	switch {
	case m.Cancelled:
		return "gaatNietDoor"
	case !now.Before(m.End):
		return "geweest"
	}
	return "gepland"
}
