package mdt_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
)

func local(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", text, mdt.Amsterdam)
	if err != nil {
		panic(err)
	}
	return t
}

// TestOfferWindow: when an offer of a meeting on Friday 26 March 2027 at 10.00 starts and ends. The clock goes
// on an hour on Sunday 28 March.
func TestOfferWindow(t *testing.T) {
	const none = ""
	for _, c := range []struct {
		name, now, from, until string
		change                 func(*mdt.Meeting)
	}{
		{name: "two days", now: "2027-03-01 12:00:00", from: "2027-03-01 12:00:00", until: "2027-03-03 12:00:00"},
		{name: "set by the meeting", now: "2027-03-01 12:00:00", from: "2027-03-01 12:00:00", until: "2027-03-02 12:00:00", change: func(m *mdt.Meeting) { m.OfferHours = 24 }},
		{name: "never less than 20 hours", now: "2027-03-01 13:00:00", from: "2027-03-01 13:00:00", until: "2027-03-02 09:00:00", change: func(m *mdt.Meeting) { m.OfferHours = 2 }},
		{name: "half of what is left", now: "2027-03-24 10:00:00", from: "2027-03-24 10:00:00", until: "2027-03-25 10:00:00"},
		{name: "21.00 is no night yet", now: "2027-03-01 21:00:00", from: "2027-03-01 21:00:00", until: "2027-03-03 21:00:00"},
		{name: "a second later it is", now: "2027-03-01 21:00:01", from: "2027-03-02 09:00:00", until: "2027-03-04 09:00:00"},
		{name: "after midnight", now: "2027-03-02 03:00:00", from: "2027-03-02 09:00:00", until: "2027-03-04 09:00:00"},
		{name: "a second before nine", now: "2027-03-02 08:59:59", from: "2027-03-02 09:00:00", until: "2027-03-04 09:00:00"},
		{name: "at nine", now: "2027-03-02 09:00:00", from: "2027-03-02 09:00:00", until: "2027-03-04 09:00:00"},
		{name: "it would lapse at night", now: "2027-03-01 16:00:00", from: "2027-03-01 16:00:00", until: "2027-03-02 14:00:00", change: func(m *mdt.Meeting) { m.OfferHours = 22 }},
		{name: "it lapses in the morning instead", now: "2027-03-01 11:00:00", from: "2027-03-01 11:00:00", until: "2027-03-03 09:00:00", change: func(m *mdt.Meeting) { m.OfferHours = 36 }},
		{name: "the start comes first", now: "2027-03-25 15:00:00", from: "2027-03-25 15:00:00", until: "2027-03-26 10:00:00", change: listEnds("2027-03-26 10:00:00")},
		{name: "the start is at night", now: "2027-03-25 15:00:00", from: "2027-03-25 15:00:00", until: "2027-03-25 21:00:00", change: startsAt("2027-03-26 08:00:00", "2027-03-26 08:00:00")},
		{name: "no time is left before a start at night", now: "2027-03-25 21:00:00", from: none, change: startsAt("2027-03-26 08:00:00", "2027-03-26 08:00:00")},
		{name: "the list has ended", now: "2027-03-25 10:00:00", from: none},
		{name: "the list ends in the night", now: "2027-03-24 22:00:00", from: none, change: listEnds("2027-03-25 09:00:00")},
		{name: "a second after the morning", now: "2027-03-24 22:00:00", from: "2027-03-25 09:00:00", until: "2027-03-26 09:30:00", change: func(m *mdt.Meeting) {
			listEnds("2027-03-25 09:00:01")(m)
			m.Start = local("2027-03-27 10:00:00")
		}},
		{name: "it has started", now: "2027-03-26 10:00:00", from: none, change: listEnds("2027-03-27 10:00:00")},
		{name: "goes on not at all", now: "2027-03-01 12:00:00", from: none, change: func(m *mdt.Meeting) { m.Cancelled = true }},
		{name: "over the change of the clock it is 48 hours still", now: "2027-03-27 12:00:00", from: "2027-03-27 12:00:00", until: "2027-03-29 13:00:00", change: func(m *mdt.Meeting) {
			m.Start = local("2027-05-01 10:00:00")
		}},
		{name: "the morning after the change of the clock", now: "2027-03-27 23:00:00", from: "2027-03-28 09:00:00", until: "2027-03-30 09:00:00", change: func(m *mdt.Meeting) {
			m.Start = local("2027-05-01 10:00:00")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mdt.Meeting{Start: local("2027-03-26 10:00:00")}
			if c.change != nil {
				c.change(&m)
			}
			from, until, ok := m.OfferWindow(local(c.now))
			if ok != (c.from != none) {
				t.Fatalf("ok is %v: from %v to %v", ok, from, until)
			}
			if ok && (!from.Equal(local(c.from)) || !until.Equal(local(c.until))) {
				t.Errorf("from %v to %v", from.In(mdt.Amsterdam), until.In(mdt.Amsterdam))
			}
		})
	}
}

func listEnds(at string) func(*mdt.Meeting) {
	return func(m *mdt.Meeting) {
		end := local(at)
		m.WaitingEnds = &end
	}
}

func startsAt(at, end string) func(*mdt.Meeting) {
	return func(m *mdt.Meeting) {
		listEnds(end)(m)
		m.Start = local(at)
	}
}

// TestOfferWindows: what holds of every offer, whatever the moment, the start and the setting.
func TestOfferWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := func(name string, low, high int) time.Duration {
			return time.Duration(rapid.IntRange(low, high).Draw(t, name)) * time.Minute
		}
		now := local("2027-03-20 00:00:00").Add(minutes("now", 0, 20*1440) + time.Duration(rapid.IntRange(0, 59).Draw(t, "second"))*time.Second)
		m := mdt.Meeting{Start: now.Add(minutes("start", -60, 8*1440)), OfferHours: rapid.IntRange(0, 100).Draw(t, "hours")}
		if rapid.Bool().Draw(t, "own end") {
			end := m.Start.Add(-minutes("end", -600, 3*1440))
			m.WaitingEnds = &end
		}
		from, until, ok := m.OfferWindow(now)
		if !ok {
			return
		}
		end := m.Start.In(mdt.Amsterdam).AddDate(0, 0, -1)
		if m.WaitingEnds != nil {
			end = *m.WaitingEnds
		}
		switch {
		case from.Before(now), !from.Before(until), until.After(m.Start):
			t.Fatalf("now %v, from %v, until %v, start %v", now, from, until, m.Start)
		case !from.Before(end):
			t.Fatalf("from %v, and the list ends at %v", from, end)
		case night(from) || night(until) && !until.Equal(m.Start):
			t.Fatalf("from %v, until %v", from.In(mdt.Amsterdam), until.In(mdt.Amsterdam))
		case night(until):
			t.Fatalf("lapses at night: %v", until.In(mdt.Amsterdam))
		case until.Sub(from) < 20*time.Hour && m.Start.Sub(until) > 12*time.Hour:
			t.Fatalf("from %v, until %v, and the start is %v", from, until, m.Start)
		}
	})
}

// night is between 21.00 and 9.00, both of which are day.
func night(at time.Time) bool {
	text := at.In(mdt.Amsterdam).Format("15:04:05")
	return text < "09:00:00" || text > "21:00:00"
}
