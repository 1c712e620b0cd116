package work_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"aanmeldpunt/internal/work"
)

// TestLiftedPace: whoever waits goes at once while the pace is lifted, and waits again afterwards.
func TestLiftedPace(t *testing.T) {
	pace := work.NewPace(1.0 / 3600)
	waits := func() error {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		return pace.Wait(ctx)
	}
	if err := waits(); err != nil {
		t.Fatalf("the first waited: %v", err)
	}
	if err := waits(); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("the second did not wait an hour: %v", err)
	}
	waiting := make(chan error)
	go func() { waiting <- pace.Wait(t.Context()) }()
	first, second := pace.Lift(), pace.Lift()
	if err := <-waiting; err != nil {
		t.Errorf("who waited was not let through: %v", err)
	}
	first()
	first() // ends its own lift only
	if err := waits(); err != nil {
		t.Errorf("one lift ended, the other holds: %v", err)
	}
	second()
	if err := waits(); err != nil {
		t.Errorf("the first after the lift waited for turns that were given out before it: %v", err)
	}
	if err := waits(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the pace did not come back: %v", err)
	}
}
