package mdt

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// FaultYear is the code of a day whose year is written with two digits: of which century is not said.
const FaultYear = "bewerken.dag.jaar"

// Why a moment that somebody typed is none.
const (
	faultDay     = "bewerken.dag.vorm"
	faultClock   = "bewerken.tijd.vorm"
	faultSkipped = "bewerken.tijd.bestaatNiet" // the clock goes forward over it
)

// LocalMoment reads a moment in the Netherlands as the team types it: a day as LocalDay reads it, and a time of day as
// 9.30 or 09:30. What is wrong is a code; a time that the change of the clock skips is none. Of one that it repeats the
// first is meant.
func LocalMoment(day, clock string) (t time.Time, code string) {
	on, code := typedDay(day)
	if code != "" {
		return t, code
	}
	hour, minute, ok := typedClock(clock)
	if !ok {
		return t, faultClock
	}
	t = time.Date(on.Year(), on.Month(), on.Day(), hour, minute, 0, 0, Amsterdam)
	if t.Hour() != hour || t.Minute() != minute {
		return time.Time{}, faultSkipped
	}
	if first := t.Add(-time.Hour); first.Hour() == hour {
		t = first
	}
	return t.UTC(), ""
}

// LocalDay reads a day as the team types it (typedDay); what is none is a code. An empty text is no day, and no fault.
func LocalDay(text string) (d Date, code string) {
	if strings.TrimSpace(text) == "" {
		return "", ""
	}
	on, code := typedDay(text)
	if code != "" {
		return "", code
	}
	return Date(on.Format(time.DateOnly)), ""
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
