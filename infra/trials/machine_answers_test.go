package trials

import (
	"slices"

	"aanmeldpunt/internal/mdt"
)

// answering gives the offer that somebody answers, or why that cannot be.
func (w *world) answering(who int, line string) (s *spot, code string) {
	if !w.active(who) || !w.now.Before(w.over) {
		return nil, cannot
	}
	switch s = w.people[who].spots[line]; {
	case s == nil:
		return nil, cannot
	case s.offer == nil && s.lapses > 0:
		return nil, tooLate
	case s.offer == nil:
		return nil, cannot
	case !w.now.Before(s.offer.until):
		return nil, tooLate
	}
	return s, ""
}

// accept takes the seat; a part at the same time goes.
func (w *world) accept(who int, line string) (code string) {
	if _, code = w.answering(who, line); code != "" {
		return code
	}
	p := &w.people[who]
	w.forget(who, line, mdt.LetterWaiting, mdt.LetterOffer, mdt.LetterLapsed)
	left := p.parts
	if line != "" {
		p.parts = slices.DeleteFunc(slices.Clone(p.parts), func(part string) bool { return part != line })
	}
	w.take(who, line)
	for _, part := range left {
		if line != "" && part != line {
			w.release(part, w.newSeat())
		}
	}
	return ""
}

// pass lets the seat go on.
func (w *world) pass(who int, line string, keep bool) (code string) {
	s, code := w.answering(who, line)
	if code != "" {
		return code
	}
	of := s.offer.of
	w.forget(who, line, mdt.LetterOffer, mdt.LetterLapsed)
	if keep && w.listOpen() {
		s.offer, s.lapses = nil, 0
		if line == "" {
			w.people[who].state = mdt.Waiting
		}
	} else {
		w.leaveLine(who, line, mdt.LetterLeftLine, mdt.Cancelled)
	}
	w.release(line, of)
	return ""
}

// leaveLine takes somebody out of a line, who hears of it.
func (w *world) leaveLine(who int, line string, kind mdt.LetterKind, state mdt.Status) {
	p := &w.people[who]
	w.forget(who, line, mdt.LetterWaiting, mdt.LetterOffer, mdt.LetterLapsed)
	delete(p.spots, line)
	if line == "" {
		p.state = state
	}
	w.owe(who, kind, line, w.now)
}

// keepWaiting asks for offers again.
func (w *world) keepWaiting(who int, line string) (code string) {
	p := &w.people[who]
	s := p.spots[line]
	if !w.active(who) || s == nil || s.offer != nil || s.lapses == 0 || !w.listOpen() {
		return cannot
	}
	s.lapses = 0
	switch last := w.last[line]; {
	case w.seats[line] == 0:
		w.offerTo(who, line, w.newSeat())
	case w.room(line) > 0 && last != nil && !last.passed[s]:
		w.offerTo(who, line, last)
	}
	return ""
}

// passed are all who stand in a line now: a seat that is free has passed them.
func (w *world) passed(line string) map[*spot]bool {
	all := map[*spot]bool{}
	for _, who := range w.waiting(line) {
		all[w.people[who].spots[line]] = true
	}
	return all
}

// offerTo offers a free seat to nobody but this one.
func (w *world) offerTo(who int, line string, s *seat) bool {
	spot, passed := w.people[who].spots[line], s.passed
	s.passed = w.passed(line)
	delete(s.passed, spot)
	could := w.offer(line, s)
	s.passed = passed
	s.passed[spot] = could
	return could
}

// lapse ends an offer that nobody answered.
func (w *world) lapse(who int, line string) {
	s := w.people[who].spots[line]
	of := s.offer.of
	s.offer = nil
	s.lapses++
	if w.listOpen() {
		w.forget(who, line, mdt.LetterOffer)
		if line == "" {
			w.people[who].state = mdt.Waiting
		}
		w.owe(who, mdt.LetterLapsed, line, w.now)
	} else {
		w.leaveLine(who, line, mdt.LetterLapsed, mdt.Unplaced)
	}
	w.release(line, of)
}

// endList tells whoever still waits that no seat came.
func (w *world) endList() {
	for who := range w.people {
		for _, line := range lines {
			if s := w.people[who].spots[line]; s != nil && s.offer == nil {
				w.leaveLine(who, line, mdt.LetterNoPlace, mdt.Unplaced)
			}
		}
	}
}

// resize gives a line another number of seats; what is added goes to the line.
func (w *world) resize(line string, seats int) {
	before, taken := w.seats[line], w.taken(line)
	more := max(0, seats-taken) - max(0, before-taken)
	switch {
	case before == 0:
		more = 0
	case seats == 0: // for everybody who waits
		more = w.count(line)[2]
	}
	w.seats[line] = seats
	for ; more > 0; more-- {
		if !w.offer(line, w.newSeat()) {
			return
		}
	}
}
