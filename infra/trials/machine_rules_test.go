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
	answered = mdt.Waiting
	if free >= asFresh {
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
	case answered == mdt.Waiting && free >= 1 && !possible:
		return "", "introducee.geenPlek"
	case answered == mdt.Waiting && !w.now.Before(w.listEnd):
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

// enter lets everybody in who is new: all have seats, or all wait and the first are offered what is left.
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
		if free >= len(newcomers) {
			p.state, kind = mdt.Confirmed, mdt.LetterRegistered
		} else {
			p.spots[""] = &spot{joined: w.joined, behind: slices.Index(append([]int{f.who}, f.guests...), who)}
		}
		if i > 0 {
			kind = mdt.LetterGuest
		}
		w.people[who] = p
		w.owe(who, kind, "", w.now)
		delete(w.told, who)
	}
	if free >= len(newcomers) {
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
	had := *p
	p.state, p.spots = mdt.Cancelled, map[string]*spot{}
	w.forget(who, "")
	if had.state != mdt.Confirmed {
		w.owe(who, mdt.LetterLeftLine, "", w.now)
		if o := had.spots[""].offer; o != nil {
			w.release("", o.of)
		}
		return ""
	}
	w.owe(who, mdt.LetterCancelled, "", w.now)
	for _, part := range had.parts {
		w.release(part, w.newSeat())
	}
	for _, part := range lines {
		if s := had.spots[part]; s != nil && s.offer != nil {
			w.release(part, s.offer.of)
		}
	}
	w.release("", w.newSeat())
	return ""
}
