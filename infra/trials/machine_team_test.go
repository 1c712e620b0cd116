package trials

import (
	"context"
	"fmt"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
)

// What the team does with single entries: it says yes or no, and gives seats out of turn.

const noSeat = "plek.geen"

// drawIn draws somebody, mostly one in such a state.
func (m *machine) drawIn(t *rapid.T, states ...mdt.Status) int {
	var who []int
	for i, p := range m.w.people {
		for _, state := range states {
			if p.state == state {
				who = append(who, i)
			}
		}
	}
	if len(who) > 0 && rapid.IntRange(0, 9).Draw(t, "likely") > 0 {
		return rapid.SampledFrom(who).Draw(t, "who")
	}
	return rapid.IntRange(0, people-1).Draw(t, "who")
}

func (m *machine) approve(t *rapid.T) {
	who := m.drawIn(t, mdt.Requested)
	agrees(t, fmt.Sprint("approve ", who), m.acts.Approving(meetingID, m.personOf(who)).DoAgreed(context.Background()), m.w.approve(who))
}

func (m *machine) place(t *rapid.T) {
	who := m.drawIn(t, mdt.Waiting, mdt.Offered, mdt.Requested)
	agrees(t, fmt.Sprint("place ", who), m.acts.Placing(meetingID, m.personOf(who), false, "", "").DoAgreed(context.Background()), m.w.place(who))
}

func (m *machine) revoke(t *rapid.T) {
	who := m.drawIn(t, mdt.Requested)
	agrees(t, fmt.Sprint("revoke ", who), m.acts.Revoking(meetingID, m.personOf(who), "Sam", "Vol.").DoAgreed(context.Background()), m.w.revoke(who))
}

// approve says yes to who asked: a seat where there is one, else the place in line of when the form came.
func (w *world) approve(who int) (code string) {
	p := &w.people[who]
	switch {
	case p.state != mdt.Requested || !w.now.Before(w.start):
		return cannot
	case w.room("") > 0:
		w.seat(who, mdt.LetterRegistered)
	case !w.listOpen():
		return noSeat
	default:
		w.forget(who, "", mdt.LetterWaiting)
		p.state, p.spots[""], p.asked = mdt.Waiting, p.asked, nil
		w.owe(who, mdt.LetterWaiting, "", w.now)
	}
	return ""
}

// endRequests tells those to whom nobody said yes or no that they have no seat.
func (w *world) endRequests() {
	for who := range w.people {
		if w.people[who].state == mdt.Requested {
			w.leaveLine(who, "", mdt.LetterNoPlace, mdt.Unplaced)
		}
	}
}

// seat gives somebody a seat by hand.
func (w *world) seat(who int, kind mdt.LetterKind) {
	w.forget(who, "", mdt.LetterWaiting, mdt.LetterOffer, mdt.LetterLapsed)
	w.takeBy(kind, who, "")
}

// place gives a seat out of turn: the one that is offered, one that was held back, or one that is free.
func (w *world) place(who int) (code string) {
	state, kind := w.people[who].state, mdt.LetterPlaced
	if state == mdt.Requested {
		kind = mdt.LetterRegistered
	}
	switch {
	case !w.active(who) || state == mdt.Confirmed || !w.now.Before(w.start):
		return cannot
	case state == mdt.Offered:
	case w.held > 0 && w.seats[""] > 0:
		w.held--
		w.seats[""]++
	case w.room("") == 0:
		return noSeat
	}
	w.seat(who, kind)
	return ""
}

// revoke takes somebody back whatever they have.
func (w *world) revoke(who int) (code string) {
	if !w.active(who) || !w.now.Before(w.over) {
		return cannot
	}
	w.goes(who, mdt.LetterRevoked)
	return ""
}
