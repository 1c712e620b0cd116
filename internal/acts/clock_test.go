package acts_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestTheClockDoesEverythingOnce: however often it runs, at once and late. Without the conditions of the store
// the same race sends reminders twice.
func TestTheClockDoesEverythingOnce(t *testing.T) {
	const people, clocks = 40, 6
	race := func(guarded bool) map[string]int {
		d, b, persons := clockDesk(t, people, nil)
		d.now = weekBefore.Add(-time.Hour)
		d.must(d.Cancel(t.Context(), "dag", persons[7]))
		d.must(d.Run(t.Context()))
		if early := d.count(mdt.LetterReminder); len(early) > 0 {
			t.Errorf("too early: %v", early)
		}
		d.now = weekBefore.Add(5 * time.Hour) // late
		b.query = meet("aanmeldingen#dag", clocks)
		if !guarded {
			b.transact = func(writes []store.Write) ([]store.Write, error) {
				loose := append([]store.Write{}, writes...)
				for i := range loose {
					loose[i].If = nil
				}
				return loose, nil
			}
		}
		d.runAtOnce(clocks)
		b.query = nil
		for range 3 {
			d.now = d.now.Add(time.Minute)
			d.must(d.Run(t.Context()))
		}
		return d.count(mdt.LetterReminder)
	}
	if diff := cmp.Diff(once(people, "gast7"), race(true)); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(once(people, "gast7"), race(false)) {
		t.Error("without conditions nobody was reminded twice: the race proves nothing")
	}
}

// TestALateClockRemindsOnce: one that stood still for ten days sends the last reminder, not both.
func TestALateClockRemindsOnce(t *testing.T) {
	d, _, _ := clockDesk(t, 3, nil)
	d.now = dayBefore.Add(time.Hour)
	d.must(d.Run(t.Context()))
	if diff := cmp.Diff(once(3), d.count(mdt.LetterReminder)); diff != "" {
		t.Error(diff)
	}
	if letters := d.letters(mdt.LetterReminder); letters[0].Days != 1 {
		t.Errorf("%d days", letters[0].Days)
	}
	if late, err := d.Late(t.Context()); late != 0 || err != nil {
		t.Errorf("late by %v, %v", late, err)
	}
}

// TestWhatTheListDidNotShow: whom the list lags behind on is found a minute later.
func TestWhatTheListDidNotShow(t *testing.T) {
	d, b, persons := clockDesk(t, 5, nil)
	b.page = func(q store.Query, page *store.Page) {
		var shown []store.Item
		for _, it := range page.Items {
			if q.List == "" || it["persoon"] != string(persons[2]) {
				shown = append(shown, it)
			}
		}
		page.Items = shown
	}
	d.now = weekBefore
	d.must(d.Run(t.Context()))
	if diff := cmp.Diff(once(5, "gast2"), d.count(mdt.LetterReminder)); diff != "" {
		t.Error(diff)
	}
	b.page = nil
	next, err := d.Next(t.Context())
	if err != nil || next.Task.What != mdt.TaskReminder || !next.At.Equal(weekBefore.Add(time.Minute)) {
		t.Fatalf("next %+v, %v", next, err)
	}
	for range 2 {
		d.now = d.now.Add(time.Minute)
		d.must(d.Run(t.Context()))
	}
	if diff := cmp.Diff(once(5), d.count(mdt.LetterReminder)); diff != "" {
		t.Error(diff)
	}
}

var errBroken = errors.New("broken")

// TestWhatFailsHoldsNothingUp: one person's entry, or a whole meeting, that fails keeps no other from being
// done; the run tells of it, and a later one does it.
func TestWhatFailsHoldsNothingUp(t *testing.T) {
	breaks := map[string]func(b *bent, d *ownDesk, person mdt.PersonID){
		"an entry": func(b *bent, _ *ownDesk, person mdt.PersonID) {
			b.transact = func(writes []store.Write) ([]store.Write, error) {
				for _, w := range writes {
					if w.Key.PK == "persoon#"+string(person) {
						return nil, errBroken
					}
				}
				return writes, nil
			}
		},
		"a meeting": func(b *bent, _ *ownDesk, _ mdt.PersonID) {
			b.query = func(q store.Query) error {
				if q.List == "aanmeldingen#andere" {
					return errBroken
				}
				return nil
			}
		},
		"the offers": func(b *bent, _ *ownDesk, _ mdt.PersonID) {
			b.query = func(q store.Query) error {
				if q.List == "aanbiedingen" {
					return errBroken
				}
				return nil
			}
		},
	}
	for name, spoil := range breaks {
		t.Run(name, func(t *testing.T) {
			d, b, persons := clockDesk(t, 4, nil)
			other := d.meeting()
			other.ID = "andere"
			d.must(d.Store.Fill(t.Context(), nil, []mdt.Meeting{other}))
			spoil(b, d, persons[1])
			d.now = weekBefore
			if err := d.Run(t.Context()); !errors.Is(err, errBroken) {
				t.Errorf("the run says %v", err)
			}
			want := once(4)
			if name == "an entry" {
				want = once(4, "gast1")
			}
			if diff := cmp.Diff(want, d.count(mdt.LetterReminder)); diff != "" {
				t.Error(diff)
			}
			b.transact, b.query = nil, nil
			d.now = weekBefore.Add(20 * time.Minute)
			if late, err := d.Late(t.Context()); err != nil || name != "the offers" && late != 20*time.Minute {
				t.Errorf("late by %v, %v", late, err)
			}
			d.must(d.Run(t.Context()))
			if diff := cmp.Diff(once(4), d.count(mdt.LetterReminder)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestATableThatIsAwayIsNotAskedForEverybody: a task that keeps failing is given up.
func TestATableThatIsAwayIsNotAskedForEverybody(t *testing.T) {
	d, b, _ := clockDesk(t, 60, nil)
	var tried atomic.Int64
	b.transact = func([]store.Write) ([]store.Write, error) { tried.Add(1); return nil, errBroken }
	d.now = weekBefore
	if err := d.Run(t.Context()); !errors.Is(err, errBroken) {
		t.Errorf("the run says %v", err)
	}
	if n := tried.Load(); n < 2 || n > 30 {
		t.Errorf("tried %d of 60", n)
	}
}

// TestARunEndsInTime: with too little time left nothing is begun, and that is no error; the next run does it.
func TestARunEndsInTime(t *testing.T) {
	d, _, _ := clockDesk(t, 3, nil)
	d.now = weekBefore
	short, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	d.must(d.Run(short))
	if got := d.count(mdt.LetterReminder); len(got) > 0 {
		t.Errorf("begun all the same: %v", got)
	}
	enough, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	d.must(d.Run(enough))
	if diff := cmp.Diff(once(3), d.count(mdt.LetterReminder)); diff != "" {
		t.Error(diff)
	}
}

// bounce has SES report on the letter of a kind to an address.
func (d *ownDesk) bounce(kind mdt.LetterKind, name string, report mdt.Report) {
	d.t.Helper()
	for _, letter := range d.letters(kind) {
		if strings.HasPrefix(letter.To, name+"@") {
			known, err := d.Store.Report(d.t.Context(), letter.ID, report, "", d.now)
			d.must(err)
			if !known {
				d.t.Fatal("the letter is not known")
			}
			return
		}
	}
	d.t.Fatalf("%s has no letter %d", name, kind)
}

// TestBrokenAddressesAreNotReminded: what came back for good or was called spam ends reminders; what may go well
// next time does not. What answers the person's own act is still written.
func TestBrokenAddressesAreNotReminded(t *testing.T) {
	d, _, persons := clockDesk(t, 6, nil)
	for i, report := range []mdt.Report{mdt.ReportBounced, mdt.ReportComplained, mdt.ReportSuppressed, mdt.ReportSoftBounce, mdt.ReportRejected} {
		d.bounce(mdt.LetterRegistered, fmt.Sprint("gast", i), report)
	}
	if note := d.own(persons[0]).Address; note.Of.Broken == nil || !note.Expires.Equal(mdt.EntryExpires(d.meeting())) {
		t.Errorf("of the address is noted: %+v", note)
	}
	d.now = weekBefore
	d.must(d.Run(t.Context()))
	if diff := cmp.Diff(once(6, "gast0", "gast1", "gast2"), d.count(mdt.LetterReminder)); diff != "" {
		t.Error(diff)
	}
	d.must(d.Cancel(t.Context(), "dag", persons[0]))
	if got := d.count(mdt.LetterCancelled); got["gast0"] != 1 {
		t.Errorf("what was done is not told: %v", got)
	}
	if confirmed, err := d.Store.Confirmed(t.Context(), persons[0], d.now); confirmed || err != nil {
		t.Errorf("an address that takes no mail counts as its owner's: %v", err)
	}
}

// TestTheOpeningIsTold: once to whoever still asks for it, can be mailed, and is not registered yet; their
// interest goes thirty days later.
func TestTheOpeningIsTold(t *testing.T) {
	opens := ownNow.AddDate(0, 0, 7)
	d, _, _ := clockDesk(t, 0, func(m *mdt.Meeting) {
		m.Telling, m.Registering = &mdt.Window{}, &mdt.Window{Opens: &opens}
	})
	for i := range 5 {
		_, err := d.Tell(t.Context(), d.meeting(), mdt.InterestForm{Email: d.address(fmt.Sprintf("gast%d@gast.example", i))}, acts.Post{})
		d.must(err)
	}
	d.must(d.WithdrawInterest(t.Context(), "dag", d.Identity.Person(d.address("gast1@gast.example"))))
	d.bounce(mdt.LetterInterest, "gast2", mdt.ReportBounced)
	d.now = opens.Add(-time.Millisecond)
	d.must(d.Run(t.Context()))
	if got := d.count(mdt.LetterOpened); len(got) > 0 {
		t.Errorf("too early: %v", got)
	}
	d.now = opens
	d.register("gast3@gast.example")
	for range 3 {
		d.runAtOnce(4)
		d.now = d.now.Add(30 * time.Second)
	}
	if diff := cmp.Diff(once(5, "gast1", "gast2", "gast3"), d.count(mdt.LetterOpened)); diff != "" {
		t.Error(diff)
	}
	interest := d.own(d.Identity.Person(d.address("gast0@gast.example"))).InterestIn("dag")
	if want := opens.In(mdt.Amsterdam).AddDate(0, 0, 30); !interest.Expires.Equal(want) {
		t.Errorf("erased at %v, want %v", interest.Expires, want)
	}
}

// TestTheDigest: once a day, at eight, when anything waits; and with the numbers that do.
func TestTheDigest(t *testing.T) {
	d, _, _ := clockDesk(t, 4, nil)
	eight := func(day int) time.Time { return time.Date(2027, 3, day, 7, 0, 0, 0, time.UTC) }
	told := func() (tallies []mdt.LetterTally) {
		for _, letter := range d.letters(mdt.LetterDigest) {
			if letter.To != "team@mdt.example" || letter.Person != "" || letter.Name != "" {
				t.Errorf("%+v", letter)
			}
			tallies = append(tallies, *letter.Tally)
		}
		return tallies
	}
	at := func(now time.Time, want ...mdt.LetterTally) {
		t.Helper()
		d.now = now
		d.runAtOnce(4)
		if diff := cmp.Diff(want, told()); diff != "" {
			t.Errorf("%v: %s", now, diff)
		}
	}
	at(eight(2))
	d.bounce(mdt.LetterRegistered, "gast0", mdt.ReportBounced)
	d.bounce(mdt.LetterRegistered, "gast1", mdt.ReportRejected)
	d.bounce(mdt.LetterRegistered, "gast2", mdt.ReportComplained)
	at(eight(2).Add(time.Hour))
	at(eight(3).Add(-time.Millisecond))
	first := mdt.LetterTally{Failed: 1, Broken: 2}
	at(eight(3), first)
	at(eight(3).Add(23*time.Hour), first)
	at(eight(6).Add(4*time.Hour), first, first) // late, and by days
	at(eight(6).Add(5*time.Hour), first, first)
}

// TestTheDigestTellsOfQuestions that are open for more than five working days, until they are answered: a Friday's from
// Saturday a week later on.
func TestTheDigestTellsOfQuestions(t *testing.T) {
	d, _, _ := clockDesk(t, 0, nil)
	d.now = time.Date(2027, 3, 5, 16, 0, 0, 0, time.UTC)
	first, err := d.ask("vraag@gast.example")
	d.must(err)
	d.now = d.now.AddDate(0, 0, 3)
	_, err = d.ask("later@gast.example")
	d.must(err)
	open := func() (counts []int) {
		for _, letter := range d.letters(mdt.LetterDigest) {
			counts = append(counts, letter.Tally.Open)
		}
		return counts
	}
	saturday := time.Date(2027, 3, 13, 7, 0, 0, 0, time.UTC)
	d.must(d.Run(t.Context()))
	if next, err := d.Next(t.Context()); err != nil || next == nil || next.Task.What != mdt.TaskDigest || !next.At.Equal(saturday) {
		t.Errorf("next %+v, %v", next, err)
	}
	for _, c := range []struct {
		at   time.Time
		want []int
	}{
		{saturday.AddDate(0, 0, -1), nil}, {saturday, []int{1}}, {saturday.AddDate(0, 0, 2), []int{1, 1}}, {saturday.AddDate(0, 0, 3), []int{1, 1, 2}},
	} {
		d.now = c.at
		d.must(d.Run(t.Context()))
		if diff := cmp.Diff(c.want, open()); diff != "" {
			t.Errorf("%v: %s", c.at, diff)
		}
	}
	answered, _ := first.Answer(&d.now)
	d.must(d.Store.EditMessage(t.Context(), first, answered))
	d.now = saturday.AddDate(0, 0, 4)
	d.must(d.Run(t.Context()))
	if diff := cmp.Diff([]int{1, 1, 2, 1}, open()); diff != "" {
		t.Error(diff)
	}
}

// TestNextIsWhatTheClockDoesFirst: of tasks, offers and the letter to the team.
func TestNextIsWhatTheClockDoesFirst(t *testing.T) {
	d, _, persons := clockDesk(t, 2, func(m *mdt.Meeting) { m.Capacity = 1 })
	d.must(d.Run(t.Context()))
	next := func(what string, at time.Time) {
		t.Helper()
		got, err := d.Next(t.Context())
		if err != nil || got.Task.What != what || !got.At.Equal(at) {
			t.Errorf("next %+v, %v; want %s at %v", got, err, what, at)
		}
	}
	next(mdt.TaskReminder, weekBefore)
	d.must(d.Cancel(t.Context(), "dag", persons[0]))
	next(mdt.TaskLapse, ownNow.Add(48*time.Hour))
	d.bounce(mdt.LetterRegistered, "gast0", mdt.ReportBounced)
	next(mdt.TaskDigest, time.Date(2027, 3, 2, 7, 0, 0, 0, time.UTC))
}
