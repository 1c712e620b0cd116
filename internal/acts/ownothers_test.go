package acts_test

import (
	"errors"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

func (d *ownDesk) propose(leader string) (mdt.Proposal, mdt.ProposalForm) {
	d.t.Helper()
	form := mdt.ProposalForm{Name: "Noor", Email: d.address("noor@gast.example"), Theme: "Samen", Goal: mdt.Inspire, Kind: mdt.Idea,
		Leader: mdt.Leader{Who: mdt.LedByOther, Name: "Bo", Email: d.address(leader)}}
	stored, err := d.Propose(d.t.Context(), d.meeting(), form, acts.Post{})
	d.must(err)
	return stored, form
}

// TestAProposalIsChangedDeclinedAndWithdrawn, and everyone finds how it stands on their own page.
func TestAProposalIsChangedDeclinedAndWithdrawn(t *testing.T) {
	d := newOwnDesk(t, nil)
	stored, form := d.propose("bo@gast.example")
	bo, carla := d.Identity.Person(d.address("bo@gast.example")), d.Identity.Person(d.address("carla@gast.example"))
	form.Leader = mdt.Leader{Who: mdt.LedByOther, Name: "Carla", Email: d.address("carla@gast.example")}
	change := mdt.ProposalChange{ProposalForm: form}
	d.must(d.ChangeProposal(t.Context(), "dag", stored.ID, stored.Person, change))
	var refused *acts.Refused
	if err := d.ChangeProposal(t.Context(), "dag", stored.ID, stored.Person, change); !errors.As(err, &refused) || refused.Code != "versie.conflict" {
		t.Errorf("a second tab: %v", err)
	}
	if led, err := d.Led(t.Context(), d.own(bo).Leading[0].Of); err != nil || led != nil {
		t.Errorf("Bo still leads: %v %v", led, err)
	}
	led := d.own(carla).Leading[0].Of
	if p, err := d.Led(t.Context(), led); err != nil || p == nil || p.Leader.Name != "Carla" || p.Edition != 1 {
		t.Errorf("%+v %v", p, err)
	}
	if letters := d.letters(mdt.LetterLeader); len(letters) != 2 { // the first is not owed any more, and is dropped when it is claimed
		t.Errorf("%d letters to leaders", len(letters))
	}
	if d.letters(mdt.LetterLeader)[0].Person == bo {
		_, claimed, err := d.Store.Claim(t.Context(), d.letters(mdt.LetterLeader)[0].ID, d.now)
		if claimed || err != nil {
			t.Errorf("the letter to Bo goes out all the same: %v", err)
		}
	}
	d.must(d.FreshLink(t.Context(), carla, "leiding/dag/"+stored.Reference))
	if to := d.letters(mdt.LetterLink)[0].To; to != "carla@gast.example" {
		t.Errorf("a leader's link goes to %q", to)
	}
	d.must(d.DeclineLeading(t.Context(), led))
	d.must(d.DeclineLeading(t.Context(), led))
	own := d.own(stored.Person)
	if p := own.Proposals[0].Of; p.Leader.Who != mdt.LedByNobody || p.Edition != 2 {
		t.Errorf("%+v", p)
	}
	if letters := d.letters(mdt.LetterChanged); len(letters) != 2 {
		t.Errorf("%d letters about changes", len(letters))
	}
	d.must(d.WithdrawProposal(t.Context(), "dag", stored.ID, stored.Person))
	d.must(d.WithdrawProposal(t.Context(), "dag", stored.ID, stored.Person))
	if p := d.own(stored.Person).Proposals[0].Of; p.Status != mdt.Withdrawn {
		t.Errorf("%+v", p)
	}
	if err := d.WithdrawProposal(t.Context(), "dag", "geen", stored.Person); !errors.As(err, &refused) {
		t.Errorf("a proposal that is not there: %v", err)
	}
}

// TestAnInterestEnds: once, and its letter that has not gone yet is not owed any more.
func TestAnInterestEnds(t *testing.T) {
	d := newOwnDesk(t, func(m *mdt.Meeting) { m.Telling, m.Registering = &mdt.Window{}, &mdt.Window{Pending: true} })
	email := d.address("noor@gast.example")
	_, err := d.Tell(t.Context(), d.meeting(), mdt.InterestForm{Email: email}, acts.Post{})
	d.must(err)
	person := d.Identity.Person(email)
	letter := d.letters(mdt.LetterInterest)[0]
	for range 2 {
		d.must(d.WithdrawInterest(t.Context(), "dag", person))
	}
	got := d.own(person).InterestIn("dag")
	if got.Of.Withdrawn == nil || got.Of.Version != 2 || !got.Expires.Equal(d.now.In(mdt.Amsterdam).AddDate(0, 0, 30)) {
		t.Errorf("%+v", got)
	}
	if _, claimed, err := d.Store.Claim(t.Context(), letter.ID, d.now); claimed || err != nil {
		t.Errorf("the letter goes out all the same: %v", err)
	}
	d.must(d.WithdrawInterest(t.Context(), "elders", person))
}
