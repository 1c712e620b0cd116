package work_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/work"
)

// visited is a desk whose letters are limited, with letters that posts of visitors caused: one for each person
// named, in their order.
func visited(t *testing.T, persons ...string) *desk {
	t.Helper()
	d := newDesk(t, 0)
	d.mailer.Limits = d.store
	d.propose(persons...)
	return d
}

// propose stores a proposal, and so a letter, of each person.
func (d *desk) propose(persons ...string) {
	d.t.Helper()
	for _, p := range persons {
		n := len(d.ids)
		d.storeLetter(mdt.LetterProposal, mdt.PersonID(p), fmt.Sprint(n))
	}
}

// storeLetter stores an entry with a letter of a kind to its person.
func (d *desk) storeLetter(kind mdt.LetterKind, person mdt.PersonID, id string) {
	d.t.Helper()
	expires := d.now.AddDate(0, 6, 0)
	err := d.store.Propose(context.Background(), mdt.Proposing{Proposal: mdt.Proposal{ID: id, Person: person, Meeting: "dag", Version: 1},
		Expires: expires, Letters: []mdt.Letter{{Kind: kind, To: string(person) + "@gast.example", Person: person, Expires: expires,
			Notes:    []mdt.Note{{Of: mdt.NoteProposal, Person: person, Meeting: "dag", ID: id}},
			Delivery: mdt.Delivery{State: mdt.Pending, Due: d.now, Changed: d.now}}}})
	if err != nil {
		d.t.Fatal(err)
	}
}

// sweepAt moves the clock and sends what is due.
func (d *desk) sweepAt(after time.Duration) {
	d.t.Helper()
	d.mu.Lock()
	d.now = start.Add(after)
	d.mu.Unlock()
	if err := d.mailer.Sweep(context.Background(), false); err != nil {
		d.t.Fatal(err)
	}
}

// TestLettersToAnAddressThatNobodyConfirmed: three at once, then one a day, in turn; none is lost, and nobody else
// waits for them.
func TestLettersToAnAddressThatNobodyConfirmed(t *testing.T) {
	d := visited(t, "noor", "noor", "noor", "noor", "noor", "noor", "sam")
	for _, c := range []struct {
		after time.Duration
		sent  int // letters that went out by then
	}{{0, 4}, {time.Hour, 4}, {24*time.Hour - time.Second, 4}, {24 * time.Hour, 5}, {47 * time.Hour, 5}, {48 * time.Hour, 6}, {72 * time.Hour, 7}} {
		d.sweepAt(c.after)
		if got := d.states(); got[mdt.Accepted] != c.sent || got[mdt.Accepted]+got[mdt.Held] != 7 {
			t.Errorf("after %s: %v, want %d gone and the rest held", c.after, got, c.sent)
		}
	}
	d.propose("noor")
	d.sweepAt(72 * time.Hour)
	if got := d.states(); got[mdt.Held] != 1 {
		t.Errorf("after the last of them another is %v", got)
	}
	d.propose("noor", "noor", "noor")
	d.sweepAt(72 * time.Hour)
	if got := d.states(); got[mdt.Held] != 4 {
		t.Errorf("and three more: %v", got)
	}
	d.sweepAt(10 * 24 * time.Hour)
	if got := d.states(); got[mdt.Accepted] != 11 {
		t.Errorf("days later: %v", got)
	}
}

// TestOtherLettersAreNotHeld: what follows from an entry, and what goes to who works for us.
func TestOtherLettersAreNotHeld(t *testing.T) {
	d := visited(t, "noor", "noor", "noor")
	for i, kind := range []mdt.LetterKind{mdt.LetterOffer, mdt.LetterLapsed, mdt.LetterCancelled, mdt.LetterReminder, mdt.LetterOpened, mdt.LetterErased,
		mdt.LetterPlaced, mdt.LetterLeftLine, mdt.LetterNoPlace, mdt.LetterChanged, mdt.LetterLink, mdt.LetterJoinOnline} {
		d.storeLetter(kind, "noor", fmt.Sprint("ander", i))
	}
	d.storeLetter(mdt.LetterToFacilitator, "", "facilitator")
	d.sweepAt(0)
	if len(d.office.took) != 16 {
		t.Errorf("%d of 16 went out", len(d.office.took))
	}
	d.wantOnce()
}

// TestAConfirmedAddressGetsEverything, also what waited until it was.
func TestAConfirmedAddressGetsEverything(t *testing.T) {
	d := visited(t, "noor", "noor", "noor", "noor", "noor", "sam", "sam", "sam", "sam")
	d.sweepAt(0)
	if got := d.states(); got[mdt.Held] != 3 {
		t.Fatalf("%v", got)
	}
	if err := d.store.Confirm(t.Context(), "noor", false, d.now.AddDate(0, 6, 0), d.now); err != nil {
		t.Fatal(err)
	}
	d.propose("noor", "noor", "noor", "noor", "noor")
	d.sweepAt(time.Minute)
	if got := d.states(); got[mdt.Held] != 1 || got[mdt.Accepted] != 13 {
		t.Errorf("%v", got)
	}
	if confirmed, err := d.store.Confirmed(t.Context(), "sam", d.now); confirmed || err != nil {
		t.Error("counting letters confirmed an address")
	}
}

// TestAnotherMailerKnowsWhatTheTableHolds: two at once and one that begins anew send no more than one does.
func TestAnotherMailerKnowsWhatTheTableHolds(t *testing.T) {
	d := visited(t, strings.Split(strings.Repeat("noor,", 20)+"noor", ",")...)
	var wait sync.WaitGroup
	for range 4 {
		mailer := &work.Mailer{Letters: d.store, Limits: d.store, Render: render, Post: d.office, Now: d.clock, Workers: 4, Log: d.mailer.Log}
		wait.Go(func() {
			if err := mailer.Sweep(context.Background(), false); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	d.sweepAt(time.Hour)
	if got := d.states(); got[mdt.Accepted] != 3 || got[mdt.Held] != 18 {
		t.Errorf("%v", got)
	}
}

// forgetful is a limit that lets everything go: what the test above must notice.
type forgetful struct{}

func (forgetful) Reserve(_ context.Context, _ mdt.Letter, now time.Time) (time.Time, bool, error) {
	return now, false, nil
}

func TestWithoutAMemoryAllLettersGo(t *testing.T) {
	d := visited(t, "noor", "noor", "noor", "noor")
	d.mailer.Limits = forgetful{}
	d.sweepAt(0)
	if got := d.states(); got[mdt.Held] != 0 {
		t.Errorf("%v", got)
	}
}

// TestALetterNeedsOneTurn: one that SES made us put off, or that waited, takes no second one.
func TestALetterNeedsOneTurn(t *testing.T) {
	d := visited(t, "noor", "noor", "noor", "noor")
	slow := 3
	d.office.does = func(string) error {
		if slow--; slow >= 0 {
			return errSlow
		}
		return nil
	}
	for minute := range 10 {
		d.sweepAt(time.Duration(minute) * time.Minute)
	}
	if got := d.states(); got[mdt.Accepted] != 3 || got[mdt.Held] != 1 {
		t.Errorf("%v", got)
	}
}

// silent is a limit that gives no answer.
type silent struct{}

func (silent) Reserve(context.Context, mdt.Letter, time.Time) (time.Time, bool, error) {
	return time.Time{}, false, fmt.Errorf("%w: down", store.ErrUnavailable)
}

// TestALimitThatGivesNoAnswer: the letter waits, and goes later.
func TestALimitThatGivesNoAnswer(t *testing.T) {
	d := visited(t, "noor")
	d.mailer.Limits = silent{}
	d.sweepAt(0)
	if got := d.states(); got[mdt.Pending] != 1 || len(d.office.took) != 0 {
		t.Fatalf("%v", got)
	}
	d.mailer.Limits = d.store
	d.sweepAt(time.Minute)
	if got := d.states(); got[mdt.Accepted] != 1 {
		t.Errorf("%v", got)
	}
}

// TestAFloodToNewAddresses: three hundred at once and then one a second, of a breaker at one a second; those that
// were mailed before do not wait, all go in the end, and the log says once a minute how many are held.
func TestAFloodToNewAddresses(t *testing.T) {
	d := visited(t, "bekend")
	d.mailer.NewAddresses = work.NewBreaker(1)
	d.sweepAt(0)
	for i := range 400 {
		d.propose(fmt.Sprint("nieuw", i))
	}
	d.propose("bekend")
	d.sweepAt(0)
	if got := d.states(); got[mdt.Accepted] != 301 || got[mdt.Held] != 101 {
		t.Errorf("at once: %v", got)
	}
	d.sweepAt(50 * time.Second)
	if got := d.states(); got[mdt.Held] != 51 {
		t.Errorf("after 50 seconds: %v", got)
	}
	d.sweepAt(2 * time.Minute)
	if got := d.states(); got[mdt.Accepted] != 402 {
		t.Errorf("in the end: %v", got)
	}
	if n := strings.Count(d.log.String(), "heldNew="); n != 1 {
		t.Errorf("told %d times:\n%s", n, d.log)
	}
	if !strings.Contains(d.log.String(), "level=ERROR") || strings.Contains(d.log.String(), "gast.example") {
		t.Error("it is no error line, or names an address")
	}
}

// TestNoBreaker: none delays nothing.
func TestNoBreaker(t *testing.T) {
	if work.NewBreaker(0) != nil {
		t.Error("a breaker without a rate")
	}
	d := visited(t, "a", "b", "c")
	d.sweepAt(0)
	if got := d.states(); got[mdt.Accepted] != 3 {
		t.Errorf("%v", got)
	}
}

var errSlow = errors.Join(errors.New("throttled"), post.ErrSlowDown)
