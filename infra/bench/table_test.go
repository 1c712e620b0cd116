package main

import (
	"strings"
	"testing"
)

func TestApart(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		ours float64
		want string
	}{
		{3.999, "| 2.00 | < 2 ms | 1.999 ms | kept |"},
		{0.5, "| 0.25 | < 2 ms | 1.500 ms | kept |"},
		{4, "| 2.00 | < 2 ms | 2.000 ms | MISSED |"},
	} {
		var out strings.Builder
		(&table{&out}).apart("x", pair{[]float64{test.ours}, []float64{2}}, 2)
		if got := strings.Join(strings.Fields(out.String()), " "); !strings.HasSuffix(got, test.want) {
			t.Errorf("%v ms and 2 ms: %s, want %s", test.ours, got, test.want)
		}
	}
}

func TestPoints(t *testing.T) {
	t.Parallel()
	for got, want := range map[int]string{98: "kept", 97: "MISSED"} {
		var out strings.Builder
		(&table{&out}).points("x", got, atLeast(98))
		if !strings.Contains(out.String(), want) {
			t.Errorf("%d of 98: %s", got, &out)
		}
	}
}
