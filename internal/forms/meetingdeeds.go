package forms

import "aanmeldpunt/internal/mdt"

var callOffSpec = Spec{{Name: "waarom", Kind: Text, Code: "bewerken.waarom", Required: true, Max: maxAnswer}}

// CallOffSpec is the table of the form in which the team says why a meeting does not go on.
func CallOffSpec() Spec { return callOffSpec[:1:1] }

// CallOff gives the reason.
func CallOff(v *Values) (string, []mdt.Fault) {
	c := newChecker(v)
	return c.text("waarom"), c.faults()
}

var inviteSpec = Spec{emailField}

// InviteSpec is the table of the form in which the team asks for an invitation.
func InviteSpec() Spec { return inviteSpec }

// Invite gives whom it is for.
func Invite(v *Values) (mdt.Address, []mdt.Fault) {
	c := newChecker(v)
	return c.email("email"), c.faults()
}
