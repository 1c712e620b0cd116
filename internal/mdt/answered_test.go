package mdt_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
)

// TestLateFrom: the day on which a message comes counts for none, nor do weekends; it is late from the midnight after.
func TestLateFrom(t *testing.T) {
	for _, c := range []struct {
		name, came string
		days       int
		late       string
	}{
		{"on a Monday", "2027-03-01 10:00", 5, "2027-03-09 00:00"},
		{"on a Thursday", "2027-03-04 10:00", 5, "2027-03-12 00:00"},
		{"on a Friday", "2027-03-05 17:00", 5, "2027-03-13 00:00"},
		{"on a Saturday", "2027-03-06 00:00", 5, "2027-03-13 00:00"},
		{"late on a Sunday", "2027-03-07 23:59", 5, "2027-03-13 00:00"},
		{"in the first minute of a Monday", "2027-03-08 00:00", 5, "2027-03-16 00:00"},
		{"within a day", "2027-03-05 10:00", 1, "2027-03-09 00:00"},
		{"within the same day", "2027-03-05 10:00", 0, "2027-03-06 00:00"},
		{"across a year", "2026-12-29 10:00", 5, "2027-01-06 00:00"},
		{"across the day that has 23 hours", "2027-03-25 10:00", 5, "2027-04-02 00:00"}, // the clock goes forward on the 28th
		{"in the night before that", "2027-03-28 01:30", 5, "2027-04-03 00:00"},
		{"across the day that has 25 hours", "2026-10-22 10:00", 5, "2026-10-30 00:00"}, // the clock goes back on the 25th
		{"in the hour that comes twice", "2026-10-25 02:30", 5, "2026-10-31 00:00"},
	} {
		if got := mdt.LateFrom(amsterdam(t, c.came), c.days); !got.Equal(amsterdam(t, c.late)) {
			t.Errorf("%s: late from %v, want %s", c.name, got.In(mdt.Amsterdam), c.late)
		}
	}
}

// TestLateBefore: what came before the working day that is so many back is late.
func TestLateBefore(t *testing.T) {
	for _, c := range []struct {
		name, now string
		days      int
		before    string
	}{
		{"on a Tuesday", "2027-03-09 00:00", 5, "2027-03-02 00:00"},
		{"on a Monday", "2027-03-08 23:59", 5, "2027-03-01 00:00"},
		{"on a Saturday", "2027-03-13 12:00", 5, "2027-03-08 00:00"},
		{"on a Sunday", "2027-03-14 12:00", 5, "2027-03-08 00:00"},
		{"after the day that has 23 hours", "2027-03-30 09:00", 5, "2027-03-23 00:00"},
		{"on that day", "2027-03-28 03:30", 1, "2027-03-26 00:00"},
		{"after the day that has 25 hours", "2026-10-27 09:00", 5, "2026-10-20 00:00"},
		{"in the second of the hours that come twice", "2026-10-25 02:30", 1, "2026-10-23 00:00"},
	} {
		if got := mdt.LateBefore(amsterdam(t, c.now), c.days); !got.Equal(amsterdam(t, c.before)) {
			t.Errorf("%s: before %v, want %s", c.name, got.In(mdt.Amsterdam), c.before)
		}
	}
}

// TestLateBeforeIsLateFrom: what is counted and what a message says of itself are the same at every moment of four years.
func TestLateBeforeIsLateFrom(t *testing.T) {
	begin := amsterdam(t, "2026-01-01 00:00")
	rapid.Check(t, func(t *rapid.T) {
		came := begin.Add(time.Duration(rapid.Int64Range(0, 4*365*24*60).Draw(t, "minutes")) * time.Minute)
		days := rapid.IntRange(0, 12).Draw(t, "days")
		now := mdt.LateFrom(came, days).Add(time.Duration(rapid.Int64Range(-3*24*60, 3*24*60).Draw(t, "off")) * time.Minute)
		if late := came.Before(mdt.LateBefore(now, days)); late != !now.Before(mdt.LateFrom(came, days)) {
			t.Errorf("came %v, now %v: late %t", came, now, late)
		}
	})
}

func TestAnswer(t *testing.T) {
	first, second := amsterdam(t, "2027-03-02 09:00"), amsterdam(t, "2027-03-03 09:00")
	open := mdt.Message{Created: amsterdam(t, "2027-03-01 10:00"), Version: 4}
	done := mdt.Message{Created: open.Created, Version: 5, Answered: &first}
	for _, c := range []struct {
		name    string
		m       mdt.Message
		at      *time.Time
		changed bool
		version int64
		want    *time.Time
	}{
		{"an open one", open, &first, true, 5, &first},
		{"one that was dealt with", done, &second, false, 5, &first},
		{"one that is opened again", done, nil, true, 6, nil},
		{"an open one that is opened", open, nil, false, 4, nil},
	} {
		now, changed := c.m.Answer(c.at)
		if changed != c.changed || now.Version != c.version || now.Answered != c.want {
			t.Errorf("%s: %+v, changed %t", c.name, now, changed)
		}
	}
	tuesday := amsterdam(t, "2027-03-09 00:00")
	if !open.Late(tuesday) || open.Late(tuesday.Add(-time.Minute)) || done.Late(tuesday.AddDate(1, 0, 0)) {
		t.Error("what is late, or not yet, or no more, is mixed up")
	}
}
