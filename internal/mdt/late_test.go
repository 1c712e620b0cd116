package mdt_test

import (
	"testing"

	"aanmeldpunt/internal/mdt"
)

// TestLettersThatComeLate: what a letter says is true of the moment at which it goes, or it goes no more.
func TestLettersThatComeLate(t *testing.T) {
	closes, until := amsterdam(t, "2027-03-28 00:00"), amsterdam(t, "2027-03-24 12:00")
	facts := &mdt.LetterMeeting{Start: amsterdam(t, "2027-03-29 19:30"), End: amsterdam(t, "2027-03-29 21:00"), Closes: &closes}
	for _, c := range []struct {
		kind mdt.LetterKind
		now  string
		days int
		goes bool
	}{
		{mdt.LetterReminder, "2027-03-22 10:00", 7, true},
		{mdt.LetterReminder, "2027-03-23 00:01", 6, true},
		{mdt.LetterReminder, "2027-03-28 23:59", 1, true},
		{mdt.LetterReminder, "2027-03-29 00:00", 0, true},
		{mdt.LetterReminder, "2027-03-29 19:29", 0, true},
		{mdt.LetterReminder, "2027-03-29 19:30", 0, false},
		{mdt.LetterJoinOnline, "2027-03-29 20:59", 7, true},
		{mdt.LetterJoinOnline, "2027-03-29 21:00", 7, false},
		{mdt.LetterOpened, "2027-03-27 23:59", 7, true},
		{mdt.LetterOpened, "2027-03-28 00:00", 7, false},
		{mdt.LetterOffer, "2027-03-24 11:59", 7, true},
		{mdt.LetterOffer, "2027-03-24 12:00", 7, false},
		{mdt.LetterMoved, "2027-03-29 20:59", 7, true},
		{mdt.LetterMoved, "2027-03-29 21:00", 7, false},
		{mdt.LetterCalledOff, "2027-03-29 20:59", 7, true},
		{mdt.LetterCalledOff, "2027-03-29 21:00", 7, false},
		{mdt.LetterRegistered, "2027-04-29 12:00", 7, true},
		{mdt.LetterCancelled, "2027-04-29 12:00", 7, true},
	} {
		letter, goes := mdt.Letter{Kind: c.kind, Days: 7, Meeting: facts, Until: &until}.On(amsterdam(t, c.now))
		if goes != c.goes || letter.Days != c.days {
			t.Errorf("letter %d at %s: goes %v, %d days", c.kind, c.now, goes, letter.Days)
		}
	}
	if _, goes := (mdt.Letter{Kind: mdt.LetterLink, Until: &until}).On(closes); !goes {
		t.Error("a letter about no meeting is kept back")
	}
}
