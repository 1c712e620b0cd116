package work_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post"
)

func TestSameRecordManyTimesAndOutOfOrder(t *testing.T) {
	d := newDesk(t, 3)
	a, b, c := d.ids[0], d.ids[1], d.ids[2]
	for _, ids := range [][]string{{c, a}, {a, b, c}, {b, b, a}, {c}, {a}} {
		if failed := d.stream(ids...); failed != nil {
			t.Errorf("failed: %v", failed)
		}
	}
	d.wantOnce()
}

// TestManyMailersSendOnce races mailers over the same letters. Without the claim every one of them sends.
func TestManyMailersSendOnce(t *testing.T) {
	race := func(d *desk) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { d.mailer.Send(context.Background(), d.ids) })
		}
		wg.Wait()
	}
	d := newDesk(t, 50)
	race(d)
	d.wantOnce()

	open := newDesk(t, 50)
	open.mailer.Letters = unclaimed{open}
	race(open)
	for _, id := range open.ids {
		if open.office.took[id] == 1 {
			t.Fatal("without claims a letter went out once only: the race proves nothing")
		}
	}
}

// unclaimed gives every letter to everybody.
type unclaimed struct{ *desk }

func (u unclaimed) Claim(ctx context.Context, id string, _ time.Time) (mdt.Letter, bool, error) {
	l, err := u.store.Letter(ctx, id)
	return *l, true, err
}
func (u unclaimed) Settle(context.Context, mdt.Letter) error { return nil }
func (u unclaimed) Discard(context.Context, string) error    { return nil }
func (u unclaimed) Scrub(context.Context) error              { return nil }
func (u unclaimed) Release(context.Context, string, bool, time.Time, time.Time) error {
	return nil
}
func (u unclaimed) Due(context.Context, mdt.DeliveryState, time.Time, string) ([]string, string, error) {
	return nil, "", nil
}

// TestAnswerLost: SES took the letter and the answer was lost. With SES's own event it went out once; without
// it, it is sent once more after the wait.
func TestAnswerLost(t *testing.T) {
	for _, event := range []bool{true, false} {
		t.Run(fmt.Sprintf("event %v", event), func(t *testing.T) {
			d := newDesk(t, 1)
			first := true
			d.office.does = func(string) error {
				if first {
					first = false
					return errLostAnswer
				}
				return nil
			}
			d.stream(d.ids[0])
			if diff := cmp.Diff(map[mdt.DeliveryState]int{mdt.Unknown: 1}, d.states()); diff != "" {
				t.Fatal(diff)
			}
			if event {
				d.reported(d.ids[0], "Send", "")
			}
			for range 30 {
				d.pass(time.Minute)
				d.sweep()
			}
			if diff := cmp.Diff(map[mdt.DeliveryState]int{mdt.Accepted: 1}, d.states()); diff != "" {
				t.Error(diff)
			}
			want := map[bool]int{true: 1, false: 2}[event]
			if n := d.office.took[d.ids[0]]; n != want {
				t.Errorf("went out %d times, want %d", n, want)
			}
		})
	}
}

// TestNeverKnown: a letter of which nobody ever learns whether it went is left to a person, not sent for ever.
func TestNeverKnown(t *testing.T) {
	d := newDesk(t, 1)
	d.office.does = func(string) error { return errLostAnswer }
	for range 120 {
		d.sweep()
		d.pass(time.Minute)
	}
	if n := d.office.tries[d.ids[0]]; n != mdt.MaxUnknown {
		t.Errorf("%d attempts, want %d", n, mdt.MaxUnknown)
	}
	if diff := cmp.Diff(map[mdt.DeliveryState]int{mdt.Failed: 1}, d.states()); diff != "" {
		t.Error(diff)
	}
}

// TestMailerDiesWithAClaim: the lease ends, the letter waits for events, then it goes.
func TestMailerDiesWithAClaim(t *testing.T) {
	d := newDesk(t, 1)
	if _, claimed, err := d.store.Claim(context.Background(), d.ids[0], d.clock()); !claimed || err != nil {
		t.Fatal(claimed, err)
	}
	d.sweep()
	if len(d.office.took) != 0 {
		t.Fatal("a claim that holds was passed over")
	}
	d.pass(mdt.Lease)
	d.sweep()
	if diff := cmp.Diff(map[mdt.DeliveryState]int{mdt.Unknown: 1}, d.states()); diff != "" {
		t.Fatal(diff)
	}
	d.pass(mdt.EventsWithin)
	d.sweep()
	d.wantOnce()
}

// TestSlowDown: SES asks to slow down for ten minutes. Nothing is lost or doubled, and no letter is tried
// more than once in a step of its back-off.
func TestSlowDown(t *testing.T) {
	d := newDesk(t, 20)
	end := start.Add(10 * time.Minute)
	d.office.does = func(string) error {
		if d.now.Before(end) {
			return fmt.Errorf("throttled: %w", post.ErrSlowDown)
		}
		return nil
	}
	d.stream(d.ids...)
	for range 60 {
		d.pass(time.Minute)
		d.sweep()
	}
	d.wantOnce()
	steps := 0
	for at := time.Duration(0); at < 10*time.Minute; at += mdt.Backoff(steps) {
		steps++
	}
	for id, n := range d.office.tries {
		if n > steps+1 {
			t.Errorf("letter %s: %d tries in %d steps", id, n, steps)
		}
	}
}

// TestPaused: SES takes nothing for longer than the stream keeps its records. Everything waits, somebody is
// told, and all goes out once.
func TestPaused(t *testing.T) {
	d := newDesk(t, 30)
	d.office.does = func(string) error { return fmt.Errorf("sending paused: %w", post.ErrPaused) }
	d.stream(d.ids...)
	for range 30 * 12 {
		d.pass(5 * time.Minute)
		d.sweep()
	}
	if diff := cmp.Diff(map[mdt.DeliveryState]int{mdt.Pending: 30}, d.states()); diff != "" {
		t.Fatal(diff)
	}
	if !strings.Contains(d.log.String(), "level=ERROR") {
		t.Error("nobody is told")
	}
	tries := 0
	for _, n := range d.office.tries {
		tries += n
	}
	if limit := (1 + 30*12) * d.mailer.Workers; tries > limit {
		t.Errorf("%d tries while paused", tries)
	}
	d.office.does = nil
	for range 10 {
		d.pass(5 * time.Minute)
		d.sweep()
	}
	d.wantOnce()
}

func TestOneRefusedOthersGo(t *testing.T) {
	d := newDesk(t, 10)
	bad := d.ids[3]
	d.office.does = func(id string) error {
		if id == bad {
			return fmt.Errorf("message rejected: %w", post.ErrRefused)
		}
		return nil
	}
	if failed := d.stream(d.ids...); failed != nil {
		t.Errorf("the stream is held up by %v", failed)
	}
	want := map[mdt.DeliveryState]int{mdt.Accepted: 9, mdt.Failed: 1}
	if diff := cmp.Diff(want, d.states()); diff != "" {
		t.Error(diff)
	}
}

// TestPoison: one record of a batch cannot be read. It alone is given back; the others are sent once each,
// also when the batch comes again.
func TestPoison(t *testing.T) {
	d := newDesk(t, 99)
	var batch events.DynamoDBEvent
	for i, id := range d.ids {
		batch.Records = append(batch.Records, record(fmt.Sprint(i+1), "brief#"+id))
	}
	batch.Records[49].Change.Keys = nil
	batch.Records = append(batch.Records, record("100", "brief#"+d.ids[49]))
	for range 2 {
		if diff := cmp.Diff([]string{"50"}, d.handle(batch)); diff != "" {
			t.Error(diff)
		}
	}
	d.wantOnce()
}

// TestPanicOverOneLetter: a letter that makes us fall is left to a person, the others are sent.
func TestPanicOverOneLetter(t *testing.T) {
	d := newDesk(t, 5)
	d.mailer.Render = func(l mdt.Letter) ([]byte, error) {
		if l.ID == d.ids[2] {
			panic("boom")
		}
		return render(l)
	}
	if failed := d.stream(d.ids...); failed != nil {
		t.Errorf("the stream is held up by %v", failed)
	}
	want := map[mdt.DeliveryState]int{mdt.Accepted: 4, mdt.Failed: 1}
	if diff := cmp.Diff(want, d.states()); diff != "" {
		t.Error(diff)
	}
}

// TestStreamOff: the sweep alone sends everything, page after page.
func TestStreamOff(t *testing.T) {
	d := newDesk(t, 250)
	d.pass(24 * time.Hour)
	d.sweep()
	d.wantOnce()
}

// TestForeignEvents: an event of another service is an error, and nothing is sent or written.
func TestForeignEvents(t *testing.T) {
	d := newDesk(t, 1)
	for _, raw := range []string{`{}`, `null`, `[]`, `"x"`, `{"taak":"iets"}`, `{"taak":"nasturen","meer":1}`, `{"Records":[]}`,
		`{"Records":[{"eventSource":"aws:s3","s3":{}}]}`, `{"Records":[{"eventSource":"aws:sqs","messageId":"1","body":"x"}]}`,
		`{"version":"2.0","routeKey":"POST /v1/berichten","requestContext":{"http":{"method":"POST"}}}`} {
		if _, err := d.mailer.Handle(context.Background(), []byte(raw)); err == nil {
			t.Errorf("%s is taken", raw)
		}
	}
	if len(d.office.tries) != 0 {
		t.Error("something was sent")
	}
}
