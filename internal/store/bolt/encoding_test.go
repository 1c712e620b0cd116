package bolt

import (
	"bytes"
	"cmp"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"aanmeldpunt/internal/store"
)

// FuzzDecode: whatever a damaged file holds, reading it gives an item that can be stored again, or an error.
func FuzzDecode(f *testing.F) {
	for _, item := range []store.Item{
		{}, {"naam": "Zoë", "n": int64(-1 << 63), "ja": true, "nee": false}, {"l": []any{"a", []any{}, map[string]any{"x": int64(1)}}},
	} {
		form, err := encode(item)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(form)
		f.Add(form[:len(form)-1])
	}
	f.Add([]byte{formVersion, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, form []byte) {
		if len(form) > 1<<16 {
			return
		}
		_, peekErr := peek(form, store.AttrList)
		key := store.Key{PK: "p", SK: "s"}
		item, err := decode(key, form)
		if err != nil {
			return
		}
		if peekErr != nil {
			t.Fatalf("read whole, but not in part: %v", peekErr)
		}
		again, err := encode(item)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decode(key, again)
		if diff := gocmp.Diff(item, back); diff != "" || err != nil {
			t.Fatalf("%v (-was +is):\n%s", err, diff)
		}
	})
}

// TestKeysKeepTheOrderOfTheirParts draws parts from few bytes, so that they are often each other's prefix.
func TestKeysKeepTheOrderOfTheirParts(t *testing.T) {
	part := rapid.StringOfN(rapid.SampledFrom([]rune{0, 1, 2, 'a', '\u00ff'}), 1, 4, -1)
	keys := rapid.Custom(func(t *rapid.T) store.Key { return store.Key{PK: part.Draw(t, "pk"), SK: part.Draw(t, "sk")} })
	rapid.Check(t, func(t *rapid.T) {
		a, b := keys.Draw(t, "a"), keys.Draw(t, "b")
		want := cmp.Or(cmp.Compare(a.PK, b.PK), cmp.Compare(a.SK, b.SK))
		if got := bytes.Compare(itemKey(a), itemKey(b)); got != want {
			t.Errorf("%q against %q: %d, want %d", a, b, got, want)
		}
		if back, err := parseItemKey(itemKey(a)); back != a || err != nil {
			t.Errorf("%q came back as %q, %v", a, back, err)
		}
		list, order := part.Draw(t, "list"), part.Draw(t, "order")
		in := entriesOf(store.Item{store.AttrList: list, store.AttrOrder: order}, itemKey(a))
		if l, o, item, err := placedAt(in[0]); l != list || o != order || !bytes.Equal(item, itemKey(a)) || err != nil {
			t.Errorf("%q in %q at %q came back as %q in %q at %q, %v", a, list, order, item, l, o, err)
		}
	})
}
