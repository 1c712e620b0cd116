package mdt

import (
	"testing"
	"time"
)

// TestWhichLettersGoAgain: by state, by what they say, and by how what they are about stands now.
func TestWhichLettersGoAgain(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	soon := &LetterMeeting{Start: now.Add(time.Hour), End: now.Add(2 * time.Hour)}
	begun := &LetterMeeting{Start: now, End: now.Add(time.Hour)}
	is := func(s Status) *Registration { return &Registration{Status: s} }
	in := func(kind LetterKind, state DeliveryState) Letter {
		return Letter{Kind: kind, Meeting: soon, Delivery: Delivery{State: state}}
	}
	with := func(l Letter, change func(*Letter)) Letter { change(&l); return l }
	for _, c := range []struct {
		name   string
		letter Letter
		entry  *Registration
		code   string
	}{
		{"failed", in(LetterRegistered, Failed), is(Confirmed), ""},
		{"rejected", in(LetterRegistered, Rejected), is(Confirmed), ""},
		{"came back", in(LetterRegistered, Bounced), is(Confirmed), ""},
		{"suppressed", in(LetterRegistered, Suppressed), is(Confirmed), ""},
		{"lost by its person", in(LetterRegistered, Delivered), is(Confirmed), ""},
		{"waits already", in(LetterRegistered, Pending), is(Confirmed), "brief.stand"},
		{"held", in(LetterRegistered, Held), is(Confirmed), "brief.stand"},
		{"under way", in(LetterRegistered, Sending), is(Confirmed), "brief.stand"},
		{"perhaps sent", in(LetterRegistered, Unknown), is(Confirmed), "brief.stand"},
		{"may still arrive", in(LetterRegistered, Delayed), is(Confirmed), "brief.stand"},
		{"called spam", in(LetterRegistered, Complained), is(Confirmed), "brief.stand"},
		{"not owed", in(LetterRegistered, Dropped), is(Confirmed), "brief.stand"},
		{"a seat that was given up", in(LetterRegistered, Failed), is(Cancelled), "brief.nietMeer"},
		{"an entry that is gone", in(LetterRegistered, Failed), nil, "brief.nietMeer"},
		{"waits, and has a seat by now", in(LetterWaiting, Failed), is(Confirmed), "brief.nietMeer"},
		{"cancelled, and came again", in(LetterCancelled, Failed), is(Confirmed), "brief.nietMeer"},
		{"a reminder of what has begun", with(in(LetterReminder, Failed), func(l *Letter) { l.Meeting = begun }), is(Confirmed), "brief.nietMeer"},
		{"an offer that lapsed", with(in(LetterOffer, Failed), func(l *Letter) { l.Until = &now }), is(Offered), "brief.nietMeer"},
		{"an offer of a part", with(in(LetterOffer, Failed), func(l *Letter) { l.Part = "Zaal" }), is(Confirmed), ""},
		{"a guest who waits", with(in(LetterGuest, Failed), func(l *Letter) { l.Waiting = true }), is(Waiting), ""},
		{"a guest who waited", with(in(LetterGuest, Failed), func(l *Letter) { l.Waiting = true }), is(Confirmed), "brief.nietMeer"},
		{"a guest who is gone", in(LetterGuest, Failed), nil, "brief.nietMeer"},
		{"a proposal that changed", with(in(LetterChanged, Failed), func(l *Letter) { l.Entry = "voorstel/dag/KENMERK2" }), nil, ""},
		{"a message to a facilitator", in(LetterToFacilitator, Failed), nil, ""},
		{"a request to erase", in(LetterEraseRequest, Failed), nil, ""},
		{"a link", in(LetterLink, Failed), nil, ""},
		{"a link for an hour", with(in(LetterLink, Failed), func(l *Letter) { l.Fresh = true }), nil, "brief.nietMeer"},
		{"what waited one morning", in(LetterDigest, Failed), nil, "brief.nietMeer"},
	} {
		c.letter.Attempts, c.letter.Doubts, c.letter.Reason = 2, 1, "bounce"
		d, code := c.letter.Again(c.entry, now)
		if code != c.code {
			t.Errorf("%s: %q, want %q", c.name, code, c.code)
		}
		if code == "" && (d.State != Pending || !d.Due.Equal(now) || d.Reason != "" || d.Attempts != 2 || d.Doubts != 1) {
			t.Errorf("%s: %+v", c.name, d)
		}
		if code != "" && d != c.letter.Delivery {
			t.Errorf("%s changed: %+v", c.name, d)
		}
	}
}
