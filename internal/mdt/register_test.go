package mdt_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

var noon = time.Date(2027, 3, 1, 11, 0, 0, 0, time.UTC)

func day(n int) time.Time { return noon.AddDate(0, 0, n) }

func at(t time.Time) *time.Time { return &t }

func openMeeting(change func(*mdt.Meeting)) mdt.Meeting {
	m := mdt.Meeting{ID: "dag", Name: "Dag", Start: day(20), End: day(20).Add(4 * time.Hour), Place: "Utrecht", Published: true,
		Registering: &mdt.Window{Opens: at(day(-5)), Closes: at(day(15))}, Capacity: 10, MaxGuests: 2, Version: 3,
		Parts: []mdt.Part{{ID: "a", Name: "Deel A", Start: day(20), End: day(20).Add(time.Hour), Seats: 2},
			{ID: "b", Name: "Deel B", Start: day(20), End: day(20).Add(time.Hour)}}}
	if change != nil {
		change(&m)
	}
	return m
}

// counts are those of a meeting's own seats.
func counts(occupied, waiting int) mdt.Counter {
	return mdt.Counter{LineCount: mdt.LineCount{Occupied: occupied, Waiting: waiting}}
}

func request(m mdt.Meeting, c mdt.Counter) mdt.RegisterRequest {
	return mdt.RegisterRequest{Now: noon, Meeting: m, Counter: c, Self: mdt.Entrant{Person: "p", Reference: "REFERENT"},
		Form: mdt.RegistrationForm{Name: "Noor", Email: mdt.Address{Mail: "noor@gast.example"}}}
}

func guests(r mdt.RegisterRequest, standing ...*mdt.Registration) mdt.RegisterRequest {
	for i, s := range standing {
		who := string(rune('1' + i))
		r.Form.Guests = append(r.Form.Guests, mdt.Guest{Name: "Gast " + who, Email: mdt.Address{Mail: "g" + who + "@gast.example"}})
		r.Guests = append(r.Guests, mdt.Entrant{Person: mdt.PersonID("g" + who), Reference: "GAST" + who, Standing: s})
	}
	return r
}

// TestRegisterSeats is the table of who gets a seat and who stands in line.
func TestRegisterSeats(t *testing.T) {
	known := &mdt.Registration{Person: "g1", Status: mdt.Confirmed, Email: "g1@gast.example"}
	gone := &mdt.Registration{Person: "g1", Status: mdt.Cancelled, Email: "g1@gast.example", Version: 4}
	for _, c := range []struct {
		name    string
		counter mdt.Counter
		guests  []*mdt.Registration
		cap     int
		want    mdt.Status
		seats   int // added to the occupied ones
		waiting int
		letters []mdt.LetterKind
	}{
		{name: "free seat", counter: counts(9, 0), cap: 10, want: mdt.Confirmed, seats: 1, letters: []mdt.LetterKind{2}},
		{name: "full", counter: counts(10, 0), cap: 10, want: mdt.Waiting, waiting: 1, letters: []mdt.LetterKind{3}},
		{name: "over the capacity after it was lowered", counter: counts(12, 0), cap: 10, want: mdt.Waiting, waiting: 1, letters: []mdt.LetterKind{3}},
		{name: "no limit", counter: counts(1000, 0), cap: 0, want: mdt.Confirmed, seats: 1, letters: []mdt.LetterKind{2}},
		{name: "free after it passed everyone in line", counter: counts(9, 1), cap: 10, want: mdt.Confirmed, seats: 1, letters: []mdt.LetterKind{2}},
		{name: "all fit", counter: counts(7, 0), guests: []*mdt.Registration{nil, nil}, cap: 10, want: mdt.Confirmed, seats: 3, letters: []mdt.LetterKind{2, 18, 18}},
		{name: "all wait", counter: counts(10, 0), guests: []*mdt.Registration{nil, nil}, cap: 10, want: mdt.Waiting, waiting: 3, letters: []mdt.LetterKind{3, 18, 18}},
		{name: "too few for all: the first are offered them", counter: counts(8, 0), guests: []*mdt.Registration{nil, nil}, cap: 10, want: mdt.Waiting, seats: 2, waiting: 1, letters: []mdt.LetterKind{4, 18, 18, 4}},
		{name: "guest is registered already", counter: counts(8, 0), guests: []*mdt.Registration{known}, cap: 10, want: mdt.Confirmed, seats: 1, letters: []mdt.LetterKind{2, 19}},
		{name: "guest had cancelled", counter: counts(8, 0), guests: []*mdt.Registration{gone}, cap: 10, want: mdt.Confirmed, seats: 2, letters: []mdt.LetterKind{2, 18}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := guests(request(openMeeting(func(m *mdt.Meeting) { m.Capacity = c.cap }), c.counter), c.guests...)
			r.Number = 7
			got, refusal := mdt.Register(r)
			if refusal != nil {
				t.Fatal(refusal.Code)
			}
			var kinds []mdt.LetterKind
			for _, letter := range got.Letters {
				calendar := c.want == mdt.Confirmed && letter.Kind != mdt.LetterKnown
				if calendar && letter.Revision != 1 {
					t.Errorf("letter %d has calendar %d of its entry, want the first", letter.Kind, letter.Revision)
				}
				kinds = append(kinds, letter.Kind)
			}
			if got.Status != c.want || got.Count.Seats != c.seats || got.Count.Waiting != c.waiting {
				t.Errorf("status %q, %d seats, %d waiting", got.Status, got.Count.Seats, got.Count.Waiting)
			}
			if diff := cmp.Diff(c.letters, kinds); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWaitingTakesANumberFirst(t *testing.T) {
	r := guests(request(openMeeting(nil), counts(10, 0)), nil)
	if got, _ := mdt.Register(r); !got.NeedsNumber || len(got.Entries) != 0 || len(got.Letters) != 0 {
		t.Fatalf("without a number: %+v", got)
	}
	r.Number = 5
	got, _ := mdt.Register(r)
	if got.NeedsNumber || len(got.Entries) != 2 {
		t.Fatalf("with a number: %+v", got)
	}
	for i, e := range got.Entries {
		if e.New.Number != 5 || e.New.Behind != i || e.New.Status != mdt.Waiting {
			t.Errorf("entry %d stands at %d/%d as %s", i, e.New.Number, e.New.Behind, e.New.Status)
		}
	}
	r.Self.Standing = &mdt.Registration{Status: mdt.Confirmed}
	r.Number = 0
	if got, _ := mdt.Register(r); !got.NeedsNumber {
		t.Error("a known address costs one round trip less than a fresh one")
	}
}

// TestKnownAddress: the answer is that of a fresh one, the seat is not taken twice, the person hears once a day.
func TestKnownAddress(t *testing.T) {
	for _, c := range []struct {
		name   string
		last   int64
		letter bool
	}{
		{"never told", 0, true},
		{"told a day ago", noon.Add(-24 * time.Hour).Unix(), true},
		{"told within the day", noon.Add(-24*time.Hour + time.Second).Unix(), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := guests(request(openMeeting(nil), counts(1, 0)), nil)
			r.Self.Standing = &mdt.Registration{Person: "p", Status: mdt.Waiting, Name: "Noor", Email: "noor@gast.example", KnownLetter: c.last}
			got, refusal := mdt.Register(r)
			if refusal != nil || got.Status != mdt.Confirmed || got.Reference != "REFERENT" {
				t.Fatalf("%+v %+v", got, refusal)
			}
			if !got.Count.IsZero() || len(got.Entries) != 0 || len(got.Repeats) != 1 || got.Repeats[0].Letter != c.letter {
				t.Errorf("%+v", got)
			}
			if (len(got.Letters) == 1) != c.letter {
				t.Fatalf("%d letters", len(got.Letters))
			}
			if c.letter && (got.Letters[0].Kind != mdt.LetterKnown || !got.Letters[0].Waiting) {
				t.Errorf("letter %+v", got.Letters[0])
			}
		})
	}
}

func TestComesAgainLastInLine(t *testing.T) {
	r := request(openMeeting(nil), counts(10, 0))
	r.Self.Standing = &mdt.Registration{Person: "p", Status: mdt.Cancelled, Version: 4}
	r.Number = 9
	got, _ := mdt.Register(r)
	e := got.Entries[0]
	if e.Was != r.Self.Standing || e.New.Version != 5 || e.New.Number != 9 || e.New.Status != mdt.Waiting {
		t.Errorf("%+v", e)
	}
}

// TestKnownGuestIsNotGivenAway: what is answered and refused is the same whether the guest is known or not;
// only what is stored differs.
func TestKnownGuestIsNotGivenAway(t *testing.T) {
	known := &mdt.Registration{Person: "g1", Status: mdt.Confirmed, Email: "g1@gast.example"}
	for _, c := range []struct {
		name   string
		change func(*mdt.Meeting)
		status mdt.Status
		code   string
	}{
		{"one seat left", nil, mdt.Waiting, ""},
		{"one seat left and the list has ended", func(m *mdt.Meeting) { m.WaitingEnds = at(noon) }, "", "introducee.geenPlek"},
		{"two seats left", func(m *mdt.Meeting) { m.Capacity = 11 }, mdt.Confirmed, ""},
	} {
		for _, guest := range []*mdt.Registration{nil, known} {
			r := guests(request(openMeeting(c.change), counts(9, 0)), guest)
			first, refusal := mdt.Register(r)
			if first.NeedsNumber != (c.status == mdt.Waiting) || code(refusal) != c.code {
				t.Errorf("%s: number %v, refused by %q", c.name, first.NeedsNumber, code(refusal))
			}
			r.Number = 3
			got, _ := mdt.Register(r)
			if got.Status != c.status {
				t.Errorf("%s: answered %q", c.name, got.Status)
			}
		}
	}
	r := guests(request(openMeeting(func(m *mdt.Meeting) { m.PerOrg = 3 }), counts(9, 0)), known)
	r.Form.Organisation, r.Number = "Brug", 3
	got, _ := mdt.Register(r)
	if org := got.Count.Organisations[0]; got.Count.Seats != 1 || org.Add != 1 || *org.Before != 1 || got.Entries[0].New.Status != mdt.Confirmed || got.Letters[0].Kind != mdt.LetterRegistered {
		t.Errorf("what is stored: %+v", got)
	}
}

// TestRegisterBounds: what is demanded of the counter is what the decision rests on.
func TestRegisterBounds(t *testing.T) {
	confirmed, _ := mdt.Register(request(openMeeting(nil), counts(4, 0)))
	if c := confirmed.Count; c.MaxOccupied == nil || *c.MaxOccupied != 9 || c.MinOccupied != nil {
		t.Errorf("confirmed: %+v", c)
	}
	r := request(openMeeting(nil), counts(10, 0))
	r.Number = 1
	full, _ := mdt.Register(r)
	if c := full.Count; c.MinOccupied == nil || *c.MinOccupied != 10 || c.MaxOccupied != nil {
		t.Errorf("full: %+v", c)
	}
	r = guests(request(openMeeting(nil), counts(9, 0)), nil)
	r.Number = 1
	last, _ := mdt.Register(r)
	if c := last.Count; c.Seats != 1 || c.Offered != 1 || c.Waiting != 1 || *c.MinOccupied != 9 || *c.MaxOccupied != 9 {
		t.Errorf("one seat for two: %+v", c)
	}
}

// TestTooFewAtNight: seats that are too few for all, and can be offered to nobody before the list ends, are for
// whoever comes with fewer.
func TestTooFewAtNight(t *testing.T) {
	r := guests(request(openMeeting(func(m *mdt.Meeting) { m.WaitingEnds = at(noon.Add(20 * time.Hour)) }), counts(9, 0)), nil)
	for hour, want := range map[time.Duration]string{9: "", 10: "introducee.geenPlek"} { // 21.00 and 22.00
		r.Now = noon.Add(hour * time.Hour)
		if _, refusal := mdt.Register(r); code(refusal) != want {
			t.Errorf("after %d hours: %q, want %q", hour, code(refusal), want)
		}
	}
}

func TestRegisterRefuses(t *testing.T) {
	part := func(ids ...string) func(*mdt.RegisterRequest) {
		return func(r *mdt.RegisterRequest) { r.Form.Parts = ids }
	}
	for _, c := range []struct {
		name    string
		meeting func(*mdt.Meeting)
		request func(*mdt.RegisterRequest)
		code    string
		pointer string
		args    map[string]string
	}{
		{name: "not open", meeting: func(m *mdt.Meeting) { m.Registering.Opens = at(day(1)) }, code: "bijeenkomst.nietOpen",
			args: map[string]string{"vanaf": "dinsdag 2 maart 2027, 12.00 uur"}},
		{name: "opening not known", meeting: func(m *mdt.Meeting) { m.Registering = &mdt.Window{Pending: true} }, code: "bijeenkomst.nietOpen"},
		{name: "opens this second", meeting: func(m *mdt.Meeting) { m.Registering.Opens = at(noon) }},
		{name: "last second", meeting: func(m *mdt.Meeting) { m.Registering.Closes = at(noon.Add(time.Second)) }},
		{name: "closes this second", meeting: func(m *mdt.Meeting) { m.Registering.Closes = at(noon) }, code: "bijeenkomst.gesloten",
			args: map[string]string{"totEnMet": "tot maandag 1 maart 2027, 12.00 uur"}},
		{name: "closes with the start", meeting: func(m *mdt.Meeting) {
			m.Registering.Closes = nil
			m.Start, m.End = noon, noon.Add(time.Hour)
		}, code: "bijeenkomst.gesloten", args: map[string]string{"totEnMet": "tot maandag 1 maart 2027, 12.00 uur"}},
		{name: "closes during the day", meeting: func(m *mdt.Meeting) {
			m.Start, m.End, m.Registering.Closes = noon.Add(-time.Hour), noon.Add(time.Hour), at(noon.Add(time.Minute))
		}},
		{name: "never open after the end", meeting: func(m *mdt.Meeting) {
			m.Start, m.End, m.Registering.Closes = noon.Add(-time.Hour), noon, at(noon.Add(time.Hour))
		}, code: "bijeenkomst.geweest"},
		{name: "cancelled", meeting: func(m *mdt.Meeting) { m.Cancelled = true }, code: "bijeenkomst.gaatNietDoor"},
		{name: "over", meeting: func(m *mdt.Meeting) { m.Start, m.End = day(-1), noon }, code: "bijeenkomst.geweest"},
		{name: "no registering", meeting: func(m *mdt.Meeting) { m.Registering = nil }, code: "bijeenkomst.geen"},
		{name: "part full", request: func(r *mdt.RegisterRequest) {
			part("b", "a")(r)
			r.Counter.Parts = map[string]mdt.LineCount{"a": {Occupied: 2}}
		},
			code: "onderdeel.vol", pointer: "#/onderdelen/1"},
		{name: "part full for who waits too", request: func(r *mdt.RegisterRequest) {
			part("a")(r)
			r.Counter = counts(10, 0)
			r.Counter.Parts = map[string]mdt.LineCount{"a": {Occupied: 2}}
		}, code: "onderdeel.vol", pointer: "#/onderdelen/0"},
		{name: "part begun", meeting: func(m *mdt.Meeting) { m.Parts[0].Start = noon }, request: part("a"), code: "onderdeel.voorbij", pointer: "#/onderdelen/0"},
		{name: "waiting list ended", meeting: func(m *mdt.Meeting) { m.WaitingEnds = at(noon) },
			request: func(r *mdt.RegisterRequest) { r.Counter.Occupied = 10 }, code: "bijeenkomst.gesloten",
			args: map[string]string{"totEnMet": "tot maandag 1 maart 2027, 12.00 uur"}},
		{name: "waiting list ended, seats free", meeting: func(m *mdt.Meeting) { m.WaitingEnds = at(noon) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := request(openMeeting(c.meeting), mdt.Counter{})
			if c.request != nil {
				c.request(&r)
			}
			_, refusal := mdt.Register(r)
			if c.code == "" {
				if refusal != nil {
					t.Errorf("refused: %s", refusal.Code)
				}
				return
			}
			want := &mdt.Refusal{Code: c.code, Pointer: c.pointer, Args: c.args}
			if diff := cmp.Diff(want, refusal); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOrganisationLimit(t *testing.T) {
	limit := func(m *mdt.Meeting) { m.PerOrg = 3 }
	r := guests(request(openMeeting(limit), mdt.Counter{}), nil)
	r.Form.Organisation = "Stichting 't Groene Sticht!"
	got, _ := mdt.Register(r)
	if c := got.Count.Organisations[0]; c.Name != "stichtingtgroenesticht" || c.Add != 2 || *c.Before != 1 {
		t.Errorf("%+v", c)
	}
	r.Form.Organisation = " - "
	if got, _ := mdt.Register(r); len(got.Count.Organisations) > 0 {
		t.Error("no organisation was counted as one")
	}
}

func TestStatuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*mdt.Meeting)
		c      mdt.Counter
		want   mdt.ActionStatus
	}{
		{"open", nil, mdt.Counter{}, mdt.Open},
		{"full", nil, counts(10, 0), mdt.Full},
		{"free after it passed everyone in line", nil, counts(3, 1), mdt.Open},
		{"full and the list has ended", func(m *mdt.Meeting) { m.WaitingEnds = at(noon) }, counts(10, 0), mdt.Closed},
		{"not yet", func(m *mdt.Meeting) { m.Registering.Opens = at(day(1)) }, mdt.Counter{}, mdt.NotYetOpen},
		{"never", func(m *mdt.Meeting) { m.Registering = nil }, mdt.Counter{}, mdt.NoAction},
		{"closed", func(m *mdt.Meeting) { m.Registering.Closes = at(noon) }, mdt.Counter{}, mdt.Closed},
	} {
		if got := openMeeting(c.change).RegisteringStatus(c.c, noon); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestDeadline: "tot en met" names the last whole day, also where the clock is changed.
func TestDeadline(t *testing.T) {
	for moment, want := range map[string]string{
		"2021-03-10T23:00:00Z": "tot en met woensdag 10 maart 2021, 23.59 uur",
		"2027-03-28T22:00:00Z": "tot en met zondag 28 maart 2027, 23.59 uur",
		"2021-03-24T11:00:00Z": "tot woensdag 24 maart 2021, 12.00 uur",
		"2027-10-31T23:00:00Z": "tot en met zondag 31 oktober 2027, 23.59 uur",
	} {
		parsed, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := mdt.Deadline(parsed); got != want {
			t.Errorf("%s: %q, want %q", moment, got, want)
		}
	}
}
