package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/store"
)

func TestAReceiptIsReadBackForAQuarterOfAnHour(t *testing.T) {
	s, ctx, now := store.New(opened(t)), context.Background(), time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	sent := []byte(`{"naam":"Noor","email":"noor@gast.example"}`)
	name, err := s.KeepReceipt(ctx, "", sent, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		after time.Duration
		found bool
	}{
		{name, 0, true},
		{name, 15*time.Minute - time.Second, true},
		{name, 15 * time.Minute, false},
		{strings.ToUpper(name), 0, false},
		{name[:51], 0, false},
		{name + "a", 0, false},
		{"", 0, false},
		{name[:26] + strings.Repeat("a", 26), 0, false}, // who can list the table has only the first half
		{strings.Repeat("a", 26) + name[26:], 0, false},
		{name[:51] + "=", 0, false},
		{strings.Repeat("é", 26), 0, false},
	} {
		got, err := s.Receipt(ctx, test.name, now.Add(test.after))
		if err != nil || (got != nil) != test.found || test.found && !bytes.Equal(got, sent) {
			t.Errorf("%s after %v: %q, %v", test.name, test.after, got, err)
		}
	}
}

// TestAReceiptHasTheNameOfItsSeed: the same seed the same name, whatever was sent; otherwise never one twice.
func TestAReceiptHasTheNameOfItsSeed(t *testing.T) {
	s, ctx, now := store.New(opened(t)), context.Background(), time.Now()
	keep := func(seed, text string) string {
		name, err := s.KeepReceipt(ctx, seed, []byte(text), now)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	if a, b := keep("zaad", "een"), keep("zaad", "twee"); a != b {
		t.Errorf("%s and %s", a, b)
	}
	met := map[string]bool{keep("zaad", "een"): true}
	for _, seed := range []string{"zaad2", "", "", "Zaad"} {
		name := keep(seed, "een")
		if met[name] {
			t.Errorf("%q gives a name again", seed)
		}
		met[name] = true
	}
}

// TestTheTableHoldsNoWordsOfAReceipt: all that stands there is not the text, and the key that opens it is not there.
func TestTheTableHoldsNoWordsOfAReceipt(t *testing.T) {
	db := opened(t)
	s, ctx, now := store.New(db), context.Background(), time.Now()
	name, err := s.KeepReceipt(ctx, "zaad", []byte("noor@gast.example"), now)
	if err != nil {
		t.Fatal(err)
	}
	items, err := db.Get(ctx, store.Key{PK: "bon#" + name[:26], SK: "bon"})
	if err != nil || items[0] == nil {
		t.Fatalf("%v, %v", items, err)
	}
	raw, err := json.Marshal(items[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"noor", "zaad", name[26:]} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%q stands in the table: %s", secret, raw)
		}
	}
	if items[0][store.AttrExpires] != now.Add(15*time.Minute).Unix() {
		t.Errorf("its end is %v", items[0][store.AttrExpires])
	}
}
