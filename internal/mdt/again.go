package mdt

import (
	"fmt"
	"slices"
	"time"
)

// againFrom are the states from which it can help to send a letter once more: somebody mended what kept it, or its
// person lost it. A complaint is a wish to get none, and what may still arrive by itself is waited for.
var againFrom = []DeliveryState{Failed, Rejected, Bounced, Suppressed, Accepted, Delivered}

// Again gives the delivery of a letter that the team sends once more, as a fresh attempt; where it is not sent the code
// says why. entry is the registration that it is about (nil: about none, or that is gone), as it stands now.
func (l Letter) Again(entry *Registration, now time.Time) (d Delivery, code string) {
	_, helps := l.On(now)
	switch {
	case !slices.Contains(againFrom, l.State):
		return l.Delivery, "brief.stand"
	case !helps || !l.keeps() || !l.stillSo(entry):
		return l.Delivery, "brief.nietMeer"
	}
	d = l.Delivery
	d.State, d.Due, d.Changed, d.Reason = Pending, now, now, ""
	return d, ""
}

// Seen tells how far a letter has come from any other moment at which it stood otherwise: what somebody looked at before
// they said yes to sending it again.
func (d Delivery) Seen() string {
	return fmt.Sprintf("%s.%d.%d", d.State, d.Attempts, d.Changed.Unix())
}

// keeps says whether what the letter says does not wear off: not a link for an hour, nor what waited one morning.
func (l Letter) keeps() bool { return l.Kind != LetterDigest && (l.Kind != LetterLink || !l.Fresh) }

// toldOf are the letters that tell how a registration stands, with the statuses in which they are true.
var toldOf = map[LetterKind][]Status{
	LetterRegistered: {Confirmed}, LetterPlaced: {Confirmed}, LetterReminder: {Confirmed}, LetterJoinOnline: {Confirmed},
	LetterWaiting: {Waiting, Requested}, LetterOffer: {Offered}, LetterLapsed: {Waiting, Cancelled},
	LetterCancelled: {Cancelled}, LetterLeftLine: {Cancelled}, LetterRevoked: {Cancelled}, LetterNoPlace: {Unplaced},
}

// stillSo says whether what the letter tells of a registration is how that stands now. Letters about a part tell of a
// line beside a seat.
func (l Letter) stillSo(entry *Registration) bool {
	statuses, tells := toldOf[l.Kind]
	switch {
	case l.Kind == LetterChanged && l.Entry != "": // it is about a proposal
		return true
	case l.Kind == LetterGuest || l.Kind == LetterKnown || l.Kind == LetterChanged:
		return entry.Active() && (entry.Status != Confirmed) == l.Waiting
	case !tells:
		return true
	case entry == nil:
		return false
	case l.Part != "":
		return entry.Active()
	}
	return slices.Contains(statuses, entry.Status)
}
