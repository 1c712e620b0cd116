// Package store keeps the entries: a small interface over items, which an engine fulfils (dynamo, bolt),
// and above it the one place where keys, marshalling and conditions are written.
//
// Other packages use Store's methods and never see a key, a condition or an expression.
package store

import (
	"context"
	"errors"
	"fmt"
)

// Key names one item: its partition and its place in the order of that partition.
type Key struct{ PK, SK string }

// Item is what stands under a key: named attributes with plain values, so that it reads well in the
// console of the database too. A value is a string, int64, bool, []any or map[string]any of these.
// The attributes below have a meaning for every engine.
type Item map[string]any

// The attributes that engines know.
const (
	AttrPK      = "pk"
	AttrSK      = "sk"
	AttrVersion = "versie"   // int64, rises by one at each Replace
	AttrExpires = "vervalt"  // int64, Unix seconds from which the item counts as gone
	AttrList    = "lijst"    // string; an item with it stands in an index under this list …
	AttrOrder   = "volgorde" // … at this place (string)
)

// Key is the key the item carries.
func (i Item) Key() Key {
	pk, _ := i[AttrPK].(string)
	sk, _ := i[AttrSK].(string)
	return Key{pk, sk}
}

// Query asks for one page of a partition (PK) or of a list in an index (List), in order.
type Query struct {
	PK, List string // one of the two
	In       Index  // the index the list is in; zero: ByMoment
	Prefix   string // of SK, or of the order in the list
	UpTo     string // when set, only what stands at or before this (SK or order)
	After    string // a Page's Next, or what Behind gives: go on behind it
	Limit    int    // items on a page; 0: as many as a page holds (at most 1 MB)
	Last     bool   // from the end backwards
}

// Page is what a Query found. Next is empty on the last page.
// A list is read from an index and may lag a moment behind; a partition does not.
type Page struct {
	Items []Item
	Next  string
}

// Op is what a Condition asks of an attribute.
type Op int

// The conditions. A missing number counts as 0 for AtMost and AtLeast.
const (
	Absent          Op = iota // the attribute is not there (of AttrPK: the item is not there)
	Present                   // it is there
	Equal                     // it equals Value
	AtMost                    // it is at most Value (numbers, or strings in byte order)
	AtLeast                   // it is at least Value
	OneOf                     // it is one of Values
	AbsentOrExpired           // there is no such item, or its AttrExpires is at most Value (int64)
)

// Condition is one demand on the item as it stands; all demands of a Write must hold.
type Condition struct {
	Attr   string
	Op     Op
	Value  any
	Values []any
}

// Write is one change of one item in a transaction, or by itself through Change. Exactly one of Put,
// Delete, Check or (Set, Add, Remove) says what happens; the latter creates the item where it is absent.
type Write struct {
	Key    Key
	If     []Condition
	Put    Item             // replace the whole item
	Set    Item             // set these attributes
	Add    map[string]int64 // add to these numbers
	Remove []string         // take these attributes away
	Delete bool
	Check  bool // change nothing, demand only
}

// Engine is what a database must do. Its methods are safe for concurrent use and give
// ErrBusy, ErrUnknown, ErrUnavailable (wrapped) or *Refused; a finished context ends them.
type Engine interface {
	// Get reads items, consistently each by itself, in one round trip; result i belongs to keys i, nil
	// where there is none. At most 100 keys.
	Get(ctx context.Context, keys ...Key) ([]Item, error)
	// Query reads one page.
	Query(ctx context.Context, q Query) (Page, error)
	// Next adds one to the number under key and returns it; the first is 1. Gaps may occur.
	Next(ctx context.Context, key Key) (int64, error)
	// Change does one Write (not Put, Delete or Check) and returns the item as it is then. Where a
	// condition fails it gives *Refused with the item that stood in the way.
	Change(ctx context.Context, w Write) (Item, error)
	// Transact does all writes or none. Token (1-36 characters) marks this very transaction: sent
	// again within 10 minutes it takes effect once. At most 100 writes, each on another key.
	Transact(ctx context.Context, token string, writes []Write) error
}

// The ways a call to an engine can go wrong that are nobody's fault.
var (
	// ErrBusy: another transaction was at the same item, or the database asks to slow down. Nothing changed.
	ErrBusy = errors.New("store: busy")
	// ErrUnknown: the answer was lost. It may or may not have happened.
	ErrUnknown = errors.New("store: outcome unknown")
	// ErrUnavailable: it did not happen and will not until the database is back.
	ErrUnavailable = errors.New("store: unavailable")
)

// Passes says whether an error is one of these, or that there was no time to wait: the same may be asked again soon.
func Passes(err error) bool {
	return errors.Is(err, ErrUnavailable) || errors.Is(err, ErrBusy) || errors.Is(err, ErrUnknown) || errors.Is(err, context.DeadlineExceeded)
}

// Refused says that conditions did not hold and nothing changed.
type Refused struct {
	Reasons []Reason
}

// Reason is one failed write: its place in the transaction, and the item as it stood (nil: absent).
type Reason struct {
	Write int
	Old   Item
}

func (r *Refused) Error() string {
	return fmt.Sprintf("store: refused by %d condition(s)", len(r.Reasons))
}

// Of gives the reason that belongs to write i.
func (r *Refused) Of(i int) (Reason, bool) {
	for _, reason := range r.Reasons {
		if reason.Write == i {
			return reason, true
		}
	}
	return Reason{}, false
}
