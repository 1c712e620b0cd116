package forms

import "aanmeldpunt/internal/mdt"

var staffSpec = Spec{
	{Name: "naam", Kind: Line, Code: "mens.naam", Required: true, Max: maxName},
	{Name: "email", Kind: Email, Code: "mens.email", Required: true, Max: maxEmail},
	{Name: "rol", Kind: Choice, Code: "mens.rol", Required: true, Choices: mdt.Roles},
	regionsField,
}

// StaffSpec is the table of the form in which the team says who may come in at its desk.
func StaffSpec() Spec { return staffSpec }

// Staff gives a line of that list with its address. Regions are the ids that exist: a facilitator has at least one.
func Staff(v *Values, regions []string) (mdt.Staff, mdt.Address, []mdt.Fault) {
	c := newChecker(v)
	address := c.email("email")
	staff := c.member(regions)
	staff.Email = address.Mail
	return staff, address, c.faults()
}

// Member gives what can be changed of a line: all but its address.
func Member(v *Values, regions []string) (mdt.Staff, []mdt.Fault) {
	c := newChecker(v)
	staff := c.member(regions)
	return staff, c.faults()
}

func (c checker) member(regions []string) mdt.Staff {
	staff := mdt.Staff{Name: c.text("naam"), Role: c.choice("rol")}
	chosen := c.choices("regios", regions...)
	if staff.Role != mdt.RoleFacilitator {
		return staff
	}
	if staff.Regions = chosen; len(chosen) == 0 {
		_, pointer := c.field("regios")
		c.fault(pointer, "mens.regio.leeg")
	}
	return staff
}
