package mdt

import "time"

// ProposalStatus is how a proposal stands.
type ProposalStatus string

// The statuses of a proposal.
const (
	Received  ProposalStatus = "ontvangen"
	Withdrawn ProposalStatus = "ingetrokken" // by whoever sent it in
)

// Proposal is an idea for a breakout session, as it is stored.
type Proposal struct {
	ID           string         `json:"id"`
	Person       PersonID       `json:"persoon"`
	Meeting      string         `json:"bijeenkomst"`
	Reference    string         `json:"kenmerk"`
	Status       ProposalStatus `json:"status"`
	Name         string         `json:"naam"`
	Email        string         `json:"email"`
	Organisation string         `json:"organisatie,omitempty"`
	Theme        string         `json:"thema"`
	Goal         string         `json:"doel"`
	Kind         string         `json:"soort"`
	Explanation  string         `json:"toelichting,omitempty"`
	Leader       StoredLeader   `json:"leiding"`
	Regions      []string       `json:"regios,omitempty"`
	Created      time.Time      `json:"ingestuurd"`
	Body         string         `json:"inhoud,omitempty"`        // digest of what was sent with the idempotency key, if there was one
	Edition      int            `json:"uitgave,omitempty"`       // rises with each change
	Knows        int            `json:"kentWijziging,omitempty"` // the number of the last change of the meeting that the person knows of
	Version      int64          `json:"versie"`
	LetterIDs    []string       `json:"-"` // the letters it led to, to whomever, as the store notes them
}

// StoredLeader is who leads the session, as it is stored.
type StoredLeader struct {
	Who    string   `json:"wie"`
	Name   string   `json:"naam,omitempty"`
	Email  string   `json:"email,omitempty"`
	Role   string   `json:"rol,omitempty"`
	Person PersonID `json:"persoon,omitempty"`
}

// LeaderMail is the address of somebody else who leads the session; empty where there is none, or no proposal.
func (p *Proposal) LeaderMail() string {
	if p == nil {
		return ""
	}
	return p.Leader.Email
}

// ProposeRequest is all that decides a proposal. ID names it among its person's proposals; Leader is who
// leads where somebody else does.
type ProposeRequest struct {
	Now       time.Time
	Meeting   Meeting
	Form      ProposalForm
	ID        string
	Reference string
	Body      string
	Person    PersonID
	Leader    PersonID
}

// Proposing is what must be stored, all together.
type Proposing struct {
	Proposal Proposal
	Expires  time.Time
	Letters  []Letter
	Rescues  *Suspect // what it was until now; nil: it comes now
}

// Propose decides a proposal: any number until the deadline, a receipt for whoever sent it in, and a
// letter to somebody else who was named as leader.
func Propose(r ProposeRequest) (Proposing, *Refusal) {
	if refusal := r.Meeting.refuse(r.Meeting.Proposing, "voorstel", "teLaat", r.Now); refusal != nil {
		return Proposing{}, refusal
	}
	out := Proposing{Proposal: r.proposal(), Expires: EntryExpires(r.Meeting)}
	receipt := r.letter(LetterProposal, r.Form.Email, r.Form.Name, r.Person)
	out.Letters = append(out.Letters, receipt)
	if r.Leader != "" && r.Leader != r.Person {
		out.Letters = append(out.Letters, r.leaderLetter())
	}
	return out, nil
}

func (r ProposeRequest) proposal() Proposal {
	f := r.Form
	return Proposal{ID: r.ID, Person: r.Person, Meeting: r.Meeting.ID, Reference: r.Reference, Status: Received,
		Name: f.Name, Email: f.Email.Mail, Organisation: f.Organisation, Theme: f.Theme, Goal: f.Goal, Kind: f.Kind,
		Explanation: f.Explanation, Regions: f.Regions, Created: r.Now, Body: r.Body, Version: 1, Knows: r.Meeting.Sequence,
		Leader: StoredLeader{Who: f.Leader.Who, Name: f.Leader.Name, Email: f.Leader.Email.Mail, Role: f.Leader.Role, Person: r.Leader}}
}

// leaderLetter tells somebody else who was named as leader.
func (r ProposeRequest) leaderLetter() Letter {
	letter := r.letter(LetterLeader, r.Form.Leader.Email, r.Form.Leader.Name, r.Leader)
	letter.By = ShowableName(r.Form.Name)
	return letter
}

func (r ProposeRequest) letter(kind LetterKind, to Address, name string, person PersonID) Letter {
	facts := r.Meeting.facts(kind)
	closes := r.Meeting.closes(r.Meeting.Proposing)
	facts.Deadline, facts.DecidedBy = &closes, r.Meeting.DecidedBy
	own := Note{Of: NoteProposal, Person: r.Person, Meeting: r.Meeting.ID, ID: r.ID}
	notes := []Note{own}
	if kind == LetterLeader {
		own.Mention = true
		notes = []Note{{Of: NoteLeading, Person: person, Meeting: r.Meeting.ID, ID: r.ID}, own}
	}
	return Letter{Kind: kind, To: to.Mail, Name: ShowableName(name), Person: person, Reference: r.Reference,
		Created: r.Now, Expires: EntryExpires(r.Meeting), Meeting: &facts, Notes: notes,
		Delivery: Delivery{State: Pending, Due: r.Now, Changed: r.Now}}
}
