package trials

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

// TestStoreDown: a database that refuses everything, or everything but reading. Every post and every look is
// answered 503 with a moment to come back; nothing is stored, nobody gets a letter; and when the database is
// back the same desk goes on.
func TestStoreDown(t *testing.T) {
	for name, rates := range map[string]storetest.Rates{
		"throttled":          {Throttle: 1},
		"answers 500":        {Fault: 1},
		"out of reach":       {Unsent: 1},
		"always in conflict": {Conflict: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, faults := faulty(t, 5, nil)
			d.open("dag", 5, nil)
			first := d.post("dag", "eerst@gast.example")
			d.within = 300 * time.Millisecond
			faults.Set(rates)
			results := d.rush("dag", emails(10))
			if code := d.lookCode("dag"); rates.Conflict == 0 && code != http.StatusServiceUnavailable {
				t.Errorf("a look was answered %d", code)
			}
			faults.Set(storetest.Rates{})
			d.within = 0
			d.nothingOf(t, "dag", results, 1)
			again := d.rush("dag", emails(10))
			if got := d.judge("dag", again); got.confirmed != 4 || got.waiting != 6 || got.faults != nil {
				t.Errorf("afterwards: %+v", got)
			}
			d.wantLetters(append(again, first))
		})
	}
}

// nothingOf demands that all posts were answered 503, and that only so many seats and letters are there.
func (d *desk) nothingOf(t *testing.T, meeting string, results []posted, seats int) {
	t.Helper()
	var addresses []string
	for _, r := range results {
		if r.code != http.StatusServiceUnavailable || r.again == "" {
			t.Errorf("answered %d, Retry-After %q: %s", r.code, r.again, r.body)
		}
		addresses = append(addresses, r.email)
	}
	counter, entries := d.stands(meeting, addresses...)
	for i, entry := range entries {
		if entry != nil {
			t.Errorf("%s was answered 503 and stands there", addresses[i])
		}
	}
	letters := 0
	for _, n := range d.letters() {
		letters += n
	}
	if counter.Occupied != seats || counter.Waiting != 0 || letters != seats {
		t.Errorf("counter %+v, %d letters", counter, letters)
	}
}

func (d *desk) lookCode(meeting string) int {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	w := httptest.NewRecorder()
	d.api.Meetings().ServeHTTP(w, httptest.NewRequest("GET", "/v1/bijeenkomsten/"+meeting, nil).WithContext(ctx))
	return w.Code
}

// deaf is an engine that takes every refusal of the database for success.
type deaf struct{ store.Engine }

func (e deaf) Transact(ctx context.Context, token string, writes []store.Write) error {
	_ = e.Engine.Transact(ctx, token, writes)
	return nil
}

// TestStoreDownIsSeenWithoutTheGuard: the checks of an outage find a desk that does not listen to its database.
func TestStoreDownIsSeenWithoutTheGuard(t *testing.T) {
	d, faults := faulty(t, 6, func(e store.Engine) store.Engine { return deaf{e} })
	d.open("dag", 5, nil)
	faults.Set(storetest.Rates{Conflict: 1})
	r := d.post("dag", "noor@gast.example")
	faults.Set(storetest.Rates{})
	if _, entries := d.stands("dag", r.email); r.code != http.StatusCreated || entries[0] != nil {
		t.Errorf("answered %d, stands %v: the trial proves nothing", r.code, entries[0])
	}
}

// TestClosingMoment: the server's time decides, to the last moment, whatever a visitor's computer thinks.
func TestClosingMoment(t *testing.T) {
	d := newDesk(t, openBolt(t))
	closes := start.Add(time.Hour)
	d.open("dag", 5, func(m *mdt.Meeting) { m.Registering.Closes = &closes })
	for i, test := range []struct {
		passed time.Duration
		code   int
	}{{time.Hour - 1, 201}, {time.Hour, 409}, {time.Hour + time.Second, 409}, {-time.Minute, 201}} {
		d.passed.Store(int64(test.passed))
		email := fmt.Sprintf("b%d@gast.example", i)
		r := d.post("dag", email)
		_, entries := d.stands("dag", email)
		if r.code != test.code || (entries[0] != nil) != (test.code == 201) {
			t.Errorf("%v after the start: answered %d, stands %v", test.passed, r.code, entries[0])
		}
	}
	d.passed.Store(int64(2 * time.Hour))
	counter, _ := d.stands("dag")
	if n := d.letters(); counter.Occupied != 2 || n[mdt.LetterRegistered] != 2 || len(n) != 1 {
		t.Errorf("counter %+v, letters %v", counter, n)
	}
}

// TestWrongClocks: instances whose clocks differ by ten minutes share one line, in the order of the posts.
func TestWrongClocks(t *testing.T) {
	db := openBolt(t)
	right := newDesk(t, db)
	right.open("dag", 1, nil)
	right.post("dag", "eerst@gast.example")
	desks := []*desk{right, newDesk(t, db), newDesk(t, db)}
	desks[1].pass(10 * time.Minute)
	desks[2].pass(-10 * time.Minute)
	people := emails(30)
	for i, email := range people {
		if r := desks[i%3].post("dag", email); r.status != mdt.Waiting {
			t.Fatalf("answered %d %s", r.code, r.body)
		}
	}
	_, entries := right.stands("dag", people...)
	byClock := true
	for i := 1; i < len(entries); i++ {
		if entries[i].Number <= entries[i-1].Number {
			t.Errorf("post %d has number %d, the one before it %d", i, entries[i].Number, entries[i-1].Number)
		}
		byClock = byClock && !entries[i].Created.Before(entries[i-1].Created)
	}
	if byClock {
		t.Error("the clocks give the same order: the trial proves nothing")
	}
}
