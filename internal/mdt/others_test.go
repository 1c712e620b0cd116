package mdt_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

func proposal(change func(*mdt.ProposeRequest)) mdt.ProposeRequest {
	r := mdt.ProposeRequest{Now: noon, ID: "id", Reference: "KENMERK2", Person: "p",
		Meeting: openMeeting(func(m *mdt.Meeting) { m.Proposing = &mdt.Window{Closes: at(day(3))}; m.DecidedBy = at(day(10)) }),
		Form: mdt.ProposalForm{Name: "Noor", Email: mdt.Address{Mail: "noor@gast.example"}, Theme: "Samen", Goal: mdt.Inspire,
			Kind: mdt.Idea, Leader: mdt.Leader{Who: mdt.LedByNobody}}}
	if change != nil {
		change(&r)
	}
	return r
}

func TestPropose(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*mdt.ProposeRequest)
		code   string
		to     []string
	}{
		{"oneself or nobody", nil, "", []string{"noor@gast.example"}},
		{"somebody else", func(r *mdt.ProposeRequest) {
			r.Leader, r.Form.Leader = "q", mdt.Leader{Who: mdt.LedByOther, Name: "Bo", Email: mdt.Address{Mail: "bo@gast.example"}}
		}, "", []string{"noor@gast.example", "bo@gast.example"}},
		{"somebody else who is oneself", func(r *mdt.ProposeRequest) { r.Leader = "p" }, "", []string{"noor@gast.example"}},
		{"last moment", func(r *mdt.ProposeRequest) { r.Now = day(3).Add(-time.Second) }, "", []string{"noor@gast.example"}},
		{"too late", func(r *mdt.ProposeRequest) { r.Now = day(3) }, "voorstel.teLaat", nil},
		{"not asked for", func(r *mdt.ProposeRequest) { r.Meeting.Proposing = nil }, "voorstel.geen", nil},
		{"not yet", func(r *mdt.ProposeRequest) { r.Meeting.Proposing.Opens = at(day(1)) }, "voorstel.nietOpen", nil},
		{"cancelled", func(r *mdt.ProposeRequest) { r.Meeting.Cancelled = true }, "bijeenkomst.gaatNietDoor", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, refusal := mdt.Propose(proposal(c.change))
			if code(refusal) != c.code {
				t.Fatalf("refused by %q", code(refusal))
			}
			var to []string
			for _, l := range got.Letters {
				to = append(to, l.To)
			}
			if diff := cmp.Diff(c.to, to); diff != "" {
				t.Error(diff)
			}
		})
	}
	got, _ := mdt.Propose(proposal(nil))
	receipt := got.Letters[0]
	if receipt.Kind != mdt.LetterProposal || !receipt.Meeting.Deadline.Equal(day(3)) || !receipt.Meeting.DecidedBy.Equal(day(10)) {
		t.Errorf("%+v", receipt.Meeting)
	}
	if p := got.Proposal; p.Status != mdt.Received || p.Theme != "Samen" || p.Version != 1 {
		t.Errorf("%+v", p)
	}
}

func code(r *mdt.Refusal) string {
	if r == nil {
		return ""
	}
	return r.Code
}

func TestTell(t *testing.T) {
	waiting := func(m *mdt.Meeting) { m.Telling = &mdt.Window{}; m.Registering.Opens = at(day(5)) }
	standing := &mdt.Interest{Person: "p", Name: "Noor", Email: "noor@gast.example", Consent: "oud", Consented: day(-9), Version: 2}
	stands := func(letter time.Time, withdrawn *time.Time) *mdt.Interest {
		s := *standing
		s.Letter, s.Withdrawn = letter.Unix(), withdrawn
		return &s
	}
	for _, c := range []struct {
		name     string
		meeting  func(*mdt.Meeting)
		standing *mdt.Interest
		code     string
		letters  int
		consent  string
	}{
		{"first time", waiting, nil, "", 1, mdt.ConsentVersion},
		{"again within a day", waiting, stands(noon.Add(-time.Hour), nil), "", 0, "oud"},
		{"again after a day", waiting, stands(noon.Add(-24*time.Hour), nil), "", 1, "oud"},
		{"again after withdrawing", waiting, stands(day(-3), at(day(-2))), "", 1, mdt.ConsentVersion},
		{"open already", func(m *mdt.Meeting) { m.Telling = &mdt.Window{} }, nil, "attendering.alOpen", 0, ""},
		{"registering is over", func(m *mdt.Meeting) { m.Telling = &mdt.Window{}; m.Registering.Closes = at(day(-1)) }, nil, "attendering.gesloten", 0, ""},
		{"not offered", nil, nil, "attendering.geen", 0, ""},
		{"cancelled", func(m *mdt.Meeting) { waiting(m); m.Cancelled = true }, nil, "bijeenkomst.gaatNietDoor", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, refusal := mdt.Tell(mdt.TellRequest{Now: noon, Meeting: openMeeting(c.meeting), Person: "p", Reference: "KENMERK2",
				Form: mdt.InterestForm{Email: mdt.Address{Mail: "noor@gast.example"}}, Standing: c.standing})
			if code(refusal) != c.code || len(got.Letters) != c.letters || got.Interest.Consent != c.consent {
				t.Errorf("refused by %q, %d letters, consent %q", code(refusal), len(got.Letters), got.Interest.Consent)
			}
			if c.code == "" && (got.Interest.Withdrawn != nil || !got.Expires.Equal(day(5).In(mdt.Amsterdam).AddDate(0, 0, 30))) {
				t.Errorf("%+v until %s", got.Interest, got.Expires)
			}
		})
	}
}

// TestAskLetters: the sender hears who has it and sees no address; the facilitator gets all there is to answer.
func TestAskLetters(t *testing.T) {
	region := &mdt.Region{ID: "noord", Name: "Noord"}
	r := mdt.AskRequest{Now: noon, ID: "id", Reference: "KENMERK2", Person: "p", Team: mdt.Responder{Name: "het team", Email: "team@mdt.example"},
		Form:   mdt.MessageForm{Name: "Noor", Email: mdt.Address{Mail: "noor@gast.example"}, Subject: mdt.SubjectJoin, Text: "Mijn vraag", Phone: "06 12345678"},
		Routed: mdt.Routed{Region: region, Responder: mdt.Responder{Name: "Femke", Email: "femke@noord.example"}, Municipality: "Assen"}}
	got := mdt.Ask(r)
	receipt, forward := got.Letters[0], got.Letters[1]
	if receipt.Kind != mdt.LetterForwarded || receipt.To != "noor@gast.example" || receipt.Message.Text != "" || receipt.Message.SenderMail != "" || receipt.Message.Region != "Noord" {
		t.Errorf("receipt %+v %+v", receipt, receipt.Message)
	}
	want := &mdt.LetterMessage{Region: "Noord", Subject: mdt.SubjectJoin, Text: "Mijn vraag", Sender: "Noor", SenderMail: "noor@gast.example",
		Municipality: "Assen", Phone: "06 12345678"}
	if diff := cmp.Diff(want, forward.Message); diff != "" || forward.To != "femke@noord.example" || forward.Person != "" {
		t.Errorf("to %s of %q: %s", forward.To, forward.Person, diff)
	}
	if got.Message.Recipient != "Femke" || got.Message.Region != "noord" || !got.Expires.Equal(noon.In(mdt.Amsterdam).AddDate(0, 6, 0)) {
		t.Errorf("%+v until %s", got.Message, got.Expires)
	}
	r.Routed.ToTeam = true
	if got := mdt.Ask(r); got.Letters[1].To != "team@mdt.example" || got.Message.Recipient != "het team" || !got.Letters[0].Message.ToTeam {
		t.Errorf("to the team: %+v", got)
	}
}

// TestDeliveryAfter is the table of what an attempt leads to.
func TestDeliveryAfter(t *testing.T) {
	for _, c := range []struct {
		outcome  mdt.Outcome
		attempts int
		doubts   int
		state    mdt.DeliveryState
		wait     time.Duration
	}{
		{mdt.WasAccepted, 1, 0, mdt.Accepted, 0},
		{mdt.WasRefused, 1, 0, mdt.Failed, 0},
		{mdt.WasSlowed, 1, 0, mdt.Pending, 30 * time.Second},
		{mdt.WasSlowed, 3, 0, mdt.Pending, 2 * time.Minute},
		{mdt.WasSlowed, 99, 0, mdt.Pending, 15 * time.Minute},
		{mdt.WasPaused, 40, 0, mdt.Pending, 5 * time.Minute},
		{mdt.WasUncertain, 1, 0, mdt.Unknown, 15 * time.Minute},
		{mdt.WasUncertain, 9, 0, mdt.Unknown, 15 * time.Minute},
		{mdt.WasUncertain, 3, 2, mdt.Failed, 15 * time.Minute},
	} {
		got := mdt.Delivery{State: mdt.Sending, Attempts: c.attempts, Doubts: c.doubts}.After(c.outcome, "ses", "reden", noon)
		if got.State != c.state || !got.Due.Equal(noon.Add(c.wait)) || (got.Reason == "") != (c.outcome == mdt.WasAccepted) {
			t.Errorf("outcome %d, attempt %d: %+v", c.outcome, c.attempts, got)
		}
	}
}
