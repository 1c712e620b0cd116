package trials

import (
	"flag"
	"runtime"
	"sync"
	"testing"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// letterbox keeps the ids of the letters that were stored.
type letterbox struct {
	mu  sync.Mutex
	ids []string
}

func (b *letterbox) put(changes []bolt.Change) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range changes {
		if id := store.LetterID(c.Key.PK); id != "" && c.Event == bolt.Insert {
			b.ids = append(b.ids, id)
		}
	}
}

func setFlag(t *testing.T, name, value string) {
	t.Helper()
	old := flag.Lookup(name).Value.String()
	if err := flag.Set(name, value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set(name, old) })
}

// witness is a test that notes its failure instead of failing.
type witness struct {
	testing.TB
	failed bool
}

func (w *witness) Logf(string, ...any)   {}
func (w *witness) Errorf(string, ...any) { w.failed = true }
func (w *witness) Error(...any)          { w.failed = true }
func (w *witness) Fail()                 { w.failed = true }
func (w *witness) Failed() bool          { return w.failed }
func (w *witness) Fatalf(string, ...any) { w.FailNow() }
func (w *witness) Fatal(...any)          { w.FailNow() }
func (w *witness) FailNow() {
	w.failed = true
	runtime.Goexit()
}
