package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
)

// Contract holds an engine against what the store's interface promises. newEngine gives an engine on an
// empty store; it may be called more than once.
func Contract(t *testing.T, newEngine func(testing.TB) store.Engine) {
	e := newEngine(t)
	for _, part := range []struct {
		name string
		test func(*testing.T, store.Engine)
	}{
		{"conditions", testConditions},
		{"writes", testWrites},
		{"refusals", testRefusals},
		{"all or nothing", testAllOrNothing},
		{"tokens", testTokens},
		{"values", testValues},
		{"limits", testLimits},
		{"contexts", testContexts},
		{"get", testGet},
		{"partitions", testPartitions},
		{"lists", testLists},
		{"numbers", testNext},
		{"seats", testSeats},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, e) })
	}
	t.Run("any order of calls", func(t *testing.T) { testModel(t, e) })
}

// key gives a key of the test's own.
func key(t *testing.T, sk string) store.Key { return store.Key{PK: t.Name(), SK: sk} }

// with gives the item with its key in it, as it is read.
func with(key store.Key, item store.Item) store.Item {
	item[store.AttrPK], item[store.AttrSK] = key.PK, key.SK
	return item
}

func transact(e store.Engine, writes ...store.Write) error {
	return e.Transact(context.Background(), store.NewToken(), writes)
}

func put(t *testing.T, e store.Engine, key store.Key, item store.Item) {
	t.Helper()
	if err := transact(e, store.Write{Key: key, Put: item}); err != nil {
		t.Fatal(err)
	}
}

// stands demands that this item stands under key; nil: none.
func stands(t *testing.T, e store.Engine, key store.Key, want store.Item) {
	t.Helper()
	got, err := e.Get(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("%v (-want +got):\n%s", key, diff)
	}
}

func testConditions(t *testing.T, e store.Engine) {
	item := store.Item{
		"text": "m", "number": int64(5), "yes": true, "list": []any{"a", int64(1)}, "map": map[string]any{"k": "v"},
		"empty": "", store.AttrExpires: int64(100),
	}
	there, absent := key(t, "there"), key(t, "absent")
	put(t, e, there, item)
	tests := []struct {
		condition     store.Condition
		there, absent bool // whether it holds on the item, and where there is none
	}{
		{store.Condition{Attr: "pk", Op: store.Absent}, false, true},
		{store.Condition{Attr: "pk", Op: store.Present}, true, false},
		{store.Condition{Attr: "nothing", Op: store.Absent}, true, true},
		{store.Condition{Attr: "nothing", Op: store.Present}, false, false},
		{store.Condition{Attr: "empty", Op: store.Present}, true, false},
		{store.Condition{Attr: "text", Op: store.Equal, Value: "m"}, true, false},
		{store.Condition{Attr: "text", Op: store.Equal, Value: "M"}, false, false},
		{store.Condition{Attr: "text", Op: store.Equal, Value: int64(5)}, false, false},
		{store.Condition{Attr: "empty", Op: store.Equal, Value: ""}, true, false},
		{store.Condition{Attr: "nothing", Op: store.Equal, Value: ""}, false, false},
		{store.Condition{Attr: "nothing", Op: store.Equal, Value: int64(0)}, false, false},
		{store.Condition{Attr: "number", Op: store.Equal, Value: int64(5)}, true, false},
		{store.Condition{Attr: "number", Op: store.Equal, Value: "5"}, false, false},
		{store.Condition{Attr: "yes", Op: store.Equal, Value: true}, true, false},
		{store.Condition{Attr: "yes", Op: store.Equal, Value: false}, false, false},
		{store.Condition{Attr: "list", Op: store.Equal, Value: []any{"a", int64(1)}}, true, false},
		{store.Condition{Attr: "list", Op: store.Equal, Value: []any{int64(1), "a"}}, false, false},
		{store.Condition{Attr: "map", Op: store.Equal, Value: map[string]any{"k": "v"}}, true, false},
		{store.Condition{Attr: "number", Op: store.AtMost, Value: int64(5)}, true, true},
		{store.Condition{Attr: "number", Op: store.AtMost, Value: int64(4)}, false, true},
		{store.Condition{Attr: "number", Op: store.AtMost, Value: int64(-1)}, false, false},
		{store.Condition{Attr: "nothing", Op: store.AtMost, Value: int64(0)}, true, true},
		{store.Condition{Attr: "nothing", Op: store.AtMost, Value: int64(-1)}, false, false},
		{store.Condition{Attr: "number", Op: store.AtLeast, Value: int64(5)}, true, false},
		{store.Condition{Attr: "number", Op: store.AtLeast, Value: int64(6)}, false, false},
		{store.Condition{Attr: "number", Op: store.AtLeast, Value: int64(0)}, true, true},
		{store.Condition{Attr: "nothing", Op: store.AtLeast, Value: int64(-1)}, true, true},
		{store.Condition{Attr: "nothing", Op: store.AtLeast, Value: int64(1)}, false, false},
		{store.Condition{Attr: "text", Op: store.AtMost, Value: "m"}, true, false},
		{store.Condition{Attr: "text", Op: store.AtMost, Value: "l"}, false, false},
		{store.Condition{Attr: "text", Op: store.AtMost, Value: int64(9)}, false, true},
		{store.Condition{Attr: "number", Op: store.AtMost, Value: "9"}, false, false},
		{store.Condition{Attr: "text", Op: store.AtLeast, Value: "M"}, true, false},
		{store.Condition{Attr: "text", Op: store.AtLeast, Value: "ma"}, false, false},
		{store.Condition{Attr: "text", Op: store.OneOf, Values: []any{"k", "m"}}, true, false},
		{store.Condition{Attr: "text", Op: store.OneOf, Values: []any{"k", int64(5)}}, false, false},
		{store.Condition{Attr: "number", Op: store.OneOf, Values: []any{"5", int64(5)}}, true, false},
		{store.Condition{Op: store.AbsentOrExpired, Value: int64(100)}, true, true},
		{store.Condition{Op: store.AbsentOrExpired, Value: int64(99)}, false, true},
	}
	for _, test := range tests {
		for at, want := range map[store.Key]bool{there: test.there, absent: test.absent} {
			err := transact(e, store.Write{Key: at, Check: true, If: []store.Condition{test.condition}})
			if refused := new(store.Refused); (err == nil) != want || err != nil && !errors.As(err, &refused) {
				t.Errorf("%+v on %s: %v, want it to hold: %t", test.condition, at.SK, err, want)
			}
		}
	}
	t.Run("an item without an end does not expire", func(t *testing.T) {
		put(t, e, key(t, "x"), store.Item{"naam": "x"})
		err := transact(e, store.Write{Key: key(t, "x"), Check: true, If: []store.Condition{{Op: store.AbsentOrExpired, Value: int64(1 << 40)}}})
		demandRefusal(t, err, store.Reason{Write: 0, Old: with(key(t, "x"), store.Item{"naam": "x"})})
	})
	t.Run("all must hold", func(t *testing.T) {
		both := []store.Condition{{Attr: "text", Op: store.Equal, Value: "m"}, {Attr: "number", Op: store.AtMost, Value: int64(4)}}
		if err := transact(e, store.Write{Key: there, Delete: true, If: both}); err == nil {
			t.Error("one of two conditions was enough")
		}
	})
}

// demandRefusal demands that a transaction was refused for exactly these reasons, in their order.
func demandRefusal(t *testing.T, err error, want ...store.Reason) {
	t.Helper()
	var refused *store.Refused
	if !errors.As(err, &refused) {
		t.Fatalf("got %v, want a refusal", err)
	}
	if diff := cmp.Diff(want, refused.Reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

func testWrites(t *testing.T, e store.Engine) {
	ctx, k := context.Background(), key(t, "a")
	put(t, e, k, store.Item{"old": "x", "n": int64(1)})
	put(t, e, k, store.Item{"naam": "Sam", "n": int64(2)})
	stands(t, e, k, with(k, store.Item{"naam": "Sam", "n": int64(2)}))

	changed := store.Write{
		Key: k, Set: store.Item{"naam": "Noor", "ja": true}, Add: map[string]int64{"n": -5, "m": 3}, Remove: []string{"weg", "old"},
	}
	want := with(k, store.Item{"naam": "Noor", "ja": true, "n": int64(-3), "m": int64(3)})
	if err := transact(e, changed); err != nil {
		t.Fatal(err)
	}
	stands(t, e, k, want)

	got, err := e.Change(ctx, store.Write{Key: k, Remove: []string{"m"}, Add: map[string]int64{"n": 1}})
	want = with(k, store.Item{"naam": "Noor", "ja": true, "n": int64(-2)})
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("changed: %v (-want +got):\n%s", err, diff)
	}
	stands(t, e, k, want)

	fresh := key(t, "fresh")
	got, err = e.Change(ctx, store.Write{Key: fresh, Add: map[string]int64{"n": 4}})
	if diff := cmp.Diff(with(fresh, store.Item{"n": int64(4)}), got); diff != "" || err != nil {
		t.Errorf("a change of what is not there makes it: %v (-want +got):\n%s", err, diff)
	}
	for range 2 { // the second finds nothing, which is no fault
		if err := transact(e, store.Write{Key: k, Delete: true}); err != nil {
			t.Fatal(err)
		}
		stands(t, e, k, nil)
	}
}

func testRefusals(t *testing.T, e store.Engine) {
	a, b, c := key(t, "a"), key(t, "b"), key(t, "c")
	put(t, e, a, store.Item{"n": int64(1)})
	put(t, e, b, store.Item{"n": int64(2)})
	absent := []store.Condition{{Attr: store.AttrPK, Op: store.Absent}}
	present := []store.Condition{{Attr: store.AttrPK, Op: store.Present}}
	err := transact(e,
		store.Write{Key: b, Put: store.Item{}, If: absent},
		store.Write{Key: key(t, "d"), Put: store.Item{"n": int64(9)}, If: absent},
		store.Write{Key: a, Add: map[string]int64{"n": 1}, If: []store.Condition{{Attr: "n", Op: store.AtLeast, Value: int64(2)}}},
		store.Write{Key: c, Delete: true, If: present},
	)
	demandRefusal(t, err,
		store.Reason{Write: 0, Old: with(b, store.Item{"n": int64(2)})},
		store.Reason{Write: 2, Old: with(a, store.Item{"n": int64(1)})},
		store.Reason{Write: 3},
	)
	stands(t, e, key(t, "d"), nil)

	_, err = e.Change(context.Background(), store.Write{Key: a, Set: store.Item{"n": int64(7)}, If: []store.Condition{{Attr: "n", Op: store.Equal, Value: int64(3)}}})
	demandRefusal(t, err, store.Reason{Write: 0, Old: with(a, store.Item{"n": int64(1)})})
	_, err = e.Change(context.Background(), store.Write{Key: c, Set: store.Item{"n": int64(7)}, If: present})
	demandRefusal(t, err, store.Reason{Write: 0})
	stands(t, e, c, nil)
}

func testAllOrNothing(t *testing.T, e store.Engine) {
	var writes []store.Write
	for i := range 20 {
		writes = append(writes, store.Write{Key: key(t, fmt.Sprint(i)), Put: store.Item{"n": int64(i)}})
	}
	last := &writes[len(writes)-1]
	last.If = []store.Condition{{Attr: "nothing", Op: store.Present}}
	demandRefusal(t, transact(e, writes...), store.Reason{Write: 19})
	page, err := e.Query(context.Background(), store.Query{PK: t.Name()})
	if len(page.Items) != 0 || err != nil {
		t.Errorf("%d items of a refused transaction stand, %v", len(page.Items), err)
	}
	last.If[0].Op = store.Absent
	if err := transact(e, writes...); err != nil {
		t.Fatal(err)
	}
	if page, err = e.Query(context.Background(), store.Query{PK: t.Name()}); len(page.Items) != 20 || err != nil {
		t.Errorf("%d of 20 items stand, %v", len(page.Items), err)
	}
}

func testTokens(t *testing.T, e store.Engine) {
	ctx, k := context.Background(), key(t, "a")
	count := []store.Write{{Key: k, Add: map[string]int64{"n": 1}, If: []store.Condition{{Attr: "n", Op: store.AtMost, Value: int64(1)}}}}
	same := store.NewToken()
	for range 3 {
		if err := e.Transact(ctx, same, count); err != nil {
			t.Fatal(err)
		}
	}
	stands(t, e, k, with(k, store.Item{"n": int64(1)}))
	if err := transact(e, count...); err != nil {
		t.Fatal(err)
	}
	stands(t, e, k, with(k, store.Item{"n": int64(2)})) // another token: another transaction

	refused := store.NewToken()
	demandRefusal(t, e.Transact(ctx, refused, count), store.Reason{Write: 0, Old: with(k, store.Item{"n": int64(2)})})
	put(t, e, k, store.Item{"n": int64(0)})
	if err := e.Transact(ctx, refused, count); err != nil {
		t.Errorf("a token that was refused is not used up: %v", err)
	}
	stands(t, e, k, with(k, store.Item{"n": int64(1)}))
	for range 2 {
		if err := e.Transact(ctx, "", []store.Write{{Key: k, Add: map[string]int64{"n": 1}}}); err != nil {
			t.Fatal(err)
		}
	}
	stands(t, e, k, with(k, store.Item{"n": int64(3)})) // no token: each counts
}

func testValues(t *testing.T, e store.Engine) {
	odd := []string{
		"name", "status", "size", "SELECT", "a.b", "a[0]", "#n", ":v", "naam met spaties", "Zoë", "日本", "🙂", "'", `"`, "\\", "--",
		"\x00", "\t\r\n", "\u202e", strings.Repeat("x", 255),
	}
	item := store.Item{
		"leeg": "", "nul": int64(0), "groot": int64(1<<63 - 1), "klein": int64(-1 << 63), "nee": false,
		"lege lijst": []any{}, "lege map": map[string]any{}, "diep": []any{map[string]any{"a": []any{"b", map[string]any{}}}},
		"lang": strings.Repeat("é", 50_000),
	}
	for _, s := range odd {
		item[s] = s
	}
	k := key(t, "\x01 odd # \u00ff \x00 \x00\x01 key")
	put(t, e, k, item)
	stands(t, e, k, with(k, item))
	for _, s := range odd {
		w := store.Write{
			Key: k, Set: store.Item{s: "!" + s}, Add: map[string]int64{s + "n": 1}, Remove: []string{s + "weg"},
			If: []store.Condition{{Attr: s, Op: store.Equal, Value: s}, {Attr: s, Op: store.OneOf, Values: []any{s}}},
		}
		if _, err := e.Change(context.Background(), w); err != nil {
			t.Errorf("attribute %q: %v", s, err)
		}
		item[s], item[s+"n"] = "!"+s, int64(1)
	}
	stands(t, e, k, with(k, item))
}
