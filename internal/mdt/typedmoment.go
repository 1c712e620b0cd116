package mdt

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Why a moment that somebody typed is none.
const (
	faultDay     = "bewerken.dag.vorm"
	faultClock   = "bewerken.tijd.vorm"
	faultSkipped = "bewerken.tijd.bestaatNiet" // the clock goes forward over it
)

// LocalMoment reads a moment in the Netherlands as the team types it: a day as 24-3-2027 or 2027-03-24, and a time
// of day as 9.30 or 09:30. What is wrong is a code; a time that the change of the clock skips is none. Of one that
// it repeats the first is meant.
func LocalMoment(day, clock string) (t time.Time, code string) {
	year, month, date, ok := typedDay(day)
	if !ok {
		return t, faultDay
	}
	hour, minute, ok := typedClock(clock)
	if !ok {
		return t, faultClock
	}
	t = time.Date(year, month, date, hour, minute, 0, 0, Amsterdam)
	if t.Hour() != hour || t.Minute() != minute {
		return time.Time{}, faultSkipped
	}
	if first := t.Add(-time.Hour); first.Hour() == hour {
		t = first
	}
	return t.UTC(), ""
}

// typedDay reads a day that exists.
func typedDay(text string) (year int, month time.Month, day int, ok bool) {
	for _, layout := range []string{"2-1-2006", time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil && t.Year() >= 2000 {
			return t.Year(), t.Month(), t.Day(), true
		}
	}
	return 0, 0, 0, false
}

// LocalDay reads a day as the team types it, 24-3-2027 or 2027-03-24; what is none is a code. An empty text is no day,
// and no fault.
func LocalDay(text string) (d Date, code string) {
	if strings.TrimSpace(text) == "" {
		return "", ""
	}
	year, month, day, ok := typedDay(text)
	if !ok {
		return "", faultDay
	}
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)), ""
}

// Typed writes a day as LocalDay reads it: 24-3-2027. No day is empty, and what is none stays what it is.
func (d Date) Typed() string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("2-1-2006")
}

// typedClock reads a time of day.
func typedClock(text string) (hour, minute int, ok bool) {
	hours, minutes, parted := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), ":", "."), ".")
	hour, errHour := strconv.Atoi(hours)
	minute, errMinute := strconv.Atoi(minutes)
	if !parted || errHour != nil || errMinute != nil || len(hours) > 2 || len(minutes) != 2 || hour > 23 || minute > 59 || hour < 0 || minute < 0 {
		return 0, 0, false
	}
	return hour, minute, true
}

// TypedMoment writes a moment in the two pieces that LocalMoment reads.
func TypedMoment(t time.Time) (day, clock string) {
	local := t.In(Amsterdam)
	return fmt.Sprintf("%d-%d-%d", local.Day(), local.Month(), local.Year()), Clock(t)
}
