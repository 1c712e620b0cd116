package store

import (
	"context"
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
