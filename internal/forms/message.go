package forms

import (
	"slices"

	"aanmeldpunt/internal/mdt"
)

// Message holds the values of a message against the rules. Regions are the ids that exist; whether the
// municipality exists and belongs to the region is not judged here. The form is whole only when there are
// no faults.
func Message(v *Values, regions []string) (mdt.MessageForm, []mdt.Fault) {
	c := newChecker(v)
	form := mdt.MessageForm{
		Name:         c.text("naam"),
		Email:        c.email("email"),
		Organisation: c.text("organisatie"),
		Phone:        c.phone("telefoon"),
		Subject:      c.choice("onderwerp"),
		Text:         c.text("bericht"),
		Region:       c.region(regions),
		Municipality: c.text("gemeente"),
	}
	return form, c.faults()
}

func (c checker) region(ids []string) string {
	return c.choice("regio", append(slices.Clip(ids), mdt.Nationwide)...)
}

// Interest holds the values of an interest against the rules. Without consent there is no form.
func Interest(v *Values) (mdt.InterestForm, []mdt.Fault) {
	c := newChecker(v)
	form := mdt.InterestForm{Email: c.email("email"), Name: c.text("naam")}
	if consent, _ := c.truth("toestemming"); !consent {
		_, pointer := c.field("toestemming")
		c.fault(pointer, "toestemming.nodig")
	}
	return form, c.faults()
}
