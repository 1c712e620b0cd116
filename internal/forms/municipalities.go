package forms

import "aanmeldpunt/internal/mdt"

var moveSpec = Spec{
	{Name: "gemeente", Kind: Line, Max: maxName},
	{Name: "gekozen", Kind: Choices, Code: "regiobeheer.gemeenten"},
	{Name: "naar", Kind: Choice, Code: "regiobeheer.naar", Required: true},
}

// MoveSpec is the table of the form in which the team says to which region municipalities belong.
func MoveSpec() Spec { return moveSpec }

// Move gives what that form says: the codes that were ticked, the municipality that was typed, and where they go. Codes are
// those that can be ticked, regions the ids that exist. One of the two must be there.
func Move(v *Values, codes, regions []string) (ticked []string, typed, to string, faults []mdt.Fault) {
	c := newChecker(v)
	typed, ticked, to = c.text("gemeente"), c.choices("gekozen", codes...), c.choice("naar", regions...)
	if c.held["gemeente"] == nil && c.held["gekozen"] == nil {
		_, pointer := c.field("gemeente")
		c.fault(pointer, "regiobeheer.gemeente.leeg")
	}
	return ticked, typed, to, c.faults()
}
