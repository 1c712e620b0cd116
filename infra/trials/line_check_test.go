package trials

import (
	"context"
	"fmt"
	"slices"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// standing is what is left of a meeting and its lines after people were at it all at once.
type standing struct {
	counter mdt.Counter
	entries []*mdt.Registration
	faults  []string // what contradicts the rules
}

func (s *standing) fault(format string, args ...any) {
	s.faults = append(s.faults, fmt.Sprintf(format, args...))
}

func (s *standing) with(status mdt.Status) (n int) {
	for _, e := range s.entries {
		if e != nil && e.Status == status {
			n++
		}
	}
	return n
}

// settled holds every count, and every item of a line, against the entries, and demands of the line that its order
// was kept and that no seat is left while somebody waits whom no seat has passed.
func (d *desk) settled(meeting mdt.Meeting, addresses []string) *standing {
	s := new(standing)
	s.counter, s.entries = d.stands(meeting.ID, addresses...)
	lines := []string{""}
	for _, p := range meeting.Parts {
		lines = append(lines, p.ID)
	}
	for _, line := range lines {
		s.counted(line, meeting.Seats(line))
		s.ordered(line, meeting.Seats(line))
		s.items(d, meeting.ID, line)
	}
	s.letters(d)
	return s
}

// counted holds the counts of one line against the entries.
func (s *standing) counted(line string, seats int) {
	var want mdt.LineCount
	for _, e := range s.entries {
		place, in := e.Place(line)
		switch {
		case in && place.Offered():
			want.Occupied, want.Offered = want.Occupied+1, want.Offered+1
		case in:
			want.Waiting++
		case e != nil && e.Status == mdt.Confirmed && (line == "" || slices.Contains(e.Parts, line)):
			want.Occupied++
		}
	}
	got := s.counter.Line(line)
	if want.Turn, want.Freed = got.Turn, got.Freed; got != want {
		s.fault("line %q: counted are %+v, the entries are %+v", line, got, want)
	}
	if seats > 0 && got.Occupied > seats {
		s.fault("line %q: %d of %d seats", line, got.Occupied, seats)
	}
}

// ordered: who was never asked stands behind everybody who was, and no seat is left while there are such.
func (s *standing) ordered(line string, seats int) {
	last, first := mdt.Spot{}, (*mdt.Spot)(nil)
	for _, e := range s.entries {
		place, in := e.Place(line)
		switch {
		case !in:
		case len(place.Rounds) > 0 && place.Compare(last) > 0:
			last = place.Spot
		case len(place.Rounds) == 0 && (first == nil || place.Compare(*first) < 0):
			first = &place.Spot
		}
	}
	if first == nil {
		return
	}
	if first.Compare(last) < 0 {
		s.fault("line %q: %d/%d was asked before %d/%d", line, last.Number, last.Behind, first.Number, first.Behind)
	}
	if s.counter.Line(line).Occupied < seats {
		s.fault("line %q: a seat is left and %d/%d waits", line, first.Number, first.Behind)
	}
}

// items holds the items of one line against the entries.
func (s *standing) items(d *desk, meeting, line string) {
	var want, got []string
	for _, e := range s.entries {
		place, in := e.Place(line)
		switch {
		case in && place.Offered():
			want = append(want, fmt.Sprintf("aanbod#%015d#%03d#%s", place.Number, place.Behind, e.Person))
		case in && !place.Quiet():
			want = append(want, fmt.Sprintf("wacht#%015d#%03d#%s", place.Number, place.Behind, e.Person))
		}
	}
	for after := ""; ; {
		page, err := d.engine.Query(context.Background(), store.Query{PK: "rij#" + meeting + "#" + line, After: after})
		if err != nil {
			d.t.Fatal(err)
		}
		for _, it := range page.Items {
			got = append(got, it.Key().SK)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	slices.Sort(want)
	if slices.Sort(got); !slices.Equal(want, got) {
		s.fault("line %q: its items are %v, by the entries %v", line, got, want)
	}
}

// letters: every offer of the meeting's own seats has one letter that is owed, and who was cancelled is owed one
// that says so, and none that says something else.
func (s *standing) letters(d *desk) {
	for _, e := range s.entries {
		if e == nil {
			continue
		}
		owed := map[mdt.LetterKind]int{}
		for _, id := range e.LetterIDs {
			letter := d.item(store.Key{PK: store.LetterPrefix + id, SK: "brief"})
			if _, ofPart := letter["onderdeelId"]; letter["vervallen"] != true && !ofPart {
				kind, _ := letter["soort"].(int64)
				owed[mdt.LetterKind(kind)]++
			}
		}
		offers, left := owed[mdt.LetterOffer], owed[mdt.LetterCancelled]+owed[mdt.LetterLeftLine]
		switch {
		case (e.Status == mdt.Offered) != (offers == 1), offers > 1,
			e.Status == mdt.Cancelled && (left == 0 || owed[mdt.LetterRegistered]+owed[mdt.LetterWaiting]+owed[mdt.LetterPlaced] > 0):
			s.fault("%s is %s and owed %v", e.Email, e.Status, owed)
		}
	}
}

func (d *desk) item(key store.Key) store.Item {
	d.t.Helper()
	items, err := d.engine.Get(context.Background(), key)
	if err != nil {
		d.t.Fatal(err)
	}
	return items[0]
}
