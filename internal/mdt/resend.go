package mdt

import "slices"

// resendable are the kinds of letters about a registration that can be sent once more, with the statuses in which what
// they say is still so. Not among them is one that opened a door for an hour, said that everything was erased, or told of a
// day that is over.
var resendable = map[LetterKind][]Status{
	LetterRegistered: {Confirmed}, LetterPlaced: {Confirmed}, LetterReminder: {Confirmed}, LetterJoinOnline: {Confirmed},
	LetterGuest: {Confirmed, Waiting, Requested}, LetterKnown: {Confirmed, Waiting, Requested, Offered},
	LetterChanged: {Confirmed, Waiting, Requested, Offered}, LetterWaiting: {Waiting, Requested}, LetterLapsed: {Waiting},
	LetterOffer: {Offered, Confirmed}, LetterCancelled: {Cancelled}, LetterLeftLine: {Cancelled}, LetterRevoked: {Cancelled},
	LetterNoPlace: {Unplaced},
}

// MayResend refuses to send a letter once more that says what is no longer so, or of which another is still on its way: a
// button that is pressed twice sends once. nil: it may.
func MayResend(s Scene, old Letter) *Refusal {
	if s.Entry == nil || len(resendable[old.Kind]) == 0 {
		return cannot
	}
	place, stands := s.Entry.Place(old.PartID)
	switch {
	case s.Entry.Email == "":
		return &Refusal{Code: "brief.geenAdres"}
	case !slices.Contains(resendable[old.Kind], s.Entry.Status), !s.Now.Before(s.Meeting.End), s.Meeting.Cancelled,
		old.Kind == LetterOffer && (!stands || !place.Shown(s.Now) || place.Lapsed(s.Now)):
		return &Refusal{Code: "brief.achterhaald"}
	}
	if slices.ContainsFunc(s.Letters, func(l Letter) bool { return l.Kind == old.Kind && l.PartID == old.PartID }) {
		return &Refusal{Code: "brief.onderweg"}
	}
	return nil
}

// Resend sends a letter once more that may be, to the address as it is by now and with what is so by now of the meeting
// and the entry.
func Resend(s Scene, old Letter) (Act, *Refusal) {
	if refusal := MayResend(s, old); refusal != nil {
		return Act{}, refusal
	}
	place, _ := s.Entry.Place(old.PartID)
	entry := *s.Entry // what the letter notes is noted already
	letter := newLetter(old.Kind, &entry, s.Meeting, s.Now)
	letter.By, letter.Part, letter.PartID, letter.Twice, letter.LostParts = old.By, old.Part, old.PartID, old.Twice, old.LostParts
	letter.ChangedFields, letter.Why, letter.HadSeat, letter.Days = old.ChangedFields, old.Why, old.HadSeat, old.Days
	if old.Kind == LetterOffer {
		letter.Until = place.Until
	}
	if old.Kind == LetterReminder {
		letter.Days = daysBetween(s.Now, s.Meeting.Start)
	}
	letter.ByTeam = true
	return Act{Meeting: s.Meeting, Letters: []Letter{letter}}, nil
}
