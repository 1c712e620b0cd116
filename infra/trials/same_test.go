package trials

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestSameAddressAtOnce: a hundred posts of one address under a hundred keys are one registration, one seat,
// and one letter beside the first.
func TestSameAddressAtOnce(t *testing.T) {
	d := newDesk(t, openBolt(t))
	d.open("dag", 50, nil)
	var wg sync.WaitGroup
	results := make([]posted, 100)
	spellings := []string{"Noor.Blok@GAST.example", "noor.blok@gast.example", "NOOR.BLOK@gast.EXAMPLE"}
	for i := range results {
		wg.Go(func() {
			email := spellings[i%len(spellings)]
			results[i] = d.send("dag", email, fmt.Sprintf("sleutel-%d", i), map[string]string{"naam": "Noor", "email": email})
		})
	}
	wg.Wait()
	for _, r := range results {
		if r.code != 201 || r.status != mdt.Confirmed {
			t.Fatalf("%+v", r)
		}
	}
	if counter, _ := d.stands("dag", spellings[0]); counter.Occupied != 1 {
		t.Errorf("%d seats", counter.Occupied)
	}
	if n := d.letters(); n[mdt.LetterRegistered] != 1 || n[mdt.LetterKnown] != 1 || len(n) != 2 {
		t.Errorf("letters %v", n)
	}
}

// TestSameKeyAtOnce: one key a hundred times is one registration and one letter, and everybody gets the same answer.
func TestSameKeyAtOnce(t *testing.T) {
	d := newDesk(t, openBolt(t))
	d.open("dag", 1, nil)
	var wg sync.WaitGroup
	results := make([]posted, 100)
	body := map[string]string{"naam": "Noor", "email": "noor@gast.example"}
	for i := range results {
		wg.Go(func() { results[i] = d.send("dag", "noor@gast.example", "sleutel", body) })
	}
	wg.Wait()
	for _, r := range results {
		if r.code != 201 || r.body != results[0].body {
			t.Fatalf("%d %s, and the first was %s", r.code, r.body, results[0].body)
		}
	}
	if n := d.letters(); n[mdt.LetterRegistered] != 1 || len(n) != 1 {
		t.Errorf("letters %v", n)
	}
	other := d.send("dag", "noor@gast.example", "sleutel", map[string]string{"naam": "Noor Blok", "email": "noor@gast.example"})
	if other.code != 422 {
		t.Errorf("the same key with another body: %d %s", other.code, other.body)
	}
	if n := d.letters(); n[mdt.LetterRegistered] != 1 || len(n) != 1 {
		t.Errorf("letters after the other body %v", n)
	}
}

// letters counts the pending letters by kind.
func (d *desk) letters() map[mdt.LetterKind]int {
	d.t.Helper()
	found := map[mdt.LetterKind]int{}
	for after := ""; ; {
		ids, next, err := d.store.Due(context.Background(), mdt.Pending, d.now(), after)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, id := range ids {
			letter, err := d.store.Letter(context.Background(), id)
			if err != nil {
				d.t.Fatal(err)
			}
			found[letter.Kind]++
		}
		if after = next; next == "" {
			return found
		}
	}
}

var _ store.Engine = unguarded{}
