package forms

import "aanmeldpunt/internal/mdt"

var linkSpec = Spec{emailField}

// LinkSpec is the table of the form in which one asks for a link to one's own page.
func LinkSpec() Spec { return linkSpec }

// Link gives the address that a link is asked for.
func Link(v *Values) (mdt.Address, []mdt.Fault) {
	c := newChecker(v)
	email := c.email("email")
	return email, c.faults()
}
