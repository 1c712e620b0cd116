package store_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// visit is a value that is amended: it stands in a list while it waits, and has an end once it is done.
type visit struct {
	Name    string            `json:"naam"`
	Phone   string            `json:"telefoon,omitempty"`
	Regions []string          `json:"regios,omitempty"`
	Answers map[string]string `json:"antwoorden,omitempty"`
	Lead    *person           `json:"leiding,omitempty"`
	State   string            `json:"staat"`
	Version int64             `json:"versie"`
}

type person struct {
	Name string `json:"naam"`
}

// place reads the item alone.
func place(it store.Item) {
	switch it["staat"] {
	case "wacht", "aanbod":
		it[store.AttrList], it[store.AttrOrder] = "rij", it["naam"]
	case "klaar":
		it[store.AttrExpires] = int64(1_800_000_000)
	}
}

var visitKey = store.Key{PK: "persoon#1", SK: "bezoek"}

func opened(t testing.TB) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "data"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// itemOf is what stands when v was stored, with attributes beside it.
func itemOf(t rapid.TB, v visit, beside store.Item) store.Item {
	t.Helper()
	it, err := store.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	place(it)
	it[store.AttrPK], it[store.AttrSK] = visitKey.PK, visitKey.SK
	maps.Copy(it, beside)
	return it
}

func stored(t rapid.TB, e store.Engine, it store.Item) {
	t.Helper()
	if err := e.Transact(context.Background(), "", []store.Write{{Key: visitKey, Put: it}}); err != nil {
		t.Fatal(err)
	}
}

func standing(t rapid.TB, e store.Engine) store.Item {
	t.Helper()
	items, err := e.Get(context.Background(), visitKey)
	if err != nil {
		t.Fatal(err)
	}
	return items[0]
}

func TestAmend(t *testing.T) {
	t.Parallel()
	was := visit{Name: "Sam", Phone: "0612345678", Regions: []string{"utrecht"}, State: "wacht", Version: 3}
	// What happened to the item beside the value that was read: an amendment may not undo it.
	beside := store.Item{"herhaald": int64(2), "telefoon": "0687654321"}
	tests := []struct {
		name   string
		change func(*visit)
		want   func(store.Item)
	}{
		{"a word", func(v *visit) { v.State, v.Version = "aanbod", 4 },
			func(it store.Item) { it["staat"], it["versie"] = "aanbod", int64(4) }},
		{"its place in the list", func(v *visit) { v.Name = "Noor" },
			func(it store.Item) { it["naam"], it["volgorde"] = "Noor", "Noor" }},
		{"out of the list, with an end", func(v *visit) { v.State = "klaar" }, func(it store.Item) {
			it["staat"], it["vervalt"] = "klaar", int64(1_800_000_000)
			delete(it, "lijst")
			delete(it, "volgorde")
		}},
		{"an empty value goes", func(v *visit) { v.Regions = nil }, func(it store.Item) { delete(it, "regios") }},
		{"one that stood beside it goes", func(v *visit) { v.Phone = "" }, func(it store.Item) { delete(it, "telefoon") }},
		{"a value inside", func(v *visit) { v.Regions, v.Lead = []string{"utrecht", "zeeland"}, &person{"Kim"} }, func(it store.Item) {
			it["regios"], it["leiding"] = []any{"utrecht", "zeeland"}, map[string]any{"naam": "Kim"}
		}},
		{"nothing", func(*visit) {}, func(store.Item) {}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			db, now := opened(t), was
			stored(t, db, itemOf(t, was, beside))
			test.change(&now)
			want := itemOf(t, was, beside)
			test.want(want)
			if err := store.New(db).Amend(t.Context(), visitKey, was, now, 3, place); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, standing(t, db)); diff != "" {
				t.Errorf("(-want +stands):\n%s", diff)
			}
			listed, err := db.Count(t.Context(), "rij")
			if _, want := want["lijst"]; err != nil || want != (listed == 1) {
				t.Errorf("%d in the list, %v", listed, err)
			}
		})
	}
}

// TestAmendNeedsTheVersionThatWasRead: also where nothing differs.
func TestAmendNeedsTheVersionThatWasRead(t *testing.T) {
	t.Parallel()
	was, changed := visit{Name: "Sam", State: "wacht", Version: 3}, visit{Name: "Noor", State: "wacht", Version: 4}
	for _, now := range []visit{changed, was} {
		db := opened(t)
		if err := store.New(db).Amend(t.Context(), visitKey, was, now, 3, place); !errors.Is(err, store.ErrLostRace) {
			t.Errorf("what is not there was amended: %v", err)
		}
		stands := itemOf(t, visit{Name: "Kim", State: "klaar", Version: 4}, nil)
		stored(t, db, stands)
		if err := store.New(db).Amend(t.Context(), visitKey, was, now, 3, place); !errors.Is(err, store.ErrLostRace) {
			t.Errorf("another version was amended: %v", err)
		}
		if diff := cmp.Diff(stands, standing(t, db)); diff != "" {
			t.Errorf("(-stood +stands):\n%s", diff)
		}
	}
}

func TestAmendRefusesWhatCannotBeStored(t *testing.T) {
	t.Parallel()
	db := opened(t)
	good, bad := visit{Name: "Sam", Version: 3}, struct{ F float64 }{1.5}
	for _, pair := range [][2]any{{good, bad}, {bad, good}} {
		if err := store.New(db).Amend(t.Context(), visitKey, pair[0], pair[1], 3, nil); err == nil || errors.Is(err, store.ErrLostRace) {
			t.Errorf("got %v", err)
		}
	}
}

// TestAnAmendedItemIsAsIfItWasStoredAnew, but for what stands beside the value.
func TestAnAmendedItemIsAsIfItWasStoredAnew(t *testing.T) {
	db, beside := opened(t), store.Item{"herhaald": int64(2)}
	few := rapid.SampledFrom([]string{"", "a", "b"})
	visits := rapid.Custom(func(t *rapid.T) visit {
		v := visit{
			Name: rapid.SampledFrom([]string{"Sam", "Noor"}).Draw(t, "name"), Phone: few.Draw(t, "phone"),
			Regions: rapid.SliceOfN(few, 0, 2).Draw(t, "regions"), Answers: rapid.MapOfN(few, few, 0, 2).Draw(t, "answers"),
			State: rapid.SampledFrom([]string{"wacht", "aanbod", "klaar", ""}).Draw(t, "state"), Version: rapid.Int64Range(1, 3).Draw(t, "version"),
		}
		if rapid.Bool().Draw(t, "lead?") {
			v.Lead = &person{few.Draw(t, "lead")}
		}
		return v
	})
	rapid.Check(t, func(t *rapid.T) {
		was, now := visits.Draw(t, "was"), visits.Draw(t, "now")
		stored(t, db, itemOf(t, was, beside))
		if err := store.New(db).Amend(context.Background(), visitKey, was, now, was.Version, place); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(itemOf(t, now, beside), standing(t, db)); diff != "" {
			t.Fatalf("(-anew +amended):\n%s", diff)
		}
	})
}
