package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// tables are the buckets within one commit.
type tables struct {
	items   *bbolt.Bucket
	indexes [len(store.Indexes)]*bbolt.Bucket
}

func tablesOf(tx *bbolt.Tx) tables {
	t := tables{items: tx.Bucket(bucketItems)}
	for i, x := range store.Indexes {
		t.indexes[i] = tx.Bucket(bucketOf(x))
	}
	return t
}

// step is one write, judged and worked out.
type step struct {
	key     []byte
	write   store.Write
	old     []byte     // the stored form, nil: absent; the file's own memory, of use within the commit only
	oldItem store.Item // old, once it was needed
	form    []byte     // the new stored form; nil: none
	item    store.Item // the new item of a write that changes
	was, is entries
}

// judge works out what a request writes; *store.Refused where conditions fail. Nothing is written yet.
func (t tables) judge(r *request) ([]step, error) {
	steps := make([]step, len(r.writes))
	var refused []store.Reason
	for i, w := range r.writes {
		s := &steps[i]
		s.write, s.key = w, itemKey(w.Key)
		s.old = t.items.Get(s.key)
		holds, err := s.holds()
		if err != nil {
			return nil, err
		}
		if !holds {
			old, err := s.stood()
			if err != nil {
				return nil, err
			}
			refused = append(refused, store.Reason{Write: i, Old: old})
		}
	}
	if refused != nil {
		return nil, &store.Refused{Reasons: refused}
	}
	for i := range steps {
		if err := steps[i].workOut(r.forms[i]); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

// stood is the item as it stood, nil where there was none.
func (s *step) stood() (store.Item, error) {
	if s.old == nil || s.oldItem != nil {
		return s.oldItem, nil
	}
	var err error
	s.oldItem, err = decode(s.write.Key, s.old)
	return s.oldItem, err
}

func (s *step) holds() (bool, error) {
	for _, c := range s.write.If {
		if c.Attr == store.AttrPK && c.Op == store.Absent { // by far the most asked; needs no look inside
			if s.old != nil {
				return false, nil
			}
			continue
		}
		item, err := s.stood()
		if err != nil || !holds(c, item) {
			return false, err
		}
	}
	return true, nil
}

// workOut makes the new stored form and the index entries. form is that of a Put.
func (s *step) workOut(form []byte) error {
	if s.write.Check {
		return nil
	}
	if err := s.findEntries(); err != nil {
		return err
	}
	if s.write.Delete {
		return nil
	}
	if put := s.write.Put; put != nil {
		s.form, s.is = form, entriesOf(put, s.key)
		return nil
	}
	old, err := s.stood()
	if err != nil {
		return err
	}
	if s.item, err = changed(s.write, old); err != nil {
		return err
	}
	s.is = entriesOf(s.item, s.key)
	s.form, err = encode(s.item)
	return err
}

func (s *step) findEntries() error {
	if s.old == nil {
		return nil
	}
	item, err := s.stood()
	s.was = entriesOf(item, s.key)
	return err
}

// take writes what was worked out. An error here is one of the file, and ends the commit.
func (t tables) take(steps []step) error {
	for _, s := range steps {
		if s.write.Check {
			continue
		}
		if err := t.takeItem(s); err != nil {
			return err
		}
		for i, index := range t.indexes {
			if err := move(index, s.was[i], s.is[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// move brings an item from one place in an index to another; nil: it stands nowhere.
func move(index *bbolt.Bucket, from, to []byte) error {
	if bytes.Equal(from, to) {
		return nil
	}
	if from != nil {
		if err := index.Delete(from); err != nil {
			return err
		}
	}
	if to == nil {
		return nil
	}
	return index.Put(to, nil)
}

func (t tables) takeItem(s step) error {
	if s.form == nil {
		return t.items.Delete(s.key)
	}
	return t.items.Put(s.key, s.form)
}

// outcome tells the caller and the stream what was done.
func (r *request) outcome(steps []step) {
	r.changes = make([]Change, 0, len(steps))
	for _, s := range steps {
		switch {
		case s.write.Check, s.form == nil && s.old == nil:
		case s.form == nil:
			r.changes = append(r.changes, Change{s.write.Key, Remove})
		case s.old == nil:
			r.changes = append(r.changes, Change{s.write.Key, Insert})
		default:
			r.changes = append(r.changes, Change{s.write.Key, Modify})
		}
	}
	r.item = steps[len(steps)-1].item
}
