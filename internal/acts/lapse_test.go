package acts_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestOffersLapseOnce: three offers lapse while six clocks run at once, hours late: each goes to one other, in
// order, and everyone hears of it once. When the list ends who still waits is told once. Without the conditions of
// the store the same race doubles letters.
func TestOffersLapseOnce(t *testing.T) {
	const clocks = 6
	race := func(guarded bool) (got []map[string]int, counter mdt.Counter) {
		d, b, persons := clockDesk(t, 10, func(m *mdt.Meeting) { m.Capacity = 3 }) // gast0 to 2 have seats, 3 to 9 wait
		for i := range 3 {
			d.must(d.Cancel(t.Context(), "dag", persons[i]))
		}
		d.must(d.Run(t.Context()))
		if !guarded {
			b.transact = func(writes []store.Write) ([]store.Write, error) {
				loose := append([]store.Write{}, writes...)
				for i := range loose {
					loose[i].If = nil
				}
				return loose, nil
			}
		}
		d.now = ownNow.Add(55 * time.Hour) // 48 hours later it was 12.00; now it is 19.00
		b.query = meet("aanbiedingen", clocks)
		d.runAtOnce(clocks)
		got = append(got, d.count(mdt.LetterLapsed), d.count(mdt.LetterOffer))
		d.now = d.meeting().WaitingListEnd().Add(3 * time.Hour)
		b.query = meet("aanmeldingen#dag", clocks)
		d.runAtOnce(clocks)
		b.query = nil
		standing, err := d.Store.Standing(t.Context(), "dag")
		d.must(err)
		return append(got, d.count(mdt.LetterNoPlace)), standing.Counter
	}
	names := func(from, to int) map[string]int {
		out := map[string]int{}
		for i := from; i <= to; i++ {
			out[fmt.Sprint("gast", i)] = 1
		}
		return out
	}
	// gast3 to 5 are offered the seats of gast0 to 2 and let them lapse: each goes on to the next, gast6 to 8. When
	// the clock comes back after the list's end these lapse as the last; nobody else is asked.
	got, counter := race(true)
	want := []map[string]int{names(3, 5), names(3, 8), {"gast3": 1, "gast4": 1, "gast5": 1, "gast9": 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if counter.Occupied != 0 || counter.Offered != 0 || counter.Waiting != 0 {
		t.Errorf("all is over, and %+v is counted", counter.LineCount)
	}
	if loose, _ := race(false); cmp.Equal(got, loose) {
		t.Error("without conditions nothing was doubled: the race proves nothing")
	}
}
