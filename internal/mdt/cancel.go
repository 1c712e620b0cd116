package mdt

// cannot is the refusal of an act that does not fit how things stand.
var cannot = &Refusal{Code: "handeling.kanNiet"}

// begin starts an act of an entry that stands, of a meeting that is not over.
func (s Scene) begin() (*acting, *Refusal) {
	if !s.Entry.Active() || s.Meeting.Cancelled || !s.Now.Before(s.Meeting.End) {
		return nil, cannot
	}
	return &acting{Scene: s}, nil
}

// Cancel takes a registration back: its seat, its parts and its places in line go to whoever is next. Guests
// stay. What was to be told of it before is told no more. One that was taken back already stays as it is.
func Cancel(s Scene) (Act, *Refusal) {
	if s.Entry != nil && s.Entry.Status == Cancelled {
		return Act{Meeting: s.Meeting}, nil
	}
	a, refusal := s.begin()
	if refusal != nil {
		return Act{}, refusal
	}
	entry := a.leave()
	kind := LetterLeftLine
	switch s.Entry.Status {
	case Confirmed:
		kind = LetterCancelled
		entry.Revision++
	case Requested:
		kind = LetterCancelled
	}
	letter := newLetter(kind, entry, s.Meeting, s.Now)
	letter.HadSeat = s.Entry.Status == Confirmed
	a.letters = append([]Letter{letter}, a.letters...)
	return a.act(), nil
}

// leave makes the entry a cancelled one and hands on what it had.
func (a *acting) leave() *Registration {
	entry := a.of(a.Entry)
	had := *a.Entry
	entry.Status, entry.Spot, entry.PartLines, entry.Seated = Cancelled, Spot{}, nil, nil
	a.drop()
	if had.Status == Confirmed {
		a.leaveParts(had)
	}
	if had.Status == Confirmed || had.Status == Offered {
		a.release("")
	}
	return entry
}

// leaveParts hands on the seats of parts, before the one of the meeting: who waits for a part stands before
// whoever only now comes to have a seat at all.
func (a *acting) leaveParts(had Registration) {
	for _, part := range had.Parts {
		a.release(part)
	}
	for _, p := range had.PartLines {
		if p.Offered() {
			a.release(p.Part)
		}
	}
}

// Remove takes a registration away altogether, wishes included. What it had is handed on as in Cancel, whether
// or not the meeting is still to come, and no letter says so.
func Remove(s Scene) Act {
	a := &acting{Scene: s}
	if s.Entry.Active() {
		a.leave()
	} else {
		a.of(s.Entry)
	}
	act := a.act()
	act.Entries[0].New = nil
	act.Wishes = &Wishes{Person: s.Entry.Person, Meeting: s.Entry.Meeting}
	return act
}

// Accept takes the seat that is kept for the entry in a line; part is empty for the meeting's own. A part at
// the same time as the accepted one is given up for it.
func Accept(s Scene, part string) (Act, *Refusal) {
	a, place, refusal := s.answer(part)
	if refusal != nil {
		return Act{}, refusal
	}
	if place.Lapsed(s.Now) {
		return Act{}, &Refusal{Code: "plek.verlopen"}
	}
	entry := a.of(s.Entry)
	for _, other := range s.Meeting.overlaps(entry.Parts, part) {
		if part != "" {
			entry.Parts = without(entry.Parts, other)
			a.release(other)
		}
	}
	a.letters = append([]Letter{s.Meeting.place(entry, part, a.soFar(), s.Now)}, a.letters...)
	a.dropOf(part, LetterWaiting, LetterOffer, LetterLapsed)
	return a.act(), nil
}

// answer begins an act about an offer.
func (s Scene) answer(part string) (*acting, Place, *Refusal) {
	a, refusal := s.begin()
	if refusal != nil {
		return nil, Place{}, refusal
	}
	place, found := s.Entry.Place(part)
	if found && !place.Offered() && place.Lapses > 0 {
		return nil, place, &Refusal{Code: "plek.verlopen"}
	}
	if !found || !place.Offered() {
		return nil, place, cannot
	}
	return a, place, nil
}

// Pass lets an offered seat go to the next. Who keeps waiting stays at the same place in line.
func Pass(s Scene, part string, keepWaiting bool) (Act, *Refusal) {
	a, place, refusal := s.answer(part)
	if refusal != nil {
		return Act{}, refusal
	}
	if place.Lapsed(s.Now) {
		return Act{}, &Refusal{Code: "plek.verlopen"}
	}
	a.dropOf(part, LetterOffer, LetterLapsed)
	if keepWaiting && s.Meeting.LineOpen(s.Now) {
		spot := place.kept()
		spot.Lapses = 0
		a.wait(part, spot)
	} else {
		a.stopWaiting(part, LetterLeftLine)
	}
	a.release(part)
	return a.act(), nil
}

// wait puts the entry back in line.
func (a *acting) wait(part string, spot Spot) {
	entry := a.of(a.Entry)
	if part == "" {
		entry.Status = Waiting
	}
	entry.setSpot(part, spot)
}

// stopWaiting takes the entry out of a line, and tells it by a letter of that kind; of a meeting that goes on
// not at all nobody is told that there was no seat.
func (a *acting) stopWaiting(part string, kind LetterKind) {
	entry := a.of(a.Entry)
	a.dropOf(part, LetterWaiting, LetterOffer, LetterLapsed)
	switch {
	case part != "":
		entry.leaveLine(part)
	case kind == LetterLeftLine:
		entry.Status, entry.Spot = Cancelled, Spot{}
	default:
		entry.Status, entry.Spot = Unplaced, Spot{}
	}
	if a.Meeting.Cancelled {
		return
	}
	letter := newLetter(kind, entry, a.Meeting, a.Now)
	letter.Part, letter.PartID, letter.Waiting = a.Meeting.partName(part), part, false
	a.letters = append(a.letters, letter)
}

// KeepWaiting asks for offers again after some that were left unanswered. The place in line was kept. Where a
// seat came free in the meantime, and did so without passing the entry, it is offered now.
func KeepWaiting(s Scene, part string) (Act, *Refusal) {
	a, refusal := s.begin()
	if refusal != nil {
		return Act{}, refusal
	}
	place, found := s.Entry.Place(part)
	if !found || place.Offered() || place.Lapses == 0 || !s.Meeting.LineOpen(s.Now) {
		return Act{}, cannot
	}
	spot := place.Spot
	spot.Lapses = 0
	a.wait(part, spot)
	a.turn(part)
	a.claim(part, spot)
	return a.act(), nil
}

// claim gives the entry a seat of its line that is free and has not passed it.
func (a *acting) claim(part string, spot Spot) {
	seats, counts := a.Meeting.Seats(part), a.Counter.Line(part)
	round := counts.Freed
	switch {
	case seats == 0: // no limit any more: there is a seat for everybody
		round = a.startRound(part)
	case counts.Occupied >= seats || round == 0 || spot.Had(round):
		return
	}
	a.give(a.Entry, part, round)
}

// Lapse ends an offer that nobody answered in time: the seat goes to the next, the entry keeps its place in
// line, but gets no more offers after two in a row. changed is false where there is nothing to end.
func Lapse(s Scene, part string) (act Act, changed bool) {
	place, found := s.Entry.Place(part)
	if !found || !place.Lapsed(s.Now) {
		return Act{}, false
	}
	a := &acting{Scene: s}
	a.dropOf(part, LetterOffer) // who never got it learns of it no more: SES may have been silent all that time
	spot := place.kept()
	spot.Lapses++
	if s.Meeting.LineOpen(s.Now) {
		a.wait(part, spot)
		entry := a.of(s.Entry)
		letter := newLetter(LetterLapsed, entry, s.Meeting, s.Now)
		letter.Waiting, letter.Twice = true, spot.Quiet()
		letter.Part, letter.PartID = s.Meeting.partName(part), part
		a.letters = append(a.letters, letter)
	} else {
		a.stopWaiting(part, LetterLapsed)
	}
	a.release(part)
	return a.act(), true
}

// EndLine tells an entry that its waiting was in vain: the list has ended, or, of one that the team never said yes or no
// to, the meeting has begun. An offer that stands goes on. changed is false where the entry waits for nothing, or the
// list has not ended.
func EndLine(s Scene) (act Act, changed bool) {
	if s.Meeting.Cancelled || s.Meeting.LineOpen(s.Now) {
		return Act{}, false
	}
	a := &acting{Scene: s}
	for _, place := range s.Entry.places() {
		if !place.Offered() {
			a.stopWaiting(place.Part, LetterNoPlace)
		}
	}
	if s.Entry != nil && s.Entry.Status == Requested && !s.Now.Before(s.Meeting.Start) {
		a.stopWaiting("", LetterNoPlace)
		a.letters[0].Asked = true
	}
	if len(a.changes) == 0 {
		return Act{}, false
	}
	return a.act(), true
}

func without(ids []string, id string) []string {
	var rest []string
	for _, other := range ids {
		if other != id {
			rest = append(rest, other)
		}
	}
	return rest
}
