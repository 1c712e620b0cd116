package letters

import (
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// yes is the value of a condition that holds.
const yes = "ja"

func when(holds bool) string {
	if holds {
		return yes
	}
	return ""
}

// values gives everything that the words of a letter may name; what this letter has not is empty.
func (r *Renderer) values(letter mdt.Letter) map[string]string {
	values := map[string]string{
		"naam":        mdt.ShowableName(letter.Name), // asked again here: whoever stored it may have forgotten
		"door":        mdt.ShowableName(letter.By),
		"kenmerk":     letter.Reference,
		"onderdelen":  strings.Join(letter.Parts, "; "),
		"wacht":       when(letter.Waiting),
		"teammail":    r.team.Address,
		"privacylink": r.site + "/privacy",
		"beheerlink":  r.link(links.Own, letter),
		"stoplink":    r.link(links.Unsubscribe, letter),
		"werkdagen":   "",
	}
	if r.workingDays > 0 {
		values["werkdagen"] = strconv.Itoa(r.workingDays)
	}
	r.addMeeting(values, letter)
	addMessage(values, letter)
	for name, value := range values {
		if name == "bericht" {
			values[name] = manyLines(value)
			continue
		}
		values[name] = oneLine(value)
	}
	return values
}

func (r *Renderer) addMeeting(values map[string]string, letter mdt.Letter) {
	m := mdt.LetterMeeting{}
	if letter.Meeting != nil {
		m = *letter.Meeting
		values["wanneer"] = span(m.Start, m.End)
		values["bijeenkomstlink"] = r.meetingLink(m)
	} else {
		values["wanneer"], values["bijeenkomstlink"] = "", ""
	}
	values["bijeenkomst"] = m.Name
	values["plaats"], values["online"], values["ookOnline"] = m.Place, when(m.Online), ""
	switch {
	case letter.Kind == mdt.LetterInterest && m.Online && m.Place != "":
		values["online"], values["ookOnline"] = "", yes // the meeting is both, and nothing has been chosen yet
	case m.Online:
		values["plaats"] = ""
	}
	values["voorstelTot"], values["uitslag"] = "", ""
	if m.Deadline != nil {
		values["voorstelTot"] = mdt.Deadline(*m.Deadline)
	}
	if m.DecidedBy != nil {
		values["uitslag"] = mdt.Day(m.DecidedBy.Add(-time.Nanosecond)) // at midnight the day before is the last
	}
}

// subject gives the words of a visitor's choice, as the form shows them; never what a visitor typed.
func subject(choice string) string {
	switch choice {
	case mdt.SubjectJoin, mdt.SubjectStrategy:
	default:
		choice = mdt.SubjectOther
	}
	return content.FieldWords("onderwerp.keuze."+choice, nil)
}

func addMessage(values map[string]string, letter mdt.Letter) {
	m := mdt.LetterMessage{}
	if letter.Message != nil {
		m = *letter.Message
	}
	toRegion := !m.ToTeam && m.Region != ""
	values["regio"], values["naarRegio"], values["naarTeam"] = m.Region, when(toRegion), when(!toRegion)
	values["onderwerp"] = subject(m.Subject)
	values["bericht"], values["afzender"], values["afzenderMail"] = m.Text, m.Sender, m.SenderMail
	values["organisatie"], values["gemeente"], values["telefoon"] = m.Organisation, m.Municipality, m.Phone
	values["bevestigd"], values["vanFacilitator"] = when(m.Confirmed), when(m.Facilitator)
}

// span writes from when until when: "woensdag 24 maart 2021, 12.00 tot 14.00 uur".
func span(start, end time.Time) string {
	if mdt.Day(start) == mdt.Day(end) {
		return mdt.Day(start) + ", " + mdt.Clock(start) + " tot " + mdt.Clock(end) + " uur"
	}
	return mdt.Moment(start) + " tot " + mdt.Moment(end)
}
