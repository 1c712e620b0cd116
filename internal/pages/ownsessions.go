package pages

import "aanmeldpunt/internal/mdt"

// sessions are those that belong to the meeting, and what is missing: a session for who comes on the day, or the
// day for who follows a session.
func (v *visit) sessions(entry mdt.Registration, m mdt.Meeting) *sessionsView {
	if !entry.Active() || m.State(v.now) != "gepland" {
		return nil
	}
	view, follows, possible := &sessionsView{}, false, false
	for _, other := range v.inOrder() {
		if other.BelongsTo != m.ID || other.State(v.now) != "gepland" {
			continue
		}
		line := sessionLine{Name: other.Name, When: span(other.Start, other.End), Text: say("mijn.sessies.niet"), Href: meetingPath(other, "aanmelden")}
		if own := v.own.RegistrationFor(other.ID); own != nil && own.Of.Active() {
			line.Text, line.Href, follows = say("mijn.sessies.wel"), "", true
		} else if !v.canRegister(other) {
			line.Href = meetingPath(other, "")
		} else {
			possible = true
		}
		view.Lines = append(view.Lines, line)
	}
	if len(view.Lines) > 0 {
		if !follows && possible {
			view.Hint = say("mijn.sessies.geen", "bijeenkomst", m.Name)
		}
		return view
	}
	return v.mainMeeting(m)
}

// mainMeeting tells who follows a session that the meeting it belongs to has to be registered for too.
func (v *visit) mainMeeting(m mdt.Meeting) *sessionsView {
	main, known := v.meetings[m.BelongsTo]
	own := v.own.RegistrationFor(m.BelongsTo)
	if m.BelongsTo == "" || !known || own != nil && own.Of.Active() || !v.canRegister(main) {
		return nil
	}
	return &sessionsView{Hint: say("mijn.sessies.hoofd", "bijeenkomst", main.Name),
		Lines: []sessionLine{{Name: main.Name, When: span(main.Start, main.End), Text: say("mijn.sessies.niet"), Href: meetingPath(main, "aanmelden")}}}
}

// inOrder gives the published meetings by their day.
func (v *visit) inOrder() (meetings []mdt.Meeting) {
	for _, m := range v.meetings {
		if m.Published {
			meetings = append(meetings, m)
		}
	}
	sortByStart(meetings)
	return meetings
}
