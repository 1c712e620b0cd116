package store

import (
	"context"
	"errors"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Suspects stand in the partition of the person whose address they name, so that erasing finds them, and in one
// list by when they came.

func suspectKey(p mdt.PersonID, id string) Key { return personKey(p, "verdacht#"+id) }

// Suspect stores a form that looks like spam, with its idempotency record (nil: no key). What of the meeting's
// counts could have refused it refuses it too, and nothing is counted. It gives ErrOrganisationFull, *Repeated,
// *SuspectedBefore or an engine's error, and then nothing of it is stored.
func (s *Store) Suspect(ctx context.Context, suspect mdt.Suspect, m mdt.Meeting, asked []mdt.OrganisationChange, once *Once) error {
	b := new(batch)
	key := suspectKey(suspect.Person, suspect.ID)
	b.put(key, suspect, func(it Item) Write {
		return create(it.listed(suspects, instant(suspect.Came)+"#"+suspect.ID).until(mdt.SuspectExpires(suspect.Came)))
	})
	if b.proof = key; b.err == nil {
		b.meaning[0] = func(r Reason) error {
			before := new(SuspectedBefore)
			return orError(before, Unmarshal(r.Old, &before.Suspect))
		}
	}
	for _, o := range asked {
		o.Add = 0
		b.organisation(m, o)
	}
	b.once(once, suspect.Came)
	return s.run(ctx, b)
}

// SuspectedBefore says that the idempotency key was used before, for this suspect.
type SuspectedBefore struct{ Suspect mdt.Suspect }

func (*SuspectedBefore) Error() string {
	return "store: this idempotency key was used for a suspect before"
}

// SuspectOf reads one suspect of a person; nil where there is none, or its end has come.
func (s *Store) SuspectOf(ctx context.Context, p mdt.PersonID, id string, now time.Time) (*mdt.Suspect, error) {
	found, err := one[mdt.Suspect](ctx, s.engine, suspectKey(p, id))
	if err != nil || found == nil || !now.Before(mdt.SuspectExpires(found.Came)) {
		return nil, err
	}
	return found, nil
}

// Suspects gives a page of them, the longest there first. The list may lag a moment. next is empty on the last page.
func (s *Store) Suspects(ctx context.Context, after string) (found []mdt.Suspect, next string, err error) {
	return listed[mdt.Suspect](ctx, s.engine, suspects, after)
}

// ListSuspects gives a page of them, the newest first, as ListRegistrations.
func (s *Store) ListSuspects(ctx context.Context, l Listing[mdt.Suspect], now time.Time) (Listed[mdt.Suspect], error) {
	return list(ctx, s.engine, Query{List: suspects, Last: true}, l, now, valueOf[mdt.Suspect])
}

// Replace changes what a suspect says. It gives ErrLostRace where that is not what it was any more, or an engine's
// error; one that is gone stays gone.
func (s *Store) Replace(ctx context.Context, was, now mdt.Suspect) error {
	key := suspectKey(was.Person, was.ID)
	before, err1 := item(key, was)
	after, err2 := item(key, now)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	w := difference(before, after)
	w.Key = key
	for name := range w.Set {
		w.If = append(w.If, Condition{Attr: name, Op: Equal, Value: before[name]})
	}
	_, err := s.engine.Change(ctx, w)
	var no *Refused
	if !errors.As(err, &no) {
		return err
	}
	if reason, _ := no.Of(0); reason.Old == nil {
		return nil
	}
	return ErrLostRace
}

// Forget takes a suspect away that became something before.
func (s *Store) Forget(ctx context.Context, suspect mdt.Suspect) error {
	b := new(batch)
	b.rescued(&suspect)
	if err := s.run(ctx, b); !errors.Is(err, ErrLostRace) {
		return err
	}
	return nil // somebody else did
}

// rescued takes the suspect away that becomes what the transaction stores (nil: there is none).
func (b *batch) rescued(s *mdt.Suspect) {
	if s != nil {
		b.add(Write{Key: suspectKey(s.Person, s.ID), Delete: true, If: []Condition{{Attr: AttrPK, Op: Present}}}, nil)
	}
}
