package mdt

import (
	"strconv"
	"strings"
	"time"
)

// firstYear is the first year that is believed: before it somebody mistyped.
const firstYear = 2000

// typedDay reads a day that exists, in the ways in which people write one: 24-3-2027, 24/3/2027, 24.3.2027, 24 maart
// 2027 or 24 mrt 2027, with the day of the week before it or not, and 2027-03-24. The day stands before the month. What
// is wrong is a code.
func typedDay(text string) (day time.Time, code string) {
	weekday, pieces := dayPieces(text)
	if len(pieces) != 3 {
		return day, faultDay
	}
	if len(pieces[0]) == 4 && strings.Contains(text, "-") { // the year comes first this way alone
		pieces[0], pieces[2] = pieces[2], pieces[0]
	}
	date, ok1 := smallNumber(pieces[0])
	month, ok2 := typedMonth(pieces[1])
	year, ok3 := smallNumber(strings.TrimPrefix(pieces[2], "'"))
	if !ok1 || !ok2 || !ok3 {
		return day, faultDay
	}
	day = time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
	switch {
	case len(pieces[0]) < 3 && len(pieces[2]) < 4:
		return time.Time{}, FaultYear
	case year < firstYear, day.Day() != date, len(pieces[2]) != 4, weekday != "" && !named(day.Weekday(), weekday):
		return time.Time{}, faultDay
	}
	return day, ""
}

// dayPieces parts a day at one mark, the same both times, or at spaces, and takes the day of the week off it.
func dayPieces(text string) (weekday string, pieces []string) {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(text, ",", " ")))
	if len(words) == 4 || len(words) == 2 {
		weekday, words = words[0], words[1:]
	}
	if len(words) != 1 {
		return weekday, words
	}
	for _, mark := range []string{"-", "/", "."} {
		if strings.Count(words[0], mark) == 2 {
			return weekday, strings.Split(words[0], mark)
		}
	}
	return weekday, nil
}

// named says whether a day of the week has this name, whole or in two letters.
func named(day time.Weekday, name string) bool {
	whole := weekdays[day]
	return name == whole || strings.TrimSuffix(name, ".") == whole[:2]
}

// typedMonth reads a month as a number or a name: whole, in three letters, or as far as it is clear, as in "sept."
func typedMonth(text string) (time.Month, bool) {
	if n, ok := smallNumber(text); ok {
		return time.Month(n), n >= 1 && n <= 12
	}
	text = strings.TrimSuffix(text, ".")
	for i, name := range months {
		if text == shortMonths[i] || len(text) >= 3 && strings.HasPrefix(name, text) {
			return time.Month(i + 1), true
		}
	}
	return 0, false
}

// smallNumber reads digits and nothing else.
func smallNumber(text string) (int, bool) {
	n, err := strconv.ParseUint(text, 10, 16)
	return int(n), err == nil
}
