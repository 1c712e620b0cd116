package mdt

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// RegionChange is one region as it was read and as it is to be. Was is nil for a new one, Now for one that goes;
// where both are alike nothing is written, and it is demanded that the region still stands as it was read.
type RegionChange struct{ Was, Now *Region }

// Changes says whether anything is to be written.
func (c RegionChange) Changes() bool {
	return c.Was == nil || c.Now == nil || !sameRegion(*c.Was, *c.Now)
}

// FieldChange is a field that gets another value.
type FieldChange struct{ Field, Was, Now string }

// Fields are what changes of the region itself.
func (c RegionChange) Fields() (changed []FieldChange) {
	was, now := c.both()
	for _, f := range []FieldChange{{"naam", was.Name, now.Name}, {"telefoon", was.Phone, now.Phone}, {"regiostrategie", was.Strategy, now.Strategy}} {
		if f.Was != f.Now {
			changed = append(changed, f)
		}
	}
	return changed
}

// Municipalities are the codes of those that come and of those that go.
func (c RegionChange) Municipalities() (come, gone []string) {
	was, now := c.both()
	return notAmong(now.Municipalities, was.Municipalities, strings.EqualFold), notAmong(was.Municipalities, now.Municipalities, strings.EqualFold)
}

// Facilitators are those that come and those that go; one of whom anything changes does both.
func (c RegionChange) Facilitators() (come, gone []Facilitator) {
	was, now := c.both()
	return notAmong(now.Facilitators, was.Facilitators, sameFacilitator), notAmong(was.Facilitators, now.Facilitators, sameFacilitator)
}

// notAmong leaves out what is among others.
func notAmong[T any](all, others []T, same func(a, b T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool {
		return slices.ContainsFunc(others, func(other T) bool { return same(one, other) })
	})
}

// both gives the region as it was and as it is to be; one that is not there is empty.
func (c RegionChange) both() (was, now Region) {
	if c.Was != nil {
		was = *c.Was
	}
	if c.Now != nil {
		now = *c.Now
	}
	return was, now
}

// ID is that of the region.
func (c RegionChange) ID() string {
	if c.Now != nil {
		return c.Now.ID
	}
	return c.Was.ID
}

// RegionChanges puts two states of all regions beside each other, by id. Those that stay as they are are among them
// when keep says so: whoever changes to which region a municipality belongs must have seen all regions as they stand.
func RegionChanges(was, now []Region, keep bool) (changes []RegionChange) {
	for i := range was {
		changes = append(changes, RegionChange{Was: &was[i], Now: regionByID(now, was[i].ID)})
	}
	for i := range now {
		if regionByID(was, now[i].ID) == nil {
			changes = append(changes, RegionChange{Now: &now[i]})
		}
	}
	slices.SortFunc(changes, func(a, b RegionChange) int { return strings.Compare(a.ID(), b.ID()) })
	return slices.DeleteFunc(changes, func(c RegionChange) bool { return !keep && !c.Changes() })
}

// Stand names a state of all regions: another one has another name. What somebody was shown before they said yes was
// made of one.
func Stand(regions []Region) string {
	var all []string
	for _, r := range regions {
		all = append(all, fmt.Sprintf("%s.%d", r.ID, r.Version))
	}
	slices.Sort(all)
	return strings.Join(all, ",")
}

// sameRegion says whether nothing that is stored of a region differs. In which order its municipalities stand tells nothing.
func sameRegion(a, b Region) bool {
	return a.Name == b.Name && a.Phone == b.Phone && a.Strategy == b.Strategy &&
		slices.Equal(slices.Sorted(slices.Values(a.Municipalities)), slices.Sorted(slices.Values(b.Municipalities))) &&
		len(a.Facilitators) == len(b.Facilitators) && slices.EqualFunc(a.Facilitators, b.Facilitators, sameFacilitator)
}

func sameFacilitator(a, b Facilitator) bool {
	return a.Name == b.Name && a.Email == b.Email && a.term().sameDays(b.term()) && slices.EqualFunc(a.Absences, b.Absences, sameAbsence)
}

func sameAbsence(a, b Absence) bool { return a.sameDays(b) && reflect.DeepEqual(a.StandIn, b.StandIn) }

func (a Absence) sameDays(b Absence) bool { return a.From == b.From && a.Until == b.Until }
