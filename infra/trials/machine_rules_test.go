package trials

import (
	"maps"
	"slices"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// What each act does to the world, as the rules tell it. An act that is refused gives its code.

const cannot, tooLate, changed = "handeling.kanNiet", "plek.verlopen", "versie.conflict"

// form is what a visitor sends.
type form struct {
	who          int
	guests       []int
	organisation string
	part         string
}

// register is answered with a status that tells nothing of whoever is known already, or with a code.
func (w *world) register(f form) (answered mdt.Status, code string) {
	free, asFresh := w.room(""), 1+len(f.guests)
	answered, fits := mdt.Waiting, free >= asFresh
	if fits && !w.approval {
		answered = mdt.Confirmed
	}
	newcomers := []int{f.who}
	for _, g := range f.guests {
		if !w.active(g) {
			newcomers = append(newcomers, g)
		}
	}
	_, _, possible := w.window()
	possible = possible || w.direct && w.listOpen()
	switch {
	case !w.now.Before(w.over):
		return "", "bijeenkomst.geweest"
	case !w.now.Before(w.start):
		return "", "bijeenkomst.gesloten"
	case f.part != "" && w.room(f.part) == 0:
		return "", "onderdeel.vol"
	case !fits && free >= 1 && !possible:
		return "", "introducee.geenPlek"
	case !fits && !w.now.Before(w.listEnd):
		return "", "bijeenkomst.gesloten"
	case w.active(f.who):
		w.known(f.who)
		return answered, ""
	case f.organisation != "" && w.ofOrganisation(f.organisation)+asFresh > perOrg:
		return "", "organisatie.max"
	}
	w.enter(f, newcomers, free)
	return answered, ""
}

// enter lets everybody in who is new: all ask, or all have seats, or all wait and the first are offered what is left.
func (w *world) enter(f form, newcomers []int, free int) {
	for _, g := range f.guests {
		if w.active(g) {
			w.known(g)
		}
	}
	before := w.passed("")
	w.joined++
	for i, who := range newcomers {
		p := person{state: mdt.Waiting, organisation: f.organisation, spots: map[string]*spot{}}
		if i == 0 && f.part != "" {
			p.parts = []string{f.part}
		}
		kind := mdt.LetterWaiting
		place := &spot{joined: w.joined, behind: slices.Index(append([]int{f.who}, f.guests...), who)}
		if w.approval {
			p.state, p.asked = mdt.Requested, place
		} else if free >= len(newcomers) {
			p.state, kind = mdt.Confirmed, mdt.LetterRegistered
		} else {
			p.spots[""] = place
		}
		if i > 0 {
			kind = mdt.LetterGuest
		}
		w.people[who] = p
		w.owe(who, kind, "", w.now)
		delete(w.told, who)
	}
	if w.approval || free >= len(newcomers) {
		return
	}
	for _, who := range newcomers[:free] {
		if !w.offerTo(who, "", &seat{passed: maps.Clone(before), late: true}) {
			continue
		}
		if who == f.who { // the letter about the seat says all that the one about waiting would
			w.forget(who, "", mdt.LetterWaiting)
		}
	}
}

func (w *world) known(who int) {
	if last, told := w.told[who]; told && w.now.Sub(last) < mdt.RepeatPause {
		return
	}
	w.told[who] = w.now
	w.owe(who, mdt.LetterKnown, "", w.now)
}

// ofOrganisation counts those of one organisation, however they spell it.
func (w *world) ofOrganisation(name string) (n int) {
	for who, p := range w.people {
		if w.active(who) && spelled(p.organisation) == spelled(name) {
			n++
		}
	}
	return n
}

func spelled(name string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(name))
}

// cancel takes somebody back; once.
func (w *world) cancel(who int) (code string) {
	p := &w.people[who]
	switch {
	case p.state == mdt.Cancelled:
		return ""
	case !w.active(who) || !w.now.Before(w.over):
		return cannot
	}
	kind := mdt.LetterLeftLine
	if p.state == mdt.Confirmed || p.state == mdt.Requested {
		kind = mdt.LetterCancelled
	}
	w.goes(who, kind)
	return ""
}

// goes takes away what somebody has, who hears of it by a letter of that kind.
func (w *world) goes(who int, kind mdt.LetterKind) {
	p := &w.people[who]
	had := *p
	p.state, p.spots = mdt.Cancelled, map[string]*spot{}
	w.forget(who, "")
	w.owe(who, kind, "", w.now)
	if had.state != mdt.Confirmed {
		if s := had.spots[""]; s != nil && s.offer != nil {
			w.release("", s.offer.of)
		}
		return
	}
	for _, part := range had.parts {
		w.release(part, w.newSeat())
	}
	for _, part := range lines {
		if s := had.spots[part]; s != nil && s.offer != nil {
			w.release(part, s.offer.of)
		}
	}
	w.release("", w.newSeat())
}
