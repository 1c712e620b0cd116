package pages

import (
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// say gives words of a page, with args in pairs: name, value.
var say = look.Say

func kindWords(k mdt.Kind) string { return say("soort." + string(k)) }

// span writes from when until when: "woensdag 24 maart 2021, 12.00 tot 14.00 uur".
func span(start, end time.Time) string {
	if mdt.Day(start) == mdt.Day(end) {
		return mdt.Day(start) + ", " + hours(start, end)
	}
	return mdt.Moment(start) + " tot " + mdt.Moment(end)
}

func hours(start, end time.Time) string { return mdt.Clock(start) + " tot " + mdt.Clock(end) + " uur" }

// dayView is a day as a tear-off calendar shows it: "wo", 24, "mrt".
type dayView struct {
	Weekday, Month string
	Number         int
}

func dayOf(t time.Time) dayView {
	words := strings.Fields(mdt.Day(t)) // woensdag 24 maart 2021
	month := words[2][:3]
	if words[2] == "maart" {
		month = "mrt"
	}
	return dayView{Weekday: words[0][:2], Month: month, Number: t.In(mdt.Amsterdam).Day()}
}

// stateView is how registering for a meeting stands, in a few words. Class is how it looks: "" for what one
// can do, "wait" and "off".
type stateView struct{ Class, Text string }

func stateOf(m mdt.Meeting, c mdt.Counter, now time.Time) stateView {
	if state := m.State(now); state != "gepland" {
		return stateView{"off", say("stand." + state)}
	}
	switch status := m.RegisteringStatus(c, now); status {
	case mdt.Open:
		if free := m.FreeSeats(c); free != nil {
			return stateView{"", say("stand.plekken", "n", strconv.Itoa(*free))}
		}
		return stateView{"", say("stand.open")}
	case mdt.Full:
		return stateView{"wait", say("stand.vol")}
	case mdt.NotYetOpen:
		if opens, _ := m.Times(m.Registering); opens != nil {
			return stateView{"wait", say("stand.vanaf", "vanaf", mdt.Moment(*opens))}
		}
		return stateView{"wait", say("stand.nogNietOpen")}
	default:
		return stateView{"off", say("stand." + string(status))}
	}
}

// paragraphs parts a text at its empty lines.
func paragraphs(text string) (out []string) {
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
