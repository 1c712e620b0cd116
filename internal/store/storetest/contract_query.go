package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"aanmeldpunt/internal/store"
)

// Places in byte order, with the ones that are easily misplaced: a zero, a prefix of another, the last byte.
var places = []string{
	"\x00", "\x00\x01", "A", "a", "a\x00", "a\x00\x01", "a\x01", "aa", "ab", "ab\u007f", "b", "b#1", "b#10", "b#2", "c", "z", "é", "日", "\U0010ffff",
}

// all reads page after page, and demands that none is longer than the limit.
func all(t *testing.T, e store.Engine, q store.Query) (items []store.Item) {
	t.Helper()
	for range 1000 {
		page, err := e.Query(context.Background(), q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		if q.Limit > 0 && len(page.Items) > q.Limit {
			t.Errorf("%+v: a page of %d", q, len(page.Items))
		}
		items = append(items, page.Items...)
		if page.Next == "" {
			return items
		}
		q.After = page.Next
	}
	t.Fatalf("%+v: no end", q)
	return nil
}

// wanted picks from the places in order what a query asks for.
func wanted(q store.Query) []string {
	want := []string{}
	for _, place := range places {
		if strings.HasPrefix(place, q.Prefix) && (q.UpTo == "" || place <= q.UpTo) {
			want = append(want, place)
		}
	}
	if q.Last {
		slices.Reverse(want)
	}
	return want
}

// eachQuery calls f with queries of many shapes.
func eachQuery(f func(q store.Query)) {
	for _, prefix := range []string{"", "a", "a\x00", "b#", "zz", "\U0010ffff"} {
		for _, upTo := range []string{"", "a", "a\x00", "ab", "b#1", "0", "zzz"} {
			for _, limit := range []int{0, 1, 3, 100} {
				for _, last := range []bool{false, true} {
					f(store.Query{Prefix: prefix, UpTo: upTo, Limit: limit, Last: last})
				}
			}
		}
	}
}

func testPartitions(t *testing.T, e store.Engine) {
	for _, place := range places {
		put(t, e, key(t, place), store.Item{"x": place})
		put(t, e, store.Key{PK: t.Name() + "\x00", SK: place}, store.Item{}) // neighbours, who do not belong
		put(t, e, store.Key{PK: t.Name() + "a", SK: place}, store.Item{})
	}
	eachQuery(func(q store.Query) {
		q.PK = t.Name()
		got := []string{}
		for _, item := range all(t, e, q) {
			if item.Key().PK != q.PK || item["x"] != item.Key().SK {
				t.Fatalf("%+v: got %v", q, item)
			}
			got = append(got, item.Key().SK)
		}
		if diff := cmp.Diff(wanted(q), got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", q, diff)
		}
	})
	for name, q := range map[string]store.Query{
		"neither": {}, "both": {PK: "a", List: "b"}, "no such index": {List: "a", In: store.Index{Name: "x", List: "y"}},
		"a place in an index without order": {List: "a", In: store.ByReference, Prefix: "b"}, "no place": {PK: "a", After: "!"}, "no place in a list": {List: "a", After: "!"},
	} {
		if _, err := e.Query(context.Background(), q); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Run("a page ends by itself", func(t *testing.T) { testBigPage(t, e) })
}

func testBigPage(t *testing.T, e store.Engine) {
	for i := range 4 {
		put(t, e, key(t, fmt.Sprint(i)), store.Item{"x": strings.Repeat("x", 350_000)})
	}
	page, err := e.Query(context.Background(), store.Query{PK: t.Name()})
	if err != nil || len(page.Items) >= 4 || page.Next == "" {
		t.Errorf("%d items on a page, next %q, %v", len(page.Items), page.Next, err)
	}
	if got := len(all(t, e, store.Query{PK: t.Name()})); got != 4 {
		t.Errorf("%d of 4 items", got)
	}
}

// testLists stores three items at each place of a list in each index.
func testLists(t *testing.T, e store.Engine) {
	for _, x := range store.Indexes {
		t.Run(x.Name, func(t *testing.T) {
			if x.Order == "" {
				testWithoutOrder(t, e, x)
				return
			}
			testList(t, e, x)
		})
	}
	t.Run("moving", func(t *testing.T) { testMoving(t, e) })
	t.Run("in several", func(t *testing.T) { testInSeveral(t, e) })
	t.Run("behind an item", func(t *testing.T) { testBehind(t, e) })
}

// testList: those of one place may come in any order, but always in the same.
func testList(t *testing.T, e store.Engine, x store.Index) {
	list := t.Name()
	for i, place := range places {
		for j := range 3 {
			k := store.Key{PK: fmt.Sprintf("%s%d", t.Name(), j), SK: fmt.Sprintf("%02d", len(places)-i)}
			put(t, e, k, store.Item{x.List: list, x.Order: place, "x": place})
		}
	}
	put(t, e, key(t, "neighbour"), store.Item{x.List: list + "\x00", x.Order: "a"})
	put(t, e, key(t, "nowhere"), store.Item{x.List: list})
	put(t, e, key(t, "no list"), store.Item{x.Order: "a"})
	eachQuery(func(q store.Query) {
		q.List, q.In = list, x
		var want []string
		for _, place := range wanted(q) {
			want = append(want, place, place, place)
		}
		var got []string
		seen := map[store.Key]bool{}
		for _, item := range all(t, e, q) {
			if got = append(got, item[x.Order].(string)); seen[item.Key()] || item[x.List] != list {
				t.Errorf("%+v: %v twice, or of another list", q, item)
			}
			if seen[item.Key()] = true; (item["x"] == item[x.Order]) == x.KeysOnly || x.KeysOnly && len(item) != 4 {
				t.Errorf("%+v: got %v", q, item)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", q, diff)
		}
	})
}

// testBehind goes on behind each item of a list and of a partition.
func testBehind(t *testing.T, e store.Engine) {
	for i := range 5 {
		put(t, e, key(t, fmt.Sprint(i)), store.Item{store.AttrList: t.Name(), store.AttrOrder: "x"})
	}
	for _, q := range []store.Query{{PK: t.Name()}, {PK: t.Name(), Last: true}, {List: t.Name()}, {List: t.Name(), Last: true}} {
		items := all(t, e, q)
		for i, item := range items {
			q.After = q.Behind(item)
			if diff := cmp.Diff(items[i+1:], all(t, e, q), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%+v (-want +got):\n%s", q, diff)
			}
		}
	}
	for _, after := range []string{"!", "e30", store.Query{PK: "a"}.Behind(store.Item{"pk": "a", "sk": "b"})} {
		if _, err := e.Query(context.Background(), store.Query{List: t.Name(), After: after}); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%q: %v", after, err)
		}
	}
}

// testWithoutOrder finds all that stand under one list, page by page.
func testWithoutOrder(t *testing.T, e store.Engine, x store.Index) {
	for i := range 5 {
		put(t, e, key(t, fmt.Sprint(i)), store.Item{x.List: t.Name(), "x": "x"})
	}
	put(t, e, key(t, "neighbour"), store.Item{x.List: t.Name() + "a"})
	for _, limit := range []int{0, 1, 2, 5} {
		found := map[string]bool{}
		for _, item := range all(t, e, store.Query{List: t.Name(), In: x, Limit: limit}) {
			if found[item.Key().SK] = true; x.KeysOnly && len(item) != 3 || item[x.List] != t.Name() {
				t.Errorf("got %v", item)
			}
		}
		if len(found) != 5 {
			t.Errorf("by %d at once: %v", limit, found)
		}
	}
}

// testInSeveral lets one item stand in every index, change its place in one, and leave.
func testInSeveral(t *testing.T, e store.Engine) {
	item := store.Item{}
	for _, x := range store.Indexes {
		if item[x.List] = t.Name(); x.Order != "" {
			item[x.Order] = "1"
		}
	}
	in := func(what, want string) {
		t.Helper()
		got := ""
		for _, x := range store.Indexes {
			for _, item := range all(t, e, store.Query{List: t.Name(), In: x}) {
				order, _ := item[x.Order].(string)
				got += x.Name + order + " "
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	put(t, e, key(t, "x"), item)
	in("put", "lijst1 groep1 naam1 organisatie1 kenmerk ")
	change := func(w store.Write) {
		t.Helper()
		w.Key = key(t, "x")
		if err := transact(e, w); err != nil {
			t.Fatal(err)
		}
	}
	change(store.Write{Set: store.Item{store.ByName.Order: "2"}, Remove: []string{store.ByOrganisation.Order}})
	in("one moved, one left", "lijst1 groep1 naam2 kenmerk ")
	change(store.Write{Set: store.Item{store.AttrOrder: "3", store.ByGroup.List: t.Name() + "other"}})
	in("two moved", "lijst3 naam2 kenmerk ")
	change(store.Write{Delete: true})
	in("deleted", "")
}

// testMoving lets an item come into a list, move, change without moving, and leave.
func testMoving(t *testing.T, e store.Engine) {
	k, a, b := key(t, "x"), t.Name()+"a", t.Name()+"b"
	in := func(want string) {
		t.Helper()
		got := ""
		for _, list := range []string{a, b} {
			for _, item := range all(t, e, store.Query{List: list}) {
				got += fmt.Sprint(strings.TrimPrefix(list, t.Name()), item[store.AttrOrder], item["n"], " ")
			}
		}
		if got != want {
			t.Errorf("in the lists stands %q, want %q", got, want)
		}
	}
	steps := []struct {
		write store.Write
		want  string
	}{
		{store.Write{Put: store.Item{"n": int64(1)}}, ""},
		{store.Write{Set: store.Item{store.AttrList: a, store.AttrOrder: "1"}}, "a11 "},
		{store.Write{Add: map[string]int64{"n": 1}}, "a12 "},
		{store.Write{Set: store.Item{store.AttrOrder: "2"}}, "a22 "},
		{store.Write{Put: store.Item{"n": int64(3), store.AttrList: b, store.AttrOrder: "2"}}, "b23 "},
		{store.Write{Remove: []string{store.AttrOrder}}, ""},
		{store.Write{Set: store.Item{store.AttrOrder: "0"}}, "b03 "},
		{store.Write{Remove: []string{store.AttrList}}, ""},
		{store.Write{Put: store.Item{"n": int64(4), store.AttrList: a, store.AttrOrder: "9"}}, "a94 "},
		{store.Write{Put: store.Item{"n": int64(5)}}, ""},
		{store.Write{Put: store.Item{"n": int64(6), store.AttrList: a, store.AttrOrder: "9"}}, "a96 "},
		{store.Write{Delete: true}, ""},
	}
	for _, step := range steps {
		step.write.Key = k
		if err := transact(e, step.write); err != nil {
			t.Fatal(err)
		}
		in(step.want)
	}
}
