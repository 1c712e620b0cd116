package work_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post"
	"aanmeldpunt/internal/store"
)

// scrubbing counts how often the bytes of what was deleted are asked to go.
type scrubbing struct {
	*store.Store
	calls int
	err   error
}

func (s *scrubbing) Scrub(ctx context.Context) error {
	s.calls++
	return errors.Join(s.err, s.Store.Scrub(ctx))
}

// erased leaves the last letter to somebody who was erased.
func (d *desk) erased(who string) {
	d.t.Helper()
	e := mdt.Erasure{ID: who, Person: mdt.PersonID(who), Email: who + "@gast.example", Counts: map[string]int{"bericht": 1}, Expires: d.clock().AddDate(0, 6, 0)}
	_, letter := e.Last(nil, d.clock())
	if err := errors.Join(d.store.BeginErasure(d.t.Context(), e), d.store.EndErasure(d.t.Context(), e, nil, letter)); err != nil {
		d.t.Fatal(err)
	}
}

// gone says whether nothing of a letter stands.
func (d *desk) gone(id string) bool {
	d.t.Helper()
	letter, err := d.store.Letter(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return letter == nil
}

// TestTheLastLetterGoes: whatever came of it, nothing of the letter to somebody who was erased stays.
func TestTheLastLetterGoes(t *testing.T) {
	for name, fails := range map[string][]error{
		"taken":              {nil},
		"refused":            {post.ErrRefused},
		"slowed, then taken": {post.ErrSlowDown, nil},
		"in doubt for ever":  {post.ErrUnknown, post.ErrUnknown, post.ErrUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, 0)
			letters := &scrubbing{Store: d.store}
			d.mailer.Letters = letters
			d.erased("noor")
			d.erased("bo")
			tries := map[string]int{}
			d.office.does = func(id string) error {
				tries[id]++
				return fails[tries[id]-1]
			}
			for i := range fails {
				if err := d.mailer.Sweep(t.Context(), false); err != nil {
					t.Fatal(err)
				}
				if last := i == len(fails)-1; d.gone(d.ids[0]) != last || d.gone(d.ids[1]) != last || !last && letters.calls != 0 {
					t.Fatalf("after attempt %d: gone %v, the file was rewritten %d times", i+1, d.gone(d.ids[0]), letters.calls)
				}
				d.pass(max(mdt.EventsWithin, mdt.Lease) + time.Minute)
			}
			if letters.calls == 0 || letters.calls > 2 {
				t.Errorf("the file was rewritten %d times for two letters at once", letters.calls)
			}
			if strings.Contains(d.log.String(), "gast.example") {
				t.Errorf("the log names somebody: %s", d.log)
			}
			if _, err := d.store.Report(t.Context(), d.ids[0], mdt.ReportDelivered, "", d.clock()); err != nil || !d.gone(d.ids[0]) {
				t.Errorf("a report that comes later: %v, gone %v", err, d.gone(d.ids[0]))
			}
		})
	}
}

// TestTheLastLetterGoesByItsReport: whoever sent it was cut off, and SES tells that it took it.
func TestTheLastLetterGoesByItsReport(t *testing.T) {
	for _, report := range []mdt.Report{mdt.ReportSent, mdt.ReportDelivered, mdt.ReportBounced, mdt.ReportRejected} {
		d := newDesk(t, 0)
		d.erased("noor")
		id := d.ids[0]
		if _, claimed, err := d.store.Claim(t.Context(), id, d.clock()); !claimed || err != nil {
			t.Fatal(claimed, err)
		}
		if known, err := d.store.Report(t.Context(), id, report, "", d.clock()); !known || err != nil || !d.gone(id) {
			t.Errorf("%s: known %v, %v, gone %v", report, known, err, d.gone(id))
		}
		if known, err := d.store.Report(t.Context(), id, report, "", d.clock()); known || err != nil {
			t.Errorf("%s again: known %v, %v", report, known, err)
		}
	}
}

// TestTheFileIsRewrittenLater: where that fails it is tried again in the next run.
func TestTheFileIsRewrittenLater(t *testing.T) {
	d := newDesk(t, 0)
	letters := &scrubbing{Store: d.store, err: store.ErrUnavailable}
	d.mailer.Letters = letters
	d.erased("noor")
	d.mailer.Send(t.Context(), d.ids)
	if !strings.Contains(d.log.String(), "level=ERROR") || letters.calls != 1 {
		t.Errorf("rewritten %d times, logged %s", letters.calls, d.log)
	}
	letters.err = nil
	for range 2 {
		if err := d.mailer.Sweep(t.Context(), false); err != nil {
			t.Fatal(err)
		}
	}
	if letters.calls != 2 {
		t.Errorf("rewritten %d times", letters.calls)
	}
}
