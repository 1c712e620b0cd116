package mdt_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The test reads the files beside it rather than importing their reader: mdt knows no other room.
func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func atlas(t testing.TB) *mdt.Atlas {
	t.Helper()
	a, err := mdt.ParseAtlas(string(read(t, "../content/gemeenten.csv")))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func example(t testing.TB, start time.Time) mdt.Network {
	t.Helper()
	n, err := mdt.ParseNetwork(read(t, "../content/voorbeeld.json"), atlas(t), start)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestExampleParses(t *testing.T) {
	for _, at := range []string{"2026-11-23T22:00:00Z", "2027-01-01T00:00:00+01:00", "2027-03-28T00:30:00Z"} {
		start, _ := time.Parse(time.RFC3339, at)
		n := example(t, start)
		if len(n.Regions) != 19 || !strings.HasPrefix(n.Regions[0].Name, "Voorbeeld") {
			t.Error(len(n.Regions))
		}
	}
}

func BenchmarkParseAtlas(b *testing.B) {
	table := string(read(b, "../content/gemeenten.csv"))
	for b.Loop() {
		mdt.ParseAtlas(table)
	}
}
