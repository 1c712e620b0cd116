package forms

import "aanmeldpunt/internal/mdt"

// The most rows that the form of a region takes.
const (
	maxFacilitators = 20
	maxAbsences     = 20
)

var absenceFields = []Field{
	{Name: "vanaf", Kind: Day, Code: "regiobeheer.afwezig.vanaf"},
	{Name: "totEnMet", Kind: Day, Code: "regiobeheer.afwezig.totEnMet"},
	{Name: "vervanger", Kind: Line, Code: "regiobeheer.vervanger.naam", Max: maxName},
	{Name: "vervangerEmail", Kind: Email, Code: "regiobeheer.vervanger.email", Max: maxEmail},
}

var facilitatorFields = []Field{
	{Name: "naam", Kind: Line, Code: "regiobeheer.facilitator.naam", Max: maxName},
	{Name: "email", Kind: Email, Code: "regiobeheer.facilitator.email", Max: maxEmail},
	{Name: "vanaf", Kind: Day, Code: "regiobeheer.facilitator.vanaf"},
	{Name: "totEnMet", Kind: Day, Code: "regiobeheer.facilitator.totEnMet"},
	{Name: "afwezig", Kind: Objects, Code: "regiobeheer.afwezig", Max: maxAbsences, Fields: absenceFields},
}

var regionSpec = Spec{
	{Name: "naam", Kind: Line, Code: "regiobeheer.naam", Required: true, Max: maxName},
	phoneField,
	{Name: "regiostrategie", Kind: Text, Max: maxMessage},
	{Name: "facilitators", Kind: Objects, Code: "regiobeheer.facilitators", Max: maxFacilitators, Fields: facilitatorFields},
}

// RegionSpec is the table of the form in which the team edits a region, apart from its municipalities.
func RegionSpec() Spec { return regionSpec }

// Region gives a region as it is to be: what the form does not ask is that of was.
func Region(v *Values, was mdt.Region) (mdt.Region, []mdt.Fault) {
	c := newChecker(v)
	now := was
	now.Name, now.Phone, now.Strategy = c.text("naam"), c.phone("telefoon"), c.text("regiostrategie")
	rows := c.rows("facilitators")
	now.Facilitators = nil
	for _, row := range rows {
		f := mdt.Facilitator{Name: row.text("naam"), Email: row.email("email").Mail, From: row.day("vanaf"), Until: row.day("totEnMet")}
		for _, away := range row.rows("afwezig") {
			f.Absences = append(f.Absences, away.absence())
		}
		now.Facilitators = append(now.Facilitators, f)
	}
	for _, f := range mdt.CheckRegion(now) {
		c.regionFault(f, rows)
	}
	return now, c.faults()
}

// regionFault points at the row of the form that a fault of the region is in.
func (c checker) regionFault(f mdt.RegionFault, rows []checker) {
	at := c
	if f.Facilitator >= 0 {
		at = rows[f.Facilitator]
	}
	if f.Absence >= 0 {
		at = at.rows("afwezig")[f.Absence]
	}
	c.fault(pointerTo(at.pointer, f.Field), f.Code)
}

func (c checker) absence() mdt.Absence {
	a := mdt.Absence{From: c.day("vanaf"), Until: c.day("totEnMet")}
	name, email := c.text("vervanger"), c.email("vervangerEmail").Mail
	if name != "" || email != "" {
		a.StandIn = &mdt.StandIn{Name: name, Email: email}
	}
	return a
}

// rows gives a checker for each group of a list, in the order of their numbers.
func (c checker) rows(name string) []checker {
	f, pointer := c.field(name)
	entries, _ := c.held[name].([]entry)
	if len(entries) > f.Max {
		c.countFault(pointer, f.code()+".teVeel", f.Max)
		entries = entries[:f.Max]
	}
	rows := make([]checker, len(entries))
	for i, e := range entries {
		rows[i] = checker{c.found, f.Fields, e.group, itemPointer(pointer, e.number)}
	}
	return rows
}
