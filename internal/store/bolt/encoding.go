package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"

	"aanmeldpunt/internal/store"
)

// The stored form of an item is a byte for the form's version, then its attributes without pk and sk (which
// stand in the key): a count, and for each a name and a value. A value is a kind, then a text (length and
// bytes), a whole number (zigzag varint), nothing (true, false), a list (count, values) or a map (as an item).
const formVersion = 1

const (
	kindText   = 's'
	kindNumber = 'i'
	kindTrue   = 't'
	kindFalse  = 'f'
	kindList   = '['
	kindMap    = '{'
)

var errForm = errors.New("a stored item makes no sense")

// encode gives the stored form; the item's values have been checked.
func encode(item store.Item) ([]byte, error) {
	n := len(item)
	for _, name := range [...]string{store.AttrPK, store.AttrSK} {
		if _, ok := item[name]; ok {
			n--
		}
	}
	b := binary.AppendUvarint(append(make([]byte, 0, 512), formVersion), uint64(n))
	for name, value := range item {
		if name != store.AttrPK && name != store.AttrSK {
			b = appendValue(appendText(b, name), value)
		}
	}
	if len(b) > store.MaxItem {
		return nil, fmt.Errorf("%w: an item of %d bytes", store.ErrInvalid, len(b))
	}
	return b, nil
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendValue(b []byte, value any) []byte {
	switch value := value.(type) {
	case string:
		return appendText(append(b, kindText), value)
	case int64:
		return binary.AppendVarint(append(b, kindNumber), value)
	case bool:
		if value {
			return append(b, kindTrue)
		}
		return append(b, kindFalse)
	case []any:
		b = binary.AppendUvarint(append(b, kindList), uint64(len(value)))
		for _, element := range value {
			b = appendValue(b, element)
		}
		return b
	case map[string]any:
		b = binary.AppendUvarint(append(b, kindMap), uint64(len(value)))
		for name, element := range value {
			b = appendValue(appendText(b, name), element)
		}
		return b
	}
	panic(fmt.Sprintf("bolt: a %T passed the check", value))
}

// decode reads the stored form of the item under key.
func decode(key store.Key, stored []byte) (store.Item, error) {
	r := reader{rest: string(stored)} // one copy, of which all texts are pieces
	if r.byte() != formVersion {
		return nil, errForm
	}
	item := store.Item(r.fields(2))
	item[store.AttrPK], item[store.AttrSK] = key.PK, key.SK
	if r.bad || r.rest != "" {
		return nil, errForm
	}
	return item, nil
}

// reader takes a stored form apart. Once bad, it stays so.
type reader struct {
	rest string
	bad  bool
}

func (r *reader) byte() byte {
	if r.rest == "" {
		r.bad = true
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *reader) uvarint() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		b := r.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	r.bad = true
	return 0
}

// count reads a number of things that each take a byte at least.
func (r *reader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *reader) text() string {
	n := r.count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *reader) fields(more int) map[string]any {
	n := r.count()
	fields := make(map[string]any, n+more)
	for range n {
		if r.bad {
			break
		}
		name := r.text()
		fields[name] = r.value()
	}
	return fields
}

func (r *reader) value() any {
	switch r.byte() {
	case kindText:
		return r.text()
	case kindNumber:
		n := r.uvarint()
		return int64(n>>1) ^ -int64(n&1)
	case kindTrue:
		return true
	case kindFalse:
		return false
	case kindList:
		list := make([]any, 0, r.count())
		for range cap(list) {
			list = append(list, r.value())
		}
		return list
	case kindMap:
		return r.fields(0)
	}
	r.bad = true
	return nil
}

// peek reads the named attributes of a stored form without taking the rest into memory; nil where absent.
func peek(stored []byte, names ...string) ([]any, error) {
	found := make([]any, len(names))
	r := reader{rest: string(stored)}
	if r.byte() != formVersion {
		return nil, errForm
	}
	for range r.count() {
		name, value := r.text(), r.value()
		for i := range names {
			if name == names[i] {
				found[i] = value
			}
		}
	}
	if r.bad {
		return nil, errForm
	}
	return found, nil
}
