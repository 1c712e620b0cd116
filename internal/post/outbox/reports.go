package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
)

// reportKind is a report of SES, by the name its events carry.
type reportKind string

const (
	reportSend      reportKind = "Send"
	reportDelivery  reportKind = "Delivery"
	reportBounce    reportKind = "Bounce"
	reportComplaint reportKind = "Complaint"
)

// kinds are the reports that Bounce can ask for, by the word it is asked with.
var kinds = map[string]reportKind{"bounce": reportBounce, "complaint": reportComplaint}

// ErrKind says that Bounce was asked for something else than a bounce or a complaint.
var ErrKind = errors.New(`outbox: want "bounce" or "complaint"`)

// Bounce makes every letter to an address end badly: those that were sent are reported on once more, those
// to come are reported so from the start. kind is "bounce" (for good) or "complaint".
func (o *Outbox) Bounce(address, kind string) error {
	report, known := kinds[kind]
	if !known {
		return ErrKind
	}
	var sent []letterID
	err := o.commit(func(tx *bbolt.Tx) error {
		sent = lettersTo(tx, address)
		for _, id := range sent {
			if err := addReport(tx, id, report); err != nil {
				return err
			}
		}
		return tx.Bucket(troubleBucket).Put(addressKey(address), []byte(report))
	})
	if err != nil {
		return err
	}
	for _, id := range sent {
		o.reports.add(id)
	}
	return nil
}

func addReport(tx *bbolt.Tx, id letterID, report reportKind) error {
	reports, err := getReports(tx, id)
	if err != nil {
		return err
	}
	return setReports(tx, id, append(reports, report))
}

// outcomeFor is how a letter to an address ends.
func outcomeFor(tx *bbolt.Tx, address string) reportKind {
	if report := tx.Bucket(troubleBucket).Get(addressKey(address)); report != nil {
		return reportKind(report)
	}
	return reportDelivery
}

// reporters is how many letters are reported on at once.
const reporters = 16

// The waits between attempts to hand a report over.
const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
)

// resume takes up the reports that were still to be made when the file was closed, or its process died.
func (o *Outbox) resume(tx *bbolt.Tx) error {
	return tx.Bucket(reportBucket).ForEach(func(key, _ []byte) error {
		o.reports.add(fromKey(key))
		return nil
	})
}

// reporter makes the reports of one letter after another.
func (o *Outbox) reporter(ctx context.Context) {
	for {
		id, ok := o.reports.next()
		if !ok {
			return
		}
		err := o.reportOn(ctx, id)
		o.reports.done(id)
		if err != nil && ctx.Err() == nil && o.options.Log != nil {
			o.options.Log.Error("reports of a letter not made", "letter", id.String(), "error", err)
		}
	}
}

// reportOn makes the reports of one letter in their order, each until it is taken.
func (o *Outbox) reportOn(ctx context.Context, id letterID) error {
	for {
		letter, reports, err := o.toReport(id)
		if err != nil || len(reports) == 0 {
			return err
		}
		for _, report := range reports {
			if err := o.handOver(ctx, event(report, id, letter, o.options)); err != nil {
				return err
			}
		}
		if err := o.commit(func(tx *bbolt.Tx) error { return dropReports(tx, id, len(reports)) }); err != nil {
			return err
		}
	}
}

func (o *Outbox) toReport(id letterID) (letter stored, reports []reportKind, err error) {
	err = o.db.View(func(tx *bbolt.Tx) error {
		if reports, err = getReports(tx, id); err != nil || len(reports) == 0 {
			return err
		}
		letter, err = getStored(tx, id)
		return err
	})
	return letter, reports, err
}

// dropReports takes away the first n reports: others may have come behind them.
func dropReports(tx *bbolt.Tx, id letterID, n int) error {
	reports, err := getReports(tx, id)
	if err != nil {
		return err
	}
	return setReports(tx, id, reports[min(n, len(reports)):])
}

func (o *Outbox) handOver(ctx context.Context, event json.RawMessage) error {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := o.options.Report(ctx, event)
		if err == nil {
			return nil
		}
		if o.options.Log != nil && pause == lastPause {
			o.options.Log.Warn("a report is not taken", "error", err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("outbox: closing: %w", ctx.Err())
		case <-time.After(pause):
		}
	}
}
