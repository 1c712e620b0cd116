package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// perList is how many pages of a list are read in one turn, one behind the other.
const perList = 100

// pageLength is how many entries the team sees at once.
const pageLength = 50

// way is a list of the team, and the walk through a bare file that gives the same entries.
type way struct {
	name   string
	list   store.RegistrationListing
	bucket string
	prefix string // of the keys in it
	back   bool
}

var ways = []way{
	{"the newest", store.RegistrationListing{}, "index", "aanmeldingen#" + meeting + "\x00\x01", true},
	{"of one status", store.RegistrationListing{Status: mdt.Confirmed}, "index:groep", "aanmeldingen#" + meeting + "#bevestigd\x00\x01", true},
	{"by a name", store.RegistrationListing{Order: store.ByTheName, Begins: "Noor de V"}, "index:naam", "aanmeldingen#" + meeting + "\x00\x01noordev", false},
}

// lists tells how much longer a page of the team's lists takes where many are in the meeting, and how much longer a
// bare walk along the same keys takes in files of the same sizes.
func (b *bench) lists() error {
	registration, err := seeRegistration(b.ctx, b.dir)
	if err != nil {
		return err
	}
	var meetings []*sized
	for _, entries := range []int{100, 10_000, b.number(1_000_000, 50_000)} {
		m := &sized{entries: entries, folder: filepath.Join(b.dir, fmt.Sprint("lists", entries))}
		if err := errors.Join(b.prefill(m, registration), b.begin(m, registration)); err != nil {
			return err
		}
		meetings = append(meetings, m)
	}
	for _, w := range ways {
		if err := b.listed(w, meetings); err != nil {
			return err
		}
	}
	return errors.Join(meetings[0].close(), meetings[1].close(), meetings[2].close())
}

// listed measures one way in each meeting by turns.
func (b *bench) listed(w way, meetings []*sized) error {
	for _, m := range meetings {
		m.measured = pair{}
	}
	for i, end := 0, time.Now().Add(b.within(16)); i < b.number(21, 5) && (i < leastRounds || time.Now().Before(end)); i++ {
		for _, m := range meetings {
			p, err := rounds(2, time.Minute, func() (float64, error) { return b.read(w, m) }, func() (float64, error) { return w.walk(m.bare.file) })
			if err != nil {
				return err
			}
			m.measured.ours, m.measured.bare = append(m.measured.ours, p.ours...), append(m.measured.bare, p.bare...)
		}
	}
	for _, m := range meetings {
		b.table.row(fmt.Sprintf("lists: %s among %d / bare walk", w.name, m.entries), "%.0f µs", m.measured, none)
	}
	for _, m := range meetings[1:] {
		b.table.growth(fmt.Sprintf("lists: %s, from %d to %d", w.name, meetings[0].entries, m.entries), meetings[0].measured, m.measured, atMost(1.15))
	}
	return nil
}

// read reads pages through the store, from the first on and again from there at the end; it gives µs a page.
func (b *bench) read(w way, m *sized) (float64, error) {
	begun, l := time.Now(), w.list
	for range perList {
		l.Limit = pageLength
		found, err := m.ours.store.ListRegistrations(b.ctx, meeting, l, time.Now())
		if err != nil || len(found.Entries) == 0 {
			return 0, fmt.Errorf("%d entries on a page: %w", len(found.Entries), err)
		}
		if l.After = found.Next; len(found.Entries) < pageLength {
			l.After = ""
		}
		if m.entries <= 2*pageLength {
			l.After = "" // the second page is not always whole
		}
	}
	return float64(time.Since(begun).Microseconds()) / perList, nil
}

// walk does the same in a bare file: it looks the items up and leaves them as they are.
func (w way) walk(file *bbolt.DB) (float64, error) {
	begun, at := time.Now(), []byte(nil)
	for range perList {
		err := file.View(func(tx *bbolt.Tx) error {
			items, c, bytes := tx.Bucket([]byte("items")), tx.Bucket([]byte(w.bucket)).Cursor(), 0
			key := w.start(c, at)
			for n := 0; n < pageLength; n++ {
				if !w.holds(key) {
					key = w.start(c, nil)
				}
				bytes += len(items.Get(itemOf(key)))
				key = w.next(c)
			}
			if at = append([]byte(nil), key...); bytes == 0 {
				return errors.New("no items behind the index")
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	return float64(time.Since(begun).Microseconds()) / perList, nil
}

func (w way) holds(key []byte) bool { return key != nil && bytes.HasPrefix(key, []byte(w.prefix)) }

func (w way) start(c *bbolt.Cursor, at []byte) (key []byte) {
	switch {
	case w.holds(at):
		key, _ = c.Seek(at)
	case !w.back:
		key, _ = c.Seek([]byte(w.prefix))
	default:
		if key, _ = c.Seek([]byte(w.prefix + "\xff")); key == nil {
			key, _ = c.Last()
			return key
		}
		key, _ = c.Prev()
	}
	return key
}

func (w way) next(c *bbolt.Cursor) (key []byte) {
	if w.back {
		key, _ = c.Prev()
		return key
	}
	key, _ = c.Next()
	return key
}

// itemOf is what stands behind the list and the order in a key of an index.
func itemOf(key []byte) []byte {
	for range 2 {
		_, key, _ = bytes.Cut(key, []byte{0, 1})
	}
	return key
}
