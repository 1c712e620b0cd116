package letters

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"aanmeldpunt/internal/ical"
	"aanmeldpunt/internal/mdt"
)

// entry is a calendar entry as a reader that is not ours understands it.
type calendarEntry struct {
	method, uid, sequence, status, summary, description, location string
	start, end                                                    time.Time
}

func readCalendar(t testing.TB, c *Calendar) calendarEntry {
	t.Helper()
	if c == nil {
		t.Fatal("no calendar entry")
	}
	calendar, err := ics.ParseCalendar(bytes.NewReader(c.Data))
	if err != nil || len(calendar.Events()) != 1 {
		t.Fatalf("%d events, %v", len(calendar.Events()), err)
	}
	event := calendar.Events()[0]
	field := func(name ics.ComponentProperty) string {
		if property := event.GetProperty(name); property != nil {
			return ics.FromText(property.Value)
		}
		return ""
	}
	read := calendarEntry{uid: field(ics.ComponentPropertyUniqueId), sequence: field(ics.ComponentPropertySequence),
		status: field(ics.ComponentPropertyStatus), summary: field(ics.ComponentPropertySummary),
		description: field(ics.ComponentPropertyDescription), location: field(ics.ComponentPropertyLocation)}
	for _, property := range calendar.CalendarProperties {
		if property.IANAToken == string(ics.PropertyMethod) {
			read.method = property.Value
		}
	}
	if read.start, err = event.GetStartAt(); err != nil {
		t.Fatal(err)
	}
	if read.end, err = event.GetEndAt(); err != nil {
		t.Fatal(err)
	}
	return read
}

// way is what happens to one person's entry, from the interest to the cancellation and anew; want is how
// the calendar stands after each letter.
var way = []struct {
	kind             mdt.LetterKind
	meeting, entry   int // the numbers of the meeting's and of the entry's changes
	moved            bool
	method, sequence string
	status           ical.Status
}{
	{mdt.LetterInterest, 0, 0, false, "PUBLISH", "0", ical.Tentative},
	{mdt.LetterOpened, 0, 0, false, "PUBLISH", "0", ical.Tentative},
	{mdt.LetterRegistered, 0, 1, false, "PUBLISH", "1", ical.Confirmed},
	{mdt.LetterChanged, 0, 2, false, "PUBLISH", "2", ical.Confirmed},
	{mdt.LetterReminder, 1, 3, true, "PUBLISH", "4", ical.Confirmed},
	{mdt.LetterCancelled, 1, 4, true, "CANCEL", "5", ical.Cancelled},
	{mdt.LetterPlaced, 1, 5, true, "PUBLISH", "6", ical.Confirmed},
}

func TestOneEntryFollowsAPersonAllTheWay(t *testing.T) {
	for _, start := range []string{"2027-03-28T00:30:00Z", "2027-03-28T01:00:00Z", "2027-03-28T11:00:00Z", // the clock goes ahead
		"2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-10-31T12:00:00Z", "2027-06-30T08:00:00Z"} { // and back
		from, err := time.Parse(time.RFC3339, start)
		if err != nil {
			t.Fatal(err)
		}
		uid := ""
		for i, step := range way {
			l := letter(t, step.kind)
			l.Revision, l.Meeting.Sequence = step.entry, step.meeting
			l.Created, l.Reference = l.Created.Add(time.Duration(i)*time.Hour), "" // an interest has another kenmerk
			l.Meeting.Start = from
			if step.moved {
				l.Meeting.Start = from.Add(90 * time.Minute)
			}
			l.Meeting.End = l.Meeting.Start.Add(2 * time.Hour)
			got := readCalendar(t, render(t, l).Calendar)
			if uid == "" {
				uid = got.uid
			}
			if got.uid != uid || got.method != step.method || got.sequence != step.sequence || got.status != string(step.status) {
				t.Errorf("%s, letter %d: %+v; want %+v and UID %s", start, step.kind, got, step, uid)
			}
			if !got.start.Equal(l.Meeting.Start) || !got.end.Equal(l.Meeting.End) {
				t.Errorf("%s, letter %d: from %s to %s, want %s to %s", start, step.kind, got.start, got.end, l.Meeting.Start, l.Meeting.End)
			}
		}
	}
}

func TestAnEntryIsOnePersonsAtOneMeetingAndShowsNeither(t *testing.T) {
	l := letter(t, mdt.LetterRegistered)
	mine := readCalendar(t, render(t, l).Calendar).uid
	other := l
	other.Person = "nobody"
	if readCalendar(t, render(t, other).Calendar).uid == mine {
		t.Error("two people have one UID")
	}
	elsewhere := letter(t, mdt.LetterRegistered)
	elsewhere.Meeting.ID = "netwerkdag-2027"
	if readCalendar(t, render(t, elsewhere).Calendar).uid == mine {
		t.Error("two meetings have one UID")
	}
	if strings.Contains(mine, "mfzw") || strings.Contains(mine, "beslisdag") {
		t.Errorf("the UID %s shows what it is made of", mine)
	}
}

func TestWhoHasNoSeatGetsNoCalendarEntry(t *testing.T) {
	for _, kind := range kinds {
		l := letter(t, kind)
		l.Waiting, l.HadSeat = true, false
		if m := render(t, l); (m.Calendar != nil) != kind.Unsolicited() {
			t.Errorf("letter %d: %v", kind, m.Calendar)
		}
	}
	l := letter(t, mdt.LetterChanged)
	l.Entry = "voorstel/beslisdag-2027/K7M3PQ9X"
	if m := render(t, l); m.Calendar != nil || strings.Contains(m.Text, "agenda") {
		t.Error("a changed proposal has one")
	}
}

// TestALetterSaysOfItsCalendarEntry: whoever does not see the file must know of it, and nobody is promised one.
func TestALetterSaysOfItsCalendarEntry(t *testing.T) {
	for _, v := range variants {
		m := v.render(t)
		if said := strings.Contains(m.Text, "Bij deze mail zit een"); said != (m.Calendar != nil) {
			t.Errorf("%s: says it is there: %v, is there: %v", v.name, said, m.Calendar != nil)
		}
	}
}

func TestTheOnlineLinkIsForWhoHasASeatOnline(t *testing.T) {
	const address = "vergaderen.example"
	for _, kind := range kinds {
		l := letter(t, kind)
		if l.Meeting == nil {
			continue
		}
		linked(&l)
		l.Waiting = false
		m := render(t, l)
		told := slices.Contains([]mdt.LetterKind{mdt.LetterRegistered, mdt.LetterReminder, mdt.LetterGuest, mdt.LetterPlaced,
			mdt.LetterJoinOnline}, kind)
		if strings.Contains(m.Text, address) != told || strings.Contains(m.HTML, address) != told {
			t.Errorf("letter %d: told %v, want %v", kind, !told, told)
		}
		if m.Calendar != nil && !kind.Unsolicited() && m.Calendar.Method != ical.Cancel &&
			!strings.Contains(readCalendar(t, m.Calendar).description, address) {
			t.Errorf("letter %d: the calendar entry has lost the link", kind)
		}
		if kind == mdt.LetterJoinOnline {
			continue
		}
		for what, change := range map[string]func(*mdt.Letter){
			"who waits": waits, "who comes to the place": func(l *mdt.Letter) { l.Meeting.Online = false },
			"a link that is none": func(l *mdt.Letter) { l.Meeting.OnlineLink = "javascript:alert('" + address + "')" },
		} {
			l := letter(t, kind)
			linked(&l)
			change(&l)
			m := render(t, l)
			if strings.Contains(m.Text+m.HTML, address) || m.Calendar != nil && strings.Contains(string(m.Calendar.Data), address) {
				t.Errorf("letter %d tells %s", kind, what)
			}
		}
	}
}
