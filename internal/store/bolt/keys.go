package bolt

import (
	"bytes"
	"strings"

	"aanmeldpunt/internal/store"
)

// Keys in the file keep the order of what they are made of: every part but the last is ended by 0x00 0x01,
// and a zero byte inside one is written as 0x00 0xFF.

func appendPart(b []byte, part string) []byte {
	return append(appendEscaped(b, part), 0x00, 0x01)
}

func appendEscaped(b []byte, s string) []byte {
	for {
		i := strings.IndexByte(s, 0)
		if i < 0 {
			return append(b, s...)
		}
		b = append(append(b, s[:i]...), 0x00, 0xFF)
		s = s[i+1:]
	}
}

// cutPart takes the first part off a key.
func cutPart(key []byte) (part string, rest []byte, ok bool) {
	i := bytes.Index(key, []byte{0x00, 0x01})
	if i < 0 {
		return "", nil, false
	}
	return string(bytes.ReplaceAll(key[:i], []byte{0x00, 0xFF}, []byte{0x00})), key[i+2:], true
}

// itemKey is partition, then place in it.
func itemKey(key store.Key) []byte {
	b := appendPart(make([]byte, 0, len(key.PK)+len(key.SK)+4), key.PK)
	return append(b, key.SK...)
}

func parseItemKey(key []byte) (store.Key, error) {
	pk, sk, ok := cutPart(key)
	if !ok {
		return store.Key{}, errForm
	}
	return store.Key{PK: pk, SK: string(sk)}, nil
}

// entries are the keys of an item in each index; nil in one that it does not stand in.
type entries [len(store.Indexes)][]byte

// entriesOf gives the keys of the item under key, by its placing attributes: list, order in it, then the item's key.
func entriesOf(item store.Item, key []byte) (found entries) {
	for i, x := range store.Indexes {
		if list, order, in := x.Place(item); in {
			b := appendPart(appendPart(make([]byte, 0, len(list)+len(order)+len(key)+8), list), order)
			found[i] = append(b, key...)
		}
	}
	return found
}

// placedAt takes an index key apart: the place, and the key of the item.
func placedAt(index []byte) (list, order string, item []byte, err error) {
	list, rest, ok1 := cutPart(index)
	order, item, ok2 := cutPart(rest)
	if !ok1 || !ok2 {
		return "", "", nil, errForm
	}
	return list, order, item, nil
}

// span is a stretch of keys, from lo up to but not including hi.
type span struct{ lo, hi []byte }

// within is the stretch that begins with base, narrowed to what begins with prefix and stands at or
// before upTo. Last says whether the place is the key's last part (so that it is written as it is).
func within(base []byte, prefix, upTo string, last bool) span {
	escape := appendEscaped
	if last {
		escape = func(b []byte, s string) []byte { return append(b, s...) }
	}
	lo := escape(bytes.Clone(base), prefix)
	s := span{lo, after(lo)}
	if upTo == "" {
		return s
	}
	var end []byte
	if last {
		end = append(append(bytes.Clone(base), upTo...), 0x00) // the first key behind upTo itself
	} else {
		end = after(appendPart(bytes.Clone(base), upTo))
	}
	if s.hi == nil || bytes.Compare(end, s.hi) < 0 {
		s.hi = end
	}
	return s
}

// after is the first key behind all that begin with prefix; nil where there is none.
func after(prefix []byte) []byte {
	end := bytes.TrimRight(prefix, "\xff")
	if len(end) == 0 {
		return nil
	}
	end = bytes.Clone(end)
	end[len(end)-1]++
	return end
}
