package mdt

import (
	"slices"
	"time"
)

// Spread is how the municipalities of a moment lie over the regions. Each belongs to exactly one: then it is whole.
type Spread struct {
	Count   int         // how many municipalities there are
	Missing []Homeless  // in no region
	Double  []Placed    // in more than one, or twice in one
	Gone    []Placed    // dissolved, and still with a region: that does no harm, its successors count
	Unknown []Placed    // codes that no municipality has or had
	Coming  []Dissolved // to be dissolved
}

// Placed is a municipality with the ids of the regions that have it.
type Placed struct {
	Municipality
	Regions []string
}

// Homeless is a municipality in no region, with the regions of those it was made of: where it may well belong.
type Homeless struct {
	Municipality
	From []string
}

// Dissolved is a municipality that goes on a day, and what comes in its place.
type Dissolved struct {
	Placed
	On   Date
	Into []Placed
}

// Whole says whether each municipality belongs to exactly one region, and nothing else to any.
func (s Spread) Whole() bool { return len(s.Missing)+len(s.Double)+len(s.Unknown) == 0 }

// Spread holds the municipalities of a moment against the regions.
func (a *Atlas) Spread(regions []Region, now time.Time) (s Spread) {
	homes := homesOf(regions)
	table := a.read()
	for _, code := range table.codes {
		e := table.byCode[code]
		placed := Placed{e.Municipality, homes[code]}
		switch {
		case !e.lives(now):
			if len(placed.Regions) > 0 && e.dissolved(now) {
				s.Gone = append(s.Gone, placed)
			}
			continue
		case len(placed.Regions) == 0:
			s.Missing = append(s.Missing, Homeless{e.Municipality, a.heirs(code, homes)})
		case len(placed.Regions) > 1:
			s.Double = append(s.Double, placed)
		}
		s.Count++
		if !e.until.IsZero() {
			s.Coming = append(s.Coming, a.dissolved(e, homes))
		}
	}
	s.Unknown = a.unknown(regions, homes)
	return s
}

// homesOf gives the regions that each code stands in, by code.
func homesOf(regions []Region) map[string][]string {
	homes := map[string][]string{}
	for _, region := range regions {
		for _, code := range region.Municipalities {
			homes[code] = append(homes[code], region.ID)
		}
	}
	return homes
}

// heirs are the regions of the municipalities that one was made of, each once.
func (a *Atlas) heirs(code string, homes map[string][]string) (regions []string) {
	table := a.read()
	for _, other := range table.codes {
		if !slices.Contains(table.byCode[other].successors, code) {
			continue
		}
		for _, region := range homes[other] {
			if !slices.Contains(regions, region) {
				regions = append(regions, region)
			}
		}
	}
	return regions
}

func (a *Atlas) dissolved(e *atlasEntry, homes map[string][]string) Dissolved {
	d := Dissolved{Placed: Placed{e.Municipality, homes[e.Code]}, On: DateOf(e.until)}
	for _, code := range e.successors {
		d.Into = append(d.Into, Placed{a.read().byCode[code].Municipality, homes[code]})
	}
	return d
}

func (a *Atlas) unknown(regions []Region, homes map[string][]string) (unknown []Placed) {
	met := map[string]bool{}
	for _, region := range regions {
		for _, code := range region.Municipalities {
			if a.read().byCode[code] == nil && !met[code] {
				met[code] = true
				unknown = append(unknown, Placed{Municipality{Code: code, Name: code}, homes[code]})
			}
		}
	}
	return unknown
}

// Moved gives the regions as they are when these municipalities belong to one of them and to no other. The regions
// that were given stay as they were.
func Moved(regions []Region, codes []string, to string) []Region {
	moved := slices.Clone(regions)
	for i := range moved {
		r := &moved[i]
		r.Municipalities = slices.DeleteFunc(slices.Clone(r.Municipalities), func(code string) bool { return slices.Contains(codes, code) })
		if r.ID == to {
			r.Municipalities = append(r.Municipalities, slices.Compact(slices.Sorted(slices.Values(codes)))...)
		}
		if slices.Equal(r.Municipalities, regions[i].Municipalities) {
			r.Municipalities = regions[i].Municipalities
		}
	}
	return moved
}
