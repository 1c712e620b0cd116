package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// returned are the states of letters that say of an address that it takes no mail.
var returned = []mdt.DeliveryState{mdt.Bounced, mdt.Complained, mdt.Suppressed}

// ListBroken gives registrations of a meeting whose address takes no mail: found by the letters that came back, which
// are kept as long as that is known. A page goes through so many letters at once and stops when it has limit, or read
// mostPages; one whose letters came back more than once may be on two pages.
func (s *Store) ListBroken(ctx context.Context, meeting, after string, limit int, now time.Time) (Listed[mdt.Registration], error) {
	return listBroken(ctx, s.engine, func(p mdt.PersonID) Key { return registrationKey(meeting, p) }, registrationOf, after, limit, now)
}

// ListBrokenInterests gives those who asked to be told of a meeting whose address takes no mail, as ListBroken.
func (s *Store) ListBrokenInterests(ctx context.Context, meeting, after string, limit int, now time.Time) (Listed[mdt.Interest], error) {
	return listBroken(ctx, s.engine, func(p mdt.PersonID) Key { return interestKey(meeting, p) }, valueOf[mdt.Interest], after, limit, now)
}

func listBroken[T any](ctx context.Context, engine Engine, key func(mdt.PersonID) Key, of func(Item) (*T, error), after string, limit int, now time.Time) (found Listed[T], err error) {
	at, after, _ := strings.Cut(after, ".")
	n, _ := strconv.Atoi(at)
	seen := map[mdt.PersonID]bool{}
	for range mostPages + len(returned) {
		if n < 0 || n >= len(returned) || len(found.Entries) >= limit {
			break
		}
		page, err := engine.Query(ctx, Query{List: letterList(returned[n]), After: after, Limit: MaxKeys / 2, Last: true})
		if err != nil {
			return Listed[T]{}, err
		}
		entries, err := brokenAmong(ctx, engine, key, of, page.Items, seen, now)
		if err != nil {
			return Listed[T]{}, err
		}
		found.Entries, found.Seen = append(found.Entries, entries...), found.Seen+len(page.Items)
		if after = page.Next; after == "" {
			n++
		}
	}
	if n < len(returned) {
		found.Next, found.Cut = strconv.Itoa(n)+"."+after, len(found.Entries) < limit
	}
	return found, nil
}

// brokenAmong gives the entries of those whose letters these are and who were not seen yet.
func brokenAmong[T any](ctx context.Context, engine Engine, key func(mdt.PersonID) Key, of func(Item) (*T, error), letters []Item, seen map[mdt.PersonID]bool, now time.Time) (entries []T, err error) {
	var keys []Key
	for _, it := range letters {
		if p := mdt.PersonID(it.text("persoon")); p != "" && !seen[p] {
			seen[p] = true
			keys = append(keys, key(p), addressKey(p))
		}
	}
	items, err := gather(ctx, engine, keys)
	for i := 0; i < len(items) && err == nil; i += 2 {
		_, broken := items[i+1][attrBroken]
		if items[i] == nil || expired(items[i], now) || !broken || expired(items[i+1], now) {
			continue
		}
		var entry *T
		if entry, err = of(items[i]); err == nil {
			entries = append(entries, *entry)
		}
	}
	return entries, err
}
