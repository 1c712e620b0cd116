package mdt

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

var (
	errMoment     = errors.New("is geen tijdstip. Schrijf 2027-03-10T09:30, of met een afstand tot UTC 2027-03-10T09:30:00+01:00")
	errNoSuchTime = errors.New("bestaat niet: die nacht gaat de klok een uur vooruit")
	errTwice      = errors.New("komt die nacht twee keer voor. Zet +02:00 (eerst) of +01:00 (daarna) erachter")
	errDay        = errors.New("is geen dag. Schrijf 2027-03-10")
)

// relative is a day seen from a start: so many days on ("+12d"), or a weekday so many weeks on ("+2w do",
// weeks beginning on Monday).
var relative = pattern(`^([+-][0-9]{1,4})(?:d|w (zo|ma|di|wo|do|vr|za))$`)

const localMinutes = "2006-01-02T15:04"

// readMoment reads a moment: RFC 3339, a local time in Amsterdam (2027-03-10T09:30), or a relative day with
// a local time (+12d 10:00). A local time that the change of the clock skips or repeats is refused.
func readMoment(text string, start time.Time) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	if i := strings.LastIndexByte(text, ' '); i > 0 {
		day, err := readDay(text[:i], start)
		if err != nil || !relative().MatchString(text[:i]) {
			return time.Time{}, errMoment
		}
		text = string(day) + "T" + text[i+1:]
	}
	return localMoment(text)
}

func localMoment(text string) (time.Time, error) {
	t, err := time.ParseInLocation(localMinutes, text, Amsterdam)
	if err != nil {
		return time.Time{}, errMoment
	}
	if t.Format(localMinutes) != text {
		return time.Time{}, errNoSuchTime
	}
	for _, other := range []time.Time{t.Add(-time.Hour), t.Add(time.Hour)} {
		if other.Format(localMinutes) == text {
			return time.Time{}, errTwice
		}
	}
	return t.UTC(), nil
}

// readDay reads a day: 2027-03-10, or relative to the day in Amsterdam on which start falls.
func readDay(text string, start time.Time) (Date, error) {
	found := relative().FindStringSubmatch(text)
	if found == nil {
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return "", errDay
		}
		return Date(text), nil
	}
	n, _ := strconv.Atoi(found[1])
	year, month, day := start.In(Amsterdam).Date()
	// Noon keeps clear of the hours that a change of the clock skips.
	noon := time.Date(year, month, day, 12, 0, 0, 0, Amsterdam)
	if found[2] == "" {
		return DateOf(noon.AddDate(0, 0, n)), nil
	}
	monday := -sinceMonday(noon.Weekday())
	return DateOf(noon.AddDate(0, 0, monday+7*n+sinceMonday(weekdayOf(found[2])))), nil
}

func sinceMonday(day time.Weekday) int { return (int(day) + 6) % 7 }

func weekdayOf(short string) time.Weekday {
	for i, name := range weekdays {
		if strings.HasPrefix(name, short) {
			return time.Weekday(i)
		}
	}
	return time.Sunday
}
