package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"go.etcd.io/bbolt"
)

// ErrNoLetter says that no letter has this id.
var ErrNoLetter = errors.New("outbox: no such letter")

// Filter chooses letters; its zero value chooses all.
type Filter struct {
	To    string // only those to this address, however it is written
	After string // only those that came after the letter with this id
}

// Each calls f with the chosen letters, newest first, until it gives an error. Letters that come meanwhile
// are left out. After that is no id is ErrNoID.
func (o *Outbox) Each(filter Filter, f func(Letter) error) error {
	after := letterID(0)
	if filter.After != "" {
		var err error
		if after, err = parseID(filter.After); err != nil {
			return err
		}
	}
	ids, err := o.chosen(filter.To, after)
	if err != nil {
		return err
	}
	for _, id := range ids {
		letter, err := o.read(id)
		if err != nil {
			return err
		}
		if err := f(letter); err != nil {
			return err
		}
	}
	return nil
}

// chosen gives the ids, newest first.
func (o *Outbox) chosen(to string, after letterID) (ids []letterID, err error) {
	err = o.db.View(func(tx *bbolt.Tx) error {
		if to != "" {
			ids = lettersTo(tx, to)
			return nil
		}
		c := tx.Bucket(metaBucket).Cursor()
		for key, _ := c.Seek((after + 1).key()); key != nil; key, _ = c.Next() {
			ids = append(ids, fromKey(key))
		}
		return nil
	})
	ids = slices.DeleteFunc(ids, func(id letterID) bool { return id <= after })
	slices.Reverse(ids)
	return ids, err
}

// read reads one letter back from its bytes, in a transaction of its own: a long list holds nothing up.
func (o *Outbox) read(id letterID) (letter Letter, err error) {
	var s stored
	var raw []byte
	err = o.db.View(func(tx *bbolt.Tx) error {
		if s, err = getStored(tx, id); err != nil {
			return err
		}
		raw = slices.Clone(tx.Bucket(rawBucket).Get(id.key()))
		return nil
	})
	if err != nil {
		return Letter{}, err
	}
	return parse(id, s, raw)
}

// Raw gives the bytes of one letter, or ErrNoLetter.
func (o *Outbox) Raw(id string) (raw []byte, err error) {
	n, err := parseID(id)
	if err != nil {
		return nil, ErrNoLetter
	}
	err = o.db.View(func(tx *bbolt.Tx) error {
		raw = slices.Clone(tx.Bucket(rawBucket).Get(n.key()))
		return nil
	})
	if err == nil && raw == nil {
		err = ErrNoLetter
	}
	return raw, err
}

// WriteJSON writes the chosen letters as one JSON array, newest first, one letter at a time. It writes
// nothing before it knows that the filter can be read.
func (o *Outbox) WriteJSON(w io.Writer, filter Filter) error {
	opened := false
	err := o.Each(filter, func(letter Letter) error {
		separator := ",\n"
		if !opened {
			separator, opened = "[", true
		}
		encoded, err := json.Marshal(letter)
		if err != nil {
			return err
		}
		_, err = w.Write(append([]byte(separator), encoded...))
		return err
	})
	if err != nil {
		return err
	}
	end := "]\n"
	if !opened {
		end = "[]\n"
	}
	_, err = io.WriteString(w, end)
	return err
}

// Settle waits until every report has been made, or gives the context's error when its end comes first; for
// tests, and for a clock that must not run ahead.
func (o *Outbox) Settle(ctx context.Context) error { return o.reports.idle(ctx) }
