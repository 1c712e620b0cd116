package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store/bolt"
)

// registration is what one registration leaves in a bbolt file: the records it writes, byte for byte as the
// engine writes them, so that a loop without the engine can write as many of them as it likes.
type registration struct{ records []pattern }

// pattern is one record, with the places that differ from one registration to the next.
type pattern struct {
	bucket, key, value       []byte
	keyNames, valueNames     []place // of persons and letters, which are spread like hashes
	keyMoments, valueMoments []int   // the index is in the order of these
}

// place is where the i-th name of a registration stands.
type place struct{ at, name int }

const (
	nameLength   = 26
	momentLayout = "2006-01-02T15:04:05.000Z"
)

// seeRegistration makes one registration with the engine and looks what it left.
func seeRegistration(ctx context.Context, dir string) (*registration, error) {
	file := filepath.Join(dir, "pattern.db")
	defer os.Remove(file)
	before, err := after(ctx, file, func(*desk) error { return nil })
	if err != nil {
		return nil, err
	}
	left, err := after(ctx, file, func(d *desk) error { return d.register(ctx, 9_999_999_999) })
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(left, func(at record, value string) bool { stood, there := before[at]; return there && stood == value })
	r := new(registration)
	var names []string
	for _, at := range slices.SortedFunc(maps.Keys(left), record.order) {
		r.records = append(r.records, patternOf(at, left[at], &names))
	}
	if len(r.records) != 9 || len(names) != 2 {
		return nil, errors.New("a registration is no longer a counter, an entry in five indexes and a letter in one")
	}
	return r, nil
}

// record is where a value stands in a bbolt file.
type record struct{ bucket, key string }

// order puts the items before the index.
func (r record) order(other record) int {
	return cmp.Or(-cmp.Compare(r.bucket, other.bucket), cmp.Compare(r.key, other.key))
}

// after lets a desk on the file do something, and gives all that stands in the file then.
func after(ctx context.Context, path string, do func(*desk) error) (map[record]string, error) {
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return nil, err
	}
	d, err := openDesk(ctx, db)
	if err == nil {
		err = do(d)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return contents(path)
}

func contents(path string) (map[record]string, error) {
	file, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	all := map[record]string{}
	return all, file.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(bucket []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(key, value []byte) error {
				all[record{string(bucket), string(key)}] = string(value)
				return nil
			})
		})
	})
}

// patternOf finds the places. A name stands behind persoon# or brief# in an item's key; from there it is known.
func patternOf(at record, value string, names *[]string) pattern {
	for _, kind := range []string{"persoon#", "brief#"} {
		if _, rest, ok := strings.Cut(at.key, kind); ok && !slices.Contains(*names, rest[:nameLength]) {
			*names = append(*names, rest[:nameLength])
		}
	}
	p := pattern{bucket: []byte(at.bucket), key: []byte(at.key), value: []byte(value)}
	for i, name := range *names {
		p.keyNames = append(p.keyNames, places(p.key, name, i)...)
		p.valueNames = append(p.valueNames, places(p.value, name, i)...)
	}
	p.keyMoments, p.valueMoments = moments(p.key), moments(p.value)
	return p
}

func places(in []byte, name string, i int) (found []place) {
	for at := bytes.Index(in, []byte(name)); at >= 0; {
		found = append(found, place{at, i})
		next := bytes.Index(in[at+1:], []byte(name))
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return found
}

// moments finds where the moment of the registration stands: before the # in an order.
func moments(in []byte) (found []int) {
	for at := len(momentLayout); at < len(in); at++ {
		if in[at] != '#' {
			continue
		}
		if _, err := time.Parse(momentLayout, string(in[at-len(momentLayout):at])); err == nil {
			found = append(found, at-len(momentLayout))
		}
	}
	return found
}

// visitor is what makes one registration another than the next.
type visitor struct {
	names  [2][]byte
	moment []byte
}

// visitorAt is somebody new who registers at a moment.
func visitorAt(random *rand.Rand, moment time.Time) visitor {
	v := visitor{moment: moment.UTC().AppendFormat(nil, momentLayout)}
	for i := range v.names {
		v.names[i] = make([]byte, 0, nameLength)
		for range 2 {
			for n, left := random.Uint64(), nameLength/2; left > 0; left-- {
				v.names[i] = append(v.names[i], "abcdefghijklmnopqrstuvwxyz234567"[n&31])
				n >>= 5
			}
		}
	}
	return v
}

// of gives the record that this visitor leaves.
func (p *pattern) of(v visitor) (key, value []byte) {
	return filled(p.key, p.keyNames, p.keyMoments, v), filled(p.value, p.valueNames, p.valueMoments, v)
}

func filled(text []byte, names []place, moments []int, v visitor) []byte {
	text = bytes.Clone(text)
	for _, name := range names {
		copy(text[name.at:], v.names[name.name])
	}
	for _, at := range moments {
		copy(text[at:], v.moment)
	}
	return text
}

// items are the records that are items, and not their places in the index.
func (r *registration) items() (items []pattern) {
	for _, p := range r.records {
		if string(p.bucket) == "items" {
			items = append(items, p)
		}
	}
	return items
}
