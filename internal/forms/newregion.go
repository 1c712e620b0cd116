package forms

import (
	"slices"
	"strings"

	"aanmeldpunt/internal/mdt"
)

var newRegionSpec = slices.Insert(slices.Clone(regionSpec), 1, Field{Name: "id", Kind: Line, Max: maxName})

// NewRegionSpec is the table of the form in which the team makes a region: that of RegionSpec with what it is called by.
func NewRegionSpec() Spec { return newRegionSpec }

// NewRegion gives a region without municipalities, called as it was typed or else by what its name makes; no other of
// those that there are may be called so.
func NewRegion(v *Values, there []mdt.Region) (mdt.Region, []mdt.Fault) {
	c := newChecker(v)
	id := strings.ToLower(c.text("id"))
	now, faults := Region(v, mdt.Region{ID: id})
	if now.ID == "" {
		now.ID = mdt.Slug(now.Name)
	}
	switch {
	case now.Name == "": // told already, and there is nothing to make an id of
	case !mdt.ValidID(now.ID) || now.ID == mdt.Nationwide:
		c.fault("#/id", "regiobeheer.id.vorm")
	case slices.Contains(mdt.RegionIDs(there), now.ID):
		c.fault("#/id", "regiobeheer.id.bezet")
	}
	return now, append(faults, c.faults()...)
}
