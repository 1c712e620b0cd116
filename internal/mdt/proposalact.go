package mdt

import "time"

// ProposalScene is what an act on a proposal is decided on, as it stands at one moment.
type ProposalScene struct {
	Now      time.Time
	Meeting  Meeting
	Proposal *Proposal // nil: there is none
	Leader   PersonID  // who is to lead, where a change names somebody else
	Letters  []Letter  // those the proposal led to, to whomever, that have not gone yet
}

// ProposalChange is what somebody wants an own proposal to be. The address is not changed here; Edition is that
// of the proposal as the person saw it.
type ProposalChange struct {
	ProposalForm
	Edition int
	late    bool // the time for it is over
}

// ProposalAct is what must change, all together or not at all. Without letters and with Now as Was, nothing does.
type ProposalAct struct {
	Was, Now Proposal
	Expires  time.Time
	Letters  []Letter
	Drops    []string // ids of letters that are not owed any more
}

// IsZero says that everything stays as it is.
func (a ProposalAct) IsZero() bool { return a.Now.Version == a.Was.Version }

// begin starts an act on a proposal that stands.
func (s ProposalScene) begin() (ProposalAct, *Refusal) {
	if s.Proposal == nil || s.Proposal.Status != Received {
		return ProposalAct{}, cannot
	}
	act := ProposalAct{Was: *s.Proposal, Now: *s.Proposal, Expires: EntryExpires(s.Meeting)}
	act.Now.Version++
	act.Now.Edition++
	return act, nil
}

// ChangeProposal stores what its owner changes of a proposal, until the deadline. Whoever is newly named as
// leader hears of it; who is named no more does not, where that letter has not gone yet.
func ChangeProposal(s ProposalScene, f ProposalChange) (ProposalAct, *Refusal) {
	if s.Meeting.ProposingStatus(s.Now) != Open {
		f.late = true
	}
	return s.change(f)
}

// EditProposal stores what the team changes of a proposal, also after the deadline, until the meeting is over.
func EditProposal(s ProposalScene, f ProposalChange) (ProposalAct, *Refusal) {
	f.late = s.Meeting.Cancelled || !s.Now.Before(s.Meeting.End)
	return s.change(f)
}

func (s ProposalScene) change(f ProposalChange) (ProposalAct, *Refusal) {
	act, refusal := s.begin()
	switch {
	case refusal != nil:
		return ProposalAct{}, refusal
	case f.Edition != act.Was.Edition:
		return ProposalAct{}, &Refusal{Code: "versie.conflict"}
	case f.late:
		return ProposalAct{}, cannot
	}
	r := ProposeRequest{Now: s.Now, Meeting: s.Meeting, Form: f.ProposalForm, ID: act.Was.ID, Reference: act.Was.Reference,
		Person: act.Was.Person, Leader: s.Leader}
	filled := r.proposal()
	filled.Status, filled.Email, filled.Created, filled.Body = act.Was.Status, act.Was.Email, act.Was.Created, act.Was.Body
	filled.Version, filled.Edition = act.Now.Version, act.Now.Edition
	act.Now = filled
	changed := changedInProposal(act.Was, act.Now)
	if len(changed) == 0 {
		return ProposalAct{Was: act.Was, Now: act.Was}, nil
	}
	act.Letters = []Letter{proposalChanged(s.Meeting, act.Now, changed, s.Now)}
	if was, now := act.Was.leadBySomebodyElse(), act.Now.leadBySomebodyElse(); was != now {
		act.dropTo(s.Letters, was)
		if now != "" {
			act.Letters = append(act.Letters, r.leaderLetter())
		}
	}
	return act, nil
}

// WithdrawProposal takes a proposal back, until the deadline; what was withdrawn stays withdrawn.
func WithdrawProposal(s ProposalScene) (ProposalAct, *Refusal) {
	if s.Proposal != nil && s.Proposal.Status == Withdrawn {
		return ProposalAct{Was: *s.Proposal, Now: *s.Proposal}, nil
	}
	act, refusal := s.begin()
	if refusal == nil && s.Meeting.ProposingStatus(s.Now) != Open {
		refusal = cannot
	}
	if refusal != nil {
		return ProposalAct{}, refusal
	}
	act.Now.Status = Withdrawn
	for _, letter := range s.Letters {
		act.Drops = append(act.Drops, letter.ID)
	}
	return act, nil
}

// DeclineLeading takes somebody's name off the proposal of another: nobody leads it then, and whoever sent it
// in hears of that. For who is not named any more there is nothing to do.
func DeclineLeading(s ProposalScene, leader PersonID) (ProposalAct, *Refusal) {
	if s.Proposal != nil && s.Proposal.leadBySomebodyElse() != leader {
		return ProposalAct{Was: *s.Proposal, Now: *s.Proposal}, nil
	}
	act, refusal := s.begin()
	if refusal == nil && s.Meeting.State(s.Now) != "gepland" {
		refusal = cannot
	}
	if refusal != nil {
		return ProposalAct{}, refusal
	}
	act.Now.Leader = StoredLeader{Who: LedByNobody}
	act.Letters = []Letter{proposalChanged(s.Meeting, act.Now, []string{"leiding"}, s.Now)}
	act.dropTo(s.Letters, leader)
	return act, nil
}

// leadBySomebodyElse names who leads where that is not the proposer; else it is empty.
func (p Proposal) leadBySomebodyElse() PersonID {
	if p.Leader.Person == p.Person {
		return ""
	}
	return p.Leader.Person
}

// dropTo notes that letters to somebody are not owed any more.
func (a *ProposalAct) dropTo(letters []Letter, person PersonID) {
	for _, letter := range letters {
		if person != "" && letter.Person == person {
			a.Drops = append(a.Drops, letter.ID)
		}
	}
}

// changedInProposal names what differs between two states of a proposal, as the form names it.
func changedInProposal(was, now Proposal) (changed []string) {
	for _, f := range []struct {
		name     string
		was, now any
	}{
		{"naam", was.Name, now.Name}, {"organisatie", was.Organisation, now.Organisation}, {"thema", was.Theme, now.Theme},
		{"doel", was.Goal, now.Goal}, {"soort", was.Kind, now.Kind}, {"toelichting", was.Explanation, now.Explanation},
		{"leiding", was.Leader, now.Leader}, {"regios", was.Regions, now.Regions},
	} {
		if !same(f.was, f.now) {
			changed = append(changed, f.name)
		}
	}
	return changed
}

// proposalChanged is the letter to whoever sent a proposal in that it was changed.
func proposalChanged(m Meeting, p Proposal, changed []string, now time.Time) Letter {
	facts := m.facts(LetterChanged)
	return Letter{Kind: LetterChanged, To: p.Email, Name: ShowableName(p.Name), Person: p.Person, Reference: p.Reference,
		Created: now, Expires: EntryExpires(m), Meeting: &facts, ChangedFields: changed,
		Entry:    ProposalEntry(p),
		Notes:    []Note{{Of: NoteProposal, Person: p.Person, Meeting: p.Meeting, ID: p.ID}},
		Delivery: Delivery{State: Pending, Due: now, Changed: now}}
}

// ProposalEntry is what links to a proposal are for.
func ProposalEntry(p Proposal) string { return "voorstel/" + p.Meeting + "/" + p.Reference }
