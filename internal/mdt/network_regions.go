package mdt

import (
	"fmt"
	"strings"
)

// fileRegion is a region as it stands in a network file.
type fileRegion struct {
	Region
	Version int64 `json:"-"` // storing gives it
}

func regionsIn(file []fileRegion) []Region {
	regions := make([]Region, len(file))
	for i, f := range file {
		regions[i] = f.Region
	}
	return regions
}

// regions checks the regions and turns names of municipalities into codes and relative days into days.
func (r *networkReader) regions(regions []Region) {
	ids, homes := map[string]bool{Nationwide: true}, map[string]string{}
	for i := range regions {
		region := &regions[i]
		where := fmt.Sprintf("regio %q", region.ID)
		r.id(where, region.ID, ids)
		r.filled(where, "naam", region.Name)
		for j, text := range region.Municipalities {
			region.Municipalities[j] = r.municipality(where, text, homes)
		}
		for j := range region.Facilitators {
			r.facilitator(where, &region.Facilitators[j])
		}
		r.succession(where, region.Facilitators)
	}
	r.covered(homes)
}

// municipality gives the code of what a file calls by its code or name, and notes one that is unknown or
// stands in a region already. One that has been dissolved may stay where it is: its successors count.
func (r *networkReader) municipality(where, text string, homes map[string]string) string {
	entries := r.atlas.candidates(text, r.mapped)
	if len(entries) != 1 {
		reason := "kennen we niet"
		if len(entries) > 1 {
			reason = "is niet duidelijk. Schrijf de code"
		}
		r.fault("%s: de gemeente %q %s.", where, text, reason)
		return text
	}
	code := entries[0].Code
	if home, ok := homes[code]; ok {
		r.fault("%s: de gemeente %s (%s) staat ook bij %s.", where, entries[0].Name, code, home)
	}
	homes[code] = where
	return code
}

func (r *networkReader) covered(homes map[string]string) {
	var missing []string
	for _, m := range r.atlas.Living(r.mapped) {
		if homes[m.Code] == "" {
			missing = append(missing, fmt.Sprintf("%s (%s)", m.Name, m.Code))
		}
	}
	if len(missing) > 0 {
		r.fault("Deze gemeenten horen nog bij geen regio: %s.", strings.Join(missing, ", "))
	}
}

// facilitator may lack an address, which is no reason to refuse a network: the national team has the
// messages then.
func (r *networkReader) facilitator(where string, f *Facilitator) {
	where = fmt.Sprintf("%s, facilitator %q", where, f.Name)
	r.filled(where, "naam", f.Name)
	if f.Email != "" {
		r.address(where, f.Email)
	}
	r.days(where, &f.From, &f.Until)
	for i := range f.Absences {
		absence := &f.Absences[i]
		r.days(where+", afwezig", &absence.From, &absence.Until)
		if s := absence.StandIn; s != nil {
			r.filled(where+", vervanger", "naam", s.Name)
			if s.Email != "" {
				r.address(where+", vervanger", s.Email)
			}
		}
		for _, earlier := range f.Absences[:i] {
			if absence.overlaps(earlier) {
				r.fault("%s: twee afwezigheden vallen samen.", where)
			}
		}
	}
}

func (r *networkReader) days(where string, first, last *Date) {
	r.day(where+", vanaf", first)
	r.day(where+", totEnMet", last)
	if *first != "" && *last != "" && *last < *first {
		r.fault("%s: totEnMet ligt voor vanaf.", where)
	}
}

func (r *networkReader) day(where string, d *Date) {
	if *d == "" {
		return
	}
	day, err := readDay(string(*d), r.start)
	if err != nil {
		r.fault("%s: %q %v.", where, *d, err)
	}
	*d = day
}

// succession notes two facilitators who would both answer on one day: a message goes to exactly one.
func (r *networkReader) succession(where string, facilitators []Facilitator) {
	for i, f := range facilitators {
		for _, earlier := range facilitators[:i] {
			if f.term().overlaps(earlier.term()) {
				r.fault("%s: %q en %q zijn op dezelfde dag facilitator.", where, earlier.Name, f.Name)
			}
		}
	}
}

func (a Absence) overlaps(b Absence) bool {
	before := func(until, from Date) bool { return until != "" && from != "" && until < from }
	return !before(a.Until, b.From) && !before(b.Until, a.From)
}
