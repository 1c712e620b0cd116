package mdt_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// TestWhoIsRung: who has no address, of what came about since.
func TestWhoIsRung(t *testing.T) {
	at := func(hours int) *time.Time { moment := noon.Add(time.Duration(hours) * time.Hour); return &moment }
	offered := func(s mdt.Spot, from, until int) mdt.Spot {
		s.Number, s.From, s.Until = 1, at(from), at(until)
		return s
	}
	moved := func(number int, hours int, parts ...string) func(*mdt.Meeting) {
		return func(m *mdt.Meeting) {
			m.News = append(m.News, mdt.News{Number: number, At: *at(hours), Start: m.Start, End: m.End, Place: m.Place, Online: m.Online, Parts: parts})
			if len(parts) == 0 {
				m.News[len(m.News)-1].Place = "elders"
			}
		}
	}
	off := func(m *mdt.Meeting) {
		m.Cancelled = true
		m.News = append(m.News, mdt.News{Number: 9, At: *at(-1), CalledOff: true, Start: m.Start, End: m.End})
	}
	for _, test := range []struct {
		name   string
		change func(*mdt.Registration)
		of     func(*mdt.Meeting)
		want   string
	}{
		{"nothing came about", func(r *mdt.Registration) { r.Status, r.Seated = mdt.Confirmed, at(-9) }, nil, ""},
		{"an offer", func(r *mdt.Registration) { r.Status, r.Spot = mdt.Offered, offered(r.Spot, -1, 5) }, nil, "aanbod -1 5"},
		{"… of somebody with an address", func(r *mdt.Registration) {
			r.Email, r.Status, r.Spot = "noor@gast.example", mdt.Offered, offered(r.Spot, -1, 5)
		}, nil, ""},
		{"… that begins in the morning", func(r *mdt.Registration) { r.Status, r.Spot = mdt.Offered, offered(r.Spot, 1, 5) }, nil, ""},
		{"… that begins now", func(r *mdt.Registration) { r.Status, r.Spot = mdt.Offered, offered(r.Spot, 0, 5) }, nil, "aanbod 0 5"},
		{"… whose time is over", func(r *mdt.Registration) { r.Status, r.Spot = mdt.Offered, offered(r.Spot, -3, 0) }, nil, ""},
		{"… that was told", func(r *mdt.Registration) { r.Status, r.Spot, r.Rung = mdt.Offered, offered(r.Spot, -1, 5), at(0) }, nil, ""},
		{"… after an earlier call", func(r *mdt.Registration) { r.Status, r.Spot, r.Rung = mdt.Offered, offered(r.Spot, -1, 5), at(-2) }, nil, "aanbod -1 5"},
		{"… of a part", func(r *mdt.Registration) {
			r.Status, r.Seated, r.PartLines = mdt.Confirmed, at(-9), []mdt.PartSpot{{Part: "a", Spot: offered(mdt.Spot{}, -1, 5)}}
		}, nil, "aanbod a -1 5"},
		{"a seat after waiting", func(r *mdt.Registration) { r.Status, r.Seated = mdt.Confirmed, at(-1) }, nil, "geplaatst -1"},
		{"… that was told", func(r *mdt.Registration) { r.Status, r.Seated, r.Rung = mdt.Confirmed, at(-2), at(-1) }, nil, ""},
		{"another place", func(r *mdt.Registration) { r.Status = mdt.Waiting }, moved(1, -2), "gewijzigd -2"},
		{"… before they came", func(r *mdt.Registration) { r.Status = mdt.Waiting }, moved(1, -10), ""},
		{"… of a part that is theirs", func(r *mdt.Registration) { r.Status, r.Seated, r.Parts = mdt.Confirmed, at(-9), []string{"a"} }, moved(1, -2, "a"), "gewijzigd -2"},
		{"… of another part", func(r *mdt.Registration) { r.Status, r.Seated, r.Parts = mdt.Confirmed, at(-9), []string{"b"} }, moved(1, -2, "a"), ""},
		{"called off", func(r *mdt.Registration) { r.Status, r.Spot = mdt.Offered, offered(r.Spot, -3, 5) }, off, "afgelast -1"},
		{"… and cancelled before", func(r *mdt.Registration) { r.Status = mdt.Cancelled }, off, ""},
		{"no seat in the end", func(r *mdt.Registration) { r.Status = mdt.Unplaced }, func(m *mdt.Meeting) { m.WaitingEnds = at(-2) }, "geenPlek -2"},
		{"over", func(r *mdt.Registration) { r.Status, r.Spot = mdt.Offered, offered(r.Spot, -1, 5) }, func(m *mdt.Meeting) { m.End = noon }, ""},
	} {
		m := openMeeting(nil)
		r := &mdt.Registration{Created: *at(-9)}
		test.change(r)
		if test.of != nil {
			test.of(&m)
		}
		var got []string
		for _, ring := range m.ToRing(r, noon) {
			line := strings.TrimSpace(string(ring.Why) + " " + ring.Part)
			line += fmt.Sprintf(" %d", int(ring.At.Sub(noon).Hours()))
			if ring.Until != nil {
				line += fmt.Sprintf(" %d", int(ring.Until.Sub(noon).Hours()))
			}
			got = append(got, line)
		}
		if text := strings.Join(got, ", "); text != test.want {
			t.Errorf("%s: %q, want %q", test.name, text, test.want)
		}
	}
}

func TestRingBy(t *testing.T) {
	early, late := noon.Add(time.Hour), noon.Add(2*time.Hour)
	if got := mdt.RingBy([]mdt.Ring{{Until: &late}, {}, {Until: &early}}); got == nil || !got.Equal(early) {
		t.Errorf("the first end is %v", got)
	}
	if got := mdt.RingBy([]mdt.Ring{{}}); got != nil {
		t.Errorf("what has no end ends at %v", got)
	}
}

// TestRungIsNeverTakenBack: of two who ring at once the later moment stays.
func TestRungIsNeverTakenBack(t *testing.T) {
	early, late := noon.Add(-time.Hour), noon
	entry := who("q", mdt.Confirmed)
	entry.Rung = &late
	if act, refusal := mdt.Annotate(scene(entry), mdt.Annotation{Rung: &early}); refusal != nil || len(act.Entries) > 0 {
		t.Errorf("an earlier moment changes %+v", act.Entries)
	}
	entry.Rung = &early
	if act, refusal := mdt.Annotate(scene(entry), mdt.Annotation{Rung: &late}); refusal != nil || len(act.Entries) != 1 || !act.Entries[0].New.Rung.Equal(late) {
		t.Errorf("a later one: %+v", act.Entries)
	}
}
