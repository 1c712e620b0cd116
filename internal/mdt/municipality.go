package mdt

import (
	"slices"
	"strings"
	"time"
)

// Municipality is a Dutch municipality: its CBS code ("GM0344"), its official name, its province. Province
// is empty where the municipality was dissolved before the table began to tell it.
type Municipality struct {
	Code     string `json:"code"`
	Name     string `json:"naam"`
	Province string `json:"-"`
}

// FindOutcome is how a search for a municipality ended.
type FindOutcome int

// The outcomes of a search. With Namesakes and Split, whoever asked has to choose.
const (
	NotFound  FindOutcome = iota
	FoundOne              // exactly one living municipality
	Namesakes             // several of that name
	Split                 // it was divided over several
)

// Find reads a CBS code ("GM0344", "0344", "344") or a name and gives the municipalities it means at a
// moment, living ones only: in the place of a dissolved municipality come its successors.
//
// Names are compared without accents, case, hyphens, apostrophes and spaces. A name may lack what stands
// behind a comma or bracket in the official one ("Nuenen", "Bergen"), and may have its province behind it
// ("Bergen (NH)"). A living municipality's name goes before the same name of a dissolved one: "Hengelo"
// is the one in Overijssel, "Hengelo (Gld)" has become Bronckhorst.
func (a *Atlas) Find(text string, now time.Time) ([]Municipality, FindOutcome) {
	entries := a.candidates(text, now)
	var found []Municipality
	for _, e := range entries {
		for _, living := range a.living(e, now) {
			if !slices.Contains(found, living.Municipality) {
				found = append(found, living.Municipality)
			}
		}
	}
	switch {
	case len(found) == 0:
		return nil, NotFound
	case len(found) == 1:
		return found, FoundOne
	case len(entries) == 1:
		return found, Split
	}
	return found, Namesakes
}

// Named gives the living municipality of each code, in their order, without those that are no more.
func (a *Atlas) Named(codes []string, now time.Time) []Municipality {
	named := []Municipality{}
	for _, code := range codes {
		if e := a.read().byCode[code]; e != nil && e.lives(now) {
			named = append(named, e.Municipality)
		}
	}
	return named
}

// ByName gives municipalities in the order in which people look for them.
func ByName(all []Municipality) []Municipality {
	return slices.SortedFunc(slices.Values(all), func(a, b Municipality) int { return strings.Compare(SearchKey(a.Name), SearchKey(b.Name)) })
}

// Known gives the municipality of a code, one that is no more too; false where no municipality ever had it.
func (a *Atlas) Known(code string) (Municipality, bool) {
	e := a.read().byCode[code]
	if e == nil {
		return Municipality{Code: code}, false
	}
	return e.Municipality, true
}

// Coded gives the code of a municipality that is written with its code, its name, or both; empty where there is none, or
// the two mean different ones. Why is then "onbekend", "dubbel" (two have that name) or "anders" (the two differ).
func (a *Atlas) Coded(code, name string, now time.Time) (found, why string) {
	entries, coded := a.candidates(name, now), a.read().byCode[codeOf(code)]
	switch {
	case code == "" && len(entries) == 1:
		return entries[0].Code, ""
	case code == "" && len(entries) > 1:
		return "", "dubbel"
	case code == "" || coded == nil:
		return "", "onbekend"
	case name != "" && fold(name) != fold(coded.Name) && !slices.Contains(entries, coded):
		return "", "anders"
	}
	return coded.Code, ""
}

// Living lists every municipality of a moment, by code.
func (a *Atlas) Living(now time.Time) []Municipality {
	return a.Named(a.read().codes, now)
}

// living follows the successors of an entry to those that live; parseTable has made sure that every chain ends.
func (a *Atlas) living(e *atlasEntry, now time.Time) []*atlasEntry {
	if e.lives(now) {
		return []*atlasEntry{e}
	}
	var found []*atlasEntry
	if e.dissolved(now) {
		for _, code := range e.successors {
			found = append(found, a.living(a.read().byCode[code], now)...)
		}
	}
	return found
}

// candidates are the entries that a text names, the better reading first: a code, a name, a name with its
// province, and all of that behind the word "gemeente".
func (a *Atlas) candidates(text string, now time.Time) []*atlasEntry {
	if e := a.read().byCode[codeOf(text)]; e != nil {
		return []*atlasEntry{e}
	}
	if found := a.called(text, now); found != nil {
		return found
	}
	if base, province, ok := cutProvince(text); ok {
		if found := lying(a.called(base, now), province); found != nil {
			return found
		}
		if found := lying(a.read().byName[fold(base)], province); found != nil {
			return found
		}
	}
	if first, rest, ok := strings.Cut(strings.TrimSpace(text), " "); ok && strings.EqualFold(first, "gemeente") {
		return a.candidates(rest, now)
	}
	return nil
}

// called are the entries of a name: the living ones that bear it, else those also known by it together
// with the dissolved ones that bore it.
func (a *Atlas) called(name string, now time.Time) []*atlasEntry {
	key := fold(name)
	var living, others []*atlasEntry
	for _, e := range a.read().byName[key] {
		if e.lives(now) {
			living = append(living, e)
		} else if e.dissolved(now) {
			others = append(others, e)
		}
	}
	if living != nil {
		return living
	}
	return append(others, a.read().byAlias[key]...)
}

func lying(entries []*atlasEntry, province string) []*atlasEntry {
	var found []*atlasEntry
	for _, e := range entries {
		if e.origin == province {
			found = append(found, e)
		}
	}
	return found
}
