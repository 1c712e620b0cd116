package letters

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

var (
	update = flag.Bool("update", false, "write the letters anew to testdata; read them before you keep them")
	look   = flag.String("brieven", "", "also write all letters as .txt, .html, .ics and .eml into this folder, to look at")
)

// variant is a letter in one of the forms it can have.
type variant struct {
	name   string
	kind   mdt.LetterKind
	change func(*mdt.Letter)
}

func same(*mdt.Letter) {}

func waits(l *mdt.Letter) { l.Waiting = true }

func nameless(l *mdt.Letter) { l.Name, l.By = "", "" }

func online(l *mdt.Letter) { l.Meeting.Place, l.Meeting.Online = "", true }

var variants = []variant{
	{"02-aangemeld", mdt.LetterRegistered, same},
	{"02-aangemeld-online", mdt.LetterRegistered, func(l *mdt.Letter) { online(l); l.Parts = nil }},
	{"02-aangemeld-online-bij-een-locatie", mdt.LetterRegistered, func(l *mdt.Letter) { l.Meeting.Online = true }},
	{"02-aangemeld-zonder-naam", mdt.LetterRegistered, nameless},
	{"03-wachtlijst", mdt.LetterWaiting, same},
	{"03-wachtlijst-online", mdt.LetterWaiting, online},
	{"10-voorstel-ontvangen", mdt.LetterProposal, same},
	{"10-voorstel-ontvangen-zonder-uitslag", mdt.LetterProposal, func(l *mdt.Letter) { l.Meeting.DecidedBy = nil }},
	{"13-bericht-doorgestuurd", mdt.LetterForwarded, same},
	{"13-bericht-doorgestuurd-team", mdt.LetterForwarded, func(l *mdt.Letter) { l.Message.ToTeam = true }},
	{"14-aan-de-facilitator", mdt.LetterToFacilitator, same},
	{"14-aan-de-facilitator-bevestigd", mdt.LetterToFacilitator, func(l *mdt.Letter) { l.Message.Confirmed = true }},
	{"14-aan-de-facilitator-van-facilitator", mdt.LetterToFacilitator, func(l *mdt.Letter) { l.Message.Facilitator = true }},
	{"14-aan-het-team", mdt.LetterToFacilitator, func(l *mdt.Letter) { l.Name, l.Message.ToTeam = "Team MDT", true }},
	{"14-aan-het-team-landelijk", mdt.LetterToFacilitator, func(l *mdt.Letter) {
		l.Name = "Team MDT"
		*l.Message = mdt.LetterMessage{ToTeam: true, Subject: mdt.SubjectOther, Text: "Wat is MDT?", Sender: "O", SenderMail: "o@voorbeeld.example"}
	}},
	{"15-attendering-genoteerd", mdt.LetterInterest, same},
	{"15-attendering-genoteerd-online", mdt.LetterInterest, online},
	{"15-attendering-genoteerd-allebei", mdt.LetterInterest, func(l *mdt.Letter) { l.Meeting.Online = true }},
	{"18-gast", mdt.LetterGuest, same},
	{"18-gast-wacht-zonder-naam", mdt.LetterGuest, func(l *mdt.Letter) { waits(l); nameless(l) }},
	{"18-gast-online", mdt.LetterGuest, online},
	{"19-was-al-aangemeld", mdt.LetterKnown, same},
	{"19-was-al-aangemeld-wacht", mdt.LetterKnown, waits},
	{"20-genoemd-als-moderator", mdt.LetterLeader, same},
	{"20-genoemd-als-moderator-zonder-naam", mdt.LetterLeader, nameless},
}

func (v variant) render(t testing.TB) Mail {
	l := letter(t, v.kind)
	v.change(&l)
	return render(t, l)
}

// TestLettersReadAsTheyWereJudged holds each letter against the one that somebody read and found good.
func TestLettersReadAsTheyWereJudged(t *testing.T) {
	for _, v := range variants {
		m := v.render(t)
		golden(t, v.name+".txt", heading(m)+m.Text)
		if v.name[2:] == "-aangemeld" || v.kind == mdt.LetterToFacilitator && v.name == "14-aan-de-facilitator" {
			golden(t, v.name+".html", m.HTML)
		}
		if m.Calendar != nil {
			golden(t, v.name+".ics", string(m.Calendar.Data))
		}
		if *look != "" {
			write(t, *look, v.name, m)
		}
	}
}

// heading are the headers that a mail program shows.
func heading(m Mail) string {
	return fmt.Sprintf("Van: %s\nAan: %s\nAntwoord aan: %s\nOnderwerp: %s\n\n", m.From.String(), m.To.Address, m.ReplyTo.Address, m.Subject)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "brieven", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-judged +now):\n%s", name, diff)
	}
}

func write(t *testing.T, folder, name string, m Mail) {
	t.Helper()
	raw, err := m.MIME()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{".txt": []byte(heading(m) + m.Text), ".html": []byte(m.HTML), ".eml": raw}
	if m.Calendar != nil {
		files[".ics"] = m.Calendar.Data
	}
	for ending, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name+ending), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
