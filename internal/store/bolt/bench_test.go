package bolt

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// registration is four items as a registration stores them; the counter is changed, the others are new.
func registration(n int64) []store.Write {
	id := fmt.Sprintf("%016x", uint64(n)*0x9E3779B97F4A7C15) // spread over the tree as hashes are
	key := func(pk, sk string) store.Key { return store.Key{PK: pk + id, SK: sk} }
	absent := []store.Condition{{Attr: store.AttrPK, Op: store.Absent}}
	return []store.Write{
		{
			Key: store.Key{PK: "bijeenkomst#beslisdag", SK: "teller"}, Add: map[string]int64{"bezet": 1},
			If: []store.Condition{{Attr: "bezet", Op: store.AtMost, Value: int64(1) << 40}},
		},
		{Key: key("persoon#", "aanmelding#beslisdag"), If: absent, Put: store.Item{
			"naam": "Sam de Vries", "email": "sam@voorbeeld.example", "organisatie": "Jong Actief", "status": "bevestigd",
			"kenmerk": "K7M4PQ2W", "lijst": "aanmeldingen#beslisdag", "volgorde": id, "vervalt": int64(1800000000),
			"regios": []any{"utrecht", "landelijk"}, "versie": int64(1), "onderdelen": []any{"ronde-1-a", "ronde-2-c"},
		}},
		{Key: key("sleutel#", "sleutel"), If: absent, Put: store.Item{
			"inhoud": strings.Repeat("a", 64), "antwoord": map[string]any{"kenmerk": "K7M4PQ2W", "status": "bevestigd"}, "vervalt": int64(1790000000),
		}},
		{Key: key("brief#", "brief"), If: absent, Put: store.Item{
			"soort": int64(2), "aan": "sam@voorbeeld.example", "naam": "Sam de Vries", "staat": "wacht", "lijst": "brieven#wacht", "volgorde": fmt.Sprintf("%020d", n),
			"gegevens": map[string]any{"bijeenkomst": "Beslisdag", "begintOp": "2027-03-24T11:00:00.000Z", "plaats": "De Vergaderfabriek, Utrecht"},
			"versie":   int64(1), "vervalt": int64(1800000000),
		}},
	}
}

const (
	clients  = 64
	together = 64
	round    = 3000 // registrations of a round
)

// BenchmarkTransact stores registrations for 64 clients at once through the engine, and in a bare loop that
// puts the same bytes into bbolt (but keeps no index and judges nothing), 64 registrations to a commit. The
// rounds of the two take turns; it reports their medians and the engine's rate as a part of the bare loop's.
func BenchmarkTransact(b *testing.B) {
	db, err := Open(filepath.Join(b.TempDir(), "engine"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	bare, err := bbolt.Open(filepath.Join(b.TempDir(), "bare"), 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer bare.Close()
	if err := makeBuckets(bare, nil); err != nil {
		b.Fatal(err)
	}
	var engineTook, bareTook []float64
	for done := int64(0); b.Loop(); done += round {
		engineTook = append(engineTook, timed(func() { engineRound(b, db, done) }))
		bareTook = append(bareTook, timed(func() { bareRound(b, bare, done) }))
	}
	b.ReportMetric(median(engineTook), "µs/engine")
	b.ReportMetric(median(bareTook), "µs/bare")
	b.ReportMetric(median(bareTook)/median(engineTook), "of-bare")
	b.ReportMetric(0, "ns/op")
}

// timed gives the microseconds a registration took.
func timed(do func()) float64 {
	begun := time.Now()
	do()
	return float64(time.Since(begun).Microseconds()) / round
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}

func engineRound(b *testing.B, db *DB, from int64) {
	var n atomic.Int64
	var group sync.WaitGroup
	for range clients {
		group.Go(func() {
			for i := n.Add(1); i <= round; i = n.Add(1) {
				if err := db.Transact(context.Background(), fmt.Sprint(from+i), registration(from+i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

// BenchmarkScrub rewrites a file of 33 000 registrations: 99 001 items.
func BenchmarkScrub(b *testing.B) {
	db := opened(b, Options{})
	for done := int64(0); done < 33_000; done += round {
		engineRound(b, db, done)
	}
	info := func() float64 {
		info, err := os.Stat(db.path)
		if err != nil {
			b.Fatal(err)
		}
		return float64(info.Size()) / 1e6
	}
	before := info()
	for b.Loop() {
		if err := db.Scrub(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(before, "MB-before")
	b.ReportMetric(info(), "MB-after")
}

func bareRound(b *testing.B, file *bbolt.DB, from int64) {
	for i := 0; i < round; i += together {
		if err := file.Update(func(tx *bbolt.Tx) error { return bareLoop(tx, int(from)+i, min(together, round-i)) }); err != nil {
			b.Fatal(err)
		}
	}
}

func bareLoop(tx *bbolt.Tx, from, n int) error {
	items := tx.Bucket(bucketItems)
	for i := from; i < from+n; i++ {
		for _, w := range registration(int64(i)) {
			item := w.Put
			if item == nil {
				item = store.Item{"bezet": int64(i)}
			}
			form, err := encode(item)
			if err != nil {
				return err
			}
			if err := items.Put(itemKey(w.Key), form); err != nil {
				return err
			}
		}
	}
	return nil
}
