package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// Cursor is a place in what a Query goes along: that of an item.
type Cursor struct {
	PK    string `json:"p,omitempty"` // of an item in a list
	SK    string `json:"s"`
	Order string `json:"o,omitempty"` // in the list
}

// Behind gives the After with which q goes on behind an item that it found. It can stand in a URL, except of an index
// that goes by a name.
func (q Query) Behind(it Item) string { return q.placeOf(it).after() }

func (q Query) placeOf(it Item) Cursor {
	c := Cursor{SK: it.Key().SK}
	if q.List != "" {
		c.PK = it.Key().PK
		c.Order, _ = it[q.index().Order].(string)
	}
	return c
}

func (c Cursor) after() string {
	raw, _ := json.Marshal(c) // three strings: there is nothing to go wrong
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Place reads where q is to go on; it may be asked only where After is not empty. An After that is none gives
// ErrInvalid.
func (q Query) Place() (c Cursor, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(q.After)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil || c.SK == "" || (c.PK == "") != (q.List == "") || (c.Order == "") != (q.List == "" || q.index().Order == "") {
		return c, fmt.Errorf("%w: After is no place in a list", ErrInvalid)
	}
	return c, nil
}

func (q Query) index() Index {
	if q.In == (Index{}) {
		return ByMoment
	}
	return q.In
}
