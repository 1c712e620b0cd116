package letters

import (
	"slices"
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
		"gevraagd":    when(letter.Asked),
		"waarom":      letter.Why,
		"agenda":      when(calendarStatus(letter) != ""),
		"teammail":    r.team.Address,
		"privacylink": r.site + "/privacy",
		"consolelink": r.site + "/console",
		"beheerlink":  r.ownLink(letter),
		"stoplink":    r.link(links.Unsubscribe, letter),
		"werkdagen":   number(mdt.AnswerDays),
		"kopiedagen":  number(mdt.BackupDays),
	}
	r.addMeeting(values, letter)
	addNews(values, letter)
	addLine(values, letter)
	addEntry(values, letter)
	addMessage(values, letter)
	addTally(values, letter)
	for name, value := range values {
		switch name {
		case "bericht", "volleOnderdelen", "gewijzigd", "wat", "verplaatst":
			values[name] = manyLines(value)
		default:
			values[name] = oneLine(value)
		}
	}
	return values
}

// number writes a number that says something; 0 says nothing.
func number(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// items makes a list of texts, each on a line of its own.
func items(texts []string) string {
	var lines []string
	for _, text := range texts {
		if text = oneLine(text); text != "" && !slices.Contains(lines, text) {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

func (r *Renderer) addMeeting(values map[string]string, letter mdt.Letter) {
	m := mdt.LetterMeeting{}
	values["wanneer"], values["bijeenkomstlink"] = "", ""
	if letter.Meeting != nil {
		m = *letter.Meeting
		values["wanneer"], values["bijeenkomstlink"] = span(m.Start, m.End), r.meetingLink(m)
	}
	values["bijeenkomst"] = m.Name
	values["plaats"], values["online"], values["ookOnline"] = m.Place, when(m.Online), ""
	switch {
	case letter.ToInterested() && m.Online && m.Place != "":
		values["online"], values["ookOnline"] = "", yes // the meeting is both, and nothing has been chosen yet
	case m.Online:
		values["plaats"] = ""
	}
	values["onlinelink"] = ""
	if m.Online && !letter.Waiting {
		values["onlinelink"] = webAddress(m.OnlineLink)
	}
	values["alinea"] = m.Paragraph
	values["plekken"] = number(m.Seats)
	values["aanmeldenTot"], values["voorstelTot"] = deadline(m.Closes), deadline(m.Deadline)
	values["uitslag"] = ""
	if m.DecidedBy != nil {
		values["uitslag"] = mdt.Day(m.DecidedBy.Add(-time.Nanosecond)) // at midnight the day before is the last
	}
}

func deadline(t *time.Time) string {
	if t == nil {
		return ""
	}
	return mdt.Deadline(*t)
}

// addLine adds what letters say of a waiting list, and of a reminder's day.
func addLine(values map[string]string, letter mdt.Letter) {
	values["onderdeel"], values["volleOnderdelen"] = letter.Part, items(letter.LostParts)
	values["aanbodTot"] = deadline(letter.Until)
	values["tweeKeer"], values["hadPlek"] = when(letter.Twice), when(letter.HadSeat)
	values["vandaag"], values["morgen"] = when(letter.Days <= 0), when(letter.Days == 1)
	values["dagen"] = number(letter.Days)
}

// addEntry adds what letters say of what was changed, erased or asked for.
func addEntry(values map[string]string, letter mdt.Letter) {
	values["voorstel"], values["vers"] = when(aboutProposal(letter)), when(letter.Fresh)
	values["gewijzigd"] = items(changed(letter.ChangedFields))
	values["gewistOp"] = ""
	if letter.ErasedOn != nil {
		values["gewistOp"] = mdt.Day(*letter.ErasedOn)
	}
	erased := make([]string, len(letter.What))
	for i, kind := range letter.What {
		erased[i] = content.ErasedWords(kind)
	}
	values["wat"] = items(erased)
	gone := func(kind string) bool { return slices.Contains(letter.What, kind) }
	values["alles"], values["berichtWeg"] = when(gone(links.Everything)), when(gone(links.Message))
	values["plekWeg"] = when(gone(links.Registration))
	values["datumWeg"] = when(gone(links.Registration) || gone(links.Interest)) // it may stand in a calendar
}

// changed gives what fields are called in a list: by their short words, else by their label.
func changed(names []string) (words []string) {
	for _, name := range names {
		short := content.FieldWords(name+".kort", nil)
		if short == "" {
			short = content.FieldWords(name+".label", nil)
		}
		words = append(words, short)
	}
	return words
}

func addTally(values map[string]string, letter mdt.Letter) {
	t := mdt.LetterTally{}
	if letter.Tally != nil {
		t = *letter.Tally
	}
	values["mislukt"], values["kapot"] = number(t.Failed), number(t.Broken)
	values["verdacht"], values["open"] = number(t.Suspect), number(t.Open)
	values["aantal"], values["een"] = strconv.Itoa(t.Sum()), when(t.Sum() == 1)
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
