package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

var came = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

// asked stores a message that came so many days on.
func asked(t *testing.T, s *store.Store, day int) mdt.Message {
	t.Helper()
	m := mdt.Message{ID: fmt.Sprint("m", day), Person: "p", Reference: fmt.Sprintf("K%07d", day), Name: "Noor", Email: "noor@gast.example",
		Subject: mdt.SubjectOther, Text: "Hoe werkt het?", Created: came.AddDate(0, 0, day), Version: 1}
	if err := s.Ask(t.Context(), mdt.Asking{Message: m, Expires: mdt.MessageExpires(m.Created)}); err != nil {
		t.Fatal(err)
	}
	return m
}

// open gives the references of the open messages that came before a moment.
func open(t *testing.T, s *store.Store, before time.Time) (references []string) {
	t.Helper()
	found, err := s.ListMessages(t.Context(), store.MessageListing{Listing: store.Listing[mdt.Message]{Limit: 50}, Open: true, Before: before}, came)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found.Entries {
		references = append(references, m.Reference)
	}
	return references
}

// TestAnsweredMessagesLeaveTheOpenOnes, come back when they are opened again, and stand in the list of all throughout.
func TestAnsweredMessagesLeaveTheOpenOnes(t *testing.T) {
	s := store.New(opened(t))
	var messages []mdt.Message
	for day := range 4 {
		messages = append(messages, asked(t, s, day))
	}
	at := came.AddDate(0, 0, 9)
	answered, _ := messages[1].Answer(&at)
	if err := s.EditMessage(t.Context(), messages[1], answered); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		before time.Time
		want   []string
	}{
		{"all that are open", time.Time{}, []string{"K0000003", "K0000002", "K0000000"}},
		{"before one of them came", messages[2].Created, []string{"K0000000"}},
		{"just after it came", messages[2].Created.Add(time.Millisecond), []string{"K0000002", "K0000000"}},
		{"before all", came, nil},
	} {
		if diff := cmp.Diff(c.want, open(t, s, c.before)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		tally, err := s.Tally(t.Context(), 100, c.before)
		if err != nil || tally.Open != len(c.want) {
			t.Errorf("%s: counted %d, %v", c.name, tally.Open, err)
		}
	}
	if tally, _ := s.Tally(t.Context(), 2, time.Time{}); tally.Open != 2 {
		t.Errorf("counted %d, past its bound", tally.Open)
	}
	again, _ := answered.Answer(nil)
	if err := s.EditMessage(t.Context(), answered, again); err != nil {
		t.Fatal(err)
	}
	if err := s.EditMessage(t.Context(), answered, again); err != store.ErrLostRace {
		t.Errorf("what has changed was changed again: %v", err)
	}
	if got := open(t, s, time.Time{}); len(got) != 4 {
		t.Errorf("opened again: %v", got)
	}
	whole, err := s.ListMessages(t.Context(), store.MessageListing{Listing: store.Listing[mdt.Message]{Limit: 50}}, came)
	if err != nil || len(whole.Entries) != 4 || whole.Entries[2].Answered != nil {
		t.Errorf("all: %+v, %v", whole, err)
	}
	if oldest, err := s.OldestOpen(t.Context()); err != nil || oldest.Reference != "K0000000" {
		t.Errorf("the oldest: %+v, %v", oldest, err)
	}
}

// asOlder notes in a file that its indexes were filled when there was one way to do it.
func asOlder(t *testing.T, path string) {
	t.Helper()
	file, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	err = file.Update(func(tx *bbolt.Tx) error {
		if err := tx.DeleteBucket([]byte("built")); err != nil {
			return err
		}
		built, err := tx.CreateBucket([]byte("built"))
		for _, x := range store.Indexes {
			if err == nil {
				err = built.Put([]byte(x.Name), []byte{1})
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMessagesFromBeforeAreOpen: a file that was made when open messages stood in no list of their own gives them one.
func TestMessagesFromBeforeAreOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	db, err := bolt.Open(path, bolt.Options{Complete: store.Complete})
	if err != nil {
		t.Fatal(err)
	}
	s := store.New(db)
	m := asked(t, s, 1)
	at := came.AddDate(0, 0, 3)
	answered, _ := m.Answer(&at)
	if err := s.EditMessage(t.Context(), m, answered); err != nil {
		t.Fatal(err)
	}
	m = asked(t, s, 2)
	key := store.Key{PK: "persoon#p", SK: "bericht#" + m.ID}
	if err := db.Transact(t.Context(), store.NewToken(), []store.Write{{Key: key, Remove: []string{"groep"}}}); err != nil {
		t.Fatal(err)
	}
	if got := open(t, s, time.Time{}); len(got) != 0 {
		t.Fatalf("open: %v", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	asOlder(t, path)
	if db, err = bolt.Open(path, bolt.Options{Complete: store.Complete}); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if got := open(t, store.New(db), time.Time{}); !slices.Equal(got, []string{m.Reference}) {
		t.Errorf("open: %v, want %s", got, m.Reference)
	}
}
