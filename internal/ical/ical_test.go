package ical

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

func event() Event {
	return Event{UID: "238a8738@aanmelden.example", Sequence: 3, Status: Confirmed, Stamp: at("2027-01-20T08:30:00Z"),
		Start: at("2027-03-24T11:00:00Z"), End: at("2027-03-24T13:00:00Z"), Summary: "Beslisdag 2027",
		Description: "Je bent aangemeld.\nTot dan!", Location: "De Voorbeeldzaal, Utrecht; zaal 1",
		URL: "https://aanmelden.example/bijeenkomsten/beslisdag-2027", Organizer: "team@aanmelden.example"}
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// moments are instants around both changes of the clock, and far from them.
func moments() (all []time.Time) {
	for _, change := range []string{"2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z", "2028-03-26T01:00:00Z", "2028-10-29T01:00:00Z",
		"2021-03-28T01:00:00Z", "2027-07-01T12:00:00Z", "2027-01-01T00:00:00Z"} {
		for minutes := -180; minutes <= 180; minutes += 15 {
			all = append(all, at(change).Add(time.Duration(minutes)*time.Minute))
		}
	}
	return all
}

// read gives the one event of a file, as a reader that is not ours understands it.
func read(t testing.TB, file []byte) (*ics.Calendar, *ics.VEvent) {
	t.Helper()
	calendar, err := ics.ParseCalendar(bytes.NewReader(file))
	if err != nil {
		t.Fatalf("%v in\n%s", err, file)
	}
	events := calendar.Events()
	if len(events) != 1 || len(calendar.Timezones()) != 1 {
		t.Fatalf("%d events and %d time zones, want one of each:\n%s", len(events), len(calendar.Timezones()), file)
	}
	return calendar, events[0]
}

func value(e *ics.VEvent, p ics.ComponentProperty) string {
	if property := e.GetProperty(p); property != nil {
		return ics.FromText(property.Value)
	}
	return ""
}

func TestAnotherReaderFindsWhatWasWritten(t *testing.T) {
	e := event()
	calendar, got := read(t, Write(Publish, e))
	want := map[ics.ComponentProperty]string{ics.ComponentPropertyUniqueId: e.UID, ics.ComponentPropertySequence: "3",
		ics.ComponentPropertyStatus: "CONFIRMED", ics.ComponentPropertySummary: e.Summary, ics.ComponentPropertyLocation: e.Location,
		ics.ComponentPropertyDescription: e.Description, ics.ComponentPropertyUrl: e.URL, ics.ComponentPropertyDtstamp: "20270120T083000Z",
		ics.ComponentPropertyOrganizer: "mailto:team@aanmelden.example"}
	for property, text := range want {
		if value(got, property) != text {
			t.Errorf("%s: %q, want %q", property, value(got, property), text)
		}
	}
	for _, property := range calendar.CalendarProperties {
		if property.IANAToken == string(ics.PropertyMethod) && property.Value != "PUBLISH" {
			t.Errorf("method %q", property.Value)
		}
	}
}

func TestTimesAreRightWhenTheClockChanges(t *testing.T) {
	for _, start := range moments() {
		e := event()
		e.Start, e.End = start, start.Add(90*time.Minute)
		_, got := read(t, Write(Publish, e))
		gotStart, err1 := got.GetStartAt()
		gotEnd, err2 := got.GetEndAt()
		if err1 != nil || err2 != nil || !gotStart.Equal(e.Start) || !gotEnd.Equal(e.End) {
			t.Errorf("%s to %s reads as %s to %s (%v, %v)", e.Start, e.End, gotStart, gotEnd, err1, err2)
		}
	}
}

func TestOnlyTheHourThatComesTwiceIsInUTC(t *testing.T) {
	for moment, want := range map[string]string{
		"2027-03-24T11:00:00Z": "DTSTART;TZID=Europe/Amsterdam:20270324T120000", "2027-07-01T11:00:00Z": "DTSTART;TZID=Europe/Amsterdam:20270701T130000",
		"2027-03-28T00:59:00Z": "DTSTART;TZID=Europe/Amsterdam:20270328T015900", "2027-03-28T01:00:00Z": "DTSTART;TZID=Europe/Amsterdam:20270328T030000",
		"2027-10-30T23:59:00Z": "DTSTART;TZID=Europe/Amsterdam:20271031T015900", "2027-10-31T00:00:00Z": "DTSTART:20271031T000000Z",
		"2027-10-31T01:59:00Z": "DTSTART:20271031T015900Z", "2027-10-31T02:00:00Z": "DTSTART;TZID=Europe/Amsterdam:20271031T030000",
	} {
		e := event()
		e.Start = at(moment)
		if file := string(Write(Publish, e)); !strings.Contains(file, "\r\n"+want+"\r\n") {
			t.Errorf("%s: want %q in\n%s", moment, want, file)
		}
	}
}

func TestACancelledMeetingKeepsItsUID(t *testing.T) {
	e := event()
	e.Status, e.Sequence = Cancelled, 4
	file := string(Write(Cancel, e))
	for _, line := range []string{"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:4", "UID:238a8738@aanmelden.example"} {
		if !strings.Contains(file, "\r\n"+line+"\r\n") {
			t.Errorf("no %q in\n%s", line, file)
		}
	}
}

func TestEmptyTextsHaveNoLine(t *testing.T) {
	e := event()
	e.Description, e.Location, e.URL, e.Organizer = "", "", "", ""
	file := string(Write(Publish, e))
	for _, name := range []string{"DESCRIPTION", "LOCATION", "URL", "ORGANIZER"} {
		if strings.Contains(file, "\r\n"+name) {
			t.Errorf("%s in\n%s", name, file)
		}
	}
}

func TestLongTextsAreFoldedBetweenCharacters(t *testing.T) {
	for _, text := range []string{strings.Repeat("é", 200), strings.Repeat("a", 300), strings.Repeat("😀", 90), strings.Repeat("a,;\\\n", 60), "x" + strings.Repeat("李", 100)} {
		e := event()
		e.Summary = text
		file := Write(Publish, e)
		checkForm(t, file)
		if _, got := read(t, file); value(got, ics.ComponentPropertySummary) != text {
			t.Errorf("%q reads as %q", text, value(got, ics.ComponentPropertySummary))
		}
	}
}

// checkForm checks what holds for every calendar file: CRLF alone, lines of at most 75 bytes, whole
// characters, and exactly the properties that an event has.
func checkForm(t testing.TB, file []byte) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(string(file), "\r\n"), "\r\n")
	names := map[string]int{}
	for _, line := range lines {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00\x07\u2028") {
			t.Fatalf("line %q", line)
		}
		if !strings.HasPrefix(line, " ") {
			names[strings.FieldsFunc(line, func(r rune) bool { return r == ':' || r == ';' })[0]]++
		}
	}
	for name, count := range names {
		known := map[string]int{"BEGIN": 5, "END": 5, "DTSTART": 3, "RRULE": 2, "TZOFFSETFROM": 2, "TZOFFSETTO": 2, "TZNAME": 2}[name]
		if count > max(1, known) {
			t.Fatalf("%d times %s in\n%s", count, name, file)
		}
	}
	for name := range names {
		if !strings.Contains(" BEGIN VERSION PRODID CALSCALE METHOD TZID DTSTART RRULE TZOFFSETFROM TZOFFSETTO TZNAME END UID SEQUENCE STATUS DTSTAMP DTEND SUMMARY DESCRIPTION LOCATION URL ORGANIZER ", " "+name+" ") {
			t.Fatalf("a line %s in\n%s", name, file)
		}
	}
}

var hostile = []string{"a\r\nATTENDEE:mailto:kwaad@kwaad.example", "a\nEND:VEVENT\nBEGIN:VALARM", "a\rX-KWAAD:1", "a\x00b\x07", "a\u2028b\u2029c\u0085d",
	`a\nb\`, `"a";b,c:d`, "\xff\xfe", "\u202eabc", strings.Repeat("x", 5000)}

func TestNoTextMakesALine(t *testing.T) {
	for _, text := range hostile {
		e := event()
		e.UID, e.Summary, e.Description, e.Location, e.URL, e.Organizer = text, text, text, text, text, text
		file := Write(Publish, e)
		checkForm(t, file)
		read(t, file)
	}
}

func FuzzWrite(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text, int64(1806000000), 2)
	}
	f.Fuzz(func(t *testing.T, text, other string, start int64, sequence int) {
		e := event()
		e.Summary, e.Description, e.Location, e.URL, e.Organizer, e.Sequence = text, other, text+other, other, text, sequence
		e.Start = time.Unix(start%(1<<33), 0)
		e.End = e.Start.Add(time.Hour)
		file := Write(Publish, e)
		checkForm(t, file)
		if e.Start.Year() < 1981 || e.Start.Year() > 2400 {
			return
		}
		_, got := read(t, file)
		if read, err := got.GetStartAt(); err != nil || !read.Equal(e.Start) {
			t.Errorf("%s reads as %s, %v", e.Start, read, err)
		}
	})
}
