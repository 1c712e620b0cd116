// Package ical writes calendar entries (RFC 5545) for meetings in the Netherlands.
package ical

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Amsterdam must be known on a machine without zone files
)

// Method says what a calendar does with the entry (RFC 5546).
type Method string

// The methods. Not REQUEST: it makes calendars send answers that nobody reads.
const (
	Publish Method = "PUBLISH"
	Cancel  Method = "CANCEL"
)

// Status is how sure the meeting is for whoever has the entry.
type Status string

// The statuses.
const (
	Tentative Status = "TENTATIVE"
	Confirmed Status = "CONFIRMED"
	Cancelled Status = "CANCELLED"
)

// Event is one calendar entry. Texts may hold anything: what has no place in a calendar is taken out.
type Event struct {
	UID         string // the same for ever
	Sequence    int    // higher at each change
	Status      Status
	Stamp       time.Time // when the entry was made
	Start, End  time.Time
	Summary     string
	Description string // may have several lines
	Location    string // may be empty
	URL         string // a page that anyone may see: people share calendars
	Organizer   string // mail address; empty: none
}

// Write gives the file.
func Write(method Method, e Event) []byte {
	w := &writer{}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//MDT//Aanmeldpunt//NL")
	w.line("CALSCALE", "GREGORIAN")
	w.line("METHOD", string(method))
	w.b.WriteString(timezone)
	w.line("BEGIN", "VEVENT")
	w.text("UID", e.UID)
	w.line("SEQUENCE", strconv.Itoa(e.Sequence))
	w.line("STATUS", string(e.Status))
	w.line("DTSTAMP", utc(e.Stamp))
	w.moment("DTSTART", e.Start)
	w.moment("DTEND", e.End)
	w.text("SUMMARY", e.Summary)
	w.text("DESCRIPTION", e.Description)
	w.text("LOCATION", e.Location)
	w.uri("URL", e.URL)
	if e.Organizer != "" {
		w.uri(`ORGANIZER;CN="Team MDT"`, "mailto:"+e.Organizer)
	}
	w.line("END", "VEVENT")
	w.line("END", "VCALENDAR")
	return []byte(w.b.String())
}

// timezone are the rules of Amsterdam since 1996, until the law changes.
var timezone = strings.ReplaceAll(`BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
`, "\n", "\r\n")

var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}()

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// moment writes a local time, as people and calendars expect it. In the hour that the clock shows twice
// each October a local time says too little, so there it is written in UTC.
func (w *writer) moment(name string, t time.Time) {
	local := t.In(amsterdam)
	if shownTwice(local) {
		w.line(name, utc(t))
		return
	}
	w.line(name+";TZID=Europe/Amsterdam", local.Format("20060102T150405"))
}

func shownTwice(local time.Time) bool {
	const clock = "20060102T150405"
	shown := local.Format(clock)
	return local.Add(time.Hour).Format(clock) == shown || local.Add(-time.Hour).Format(clock) == shown
}
