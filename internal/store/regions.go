package store

import (
	"context"
	"errors"

	"aanmeldpunt/internal/mdt"
)

// ErrTooManyRegions: more regions than one transaction holds. Nothing changed.
var ErrTooManyRegions = errors.New("store: more regions than one transaction holds")

// PutRegions stores what changes of regions, all or nothing, and demands of each, changed or not, that it stands as it
// was read. It gives ErrLostRace where one does not.
func (s *Store) PutRegions(ctx context.Context, changes []mdt.RegionChange) error {
	if len(changes) > MaxWrites {
		return ErrTooManyRegions
	}
	b := new(batch)
	for _, change := range changes {
		b.region(change)
	}
	if len(b.writes) == 0 || b.err != nil {
		return b.err
	}
	return s.run(ctx, b)
}

// region adds the write of one of them.
func (b *batch) region(c mdt.RegionChange) {
	if c.Was == nil {
		fresh := *c.Now
		fresh.Version = 1
		b.put(regionKey(fresh.ID), fresh, create)
		return
	}
	w := Write{Key: regionKey(c.Was.ID), If: readAs(c.Was.Version)}
	switch {
	case c.Now == nil:
		w.Delete = true
	case !c.Changes():
		w.Check = true
	default:
		now := *c.Now
		now.Version = c.Was.Version + 1
		it, err := item(w.Key, now)
		b.err = errors.Join(b.err, err)
		w.Put = it
	}
	b.add(w, nil)
}

// readAs demands that a region stands as it was read. What was stored before regions had versions has none until it
// is changed.
func readAs(version int64) []Condition {
	if version == 0 {
		return []Condition{{Attr: AttrPK, Op: Present}, {Attr: AttrVersion, Op: Absent}}
	}
	return []Condition{{Attr: AttrVersion, Op: Equal, Value: version}}
}
