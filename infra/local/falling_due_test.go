package main

import (
	"context"
	"encoding/json"
	"errors"
	"syscall"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/work"
)

// TestTheStatusTellsWhatIsNext: the clock's own work and letters that wait, whichever comes first.
func TestTheStatusTellsWhatIsNext(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-01 12:00", meeting("dag", "2027-03-11T14:00", "2027-03-11T16:00", map[string]any{"plekken": 1}))
	next := func(what, moment, meeting string) {
		t.Helper()
		got, err := s.nextDue(t.Context())
		if err != nil || got == nil || got.What != what || got.At.Round(time.Minute) != clockTime(t, moment).UTC() || got.Meeting != meeting {
			t.Errorf("next %+v, %v; want %s at %s", got, err, what, moment)
		}
	}
	s.registers("dag", "eerst", "a")
	s.quietly()
	next("herinnering", "2027-03-04 10:00", "dag")
	s.cancels("dag", "eerst")
	s.quietly()
	next("aanbod", "2027-03-03 12:00", "dag")
	s.bounces("eerst", "bounce")
	next("dagbericht", "2027-03-02 08:00", "")
	s.at("2027-03-11 13:59")
	next("dagbericht", "2027-03-12 08:00", "")
	raw, err := json.Marshal(due{What: "aanbod", At: clockTime(t, "2027-03-03 12:00").UTC(), Meeting: "dag"})
	if want := `{"wat":"aanbod","om":"2027-03-03T11:00:00Z","bijeenkomst":"dag"}`; err != nil || string(raw) != want {
		t.Errorf("shown as %s", raw)
	}
}

// TestAMoveStopsAtEachMoment: the clock is called at every moment at which something falls due and a minute after
// it, in order, and at the end.
func TestAMoveStopsAtEachMoment(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-01 12:00", meeting("dag", "2027-03-11T14:00", "2027-03-11T16:00", map[string]any{"plekken": 1}))
	s.registers("dag", "eerst", "a")
	s.cancels("dag", "eerst")
	var called []string
	s.calls(func(ctx context.Context, task work.Task) error {
		called = append(called, s.clock.Now().In(mdt.Amsterdam).Format("01-02 15:04"))
		return s.acts.Run(ctx)
	})
	s.at("2027-03-10 15:00")
	want(t, called, "03-03 12:00", "03-04 10:00", "03-04 10:01", "03-10 10:00", "03-10 10:01", "03-10 14:00", "03-10 14:01", "03-10 15:00")
}

// calls has the clock be somebody else's function.
func (s *story) calls(handler any) {
	s.sending.Lock()
	defer s.sending.Unlock()
	s.ticking = newFunction(handler)
}

// TestAMoveOverWhatFails: it goes on, ends where it was asked to and says what failed; the next one does that.
func TestAMoveOverWhatFails(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-01 12:00", meeting("dag", "2027-03-11T14:00", "2027-03-11T16:00", nil))
	s.registers("dag", "noor")
	wrong := errors.New("wrong")
	s.calls(func() error { return wrong })
	if err := s.forward(5 * 24 * time.Hour); !errors.Is(err, wrong) {
		t.Errorf("the move says %v", err)
	}
	if now := s.clock.Now(); now.Before(clockTime(t, "2027-03-06 12:00")) {
		t.Errorf("the clock stands at %v", now)
	}
	s.calls((&work.Clock{Run: s.acts.Run, Log: s.log}).Handle)
	s.at("2027-03-06 13:00")
	if got := s.mail(reminding...); len(got) != 1 {
		t.Errorf("reminders: %q", got)
	}
}

// TestWhatFellDueWhileItWasOff: done at the start, once, after an orderly end and after a crash.
func TestWhatFellDueWhileItWasOff(t *testing.T) {
	t.Parallel()
	dir, beslisdag := t.TempDir(), "/v1/bijeenkomsten/beslisdag/aanmeldingen"
	s, cmd := process(t, "-data", dir, "-now", begin) // the day is on 15 April
	if a := s.post(beslisdag, `{"naam":"Noor","email":"noor@gast.example"}`); a.StatusCode != 201 {
		t.Fatal(a)
	}
	s.letters("noor@gast.example", 1)
	for i, moment := range []string{"2027-04-08T11:00:00+02:00", "2027-04-08T15:00:00+02:00", "2027-04-14T18:00:00+02:00"} {
		if err := cmd.Process.Signal([]syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGKILL}[i]); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		s, cmd = process(t, "-data", dir, "-now", moment)
		if a := s.post("/lokaal/klok", `{"vooruit":"0s"}`); a.StatusCode != 200 { // waits for the start to be over
			t.Fatal(a)
		}
		s.letters("noor@gast.example", []int{2, 2, 3}[i])
	}
}

// TestFarNows: the clock may begin long ago or far ahead, and a year of it takes no more than seconds.
func TestFarNows(t *testing.T) {
	t.Parallel()
	for _, now := range []string{"1970-01-01T00:00:00Z", "1999-12-31T23:59:00+01:00", "2400-02-29T12:00:00+01:00", "8990-01-01T00:00:00Z"} {
		s := serve(t, "-data", t.TempDir(), "-now", now)
		if a := s.post("/v1/bijeenkomsten/netwerkbijeenkomst/aanmeldingen", `{"naam":"Noor","email":"noor@gast.example"}`); a.StatusCode != 201 {
			t.Fatalf("%s: %s", now, a)
		}
		s.letters("noor@gast.example", 1)
		if a := s.post("/lokaal/postvak/bounce", `{"email":"ander@gast.example","soort":"bounce"}`); a.StatusCode != 200 {
			t.Fatal(a)
		}
		begun := time.Now()
		if a := s.post("/lokaal/klok", `{"vooruit":"8784h"}`); a.StatusCode != 200 {
			t.Errorf("%s: %s", now, a)
		}
		if took := time.Since(begun); took > 30*time.Second {
			t.Errorf("%s: a year took %v", now, took)
		}
		s.letters("noor@gast.example", 3)
		if next := s.status().Next; next != nil {
			t.Errorf("%s: next is %+v", now, next)
		}
		if err := s.end(); err != nil {
			t.Error(err)
		}
	}
}
