package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post/outbox"
)

// asleep is a desk of which nothing runs beside the requests yet, with letters of these addresses pending.
func asleep(t *testing.T, names ...string) (d *desk, ids []string) {
	t.Helper()
	o, err := parse([]string{"-data", t.TempDir(), "-now", begin}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if d, err = openDesk(o, &net.TCPAddr{Port: 1}, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.close() })
	d.clock.set(d.clock.hold().Truncate(time.Second).Add(time.Second)) // a moment that storing does not cut off
	for _, name := range names {
		r := httptest.NewRequest("POST", beslisdag, strings.NewReader(`{"naam":"Noor","email":"`+name+`@gast.example"}`))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if d.handler.ServeHTTP(w, r); w.Code != 201 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		ids = append(ids, d.pending(t, ids))
	}
	d.stream.queue = nil // the stream lost them
	return d, ids
}

// pending gives the letter that waits and is none of those known.
func (d *desk) pending(t *testing.T, known []string) string {
	t.Helper()
	ids, _, err := d.store.Due(context.Background(), mdt.Pending, d.clock.Now(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		fresh := true
		for _, k := range known {
			fresh = fresh && k != id
		}
		if fresh {
			return id
		}
	}
	t.Fatal("no letter was stored")
	return ""
}

// hold has a letter wait until a moment, as a limit or a refusal of SES does.
func (d *desk) holdLetter(t *testing.T, id string, until time.Time) {
	t.Helper()
	ctx := context.Background()
	letter, claimed, err := d.store.Claim(ctx, id, d.clock.Now())
	if err != nil || !claimed {
		t.Fatalf("%v %v", claimed, err)
	}
	letter.Delivery.State, letter.Delivery.Due = mdt.Held, until
	if err := d.store.Settle(ctx, letter); err != nil {
		t.Fatal(err)
	}
}

// sent gives when the letters were sent, oldest first, as "name after".
func (d *desk) sent(t *testing.T, from time.Time) (sent []string) {
	t.Helper()
	err := d.outbox.Each(outbox.Filter{}, func(l outbox.Letter) error {
		name, _, _ := strings.Cut(l.To[0], "@")
		sent = append([]string{name + " " + l.SentAt.Sub(from).String()}, sent...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, ", ") != strings.Join(want, ", ") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestEachAtItsOwnMoment: what falls due is done in the order of its moments and at those moments, whatever
// the order in which it was stored; what falls due later stays.
func TestEachAtItsOwnMoment(t *testing.T) {
	t.Parallel()
	d, ids := asleep(t, "late", "early", "never", "both")
	from := d.clock.Now()
	d.holdLetter(t, ids[0], from.Add(3*time.Hour))
	d.holdLetter(t, ids[1], from.Add(time.Hour))
	d.holdLetter(t, ids[2], from.Add(5*time.Hour+time.Millisecond))
	d.holdLetter(t, ids[3], from.Add(2*time.Hour))
	d.clock.hold()
	d.start()
	if err := d.forward(5 * time.Hour); err != nil {
		t.Fatal(err)
	}
	want(t, d.sent(t, from), "early 1h0m0s", "both 2h0m0s", "late 3h0m0s")
	next, err := d.nextDue(context.Background())
	if err != nil || next == nil || next.letter != ids[2] {
		t.Errorf("next %+v, %v", next, err)
	}
	if now := d.clock.Now().Sub(from); now < 5*time.Hour || now > 5*time.Hour+time.Minute {
		t.Errorf("the clock is %v further", now)
	}
}

// TestCutOffWhileSending: a letter that was being sent when everything stopped goes at the start; one whose
// mailer died meanwhile goes when its lease has ended and SES has had the time to speak of it.
func TestCutOffWhileSending(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d, ids := asleep(t, "before", "meanwhile")
	from := d.clock.Now()
	d.holdLetter(t, ids[1], from.Add(time.Minute))
	if _, claimed, err := d.store.Claim(ctx, ids[0], from); err != nil || !claimed {
		t.Fatalf("%v %v", claimed, err)
	}
	d.start()
	d.started()
	want(t, d.sent(t, from), "before 0s")
	d.clock.hold()
	d.clock.set(from.Add(time.Minute))
	if _, claimed, err := d.store.Claim(ctx, ids[1], d.clock.Now()); err != nil || !claimed {
		t.Fatalf("%v %v", claimed, err)
	}
	if err := d.forward(time.Hour); err != nil {
		t.Fatal(err)
	}
	after := time.Minute + mdt.Lease + mdt.EventsWithin
	want(t, d.sent(t, from), "before 0s", "meanwhile "+after.String())
}

// started waits until the start is over, which has the sending to itself.
func (d *desk) started() {
	d.sending.Lock()
	defer d.sending.Unlock()
}

// TestAMoveEnds: a letter that cannot be handled does not keep the clock, and the move says so.
func TestAMoveEnds(t *testing.T) {
	t.Parallel()
	d, _ := asleep(t, "noor")
	from := d.clock.Now()
	d.start()
	d.sending.Lock()
	d.mailer = newFunction(func(context.Context) error { return nil }) // sends nothing
	d.sending.Unlock()
	r := httptest.NewRequest("POST", beslisdag, strings.NewReader(`{"naam":"Sam","email":"sam@gast.example"}`))
	r.Header.Set("Content-Type", "application/json")
	d.stream.mailer = d.mailer
	if d.handler.ServeHTTP(httptest.NewRecorder(), r); d.forward(time.Hour) == nil {
		t.Error("a letter was left and the move says nothing of it")
	}
	if now := d.clock.Now().Sub(from); now < time.Hour {
		t.Errorf("the clock is %v further", now)
	}
}
