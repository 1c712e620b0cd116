package forms

import (
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

var partFields = []Field{
	{Name: "id", Kind: Line, Code: "bewerken.id", Max: maxName},
	{Name: "naam", Kind: Line, Code: "bewerken.naam", Max: maxName},
	{Name: "soort", Kind: Choice, Code: "bewerken.soort", Choices: mdt.PartKinds},
	{Name: "dag", Kind: Line, Code: "bewerken.dag", Max: maxPhone},
	{Name: "van", Kind: Line, Code: "bewerken.tijd", Max: maxPhone},
	{Name: "tot", Kind: Line, Code: "bewerken.tijd", Max: maxPhone},
	numberField("plekken"),
}

var programmeSpec = Spec{{Name: "onderdelen", Kind: Objects, Code: "bewerken.onderdelen", Max: maxParts, Fields: partFields}}

// ProgrammeSpec is the table of a meeting's parts: one row each, the hidden id of one that there is already.
func ProgrammeSpec() Spec { return programmeSpec }

// Programme gives a meeting with these parts. A row without a day is on the day of the meeting; a new part gets an id
// that is made of its name.
func Programme(v *Values, was mdt.Meeting) (mdt.Meeting, []mdt.Fault) {
	c := newChecker(v)
	now := was
	now.Parts = nil
	taken := map[string]bool{}
	for _, row := range c.rows("onderdelen") {
		p := mdt.Part{ID: row.text("id"), Name: row.text("naam"), Kind: row.choice("soort"), Seats: row.number("plekken")}
		if p.ID == "" {
			p.ID = freeID(mdt.Slug(p.Name), "onderdeel", func(id string) bool { _, stands := was.Part(id); return stands || taken[id] })
		}
		if p.Kind == "" {
			p.Kind = mdt.PartSession
		}
		taken[p.ID] = true
		day := row.text("dag")
		if day == "" {
			day, _ = mdt.TypedMoment(was.Start)
		}
		p.Start, p.End = row.at("van", day), row.at("tot", day)
		now.Parts = append(now.Parts, p)
	}
	return now, c.faults()
}

// at reads a time of a day; the zero one where there is none.
func (c checker) at(name, day string) time.Time {
	_, pointer := c.field(name)
	clock := c.text(name)
	if clock == "" {
		return time.Time{}
	}
	at, code := mdt.LocalMoment(day, clock)
	if strings.HasPrefix(code, "bewerken.dag.") {
		_, pointer = c.field("dag")
	}
	if code != "" {
		c.fault(pointer, code)
	}
	return at
}

// freeID gives an id that nobody has: one that is wished for, else with a number behind it.
func freeID(wished, otherwise string, taken func(string) bool) string {
	if wished == "" {
		wished = otherwise
	}
	id := wished
	for n := 2; taken(id); n++ {
		id = wished + "-" + itoa(n)
	}
	return id
}
