package store

import (
	"context"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Stretch is as much of a list as the engine gives at once (1 MB), in the order in which it came about: for whoever
// goes through the whole of it and keeps little of it in mind.
type Stretch[T any] struct {
	Entries []T
	Next    string   // where the next one begins; empty: there is none
	places  []Cursor // of the entries: their items would be ten times as much to keep
}

// Behind gives where to go on after entry i: as good a Next as Next is.
func (s *Stretch[T]) Behind(i int) string { return s.places[i].after() }

// RegistrationStretch gives a stretch of the registrations of a meeting. The list may lag a moment; what has passed
// its end is left out. It gives ErrInvalid where after is no place in this list.
func (s *Store) RegistrationStretch(ctx context.Context, meeting, after string, now time.Time) (Stretch[mdt.Registration], error) {
	return stretch[mdt.Registration](ctx, s.engine, Query{List: registrationList(meeting), After: after}, now)
}

// ProposalStretch gives a stretch of the proposals for a meeting, as RegistrationStretch.
func (s *Store) ProposalStretch(ctx context.Context, meeting, after string, now time.Time) (Stretch[mdt.Proposal], error) {
	return stretch[mdt.Proposal](ctx, s.engine, Query{List: proposalList(meeting), After: after}, now)
}

// MessageStretch gives a stretch of the messages, as RegistrationStretch.
func (s *Store) MessageStretch(ctx context.Context, after string, now time.Time) (Stretch[mdt.Message], error) {
	return stretch[mdt.Message](ctx, s.engine, Query{List: messageList, After: after}, now)
}

func stretch[T any](ctx context.Context, engine Engine, q Query, now time.Time) (found Stretch[T], err error) {
	page, err := engine.Query(ctx, q)
	if err != nil {
		return found, err
	}
	found = Stretch[T]{Entries: make([]T, len(page.Items)), Next: page.Next, places: make([]Cursor, 0, len(page.Items))}
	for i, it := range page.Items {
		page.Items[i] = nil
		if expired(it, now) {
			continue
		}
		if err := Unmarshal(it, &found.Entries[len(found.places)]); err != nil {
			return Stretch[T]{}, err
		}
		found.places = append(found.places, q.placeOf(it))
	}
	found.Entries = found.Entries[:len(found.places)]
	return found, nil
}

// WishesAt gives what these people need at a meeting; who needs nothing is not in it.
func (s *Store) WishesAt(ctx context.Context, meeting string, persons []mdt.PersonID, now time.Time) (map[mdt.PersonID]string, error) {
	items, err := gather(ctx, s.engine, keysOf(persons, func(p mdt.PersonID) Key { return wishesKey(meeting, p) }))
	wishes := map[mdt.PersonID]string{}
	for i, it := range items {
		if it != nil && !expired(it, now) {
			wishes[persons[i]] = it.text("wensen")
		}
	}
	return wishes, err
}

// placesKept is how long it is kept where a part of an export ended.
const placesKept = time.Hour

func placeKey(staff mdt.PersonID, of string) Key { return Key{"uitvoer#" + string(staff), of} }

// KeepPlace remembers for one of the team where they are in something, for an hour.
func (s *Store) KeepPlace(ctx context.Context, staff mdt.PersonID, of, after string, now time.Time) error {
	_, err := s.engine.Change(ctx, Write{Key: placeKey(staff, of), Set: Item{"verder": after, AttrExpires: now.Add(placesKept).Unix()}})
	return err
}

// KeptPlace gives it back; empty where it is not known any more.
func (s *Store) KeptPlace(ctx context.Context, staff mdt.PersonID, of string, now time.Time) (after string, err error) {
	items, err := s.engine.Get(ctx, placeKey(staff, of))
	if err != nil || items[0] == nil || expired(items[0], now) {
		return "", err
	}
	return items[0].text("verder"), nil
}
