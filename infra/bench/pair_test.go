package main

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		values []float64
		want   float64
	}{
		{[]float64{3}, 3},
		{[]float64{9, 1}, 5},
		{[]float64{100, 1, 2}, 2},
		{[]float64{4, 1, 3, 2}, 2.5},
	} {
		if got := median(test.values); got != test.want {
			t.Errorf("median of %v is %v, want %v", test.values, got, test.want)
		}
	}
	values := []float64{2, 1, 3}
	if median(values); values[0] != 2 {
		t.Error("taking the median changed the order of rounds")
	}
}

func TestRatioIsOfMediansAndItsBoundsOfRounds(t *testing.T) {
	t.Parallel()
	got := pair{ours: []float64{10, 20, 90}, bare: []float64{10, 10, 30}}.ratio()
	if want := (ratio{of: 2, least: 1, most: 3}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestGrowthIsOursOverBares(t *testing.T) {
	t.Parallel()
	small := pair{ours: []float64{1, 2}, bare: []float64{1, 1}}
	large := pair{ours: []float64{3, 6}, bare: []float64{2, 4}}
	// Ours grew from 1.5 to 4.5, bare from 1 to 3; in the single rounds 3 against 2, and 3 against 4.
	got := growth(small, large)
	if math.Abs(got.of-1) > 1e-9 || got.least != 0.75 || got.most != 1.5 {
		t.Errorf("got %+v", got)
	}
}

func TestRoundsTakeTurns(t *testing.T) {
	t.Parallel()
	var order strings.Builder
	take := func(name string, value float64) func() (float64, error) {
		return func() (float64, error) { order.WriteString(name); return value, nil }
	}
	p, err := rounds(3, time.Hour, take("a", 1), take("b", 2))
	if err != nil || order.String() != "abbaab" || len(p.ours) != 3 || len(p.bare) != 3 || p.ratio().of != 0.5 {
		t.Errorf("got %v, %v in the order %s", p, err, &order)
	}
	if p, _ := rounds(99, 0, take("a", 1), take("b", 2)); len(p.ours) != leastRounds || len(p.bare) != leastRounds {
		t.Errorf("%d rounds in no time", len(p.ours))
	}
	broken := errors.New("no answer")
	if _, err := rounds(3, time.Hour, take("a", 1), func() (float64, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v, want what went wrong", err)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		limit limit
		of    float64
		want  string
	}{
		{atMost(1.6), 1.6, "kept"},
		{atMost(1.6), 1.61, "MISSED"},
		{atLeast(0.8), 0.8, "kept"},
		{atLeast(0.8), 0.79, "MISSED"},
		{none, 99, ""},
	} {
		if got := test.limit.verdict(test.of); got != test.want {
			t.Errorf("%v of limit %v: %q, want %q", test.of, test.limit, got, test.want)
		}
	}
}
