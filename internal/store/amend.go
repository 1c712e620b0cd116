package store

import (
	"errors"
	"maps"
	"reflect"
	"slices"
)

// amend changes an item by what differs between was, as it was read, and now: it sets those attributes, and
// takes away those that now no longer has. An attribute that neither holds stays as it is, such as a count
// that others add to. It demands the version that was read; the one to come is among what now holds.
//
// decorate (nil: nothing to place) is called with the item of either value, and places it in the index and
// gives it its end by what that item holds: what comes out alike for both is not written.
func (b *batch) amend(key Key, was, now any, version int64, decorate func(Item)) {
	before, err1 := item(key, was)
	after, err2 := item(key, now)
	if err := errors.Join(err1, err2); err != nil {
		b.err = errors.Join(b.err, err)
		return
	}
	if decorate != nil {
		decorate(before)
		decorate(after)
	}
	w := difference(before, after)
	w.Key, w.If = key, []Condition{{Attr: AttrVersion, Op: Equal, Value: version}}
	w.Check = !w.Changes()
	b.add(w, nil)
}

// difference is what makes after of before.
func difference(before, after Item) Write {
	w := Write{Set: maps.Clone(after)}
	for name, old := range before {
		value, stays := after[name]
		switch {
		case !stays:
			w.Remove = append(w.Remove, name)
		case reflect.DeepEqual(old, value):
			delete(w.Set, name)
		}
	}
	slices.Sort(w.Remove)
	return w
}
