package work_test

import (
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/work"
)

func TestASweepTellsWhatWaitsLongest(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 2)
	d.mailer.FirstDue = d.store.FirstDue
	d.pass(17 * time.Minute)
	d.office.does = func(string) error { return nil }
	d.mailer.Letters = unclaimed{d} // a sweep that gets nothing done
	d.sweep()
	if got := d.log.String(); !strings.Contains(got, "oldestSeconds=1020") {
		t.Errorf("the log says %s", got)
	}
	d.log.Reset()
	d.mailer.Letters = d.store
	d.sweep()
	if got := d.log.String(); !strings.Contains(got, "oldestSeconds=0") {
		t.Errorf("when all is sent the log says %s", got)
	}
	d.log.Reset()
	d.mailer.FirstDue = work.Overdue(nil)
	d.sweep()
	if got := d.log.String(); strings.Contains(got, "oldestSeconds") {
		t.Errorf("nobody asked, and the log says %s", got)
	}
}
