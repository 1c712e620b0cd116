package main

import (
	"math/rand/v2"
	"time"

	"go.etcd.io/bbolt"
)

// bareFile is a bbolt file that registrations are stored in without anything around it.
type bareFile struct {
	file         *bbolt.DB
	registration *registration
	random       *rand.Rand
	moment       time.Time
}

func openBare(path string, r *registration) (*bareFile, error) {
	file, err := bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		return nil, err
	}
	err = file.Update(func(tx *bbolt.Tx) error {
		for _, p := range r.records {
			if _, err := tx.CreateBucketIfNotExists(p.bucket); err != nil {
				return err
			}
		}
		return nil
	})
	return &bareFile{file, r, rand.New(rand.NewPCG(1, 1)), time.Now()}, err
}

// store stores n registrations, so many to an Update.
func (f *bareFile) store(n, together int) error {
	for n > 0 {
		some := min(n, together)
		n -= some
		if err := f.file.Update(func(tx *bbolt.Tx) error { return f.put(tx, some) }); err != nil {
			return err
		}
	}
	return nil
}

func (f *bareFile) put(tx *bbolt.Tx, n int) error {
	for range n {
		f.moment = f.moment.Add(time.Millisecond / 4)
		v := visitorAt(f.random, f.moment)
		for i := range f.registration.records {
			if err := f.registration.records[i].put(tx, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// put stores the record that each of these visitors leaves.
func (p *pattern) put(tx *bbolt.Tx, visitors ...visitor) error {
	bucket := tx.Bucket(p.bucket)
	for _, v := range visitors {
		key, value := p.of(v)
		if err := bucket.Put(key, value); err != nil {
			return err
		}
	}
	return nil
}
