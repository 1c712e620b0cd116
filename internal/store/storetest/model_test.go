package storetest

import (
	"context"
	"errors"
	"flag"
	"path/filepath"
	"runtime"
	"testing"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// Engines that break one promise each.
type (
	careless  struct{ store.Engine } // forgets every last condition
	half      struct{ store.Engine } // does the first write of what it refuses
	forgetful struct{ store.Engine } // gives no old items with a refusal
	bottomed  struct{ store.Engine } // leaves out the last item of a page
)

func (e careless) Transact(ctx context.Context, token string, writes []store.Write) error {
	for i := range writes {
		if n := len(writes[i].If); n > 0 && !writes[i].Check {
			writes[i].If = writes[i].If[:n-1]
		}
	}
	return e.Engine.Transact(ctx, token, writes)
}

func (e half) Transact(ctx context.Context, token string, writes []store.Write) error {
	err := e.Engine.Transact(ctx, token, writes)
	if refused := new(store.Refused); errors.As(err, &refused) && refused.Reasons[0].Write > 0 && !writes[0].Check {
		_ = e.Engine.Transact(ctx, "", writes[:1])
	}
	return err
}

func (e forgetful) Transact(ctx context.Context, token string, writes []store.Write) error {
	err := e.Engine.Transact(ctx, token, writes)
	if refused := new(store.Refused); errors.As(err, &refused) {
		for i := range refused.Reasons {
			refused.Reasons[i].Old = nil
		}
	}
	return err
}

func (e bottomed) Query(ctx context.Context, q store.Query) (store.Page, error) {
	page, err := e.Engine.Query(ctx, q)
	if n := len(page.Items); n > 1 {
		page.Items = page.Items[:n-1]
	}
	return page, err
}

// quiet keeps to itself that a test failed.
type quiet struct {
	testing.TB
	failed bool
}

func (q *quiet) Helper()               {}
func (q *quiet) Log(...any)            {}
func (q *quiet) Logf(string, ...any)   {}
func (q *quiet) Error(...any)          { q.failed = true }
func (q *quiet) Errorf(string, ...any) { q.failed = true }
func (q *quiet) Fail()                 { q.failed = true }
func (q *quiet) Failed() bool          { return q.failed }
func (q *quiet) FailNow()              { q.failed = true; runtime.Goexit() }
func (q *quiet) Fatal(...any)          { q.FailNow() }
func (q *quiet) Fatalf(string, ...any) { q.FailNow() }

// TestTheModelSeesABrokenPromise is the negative control of the comparison with the model.
func TestTheModelSeesABrokenPromise(t *testing.T) {
	for name, value := range map[string]string{"rapid.nofailfile": "true", "rapid.shrinktime": "1ms", "rapid.steps": "60"} {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	tests := map[string]struct {
		breaks func(store.Engine) store.Engine
		seen   bool
	}{
		"sound":     {func(e store.Engine) store.Engine { return e }, false},
		"careless":  {func(e store.Engine) store.Engine { return careless{e} }, true},
		"half":      {func(e store.Engine) store.Engine { return half{e} }, true},
		"forgetful": {func(e store.Engine) store.Engine { return forgetful{e} }, true},
		"bottomed":  {func(e store.Engine) store.Engine { return bottomed{e} }, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			db, err := bolt.Open(filepath.Join(t.TempDir(), "data"), bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			q := &quiet{TB: t}
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				testModel(q, test.breaks(db))
			}()
			<-ended
			if q.failed != test.seen {
				t.Errorf("the comparison failed: %t, want %t", q.failed, test.seen)
			}
		})
	}
}
