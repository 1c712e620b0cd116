package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/store"
)

func testLimits(t *testing.T, e store.Engine) {
	k := key(t, "a")
	nested := any("x")
	for range store.MaxDepth + 1 {
		nested = []any{nested}
	}
	var many []store.Write
	for i := range store.MaxWrites + 1 {
		many = append(many, store.Write{Key: key(t, fmt.Sprint(i)), Put: store.Item{}})
	}
	if err := transact(e, many[:store.MaxWrites]...); err != nil {
		t.Errorf("%d writes: %v", store.MaxWrites, err)
	}
	tests := map[string][]store.Write{
		"nothing":           {},
		"too many":          many,
		"twice one key":     {{Key: k, Put: store.Item{}}, {Key: k, Delete: true}},
		"empty partition":   {{Key: store.Key{SK: "s"}, Put: store.Item{}}},
		"empty place":       {{Key: store.Key{PK: "p"}, Delete: true}},
		"long place":        {{Key: key(t, strings.Repeat("x", 1025)), Put: store.Item{}}},
		"no kind":           {{Key: k}},
		"two kinds":         {{Key: k, Put: store.Item{}, Delete: true}},
		"two kinds more":    {{Key: k, Add: map[string]int64{"n": 1}, Check: true}},
		"check of nothing":  {{Key: k, Check: true}},
		"twice one name":    {{Key: k, Set: store.Item{"n": int64(1)}, Add: map[string]int64{"n": 1}}},
		"the key":           {{Key: k, Set: store.Item{"pk": "x"}}},
		"another key":       {{Key: k, Put: store.Item{"pk": "x", "sk": "y"}}},
		"a float":           {{Key: k, Put: store.Item{"n": 1.5}}},
		"an int":            {{Key: k, Set: store.Item{"n": 1}}},
		"nil inside":        {{Key: k, Put: store.Item{"l": []any{nil}}}},
		"too deep":          {{Key: k, Put: store.Item{"l": nested}}},
		"too big":           {{Key: k, Put: store.Item{"l": strings.Repeat("x", store.MaxItem+1)}}},
		"number in a list":  {{Key: k, Put: store.Item{store.AttrList: int64(1), store.AttrOrder: "a"}}},
		"empty order":       {{Key: k, Put: store.Item{store.AttrList: "a", store.AttrOrder: ""}}},
		"one of none":       {{Key: k, Check: true, If: []store.Condition{{Attr: "a", Op: store.OneOf}}}},
		"bound of a list":   {{Key: k, Check: true, If: []store.Condition{{Attr: "a", Op: store.AtMost, Value: []any{}}}}},
		"unknown condition": {{Key: k, Check: true, If: []store.Condition{{Attr: "a", Op: 99}}}},
	}
	for name, writes := range tests {
		if err := transact(e, writes...); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, store.ErrInvalid)
		}
	}
	stands(t, e, k, nil)
	t.Run("a full item is taken and does not grow further", func(t *testing.T) { testFull(t, e) })
	t.Run("nothing is added to a text", func(t *testing.T) {
		put(t, e, key(t, "a"), store.Item{"n": "x"})
		if _, err := e.Change(context.Background(), store.Write{Key: key(t, "a"), Add: map[string]int64{"n": 1}}); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a long token", func(t *testing.T) {
		if err := e.Transact(context.Background(), strings.Repeat("x", 37), many[:1]); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("got %v", err)
		}
	})
}

func testFull(t *testing.T, e store.Engine) {
	k := key(t, "a")
	full := store.Item{"l": strings.Repeat("x", store.MaxItem-1000)}
	put(t, e, k, full)
	more := store.Write{Key: k, Set: store.Item{"m": strings.Repeat("x", 2000)}}
	if err := transact(e, more); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	if _, err := e.Change(context.Background(), more); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	stands(t, e, k, with(k, full))
}

func testContexts(t *testing.T, e store.Engine) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	k := key(t, "a")
	_, getErr := e.Get(ctx, k)
	_, queryErr := e.Query(ctx, store.Query{PK: "p"})
	_, nextErr := e.Next(ctx, k)
	_, changeErr := e.Change(ctx, store.Write{Key: k, Set: store.Item{"a": "b"}})
	transactErr := e.Transact(ctx, "", []store.Write{{Key: k, Put: store.Item{}}})
	for name, err := range map[string]error{
		"Get": getErr, "Query": queryErr, "Next": nextErr, "Change": changeErr, "Transact": transactErr,
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s after the end: %v", name, err)
		}
	}
	stands(t, e, k, nil)
	begun := time.Now()
	if err := store.Run(ctx, e, store.Transaction{Token: "t", Writes: []store.Write{{Key: k, Put: store.Item{}}}}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Run after the end: %v", err)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("Run after the end took %v", took)
	}
}

func testGet(t *testing.T, e store.Engine) {
	ctx := context.Background()
	var writes []store.Write
	var keys []store.Key
	for i := range store.MaxKeys {
		k := key(t, fmt.Sprint(i))
		if keys = append(keys, k); i%3 > 0 {
			writes = append(writes, store.Write{Key: k, Put: store.Item{"n": int64(i)}})
		}
	}
	if err := transact(e, writes...); err != nil {
		t.Fatal(err)
	}
	keys[7] = keys[5] // one asked for twice
	items, err := e.Get(ctx, keys...)
	if err != nil || len(items) != len(keys) {
		t.Fatalf("%d items, %v", len(items), err)
	}
	for i, item := range items {
		want := int64(i)
		if i == 7 {
			want = 5
		}
		if i%3 == 0 {
			if item != nil {
				t.Errorf("%d: %v where there is none", i, item)
			}
		} else if item["n"] != want || item.Key() != keys[i] {
			t.Errorf("%d: got %v", i, item)
		}
	}
	if items, err := e.Get(ctx); len(items) != 0 || err != nil {
		t.Errorf("no keys: %v, %v", items, err)
	}
	if _, err := e.Get(ctx, append(keys, key(t, "one more"))...); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("too many keys: %v", err)
	}
	if _, err := e.Get(ctx, store.Key{PK: "p"}); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("half a key: %v", err)
	}
	items[1]["n"] = int64(math.MaxInt64) // what was read is the reader's own
	stands(t, e, keys[1], with(keys[1], store.Item{"n": int64(1)}))
}
