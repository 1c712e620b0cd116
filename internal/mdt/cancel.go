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
// stay. What was to be told of it before is told no more.
func Cancel(s Scene) (Act, *Refusal) {
	a, refusal := s.begin()
	if refusal != nil {
		return Act{}, refusal
	}
	entry := a.leave()
	kind := LetterLeftLine
	if s.Entry.Status == Confirmed {
		kind = LetterCancelled
		entry.Revision++
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
	if had.Status == Confirmed || had.Status == Offered {
		a.release("")
	}
	if had.Status != Confirmed {
		return entry
	}
	for _, part := range had.Parts {
		a.release(part)
	}
	for _, p := range had.PartLines {
		if p.Offered() {
			a.release(p.Part)
		}
	}
	return entry
}

// Remove takes a registration away altogether, as Cancel, but nothing of it stays and no letter says so.
func Remove(s Scene) Act {
	a := &acting{Scene: s}
	if s.Entry.Active() {
		a.leave()
	} else {
		a.of(s.Entry)
	}
	act := a.act()
	act.Entries[0].New = nil
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
	a.letters = append([]Letter{s.Meeting.place(entry, part, s.Counter, s.Now)}, a.letters...)
	a.drop(LetterWaiting, LetterOffer, LetterLapsed)
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
	a.drop(LetterOffer, LetterLapsed)
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

// stopWaiting takes the entry out of a line, and tells it by a letter of that kind.
func (a *acting) stopWaiting(part string, kind LetterKind) *Letter {
	entry := a.of(a.Entry)
	a.drop(LetterWaiting, LetterOffer)
	switch {
	case part != "":
		entry.leaveLine(part)
	case kind == LetterLeftLine:
		entry.Status, entry.Spot = Cancelled, Spot{}
	default:
		entry.Status, entry.Spot = Unplaced, Spot{}
	}
	letter := newLetter(kind, entry, a.Meeting, a.Now)
	letter.Part, letter.Waiting = a.Meeting.partName(part), false
	a.letters = append(a.letters, letter)
	return &a.letters[len(a.letters)-1]
}

// KeepWaiting asks for offers again after two that were left unanswered. The place in line was kept.
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
	return a.act(), nil
}

// turn marks that who stands in a line has changed, for those who decide on it at the same time.
func (a *acting) turn(part string) {
	turn := a.Counter.Line(part).Turn
	a.guards.line(part).Turn = &turn
}

// Lapse ends an offer that nobody answered in time: the seat goes to the next, the entry keeps its place in
// line, but gets no more offers after two in a row. changed is false where there is nothing to end.
func Lapse(s Scene, part string) (act Act, changed bool) {
	place, found := s.Entry.Place(part)
	if !found || !place.Lapsed(s.Now) {
		return Act{}, false
	}
	a := &acting{Scene: s}
	a.drop(LetterOffer) // who never got it learns of it no more: SES may have been silent all that time
	spot := place.kept()
	spot.Lapses++
	if s.Meeting.LineOpen(s.Now) {
		a.wait(part, spot)
		entry := a.of(s.Entry)
		letter := newLetter(LetterLapsed, entry, s.Meeting, s.Now)
		letter.Waiting, letter.Twice, letter.Part = true, spot.Quiet(), s.Meeting.partName(part)
		a.letters = append(a.letters, letter)
	} else {
		a.stopWaiting(part, LetterLapsed)
	}
	a.release(part)
	return a.act(), true
}

// EndLine tells an entry that its waiting was in vain: the list has ended. An offer that stands goes on.
// changed is false where the entry waits for nothing.
func EndLine(s Scene) (act Act, changed bool) {
	a := &acting{Scene: s}
	for _, place := range s.Entry.places() {
		if !place.Offered() {
			a.stopWaiting(place.Part, LetterNoPlace)
			a.turn(place.Part)
		}
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
