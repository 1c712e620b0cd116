package store

import (
	"context"
	"errors"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The clock notes what it did, so that it is done no more: one item a task, in a partition of their own.

func taskKey(key string) Key { return Key{"klok", key} }

// TasksDone gives when each task was last begun and brought to its end, by its key.
func (s *Store) TasksDone(ctx context.Context) (map[string]time.Time, error) {
	done := map[string]time.Time{}
	for after := ""; ; {
		page, err := s.engine.Query(ctx, Query{PK: taskKey("").PK, After: after})
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			var task struct {
				At time.Time `json:"gedaanOp"`
			}
			if err := Unmarshal(it, &task); err != nil {
				return nil, err
			}
			done[it.Key().SK] = task.At
		}
		if after = page.Next; after == "" {
			return done, nil
		}
	}
}

// TaskDone notes that a task that was begun at a moment came to its end. The note stays until expires.
func (s *Store) TaskDone(ctx context.Context, key string, begun, expires time.Time) error {
	_, err := s.engine.Change(ctx, Write{Key: taskKey(key), Set: Item{"gedaanOp": instant(begun), AttrExpires: expires.Unix()}})
	return err
}

// Digest stores the letter to the team, if there is one, with the note that the task was done, both or neither.
// done is false where it had been done before. The note stays until expires.
func (s *Store) Digest(ctx context.Context, key string, letters []mdt.Letter, begun, expires time.Time) (done bool, err error) {
	b := new(batch)
	note := Item{AttrPK: taskKey(key).PK, AttrSK: taskKey(key).SK, "gedaanOp": instant(begun)}
	b.add(create(note.until(expires)), nil)
	b.letters(letters)
	if err = s.run(ctx, b); errors.Is(err, ErrLostRace) {
		return false, nil
	}
	return err == nil, err
}

// Registrations gives a page of the registrations of a meeting, in the order in which they came. The list may
// lag a moment. next is empty on the last page.
func (s *Store) Registrations(ctx context.Context, meeting, after string) (entries []mdt.Registration, next string, err error) {
	return listed[mdt.Registration](ctx, s.engine, registrationList(meeting), after)
}

// Interests gives a page of those who asked to be told of a meeting, as Registrations.
func (s *Store) Interests(ctx context.Context, meeting, after string) (interests []mdt.Interest, next string, err error) {
	return listed[mdt.Interest](ctx, s.engine, interestList(meeting), after)
}

func listed[T any](ctx context.Context, engine Engine, list, after string) (values []T, next string, err error) {
	page, err := engine.Query(ctx, Query{List: list, After: after, Limit: 200})
	if err != nil {
		return nil, "", err
	}
	values = make([]T, len(page.Items))
	for i, it := range page.Items {
		if err := Unmarshal(it, &values[i]); err != nil {
			return nil, "", err
		}
	}
	return values, page.Next, nil
}
