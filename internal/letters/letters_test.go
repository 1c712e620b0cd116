package letters

import (
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// key is a secret for tests alone.
const key = "k1:dGVzdGluZy1zZWNyZXQtdGVzdGluZy1zZWNyZXQtMTIz"

func renderer(t testing.TB) *Renderer {
	t.Helper()
	keys, err := links.ParseKeys(key)
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(Settings{Site: "https://aanmelden.example", Sender: "noreply@aanmelden.example",
		TeamMail: "team@aanmelden.example", WorkingDays: 5, Links: keys})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func local(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, mdt.Amsterdam)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// letter is an ordinary letter of a kind, with everything such a letter can have.
func letter(t testing.TB, kind mdt.LetterKind) mdt.Letter {
	t.Helper()
	deadline, decided := local(t, "2027-02-11 00:00"), local(t, "2027-02-20 00:00")
	l := mdt.Letter{ID: "b7k2m9", Kind: kind, To: "sanne@voorbeeld.example", Name: "Sanne van 't Hoff",
		Person: "mfzwizltmfqtgmrsgeztcnbzgi", Reference: "K7M3PQ9X", Created: local(t, "2027-01-20 09:30"),
		Meeting: &mdt.LetterMeeting{ID: "beslisdag-2027", Name: "Beslisdag 2027", Start: local(t, "2027-03-24 12:00"),
			End: local(t, "2027-03-24 14:00"), Place: "De Voorbeeldzaal, Utrecht"}}
	switch kind {
	case mdt.LetterRegistered:
		l.Revision = 1
		l.Parts = []string{"Jongeren aan tafel", "Samen met de gemeente"}
	case mdt.LetterWaiting:
		l.Waiting = true
	case mdt.LetterProposal, mdt.LetterLeader:
		l.Meeting.Deadline, l.Meeting.DecidedBy = &deadline, &decided
		l.By = "Noor de Wit"
	case mdt.LetterGuest:
		l.Revision = 1
		l.By = "Noor de Wit"
	case mdt.LetterForwarded, mdt.LetterToFacilitator:
		l.Meeting = nil
		l.Message = &mdt.LetterMessage{Region: "Voorbeeldregio Eemland", Subject: mdt.SubjectJoin}
	}
	if kind == mdt.LetterToFacilitator {
		l.To, l.Name, l.Person = "facilitator.eemland@mdt.example", "Femke Facilitator", ""
		m := l.Message
		m.Text = "Hallo,\n\nWij willen aansluiten bij jullie regio.\nMet wie kan ik praten?"
		m.Sender, m.SenderMail, m.Organisation = "Sanne van 't Hoff", "sanne@voorbeeld.example", "Stichting 't Voorbeeld"
		m.Municipality, m.Phone = "Amersfoort", "06 12345678"
	}
	return l
}

var kinds = []mdt.LetterKind{mdt.LetterRegistered, mdt.LetterWaiting, mdt.LetterProposal, mdt.LetterForwarded,
	mdt.LetterToFacilitator, mdt.LetterInterest, mdt.LetterGuest, mdt.LetterKnown, mdt.LetterLeader}

func render(t testing.TB, l mdt.Letter) Mail {
	t.Helper()
	m, err := renderer(t).Render(l)
	if err != nil {
		t.Fatalf("letter %d: %v", l.Kind, err)
	}
	return m
}

func TestEveryLetterGreetsAndCloses(t *testing.T) {
	for _, kind := range kinds {
		l := letter(t, kind)
		m := render(t, l)
		if !strings.Contains(m.Text, "Hallo "+l.Name+",") || !strings.Contains(m.Text, "Groet,\nTeam MDT\n") {
			t.Errorf("letter %d: %s", kind, m.Text)
		}
	}
}
