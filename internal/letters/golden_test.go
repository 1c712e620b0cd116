package letters

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

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

func asked(l *mdt.Letter) { l.Waiting, l.Asked = true, true }

func nameless(l *mdt.Letter) { l.Name, l.By = "", "" }

func online(l *mdt.Letter) { l.Meeting.Place, l.Meeting.Online = "", true }

func linked(l *mdt.Letter) {
	l.Meeting.Online, l.Meeting.OnlineLink = true, "https://vergaderen.example/beslisdag?kamer=1&taal=nl"
}

func ofPart(l *mdt.Letter) { l.Part = "Jongeren aan tafel" }

func full(l *mdt.Letter) { l.Parts, l.LostParts = chosen[:1], chosen[1:] }

var variants = []variant{
	{"02-aangemeld", mdt.LetterRegistered, same},
	{"02-aangemeld-online", mdt.LetterRegistered, func(l *mdt.Letter) { online(l); l.Parts = nil }},
	{"02-aangemeld-online-bij-een-locatie", mdt.LetterRegistered, func(l *mdt.Letter) { l.Meeting.Online = true }},
	{"02-aangemeld-online-met-link", mdt.LetterRegistered, linked},
	{"02-aangemeld-onderdeel-vol", mdt.LetterRegistered, full},
	{"02-aangemeld-zonder-naam", mdt.LetterRegistered, nameless},
	{"02-aangemeld-met-alinea", mdt.LetterRegistered, func(l *mdt.Letter) { l.Meeting.Paragraph = "Neem je laptop mee.\nEr is wifi." }},
	{"03-wachtlijst", mdt.LetterWaiting, same},
	{"03-wachtlijst-online", mdt.LetterWaiting, online},
	{"03-wachtlijst-gevraagd", mdt.LetterWaiting, asked},
	{"04-plek-aangeboden", mdt.LetterOffer, same},
	{"04-plek-aangeboden-online", mdt.LetterOffer, online},
	{"04-plek-aangeboden-onderdeel", mdt.LetterOffer, ofPart},
	{"05-aanbod-verlopen", mdt.LetterLapsed, same},
	{"05-aanbod-verlopen-tweede-keer", mdt.LetterLapsed, func(l *mdt.Letter) { l.Twice = true }},
	{"05-aanbod-verlopen-lijst-gesloten", mdt.LetterLapsed, func(l *mdt.Letter) { l.Waiting = false }},
	{"05-aanbod-verlopen-onderdeel", mdt.LetterLapsed, ofPart},
	{"06-afgemeld", mdt.LetterCancelled, same},
	{"06-afgemeld-zonder-plek", mdt.LetterCancelled, func(l *mdt.Letter) { l.HadSeat = false }},
	{"07-gaat-niet-door", mdt.LetterCalledOff, same},
	{"07-gaat-niet-door-wacht", mdt.LetterCalledOff, waits},
	{"07-gaat-niet-door-attendering", mdt.LetterCalledOff, interested},
	{"07-gaat-niet-door-voorstel", mdt.LetterCalledOff, proposed},
	{"09-wijziging-voorstel", mdt.LetterMoved, proposed},
	{"09-wijziging", mdt.LetterMoved, same},
	{"09-wijziging-plaats-met-reden", mdt.LetterMoved, func(l *mdt.Letter) {
		l.Why = "In de eerste zaal is een lek."
		*l.Was = *l.Meeting
		l.Was.Place = "De Oude Zaal, Utrecht"
	}},
	{"09-wijziging-naar-online", mdt.LetterMoved, func(l *mdt.Letter) {
		*l.Was = *l.Meeting
		online(l)
	}},
	{"09-wijziging-wacht", mdt.LetterMoved, waits},
	{"09-wijziging-aanbod", mdt.LetterMoved, func(l *mdt.Letter) {
		waits(l)
		end := l.Created.Add(48 * time.Hour)
		l.Until = &end
	}},
	{"09-wijziging-gevraagd", mdt.LetterMoved, asked},
	{"09-wijziging-attendering-allebei", mdt.LetterMoved, func(l *mdt.Letter) {
		interested(l)
		l.Meeting.Online, l.Was.Place = true, "De Oude Zaal, Utrecht"
	}},
	{"09-wijziging-onderdelen", mdt.LetterMoved, func(l *mdt.Letter) {
		l.Was, l.ChangedParts = nil, []mdt.LetterPart{{Name: chosen[0], Start: l.Meeting.Start, End: l.Meeting.Start.Add(time.Hour)}}
	}},
	{"09-wijziging-link", mdt.LetterMoved, func(l *mdt.Letter) {
		online(l)
		linked(l)
		l.Was, l.NewLink = nil, true
	}},
	{"08-herinnering", mdt.LetterReminder, same},
	{"08-herinnering-morgen-online", mdt.LetterReminder, func(l *mdt.Letter) { linked(l); l.Days = 1 }},
	{"08-herinnering-vandaag", mdt.LetterReminder, func(l *mdt.Letter) { l.Days, l.Parts = 0, nil }},
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
	{"16-aanmelding-open", mdt.LetterOpened, same},
	{"16-aanmelding-open-zonder-grens", mdt.LetterOpened, func(l *mdt.Letter) { online(l); l.Meeting.Seats, l.Meeting.Closes = 0, nil }},
	{"17-gegevens-gewist", mdt.LetterErased, same},
	{"17-gegevens-gewist-attendering", mdt.LetterErased, func(l *mdt.Letter) { l.What = []string{"attendering"} }},
	{"18-gast", mdt.LetterGuest, same},
	{"18-gast-wacht-zonder-naam", mdt.LetterGuest, func(l *mdt.Letter) { waits(l); nameless(l) }},
	{"18-gast-online", mdt.LetterGuest, online},
	{"19-was-al-aangemeld", mdt.LetterKnown, same},
	{"19-was-al-aangemeld-wacht", mdt.LetterKnown, waits},
	{"18-gast-gevraagd", mdt.LetterGuest, asked},
	{"19-was-al-aangemeld-gevraagd", mdt.LetterKnown, asked},
	{"20-genoemd-als-moderator", mdt.LetterLeader, same},
	{"20-genoemd-als-moderator-zonder-naam", mdt.LetterLeader, nameless},
	{"21-van-de-wachtlijst", mdt.LetterPlaced, same},
	{"21-van-de-wachtlijst-online-onderdeel-vol", mdt.LetterPlaced, func(l *mdt.Letter) { linked(l); full(l) }},
	{"21-van-de-wachtlijst-onderdeel", mdt.LetterPlaced, func(l *mdt.Letter) { ofPart(l); l.Revision = 2 }},
	{"22-wacht-niet-meer", mdt.LetterLeftLine, same},
	{"22-wacht-niet-meer-onderdeel", mdt.LetterLeftLine, ofPart},
	{"23-geen-plek", mdt.LetterNoPlace, same},
	{"23-geen-plek-gevraagd", mdt.LetterNoPlace, func(l *mdt.Letter) { l.Asked = true }},
	{"23-geen-plek-onderdeel", mdt.LetterNoPlace, ofPart},
	{"24-gewijzigd", mdt.LetterChanged, same},
	{"24-gewijzigd-wacht", mdt.LetterChanged, waits},
	{"24-gewijzigd-gevraagd", mdt.LetterChanged, asked},
	{"24-gewijzigd-voorstel", mdt.LetterChanged, func(l *mdt.Letter) {
		l.Entry, l.Parts, l.ChangedFields = "voorstel/beslisdag-2027/K7M3PQ9X", nil, []string{"thema", "leiding"}
	}},
	{"25-link", mdt.LetterLink, same},
	{"25-link-vers", mdt.LetterLink, func(l *mdt.Letter) {
		end := l.Created.Add(time.Hour)
		l.Fresh, l.Entry, l.Until = true, "aanmelding/beslisdag-2027", &end
	}},
	{"26-zo-doe-je-mee", mdt.LetterJoinOnline, same},
	{"27-vervallen", mdt.LetterRevoked, same},
	{"27-vervallen-gevraagd", mdt.LetterRevoked, func(l *mdt.Letter) { l.HadSeat, l.Asked, l.Why = false, true, "deze dag is voor begeleiders." }},
	{"28-wis-bericht", mdt.LetterEraseRequest, same},
	{"29-team", mdt.LetterDigest, same},
	{"29-team-een", mdt.LetterDigest, func(l *mdt.Letter) { *l.Tally = mdt.LetterTally{Suspect: 1} }},
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
		if slices.Contains([]string{"02-aangemeld", "04-plek-aangeboden", "14-aan-de-facilitator", "24-gewijzigd"}, v.name) {
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
