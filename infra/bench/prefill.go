package main

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store/bolt"
)

const (
	oursFile  = "ours.db"
	loopFile  = "loop.db"
	firstFile = "first.db" // as it was prefilled
)

// prefill makes a file with so many entries in the meeting and their letters: what the engine would have
// left of as many registrations, but written in order and at once.
func (b *bench) prefill(m *sized, r *registration) error {
	if err := os.Mkdir(m.folder, 0o700); err != nil {
		return err
	}
	path := filepath.Join(m.folder, firstFile)
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	_, err = openDesk(b.ctx, db)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	file, err := bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoSync: true})
	if err != nil {
		return err
	}
	return errors.Join(r.putAll(file, visitors(m.entries)), file.Sync(), file.Close())
}

// visitors registered one after another, a quarter of a millisecond apart, up to now.
func visitors(n int) []visitor {
	random, moment := rand.New(rand.NewPCG(2, 2)), time.Now().Add(-time.Duration(n)*time.Millisecond/4)
	all := make([]visitor, n)
	for i := range all {
		all[i] = visitorAt(random, moment.Add(time.Duration(i)*time.Millisecond/4))
	}
	return all
}

// fullness is how full pages are that were split at random: what is written in order would leave them half empty.
const fullness = 0.7

// putAll stores all, record by record in the order of the keys.
func (r *registration) putAll(file *bbolt.DB, all []visitor) error {
	for i := range r.records {
		p := &r.records[i]
		if len(p.keyNames) == 0 {
			continue // the counter: one for all, and there already
		}
		slices.SortFunc(all, p.order)
		for some := range slices.Chunk(all, 10_000) {
			err := file.Update(func(tx *bbolt.Tx) error {
				tx.Bucket(p.bucket).FillPercent = fullness
				return p.put(tx, some...)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// order is that of the keys these visitors leave: in the index the moment comes first.
func (p *pattern) order(a, b visitor) int {
	if len(p.keyMoments) > 0 {
		if order := bytes.Compare(a.moment, b.moment); order != 0 {
			return order
		}
	}
	name := p.keyNames[0].name
	return bytes.Compare(a.names[name], b.names[name])
}

// restore makes the two files what they were at first; one that is large is not kept for another time. What is
// copied is on the disk when it returns: no measured commit pays for it.
func (m *sized) restore() error {
	first, ours, loop := filepath.Join(m.folder, firstFile), filepath.Join(m.folder, oursFile), filepath.Join(m.folder, loopFile)
	if err := copyFile(loop, first); err != nil {
		return err
	}
	if m.entries >= restored {
		return os.Rename(first, ours)
	}
	return copyFile(ours, first)
}

func copyFile(to, from string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	copied, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(copied, source)
	return errors.Join(err, copied.Sync(), copied.Close())
}
