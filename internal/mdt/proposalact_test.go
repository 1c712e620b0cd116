package mdt_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// ledByBo is a stored proposal of p that q leads, with letters that have not gone yet: 10 to p and 20 to q.
func ledByBo(change func(*mdt.ProposalScene)) mdt.ProposalScene {
	sent := proposal(func(r *mdt.ProposeRequest) {
		r.Leader, r.Form.Leader = "q", mdt.Leader{Who: mdt.LedByOther, Name: "Bo", Email: mdt.Address{Mail: "bo@gast.example"}}
	})
	stored, _ := mdt.Propose(sent)
	s := mdt.ProposalScene{Now: noon, Meeting: sent.Meeting, Proposal: &stored.Proposal, Letters: stored.Letters}
	s.Letters[0].ID, s.Letters[1].ID = "tien", "twintig"
	if change != nil {
		change(&s)
	}
	return s
}

func asSent(edition int, change func(*mdt.ProposalForm)) mdt.ProposalChange {
	f := mdt.ProposalForm{Name: "Noor", Theme: "Samen", Goal: mdt.Inspire, Kind: mdt.Idea,
		Leader: mdt.Leader{Who: mdt.LedByOther, Name: "Bo", Email: mdt.Address{Mail: "bo@gast.example"}}}
	if change != nil {
		change(&f)
	}
	return mdt.ProposalChange{ProposalForm: f, Edition: edition}
}

// TestChangeProposal is the table of what a change leads to.
func TestChangeProposal(t *testing.T) {
	carla := mdt.Leader{Who: mdt.LedByOther, Name: "Carla", Email: mdt.Address{Mail: "carla@gast.example"}}
	for _, c := range []struct {
		name    string
		scene   func(*mdt.ProposalScene)
		form    func(*mdt.ProposalForm)
		edition int
		leader  mdt.PersonID
		code    string
		changed []string
		to      []string // of the letters
		drops   []string
	}{
		{name: "nothing", leader: "q"},
		{name: "theme and goal", leader: "q", form: func(f *mdt.ProposalForm) { f.Theme, f.Goal = "Anders", mdt.Reflect },
			changed: []string{"thema", "doel"}, to: []string{"noor@gast.example"}},
		{name: "what is about the leader only", leader: "q", form: func(f *mdt.ProposalForm) { f.Leader.Role = mdt.RoleYoung },
			changed: []string{"leiding"}, to: []string{"noor@gast.example"}},
		{name: "another leader", leader: "r", form: func(f *mdt.ProposalForm) { f.Leader = carla },
			changed: []string{"leiding"}, to: []string{"noor@gast.example", "carla@gast.example"}, drops: []string{"twintig"}},
		{name: "no leader", form: func(f *mdt.ProposalForm) { f.Leader = mdt.Leader{Who: mdt.LedByNobody} },
			changed: []string{"leiding"}, to: []string{"noor@gast.example"}, drops: []string{"twintig"}},
		{name: "the proposer under another name", leader: "p", form: func(f *mdt.ProposalForm) { f.Leader = carla },
			changed: []string{"leiding"}, to: []string{"noor@gast.example"}, drops: []string{"twintig"}},
		{name: "seen before another change", leader: "q", edition: 1, code: "versie.conflict"},
		{name: "last moment", leader: "q", scene: func(s *mdt.ProposalScene) { s.Now = day(3).Add(-time.Second) }, form: func(f *mdt.ProposalForm) { f.Name = "Noortje" },
			changed: []string{"naam"}, to: []string{"noor@gast.example"}},
		{name: "too late", leader: "q", scene: func(s *mdt.ProposalScene) { s.Now = day(3) }, code: "handeling.kanNiet"},
		{name: "cancelled", leader: "q", scene: func(s *mdt.ProposalScene) { s.Meeting.Cancelled = true }, code: "handeling.kanNiet"},
		{name: "withdrawn", leader: "q", scene: func(s *mdt.ProposalScene) { s.Proposal.Status = mdt.Withdrawn }, code: "handeling.kanNiet"},
		{name: "gone", leader: "q", scene: func(s *mdt.ProposalScene) { s.Proposal = nil }, code: "handeling.kanNiet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := ledByBo(c.scene)
			s.Leader = c.leader
			got, refusal := mdt.ChangeProposal(s, asSent(c.edition, c.form))
			if code(refusal) != c.code || got.IsZero() != (len(c.to) == 0) {
				t.Fatalf("refused by %q, changes nothing: %t", code(refusal), got.IsZero())
			}
			if refusal != nil || got.IsZero() {
				return
			}
			var to []string
			for _, letter := range got.Letters {
				to = append(to, letter.To)
			}
			first := got.Letters[0]
			if diff := cmp.Diff([][]string{c.changed, c.to, c.drops}, [][]string{first.ChangedFields, to, got.Drops}); diff != "" {
				t.Error(diff)
			}
			if first.Kind != mdt.LetterChanged || first.Entry != "voorstel/dag/KENMERK2" || len(to) > 1 && got.Letters[1].Kind != mdt.LetterLeader {
				t.Errorf("%+v", got.Letters)
			}
			if n := got.Now; n.Version != 2 || n.Edition != 1 || n.Email != "noor@gast.example" || n.ID != "id" || n.Status != mdt.Received || !n.Created.Equal(noon) {
				t.Errorf("%+v", n)
			}
		})
	}
}

func TestWithdrawProposal(t *testing.T) {
	got, refusal := mdt.WithdrawProposal(ledByBo(nil))
	if refusal != nil || got.Now.Status != mdt.Withdrawn || len(got.Letters) != 0 || !cmp.Equal(got.Drops, []string{"tien", "twintig"}) {
		t.Errorf("%v %+v", refusal, got)
	}
	again, refusal := mdt.WithdrawProposal(ledByBo(func(s *mdt.ProposalScene) { s.Proposal.Status, s.Now = mdt.Withdrawn, day(9) }))
	if refusal != nil || !again.IsZero() {
		t.Errorf("again: %v %+v", refusal, again)
	}
	if _, refusal := mdt.WithdrawProposal(ledByBo(func(s *mdt.ProposalScene) { s.Now = day(3) })); code(refusal) != "handeling.kanNiet" {
		t.Errorf("too late: %q", code(refusal))
	}
}

// TestDeclineLeading: nobody leads then, and the proposer hears of it; also after the deadline.
func TestDeclineLeading(t *testing.T) {
	got, refusal := mdt.DeclineLeading(ledByBo(func(s *mdt.ProposalScene) { s.Now = day(9) }), "q")
	if refusal != nil || got.Now.Leader != (mdt.StoredLeader{Who: mdt.LedByNobody}) || !cmp.Equal(got.Drops, []string{"twintig"}) {
		t.Fatalf("%v %+v", refusal, got)
	}
	if letter := got.Letters[0]; letter.To != "noor@gast.example" || !cmp.Equal(letter.ChangedFields, []string{"leiding"}) || len(got.Letters) != 1 {
		t.Errorf("%+v", got.Letters)
	}
	if other, refusal := mdt.DeclineLeading(ledByBo(nil), "r"); refusal != nil || !other.IsZero() {
		t.Errorf("who does not lead: %v %+v", refusal, other)
	}
	if _, refusal := mdt.DeclineLeading(ledByBo(func(s *mdt.ProposalScene) { s.Now = s.Meeting.End }), "q"); code(refusal) != "handeling.kanNiet" {
		t.Errorf("after the meeting: %q", code(refusal))
	}
}

// TestWithdrawInterest: no letter any more, and erased within thirty days.
func TestWithdrawInterest(t *testing.T) {
	stands := mdt.Interest{Person: "p", Meeting: "dag", Version: 2}
	for expires, want := range map[time.Time]time.Time{day(90): noon.In(mdt.Amsterdam).AddDate(0, 0, 30), day(9): day(9)} {
		got, changed := mdt.WithdrawInterest(stands, expires, []mdt.Letter{{ID: "zestien"}}, noon)
		if !changed || !got.Expires.Equal(want) || got.Interest.Withdrawn == nil || got.Interest.Version != 3 || !cmp.Equal(got.Drops, []string{"zestien"}) {
			t.Errorf("%+v", got)
		}
	}
	if _, changed := mdt.WithdrawInterest(mdt.Interest{Withdrawn: at(noon)}, day(9), nil, noon); changed {
		t.Error("withdrawn twice")
	}
}
