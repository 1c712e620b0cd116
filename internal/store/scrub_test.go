package store

import (
	"context"
	"errors"
	"testing"
)

// scrubbed is an engine that can be scrubbed, and only that.
type scrubbed struct {
	Engine
	calls int
	err   error
}

func (s *scrubbed) Scrub(context.Context) error {
	s.calls++
	return s.err
}

func TestScrubReachesTheEngineOnce(t *testing.T) {
	t.Parallel()
	for _, want := range []error{nil, ErrUnavailable} {
		e := &scrubbed{err: want}
		for i, engine := range []Engine{e, Retrying(e)} {
			if err := New(engine).Scrub(t.Context()); !errors.Is(err, want) || e.calls != i+1 {
				t.Errorf("after %d engines %d calls, %v; want %v", i+1, e.calls, err, want)
			}
		}
	}
}

func TestScrubDoesNothingWhereNothingIsKept(t *testing.T) {
	t.Parallel()
	bare := struct{ Engine }{}
	for _, engine := range []Engine{bare, Retrying(bare)} {
		if err := New(engine).Scrub(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
