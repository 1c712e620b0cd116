package main

import (
	"slices"
	"time"
)

// pair is what two things gave in the same rounds, in turn: ours and what it is held against.
type pair struct{ ours, bare []float64 }

// leastRounds are measured however long they take.
const leastRounds = 3

// rounds measures n times, or less often once it took too long, ours and bare by turns, so that whatever else
// the machine does befalls both. The first of a round is ours in one and bare in the next.
func rounds(n int, within time.Duration, ours, bare func() (float64, error)) (pair, error) {
	var p pair
	end := time.Now().Add(within)
	for i := range n {
		if i >= leastRounds && time.Now().After(end) {
			break
		}
		first, second := measure{ours, &p.ours}, measure{bare, &p.bare}
		if i%2 == 1 {
			first, second = second, first
		}
		for _, m := range []measure{first, second} {
			value, err := m.take()
			if err != nil {
				return p, err
			}
			*m.into = append(*m.into, value)
		}
	}
	return p, nil
}

type measure struct {
	take func() (float64, error)
	into *[]float64
}

// ratio is the median of ours over the median of bare, with the least and the most of single rounds.
func (p pair) ratio() ratio {
	each := make([]float64, len(p.ours))
	for i := range each {
		each[i] = p.ours[i] / p.bare[i]
	}
	return ratio{median(p.ours) / median(p.bare), slices.Min(each), slices.Max(each)}
}

// ratio is one figure over another, and between what bounds it lay in single rounds.
type ratio struct{ of, least, most float64 }

// growth is how much more ours grew than bare did, from one pair to a later one of the same rounds.
func growth(from, to pair) ratio {
	grown := pair{make([]float64, len(from.ours)), make([]float64, len(from.ours))}
	for i := range from.ours {
		grown.ours[i], grown.bare[i] = to.ours[i]/from.ours[i], to.bare[i]/from.bare[i]
	}
	whole := (median(to.ours) / median(from.ours)) / (median(to.bare) / median(from.bare))
	single := grown.ratio()
	return ratio{whole, single.least, single.most}
}

// median of at least one value: the middle one, or the mean of the two in the middle.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}
