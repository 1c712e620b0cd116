package store

import (
	"context"
	"errors"
	"time"

	"aanmeldpunt/internal/mdt"
)

// attrBroken says since when an address takes no mail: a letter to it came back for good, or was called spam.
const attrBroken = "kapotSinds"

// breakAddress notes at the address of the person whose letter it is that it takes no mail, for as long as
// the letter is kept. Nothing is noted where the letter says that somebody was erased, or is gone since it was read:
// nothing may be left of them.
func (s *Store) breakAddress(ctx context.Context, letter Item, now time.Time) error {
	person, _ := letter["persoon"].(string)
	if kind, _ := letter["soort"].(int64); person == "" || mdt.LetterKind(kind) == mdt.LetterErased {
		return nil
	}
	end, _ := letter[AttrExpires].(int64)
	w := Write{Key: addressKey(mdt.PersonID(person)), Set: Item{attrBroken: instant(now)},
		If: []Condition{{Attr: AttrExpires, Op: AtLeast, Value: end}}}
	if _, err := s.engine.Change(ctx, w); !refused(err) {
		return err
	}
	w.If, w.Set[AttrExpires] = nil, end // it is not there, or would go before the letter
	b := new(batch)
	b.add(w, nil)
	b.add(Write{Key: letter.Key(), Check: true, If: []Condition{{Attr: AttrPK, Op: Present}}}, nil)
	if err := s.run(ctx, b); !errors.Is(err, ErrLostRace) {
		return err
	}
	return nil
}

// Broken gives which of the persons have an address that takes no mail.
func (s *Store) Broken(ctx context.Context, persons []mdt.PersonID, now time.Time) (map[mdt.PersonID]bool, error) {
	items, err := gather(ctx, s.engine, keysOf(persons, addressKey))
	if err != nil {
		return nil, err
	}
	broken := map[mdt.PersonID]bool{}
	for i, it := range items {
		_, noted := it[attrBroken]
		if end, _ := it[AttrExpires].(int64); noted && end > now.Unix() {
			broken[persons[i]] = true
		}
	}
	return broken, nil
}

// suspects is the list of what looks like spam.
const suspects = "verdacht"

// mostCounted is how far the clock counts for the team: nobody looks at more than that by hand.
const mostCounted = 1000

// CountList counts what stands in a list, up to most.
func (s *Store) CountList(ctx context.Context, list string, most int) (int, error) {
	n := 0
	err := s.eachListed(ctx, list, most, func(Item) { n++ })
	return n, err
}

// Tally counts what waits for the team, each sort up to a thousand.
func (s *Store) Tally(ctx context.Context) (tally mdt.LetterTally, err error) {
	addresses := map[any]bool{}
	failed, err1 := s.CountList(ctx, letterList(mdt.Failed), mostCounted)
	rejected, err2 := s.CountList(ctx, letterList(mdt.Rejected), mostCounted)
	suspect, err3 := s.CountList(ctx, suspects, mostCounted)
	for _, state := range []mdt.DeliveryState{mdt.Bounced, mdt.Complained, mdt.Suppressed} {
		err = errors.Join(err, s.eachListed(ctx, letterList(state), mostCounted, func(it Item) { addresses[it["aan"]] = true }))
	}
	tally = mdt.LetterTally{Failed: failed + rejected, Broken: len(addresses), Suspect: suspect}
	return tally, errors.Join(err, err1, err2, err3)
}

// eachListed goes through a list, as far as most items.
func (s *Store) eachListed(ctx context.Context, list string, most int, visit func(Item)) error {
	for after := ""; ; {
		page, err := s.engine.Query(ctx, Query{List: list, After: after, Limit: min(most, 200)})
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			if most--; most < 0 {
				return nil
			}
			visit(it)
		}
		if after = page.Next; after == "" || most <= 0 {
			return nil
		}
	}
}
