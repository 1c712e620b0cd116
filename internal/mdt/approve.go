package mdt

// noSeat says that there is no seat to give, and no line to stand in.
var noSeat = &Refusal{Code: "plek.geen"}

// Approve lets somebody in who asked for it: to a seat while they last, with those of the chosen parts that have
// one, else in line, at the place that was taken when the form came.
func Approve(s Scene) (Act, *Refusal) {
	a, refusal := s.begin()
	if refusal != nil {
		return Act{}, refusal
	}
	free := s.Meeting.FreeSeats(s.Counter)
	switch {
	case s.Entry.Status != Requested || !s.Now.Before(s.Meeting.Start):
		return Act{}, cannot
	case free == nil || *free > 0:
		a.admit(LetterRegistered)
	case !s.Meeting.LineOpen(s.Now):
		return Act{}, noSeat
	default:
		entry := a.of(s.Entry)
		entry.Status = Waiting
		a.guards.MinOccupied = ptr(s.Meeting.Seats(""))
		a.dropOf("", LetterWaiting)
		a.letters = append(a.letters, newLetter(LetterWaiting, entry, s.Meeting, s.Now))
	}
	return a.act(), nil
}

// admit gives the entry a seat, and tells it by a letter of that kind.
func (a *acting) admit(kind LetterKind) {
	letter := a.Meeting.place(a.of(a.Entry), "", a.soFar(), a.Now)
	letter.Kind = kind
	a.dropOf("", LetterWaiting, LetterOffer, LetterLapsed)
	a.letters = append([]Letter{letter}, a.letters...)
}

// PlaceByHand gives somebody who asks for a seat, or waits for one, a seat out of turn: the one that is offered to
// them, else one that is held back, which is a seat like all others from then on, else one that is free.
func PlaceByHand(s Scene) (Act, *Refusal) { return placeByHand(s, false) }

// PlaceBeyond does the same; where there is no seat, the meeting has one more from then on.
func PlaceBeyond(s Scene) (Act, *Refusal) { return placeByHand(s, true) }

func placeByHand(s Scene, beyond bool) (Act, *Refusal) {
	a, refusal := s.begin()
	if refusal != nil {
		return Act{}, refusal
	}
	free := s.Meeting.FreeSeats(s.Counter)
	switch {
	case s.Entry.Status == Confirmed || !s.Now.Before(s.Meeting.Start):
		return Act{}, cannot
	case s.Entry.Status == Offered:
	case s.Meeting.Capacity > 0 && s.Meeting.HeldBack > 0:
		a.held = true
		a.Meeting.HeldBack--
		a.Meeting.Version++
	case free != nil && *free == 0 && !beyond:
		return Act{}, noSeat
	case free != nil && *free == 0:
		a.held = true
		a.Meeting.Capacity++
		a.Meeting.Version++
	}
	kind := LetterPlaced
	if s.Entry.Status == Requested {
		kind = LetterRegistered
	}
	a.admit(kind)
	return a.act(), nil
}

// Revoke takes somebody's entry back, as Cancel does, for a reason that the letter tells: the team does it. Of one
// that was asked for it says no.
func Revoke(s Scene, why string) (Act, *Refusal) {
	a, refusal := s.begin()
	if refusal != nil {
		return Act{}, refusal
	}
	entry := a.leave()
	letter := newLetter(LetterRevoked, entry, s.Meeting, s.Now)
	letter.Why, letter.HadSeat, letter.Asked = why, s.Entry.Status == Confirmed, s.Entry.Status == Requested
	if letter.HadSeat {
		entry.Revision++
		letter.Revision = entry.Revision
	}
	a.letters = append([]Letter{letter}, a.letters...)
	return a.act(), nil
}
