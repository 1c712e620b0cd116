package acts_test

import (
	"errors"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

// TestAnotherErasureThanWasSeen: nothing is begun where meanwhile somebody else would get the seat, though there are as
// many entries and as many letters as before, nor where the entry itself is another.
func TestAnotherErasureThanWasSeen(t *testing.T) {
	d := newOwnDesk(t, func(m *mdt.Meeting) { m.Capacity = 1 })
	noor, bo := d.register("noor@gast.example"), d.register("bo@gast.example")
	d.register("cas@gast.example")
	seen := func() acts.Erasable {
		t.Helper()
		would, err := d.Erasable(t.Context(), noor, "")
		d.must(err)
		return would
	}
	refused := func(what string, before acts.Erasable) {
		t.Helper()
		_, err := d.BeginErasing(t.Context(), noor, "", before.Seen)
		standing, readErr := d.Store.Erasure(t.Context(), noor)
		d.must(readErr)
		if !errors.Is(err, acts.ErrOtherErasure) || standing != nil || d.entry("noor@gast.example") == nil {
			t.Errorf("%s: %v, begun %+v", what, err, standing)
		}
	}
	before := seen()
	d.must(d.Erase(t.Context(), bo, ""))
	after := seen()
	if len(before.Letters) != 2 || len(after.Letters) != 2 || before.Letters[1].To != "bo@gast.example" || after.Letters[1].To != "cas@gast.example" {
		t.Fatalf("a number would have told: %+v, %+v", before.Letters, after.Letters)
	}
	refused("the seat goes to somebody else", before)
	d.must(d.Noting(d.meeting().ID, noor, mdt.Annotation{Tags: []string{"vrijwilliger"}}).Do(t.Context(), 0))
	refused("there is a tag on it by now", after)
	again := seen()
	if once := seen(); once.Seen != again.Seen {
		t.Fatal("looking twice is seeing two things: nobody could ever say yes")
	}
	e, err := d.BeginErasing(t.Context(), noor, "", again.Seen)
	d.must(err)
	refusedTwice, err := d.BeginErasing(t.Context(), noor, "", again.Seen)
	if !errors.Is(err, acts.ErrOtherErasure) {
		t.Errorf("a second yes at once began %+v: %v", refusedTwice, err)
	}
	d.must(d.FinishErasing(t.Context(), e))
	if told := d.letters(again.Letters[1].Kind); d.entry("noor@gast.example") != nil || len(told) != 1 || told[0].To != "cas@gast.example" {
		t.Errorf("not erased, or the next one not told: %v", d.pending())
	}
	if _, err := d.Erasable(t.Context(), noor, ""); !errors.Is(err, acts.ErrNothingStands) {
		t.Errorf("afterwards: %v", err)
	}
}

// TestWhatComesBetweenReadingAndBeginningStays: nobody saw it, so nobody said yes to it. Before the reading it is another
// erasure, and from then on it is no part of it.
func TestWhatComesBetweenReadingAndBeginningStays(t *testing.T) {
	begun := 0
	for before := 1; before <= 4; before++ { // the look at the clock that it comes before
		d := newOwnDesk(t, nil)
		noor := d.register("noor@gast.example")
		would, err := d.Erasable(t.Context(), noor, "")
		d.must(err)
		d.suggestAt(before, "noor@gast.example")
		e, err := d.BeginErasing(t.Context(), noor, "", would.Seen)
		if err == nil {
			begun++
			d.must(d.FinishErasing(t.Context(), e))
		} else if !errors.Is(err, acts.ErrOtherErasure) {
			t.Fatal(err)
		}
		if own := d.own(noor); len(own.Proposals) != 1 || len(own.Registrations) == 1 == (err == nil) {
			t.Errorf("before look %d (%v): %d proposals, %d registrations", before, err, len(own.Proposals), len(own.Registrations))
		}
	}
	if begun == 0 || begun == 4 {
		t.Errorf("%d of 4 began: nothing came on both sides of the reading", begun)
	}
}

// TestWhatComesBehindTheReadingOutlivesOnesOwnErasure: somebody who erases everything gets to keep what they send after it.
func TestWhatComesBehindTheReadingOutlivesOnesOwnErasure(t *testing.T) {
	for before, want := range map[int]int{1: 0, 2: 1} {
		d := newOwnDesk(t, nil)
		noor := d.register("noor@gast.example")
		d.suggestAt(before, "noor@gast.example")
		d.must(d.Erase(t.Context(), noor, ""))
		if own := d.own(noor); len(own.Proposals) != want || len(own.Registrations) != 0 {
			t.Errorf("before look %d: %d proposals, %d registrations", before, len(own.Proposals), len(own.Registrations))
		}
	}
}

// suggestAt has somebody propose a session right before the desk looks at the clock for the nth time.
func (d *ownDesk) suggestAt(n int, email string) {
	clock, looks := d.Now, 0
	d.Now = func() time.Time {
		if looks++; looks == n {
			d.Now = clock
			d.now = d.now.Add(time.Second)
			d.must(d.suggest(email))
			d.now = d.now.Add(time.Second)
		}
		return clock()
	}
}
