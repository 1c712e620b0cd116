package store

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The letters as the team sees them: by state, the newest first.

// ListLetters gives a page of the letters of a state, as ListRegistrations.
func (s *Store) ListLetters(ctx context.Context, state mdt.DeliveryState, l Listing[mdt.Letter], now time.Time) (Listed[mdt.Letter], error) {
	return list(ctx, s.engine, Query{List: letterList(state), Last: true}, l, now, letterOf)
}

func letterOf(it Item) (*mdt.Letter, error) {
	letter, err := valueOf[mdt.Letter](it)
	if end, limited := it[AttrExpires].(int64); limited && letter != nil {
		letter.Expires = time.Unix(end, 0).UTC()
	}
	return letter, err
}

// CountStates counts the letters of some states, each as far as most; all at once.
func (s *Store) CountStates(ctx context.Context, states []mdt.DeliveryState, most int) (map[mdt.DeliveryState]int, error) {
	counts, errs := make([]int, len(states)), make([]error, len(states))
	var wg sync.WaitGroup
	for i, state := range states {
		wg.Go(func() { counts[i], errs[i] = s.CountList(ctx, letterList(state), most) })
	}
	wg.Wait()
	found := map[mdt.DeliveryState]int{}
	for i, state := range states {
		if errs[i] != nil {
			return nil, errs[i]
		}
		found[state] = counts[i]
	}
	return found, nil
}

// SendAgain puts a letter where it is sent again, if it is as it was read. It gives ErrLostRace where it is not.
func (s *Store) SendAgain(ctx context.Context, letter mdt.Letter, was mdt.Delivery) error {
	set := deliverySet(letter.ID, letter.Delivery)
	set["reden"] = letter.Reason
	_, err := s.engine.Change(ctx, Write{Key: letterKey(letter.ID), Set: set, If: []Condition{{Attr: attrVoid, Op: Absent},
		{Attr: "staat", Op: Equal, Value: string(was.State)}, {Attr: "pogingen", Op: AtMost, Value: int64(was.Attempts)}}})
	if refused(err) {
		return ErrLostRace
	}
	return err
}

// BrokenAddress is one that takes no mail, with a letter that came back from it.
type BrokenAddress struct {
	Since  time.Time
	Letter mdt.Letter
}

// BrokenAddresses gives a page of the addresses that take no mail, found by the letters that came back, which are kept
// as long as that is known. A page goes through so many letters, and through at most mostPages of them; an address whose
// letters came back more than once may be on two pages.
func (s *Store) BrokenAddresses(ctx context.Context, after string, limit int, now time.Time) (found Listed[BrokenAddress], err error) {
	at, after, _ := strings.Cut(after, ".")
	n, _ := strconv.Atoi(at)
	seen := map[mdt.PersonID]bool{}
	for range mostPages + len(returned) {
		if n < 0 || n >= len(returned) || len(found.Entries) >= limit {
			break
		}
		page, err := s.engine.Query(ctx, Query{List: letterList(returned[n]), After: after, Limit: limit, Last: true})
		if err != nil {
			return Listed[BrokenAddress]{}, err
		}
		if err := s.brokenBehind(ctx, &found, page.Items, seen, now); err != nil {
			return Listed[BrokenAddress]{}, err
		}
		if after = page.Next; after == "" {
			n++
		}
	}
	if n >= 0 && n < len(returned) {
		found.Next, found.Cut = strconv.Itoa(n)+"."+after, len(found.Entries) < limit
	}
	return found, nil
}

// brokenBehind adds the addresses of those letters that still take no mail, each once.
func (s *Store) brokenBehind(ctx context.Context, found *Listed[BrokenAddress], letters []Item, seen map[mdt.PersonID]bool, now time.Time) error {
	var of []Item
	var persons []mdt.PersonID
	for _, it := range letters {
		found.Seen++
		if p := mdt.PersonID(it.text("persoon")); p != "" && !seen[p] {
			seen[p], persons, of = true, append(persons, p), append(of, it)
		}
	}
	notes, err := gather(ctx, s.engine, keysOf(persons, addressKey))
	for i := 0; i < len(notes) && err == nil; i++ {
		var note mdt.AddressNote
		if err = Unmarshal(notes[i], &note); err != nil || note.Broken == nil || expired(notes[i], now) {
			continue
		}
		var letter *mdt.Letter
		if letter, err = letterOf(of[i]); err == nil {
			found.Entries = append(found.Entries, BrokenAddress{*note.Broken, *letter})
		}
	}
	return err
}
