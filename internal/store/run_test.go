package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// scripted answers Transact with one error after another, then with the last one again and again.
type scripted struct {
	Engine  // what is not scripted panics
	answers []error
	calls   int
	tokens  map[string]bool
	stands  Item // what Get finds
	getErr  error
	ended   bool // whether Get was called with a context that had ended
}

func (s *scripted) next() error {
	err := s.answers[min(s.calls, len(s.answers)-1)]
	s.calls++
	return err
}

func (s *scripted) Transact(_ context.Context, token string, _ []Write) error {
	if s.tokens == nil {
		s.tokens = map[string]bool{}
	}
	s.tokens[token] = true
	return s.next()
}

func (s *scripted) Get(ctx context.Context, _ ...Key) ([]Item, error) {
	s.ended = s.ended || ctx.Err() != nil
	return []Item{s.stands}, s.getErr
}

var (
	errConflict = fmt.Errorf("conflict: %w", ErrBusy)
	errReset    = fmt.Errorf("reset: %w", ErrUnknown)
	errDown     = fmt.Errorf("refused: %w", ErrUnavailable)
	refusal     = &Refused{Reasons: []Reason{{Write: 1}}}
	errOurs     = errors.New("a fault of ours")
)

func TestRun(t *testing.T) {
	proof, there := Key{"brief#1", "brief"}, Item{"pk": "brief#1"}
	tests := []struct {
		name    string
		answers []error
		proof   Key
		stands  Item
		getErr  error
		want    error // nil: done
		calls   int   // 0: as many as fit in the time
	}{
		{name: "done at once", answers: []error{nil}, calls: 1},
		{name: "busy, then done", answers: []error{errConflict, errConflict, nil}, calls: 3},
		{name: "lost, then done", answers: []error{errReset, nil}, calls: 2},
		{name: "refused", answers: []error{refusal}, want: refusal, calls: 1},
		{name: "busy, then refused", answers: []error{errConflict, refusal}, proof: proof, stands: there, want: refusal, calls: 2},
		{name: "lost, then refused by itself", answers: []error{errReset, refusal}, proof: proof, stands: there, calls: 2},
		{name: "lost, then refused by another", answers: []error{errReset, refusal}, proof: proof, want: refusal, calls: 2},
		{name: "a fault of ours", answers: []error{errOurs}, want: errOurs, calls: 1},
		{name: "unavailable for a moment", answers: []error{errDown, errDown, nil}, calls: 3},
		{name: "unavailable", answers: []error{errDown}, want: ErrUnavailable, calls: 3},
		{name: "busy for ever", answers: []error{errConflict}, proof: proof, stands: there, want: ErrUnavailable},
		{name: "lost for ever, and done", answers: []error{errReset}, proof: proof, stands: there},
		{name: "lost for ever, and not done", answers: []error{errReset}, proof: proof, want: ErrUnavailable},
		{name: "lost, then busy for ever, and done", answers: []error{errReset, errConflict}, proof: proof, stands: there},
		{name: "lost for ever without a proof", answers: []error{errReset}, stands: there, want: ErrUnavailable},
		{name: "lost for ever and no look possible", answers: []error{errReset}, proof: proof, getErr: errDown, want: ErrUnavailable},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := &scripted{answers: test.answers, stands: test.stands, getErr: test.getErr}
				begun := time.Now()
				err := Run(t.Context(), e, Transaction{Token: NewToken(), Proof: test.proof, Writes: make([]Write, 1)})
				if !errors.Is(err, test.want) {
					t.Errorf("got %v, want %v", err, test.want)
				}
				if test.calls > 0 && e.calls != test.calls {
					t.Errorf("%d calls, want %d", e.calls, test.calls)
				}
				if took := time.Since(begun); took > 24*time.Second || test.calls == 0 && took < 15*time.Second {
					t.Errorf("took %v", took)
				}
				if len(e.tokens) != 1 {
					t.Errorf("sent under %d tokens", len(e.tokens))
				}
			})
		})
	}
}

func TestRunEndsWithItsContextButStillLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		e := &scripted{answers: []error{errReset}}
		begun := time.Now()
		err := Run(ctx, e, Transaction{Token: "t", Proof: Key{"a", "b"}})
		if took := time.Since(begun); !errors.Is(err, ErrUnavailable) || took > 3*time.Second {
			t.Errorf("%v after %v", err, took)
		}
		if e.ended {
			t.Error("looked with a context that had ended, which finds nothing")
		}
		if e.stands = (Item{}); Run(ctx, e, Transaction{Token: "t", Proof: Key{"a", "b"}}) != nil {
			t.Error("what stands was not found after the caller's time")
		}
	})
}

func TestTokensDifferAndFit(t *testing.T) {
	a, b := NewToken(), NewToken()
	if a == b || CheckTransaction(a, []Write{{Key: Key{"p", "s"}, Delete: true}}) != nil {
		t.Errorf("tokens %q and %q", a, b)
	}
}

// hot is a database with one item, which a transaction holds for 15 milliseconds; those that come meanwhile
// are cancelled.
type hot struct {
	Engine
	mu   sync.Mutex
	held bool
}

func (h *hot) Transact(context.Context, string, []Write) error {
	h.mu.Lock()
	taken := h.held
	h.held = true
	h.mu.Unlock()
	time.Sleep(15 * time.Millisecond)
	if taken {
		return ErrBusy
	}
	h.mu.Lock()
	h.held = false
	h.mu.Unlock()
	return nil
}

// rush has 64 clients do 30 transactions each on one item, with the time of a read before each, and gives the
// slowest one and the failed ones.
func rush(t *testing.T, p patience) (slowest time.Duration, failed int) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var group sync.WaitGroup
		e := &hot{}
		for range 64 {
			group.Go(func() {
				for range 30 {
					begun := time.Now()
					time.Sleep(10 * time.Millisecond)
					err := p.run(t.Context(), e, Transaction{})
					mu.Lock()
					if slowest = max(slowest, time.Since(begun)); err != nil {
						failed++
					}
					mu.Unlock()
				}
			})
		}
		group.Wait()
	})
	return slowest, failed
}

func TestEverybodyGetsThroughToOneItem(t *testing.T) {
	slowest, failed := rush(t, patient)
	t.Logf("slowest of 1920: %v", slowest)
	if failed > 0 || slowest > 20*time.Second {
		t.Errorf("%d failed, slowest %v", failed, slowest)
	}
	t.Run("not without chance in the waiting", func(t *testing.T) {
		inStep := patient
		inStep.random = func(time.Duration) time.Duration { return time.Second }
		if _, failed := rush(t, inStep); failed == 0 {
			t.Error("those who wait equally long all got through: the test shows nothing")
		}
	})
}

func TestPausesGrowUpToABound(t *testing.T) {
	p := patient
	p.random = func(bound time.Duration) time.Duration { return bound }
	var got []time.Duration
	for _, try := range []int{0, 1, 2, 4, 5, 63, 64, 1000} {
		got = append(got, p.pause(try, 0)/time.Millisecond)
	}
	if want := []time.Duration{20, 40, 80, 320, 500, 500, 500, 500}; !slices.Equal(got, want) {
		t.Errorf("got %d, want %d milliseconds", got, want)
	}
	got = got[:0]
	for _, waited := range []time.Duration{0, 5, 10, 15, 19, 20} {
		got = append(got, p.pause(1000, waited*time.Second)/time.Millisecond)
	}
	if want := []time.Duration{500, 375, 250, 125, 25, 25}; !slices.Equal(got, want) {
		t.Errorf("after 0 to 20 seconds got %d, want %d milliseconds", got, want)
	}
	for range 1000 {
		if pause := patient.pause(3, 0); pause < 0 || pause > 160*time.Millisecond {
			t.Fatalf("a pause of %v", pause)
		}
	}
}

// flaky answers a Change with one error after another, the last time with item.
type flaky struct {
	scripted
	item Item
}

func (f *flaky) Change(context.Context, Write) (Item, error) { return f.item, f.next() }
func (f *flaky) Next(context.Context, Key) (int64, error)    { return 7, f.next() }
func (f *flaky) Query(context.Context, Query) (Page, error)  { return Page{Next: "x"}, f.next() }
func (f *flaky) Get(context.Context, ...Key) ([]Item, error) { return []Item{f.item}, f.next() }

func TestRetryingChange(t *testing.T) {
	lease := Write{Key: Key{"p", "s"}, Set: map[string]any{"lease": "mine"}, Remove: []string{"fout"}}
	count := Write{Key: Key{"p", "s"}, Add: map[string]int64{"n": 1}}
	item := Item{"lease": "mine"}
	refusedBy := func(old Item) error { return &Refused{Reasons: []Reason{{Old: old}}} }
	tests := []struct {
		name    string
		write   Write
		answers []error
		want    error
		calls   int
	}{
		{"busy, then done", lease, []error{errConflict, nil}, nil, 2},
		{"lost, then done", lease, []error{errReset, nil}, nil, 2},
		{"lost, then refused by itself", lease, []error{errReset, refusedBy(item)}, nil, 2},
		{"lost, then refused by another's", lease, []error{errReset, refusedBy(Item{"lease": "theirs"})}, new(Refused), 2},
		{"lost, then refused by what was to be removed", lease, []error{errReset, refusedBy(Item{"lease": "mine", "fout": "x"})}, new(Refused), 2},
		{"refused by the same, but not lost", lease, []error{refusedBy(item)}, new(Refused), 1},
		{"a lost addition is not sent again", count, []error{errReset, nil}, ErrUnknown, 1},
		{"a busy addition is", count, []error{errConflict, nil}, nil, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := &flaky{scripted{answers: test.answers}, item}
				got, err := Retrying(e).Change(t.Context(), test.write)
				if e.calls != test.calls {
					t.Errorf("%d calls, want %d", e.calls, test.calls)
				}
				var refused *Refused
				if _, wantRefused := test.want.(*Refused); wantRefused {
					if !errors.As(err, &refused) {
						t.Errorf("got %v, want a refusal", err)
					}
				} else if !errors.Is(err, test.want) {
					t.Errorf("got %v, want %v", err, test.want)
				} else if diff := cmp.Diff(item, got); err == nil && diff != "" {
					t.Errorf("item (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestRetryingReads(t *testing.T) {
	calls := map[string]func(context.Context, Engine) error{
		"Get":   func(ctx context.Context, e Engine) error { _, err := e.Get(ctx, Key{}); return err },
		"Query": func(ctx context.Context, e Engine) error { _, err := e.Query(ctx, Query{}); return err },
		"Next":  func(ctx context.Context, e Engine) error { _, err := e.Next(ctx, Key{}); return err },
	}
	for name, call := range calls {
		synctest.Test(t, func(t *testing.T) {
			e := &flaky{scripted: scripted{answers: []error{errConflict, errReset, errDown, nil}}}
			if err := call(t.Context(), Retrying(e)); err != nil || e.calls != 4 {
				t.Errorf("%s: %v after %d calls", name, err, e.calls)
			}
			e = &flaky{scripted: scripted{answers: []error{errConflict}}}
			if err := call(t.Context(), Retrying(e)); !errors.Is(err, ErrUnavailable) || !errors.Is(err, ErrBusy) {
				t.Errorf("%s busy for ever: %v", name, err)
			}
			e = &flaky{scripted: scripted{answers: []error{errOurs}}}
			if err := call(t.Context(), Retrying(e)); !errors.Is(err, errOurs) || e.calls != 1 {
				t.Errorf("%s: %v after %d calls", name, err, e.calls)
			}
		})
	}
}
