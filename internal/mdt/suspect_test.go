package mdt_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// TestSuspectsWithout: who is erased is taken out of what others sent, and nobody else is.
func TestSuspectsWithout(t *testing.T) {
	whose := func(a mdt.Address) mdt.PersonID { return mdt.PersonID(a.Normal) }
	guest := func(who string) mdt.Guest { return mdt.Guest{Name: who, Email: mdt.Address{Normal: who}} }
	led := func(who string) mdt.Leader {
		return mdt.Leader{Who: mdt.LedByOther, Name: who, Email: mdt.Address{Normal: who}}
	}
	for _, c := range []struct {
		name       string
		from, want mdt.Suspect
		named      bool
	}{
		{"a guest", mdt.Suspect{Registration: &mdt.RegistrationForm{Name: "Bo", Guests: []mdt.Guest{guest("noor"), guest("sam")}}},
			mdt.Suspect{Registration: &mdt.RegistrationForm{Name: "Bo", Guests: []mdt.Guest{guest("sam")}}}, true},
		{"another guest", mdt.Suspect{Registration: &mdt.RegistrationForm{Guests: []mdt.Guest{guest("sam")}}},
			mdt.Suspect{Registration: &mdt.RegistrationForm{Guests: []mdt.Guest{guest("sam")}}}, false},
		{"a leader", mdt.Suspect{Proposal: &mdt.ProposalForm{Theme: "Samen", Leader: led("noor")}},
			mdt.Suspect{Proposal: &mdt.ProposalForm{Theme: "Samen", Leader: mdt.Leader{Who: mdt.LedByNobody}}}, true},
		{"another leader", mdt.Suspect{Proposal: &mdt.ProposalForm{Leader: led("sam")}}, mdt.Suspect{Proposal: &mdt.ProposalForm{Leader: led("sam")}}, false},
		{"a message", mdt.Suspect{Message: &mdt.MessageForm{Text: "Dag"}}, mdt.Suspect{Message: &mdt.MessageForm{Text: "Dag"}}, false},
	} {
		got, named := c.from.Without("noor", whose)
		if diff := cmp.Diff(c.want, got); diff != "" || named != c.named {
			t.Errorf("%s: named %v, %s", c.name, named, diff)
		}
	}
}
