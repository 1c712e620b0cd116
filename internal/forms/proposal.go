package forms

import "aanmeldpunt/internal/mdt"

// Proposal holds the values of a proposal against the rules. Regions are the ids that exist. The form is
// whole only when there are no faults.
func Proposal(v *Values, regions []string) (mdt.ProposalForm, []mdt.Fault) {
	c := newChecker(v)
	form := mdt.ProposalForm{
		Name:         c.text("naam"),
		Email:        c.email("email"),
		Organisation: c.text("organisatie"),
		Theme:        c.text("thema"),
		Goal:         c.choice("doel"),
		Kind:         c.choice("soort"),
		Explanation:  c.text("toelichting"),
		Leader:       c.inside("leiding").leader(),
		Regions:      c.regions(regions),
	}
	return form, c.faults()
}

// leader is who leads; where nothing is said, nobody does yet. A name counts only with "iemandAnders": to
// guess could send a stranger a letter.
func (c checker) leader() mdt.Leader {
	leader := mdt.Leader{Who: c.choice("wie"), Role: c.choice("rol")}
	switch leader.Who {
	case mdt.LedByOther:
		leader.Name, leader.Email = c.named("naam"), c.namedEmail("email")
	case "":
		leader.Who = mdt.LedByNobody
	}
	return leader
}

// named is the name of the somebody else, who must have one.
func (c checker) named(name string) string {
	text := c.text(name)
	if text == "" {
		f, pointer := c.field(name)
		c.fault(pointer, f.code()+".leeg")
	}
	return text
}

// namedEmail is the address of the somebody else, who must have one.
func (c checker) namedEmail(name string) mdt.Address {
	address := c.email(name)
	if address == (mdt.Address{}) {
		f, pointer := c.field(name)
		c.fault(pointer, f.code()+".leeg")
	}
	return address
}
