package store

import (
	"context"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Lists for the team, a page at a time. They go by indexes and may lag a moment.

// mostPages is how much of a list a page of it may cost: four times what a Query gives at once (1 MB).
const mostPages = 4

// Listing says which page of a list is wanted.
type Listing[T any] struct {
	Keep  func(*T) bool // nil: all
	After string        // a Listed's Next
	Limit int
	// Oldest has the list go the other way: the oldest first. A list by name or organisation has no such way.
	Oldest bool
}

// Listed is a page of a list.
type Listed[T any] struct {
	Entries []T
	Next    string // where to go on; empty: there is no more
	Seen    int    // how many entries were looked at for it
	Cut     bool   // the page is short because it has looked at as much as it may; Next goes on behind that
}

// Order is what a list of registrations goes by.
type Order int

// The orders.
const (
	Newest Order = iota
	Oldest
	ByTheName
	ByTheOrganisation // those that name one
)

// RegistrationListing is a Listing of registrations.
type RegistrationListing struct {
	Listing[mdt.Registration]
	Status mdt.Status // empty: all
	Order  Order
	Begins string // of the name or the organisation, where the order is that: as somebody types it
}

// ListRegistrations gives a page of the registrations of a meeting, of one status or in one order: one round trip, by
// name or organisation two. What Keep leaves out is read all the same, and at most mostPages at once. What has passed
// its end is left out. It gives ErrInvalid where After is none of this list.
func (s *Store) ListRegistrations(ctx context.Context, meeting string, l RegistrationListing, now time.Time) (Listed[mdt.Registration], error) {
	q := Query{List: registrationList(meeting), Last: l.Order != Oldest}
	byMoment := l.Order == Newest || l.Order == Oldest
	switch {
	case l.Order == ByTheName:
		q.In, q.Last, q.Prefix = ByName, false, mdt.SearchKey(l.Begins)
	case l.Order == ByTheOrganisation:
		q.In, q.Last, q.Prefix = ByOrganisation, false, mdt.SearchKey(l.Begins)
	case l.Status != "":
		q.In, q.List = ByGroup, statusGroup(meeting, l.Status)
	}
	if !byMoment && l.Status != "" {
		l.Keep = both(func(r *mdt.Registration) bool { return r.Status == l.Status }, l.Keep)
	}
	return list(ctx, s.engine, q, l.Listing, now, registrationOf)
}

func both[T any](a, b func(*T) bool) func(*T) bool {
	if b == nil {
		return a
	}
	return func(value *T) bool { return a(value) && b(value) }
}

// ListProposals gives a page of the proposals for a meeting, the newest first, as ListRegistrations.
func (s *Store) ListProposals(ctx context.Context, meeting string, l Listing[mdt.Proposal], now time.Time) (Listed[mdt.Proposal], error) {
	return list(ctx, s.engine, Query{List: proposalList(meeting), Last: !l.Oldest}, l, now, valueOf[mdt.Proposal])
}

func valueOf[T any](it Item) (*T, error) {
	if it == nil {
		return nil, nil
	}
	value := new(T)
	return value, Unmarshal(it, value)
}

// list reads a page: without a choice so many items, with one as many as it takes to find so many.
func list[T any](ctx context.Context, engine Engine, q Query, l Listing[T], now time.Time, of func(Item) (*T, error)) (found Listed[T], err error) {
	if q.After = l.After; l.Keep == nil || q.index().KeysOnly {
		q.Limit = l.Limit
	}
	standing := func(it Item) (*T, error) {
		if expired(it, now) {
			return nil, nil
		}
		return of(it)
	}
	for range mostPages {
		page, err := engine.Query(ctx, q)
		if err != nil {
			return Listed[T]{}, err
		}
		if err := found.take(ctx, engine, q, page, l, standing); err != nil {
			return Listed[T]{}, err
		}
		if q.After = found.Next; q.After == "" || l.Keep == nil || len(found.Entries) >= l.Limit {
			return found, nil
		}
	}
	found.Cut = true
	return found, nil
}

// take adds what is wanted of one page of the engine. Next is behind that page, or behind the last that was wanted.
func (f *Listed[T]) take(ctx context.Context, engine Engine, q Query, page Page, l Listing[T], of func(Item) (*T, error)) error {
	whole := page.Items
	if q.index().KeysOnly {
		var err error
		if whole, err = gather(ctx, engine, keysOf(page.Items, Item.Key)); err != nil {
			return err
		}
	}
	for i, it := range whole {
		value, err := of(it)
		if err != nil {
			return err
		}
		if f.Seen++; value == nil || l.Keep != nil && !l.Keep(value) { // nil: it went since
			continue
		}
		if f.Entries = append(f.Entries, *value); len(f.Entries) == l.Limit && (i < len(whole)-1 || page.Next != "") {
			f.Next = q.Behind(page.Items[i])
			return nil
		}
	}
	f.Next = page.Next
	return nil
}

// Found says where something is that was found by its reference.
type Found struct {
	Of      mdt.NoteOf // what it is
	Person  mdt.PersonID
	Meeting string // of a message: empty
	ID      string // of a proposal or a message
}

// Find gives what has a reference: nothing, or one, as good as always. It may lag a moment.
func (s *Store) Find(ctx context.Context, reference string) (found []Found, err error) {
	if !indexable(reference) {
		return nil, nil
	}
	page, err := s.engine.Query(ctx, Query{List: reference, In: ByReference, Limit: 10})
	for _, it := range page.Items {
		found = append(found, foundAt(it.Key()))
	}
	return found, err
}

// ListInterests gives a page of those who asked to be told of a meeting, the newest first, as ListRegistrations.
func (s *Store) ListInterests(ctx context.Context, meeting string, l Listing[mdt.Interest], now time.Time) (Listed[mdt.Interest], error) {
	return list(ctx, s.engine, Query{List: interestList(meeting), Last: !l.Oldest}, l, now, valueOf[mdt.Interest])
}
