package mdt

import "strings"

// RegionFault is one thing wrong with a region: with the region itself, with the facilitator in that place, or with
// that facilitator's absence in that place (-1: none).
type RegionFault struct {
	Facilitator, Absence int
	Field, Code          string
}

// CheckRegion gives all that is wrong with a region that somebody edits, apart from its municipalities: those are
// looked at over all regions together (Atlas.Spread). Who lacks an address is no fault: the national team answers then.
func CheckRegion(r Region) (faults []RegionFault) {
	c := regionCheck{-1, -1, &faults}
	c.filled("naam", "regiobeheer.naam.leeg", r.Name)
	for i, f := range r.Facilitators {
		c := regionCheck{i, -1, &faults}
		c.filled("naam", "regiobeheer.facilitator.naam.leeg", f.Name)
		c.address("email", "regiobeheer.facilitator.email", f.Email)
		c.span("regiobeheer.facilitator", f.From, f.Until)
		for _, earlier := range r.Facilitators[:i] {
			if f.term().overlaps(earlier.term()) {
				c.fault("vanaf", "regiobeheer.facilitator.vanaf.dubbel")
			}
		}
		for j := range f.Absences {
			regionCheck{i, j, &faults}.away(f.Absences[j], f.Absences[:j])
		}
	}
	return faults
}

// regionCheck is where in the region the check is.
type regionCheck struct {
	facilitator, absence int
	faults               *[]RegionFault
}

func (c regionCheck) fault(field, code string) {
	*c.faults = append(*c.faults, RegionFault{c.facilitator, c.absence, field, code})
}

func (c regionCheck) filled(field, code, text string) {
	if strings.TrimSpace(text) == "" {
		c.fault(field, code)
	}
}

// address leaves an empty one alone.
func (c regionCheck) address(field, code, email string) {
	if email == "" {
		return
	}
	if _, wrong := ParseAddress(email); wrong != "" {
		_, how, _ := strings.Cut(wrong, ".")
		c.fault(field, code+"."+how)
	}
}

func (c regionCheck) span(code string, first, last Date) {
	if first != "" && last != "" && last < first {
		c.fault("totEnMet", code+".totEnMet.voorVanaf")
	}
}

// away demands a first or a last day: whoever is away for ever is no facilitator.
func (c regionCheck) away(a Absence, earlier []Absence) {
	if a.From == "" && a.Until == "" {
		c.fault("vanaf", "regiobeheer.afwezig.vanaf.leeg")
	}
	c.span("regiobeheer.afwezig", a.From, a.Until)
	if a.StandIn != nil {
		c.filled("vervanger", "regiobeheer.vervanger.naam.leeg", a.StandIn.Name)
		c.address("vervangerEmail", "regiobeheer.vervanger.email", a.StandIn.Email)
	}
	for _, other := range earlier {
		if a.overlaps(other) {
			c.fault("vanaf", "regiobeheer.afwezig.vanaf.dubbel")
			return
		}
	}
}

// term is when somebody is a facilitator, to be held beside that of another.
func (f Facilitator) term() Absence { return Absence{From: f.From, Until: f.Until} }
