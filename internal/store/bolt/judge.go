package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// tables are the buckets within one commit.
type tables struct{ items, index *bbolt.Bucket }

// step is one write, judged and worked out.
type step struct {
	key      []byte
	write    store.Write
	old      []byte     // the stored form, nil: absent; the file's own memory, of use within the commit only
	oldItem  store.Item // old, once it was needed
	form     []byte     // the new stored form; nil: none
	item     store.Item // the new item of a write that changes
	oldEntry []byte     // index keys, nil: in no list
	entry    []byte
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
	if err := s.findOldEntry(); err != nil {
		return err
	}
	if s.write.Delete {
		return nil
	}
	if put := s.write.Put; put != nil {
		s.form, s.entry = form, indexKey(put[store.AttrList], put[store.AttrOrder], s.key)
		return nil
	}
	old, err := s.stood()
	if err != nil {
		return err
	}
	if s.item, err = changed(s.write, old); err != nil {
		return err
	}
	s.entry = indexKey(s.item[store.AttrList], s.item[store.AttrOrder], s.key)
	s.form, err = encode(s.item)
	return err
}

func (s *step) findOldEntry() error {
	if s.old == nil {
		return nil
	}
	place, err := peek(s.old, store.AttrList, store.AttrOrder)
	if err != nil {
		return err
	}
	s.oldEntry = indexKey(place[0], place[1], s.key)
	return nil
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
		if bytes.Equal(s.oldEntry, s.entry) {
			continue
		}
		if s.oldEntry != nil {
			if err := t.index.Delete(s.oldEntry); err != nil {
				return err
			}
		}
		if s.entry != nil {
			if err := t.index.Put(s.entry, nil); err != nil {
				return err
			}
		}
	}
	return nil
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
