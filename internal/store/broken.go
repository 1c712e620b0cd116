package store

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
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

// CountList counts what stands in a list, up to most.
func (s *Store) CountList(ctx context.Context, list string, most int) (int, error) {
	n := 0
	err := s.each(ctx, Query{List: list}, most, func(Item) { n++ })
	return n, err
}

// Tally counts what waits for the team, each sort up to most: nobody looks at more than that by hand. The lists are
// counted at once. Open messages count that came before a moment.
func (s *Store) Tally(ctx context.Context, most int, late time.Time) (mdt.LetterTally, error) {
	lists := []string{letterList(mdt.Failed), letterList(mdt.Rejected), suspects}
	for _, state := range returned {
		lists = append(lists, letterList(state))
	}
	counts, errs := make([]int, len(lists)), make([]error, len(lists))
	addresses := make([]map[any]bool, len(lists))
	var wg sync.WaitGroup
	open, openErr := 0, error(nil)
	wg.Go(func() { openErr = s.each(ctx, openBefore(late), most, func(Item) { open++ }) })
	for i, list := range lists {
		addresses[i] = map[any]bool{}
		wg.Go(func() {
			errs[i] = s.each(ctx, Query{List: list}, most, func(it Item) {
				if counts[i]++; !strings.HasPrefix(it.text("reden"), mdt.LaterPerhaps) {
					addresses[i][it["aan"]] = true
				}
			})
		})
	}
	wg.Wait()
	broken := addresses[3]
	for _, more := range addresses[4:] {
		maps.Copy(broken, more)
	}
	return mdt.LetterTally{Failed: min(most, counts[0]+counts[1]), Suspect: counts[2], Broken: min(most, len(broken)), Open: open},
		errors.Join(append(errs, openErr)...)
}

// each goes through what q finds, as far as most items.
func (s *Store) each(ctx context.Context, q Query, most int, visit func(Item)) error {
	for {
		q.Limit = min(most, 200)
		page, err := s.engine.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			if most--; most < 0 {
				return nil
			}
			visit(it)
		}
		if q.After = page.Next; q.After == "" || most <= 0 {
			return nil
		}
	}
}
