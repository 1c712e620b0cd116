package mdt

import (
	"fmt"
	"time"
)

var weekdays = [...]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}

var months = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
	"september", "oktober", "november", "december"}

var shortMonths = [...]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}

// Day writes a day in Amsterdam the way people say it: "woensdag 24 maart 2021".
func Day(t time.Time) string {
	t = t.In(Amsterdam)
	return fmt.Sprintf("%s %d %s %d", weekdays[t.Weekday()], t.Day(), months[t.Month()-1], t.Year())
}

// ShortDay writes a day for a table: "wo 24 mrt 2021".
func ShortDay(t time.Time) string {
	t = t.In(Amsterdam)
	return fmt.Sprintf("%s %d %s %d", weekdays[t.Weekday()][:2], t.Day(), shortMonths[t.Month()-1], t.Year())
}

// ShortMoment writes a moment for a table: "wo 24 mrt 2021, 12.00".
func ShortMoment(t time.Time) string { return ShortDay(t) + ", " + Clock(t) }

// Month writes a month in Amsterdam: "maart 2021".
func Month(t time.Time) string {
	t = t.In(Amsterdam)
	return fmt.Sprintf("%s %d", months[t.Month()-1], t.Year())
}

// Clock writes a time of day in Amsterdam: "12.00".
func Clock(t time.Time) string { return t.In(Amsterdam).Format("15.04") }

// Moment writes a day and a time: "woensdag 24 maart 2021, 12.00 uur".
func Moment(t time.Time) string { return Day(t) + ", " + Clock(t) + " uur" }

// Deadline writes the end of a time that does not include t itself. At midnight it names the day
// before, because people read "tot 11 maart" in two ways (T4 of the Dutch plain-language habits):
// "tot en met woensdag 10 maart 2021, 23.59 uur", else "tot woensdag 10 maart 2021, 17.00 uur".
func Deadline(t time.Time) string {
	local := t.In(Amsterdam)
	if local.Hour() == 0 && local.Minute() == 0 && local.Second() == 0 {
		return "tot en met " + Day(local.AddDate(0, 0, -1)) + ", 23.59 uur"
	}
	return "tot " + Moment(t)
}
