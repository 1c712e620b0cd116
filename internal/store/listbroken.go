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
func (s *Store) ListBroken(ctx context.Context, meeting, after string, limit int, now time.Time) (found Listed[mdt.Registration], err error) {
	at, after, _ := strings.Cut(after, ".")
	n, _ := strconv.Atoi(at)
	seen := map[mdt.PersonID]bool{}
	for range mostPages + len(returned) {
		if n < 0 || n >= len(returned) || len(found.Entries) >= limit {
			break
		}
		page, err := s.engine.Query(ctx, Query{List: letterList(returned[n]), After: after, Limit: MaxKeys / 2, Last: true})
		if err != nil {
			return Listed[mdt.Registration]{}, err
		}
		entries, err := s.brokenAmong(ctx, meeting, page.Items, seen, now)
		if err != nil {
			return Listed[mdt.Registration]{}, err
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

// brokenAmong gives the registrations of those whose letters these are and who were not seen yet.
func (s *Store) brokenAmong(ctx context.Context, meeting string, letters []Item, seen map[mdt.PersonID]bool, now time.Time) (entries []mdt.Registration, err error) {
	var keys []Key
	for _, it := range letters {
		if p := mdt.PersonID(it.text("persoon")); p != "" && !seen[p] {
			seen[p] = true
			keys = append(keys, registrationKey(meeting, p), addressKey(p))
		}
	}
	items, err := gather(ctx, s.engine, keys)
	for i := 0; i < len(items) && err == nil; i += 2 {
		_, broken := items[i+1][attrBroken]
		if items[i] == nil || expired(items[i], now) || !broken || expired(items[i+1], now) {
			continue
		}
		var entry *mdt.Registration
		if entry, err = registrationOf(items[i]); err == nil {
			entries = append(entries, *entry)
		}
	}
	return entries, err
}
