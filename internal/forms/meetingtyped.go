package forms

import (
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Typed is what stands in a form, by the names of its fields.
type Typed map[string][]string

func (t Typed) put(name, value string) {
	if value != "" {
		t[name] = []string{value}
	}
}

func (t Typed) yes(name string, yes bool) {
	t[name] = []string{map[bool]string{true: "on", false: "off"}[yes]}
}

func (t Typed) number(name string, n int) {
	if n != 0 {
		t[name] = []string{strconv.Itoa(n)}
	}
}

func (t Typed) moment(name string, at *time.Time) {
	if at != nil && !at.IsZero() {
		day, clock := mdt.TypedMoment(*at)
		t.put(name+"Dag", day)
		t.put(name+"Tijd", clock)
	}
}

func (t Typed) window(name string, w *mdt.Window) {
	if w == nil {
		t.put(name, WindowNone)
		return
	}
	t.put(name, WindowOpen)
	if w.Pending {
		t.put(name, WindowPending)
	}
	t.moment(name+"Opent", w.Opens)
	t.moment(name+"Sluit", w.Closes)
}

// TypedMeeting is a meeting as the form of MeetingSpec shows it.
func TypedMeeting(m mdt.Meeting) Typed {
	t := Typed{}
	t.put("naam", m.Name)
	t.put("omschrijving", m.Description)
	t.moment("begint", &m.Start)
	t.moment("eindigt", &m.End)
	t.put("plaats", m.Place)
	t.yes("online", m.Online)
	t.put("onlineLink", m.OnlineLink)
	t.put("pagina", m.Page)
	t.put("hoortBij", m.BelongsTo)
	t.yes("opUitnodiging", m.ByInvitation)
	return t
}

// TypedSeats is a meeting as the form of MeetingSeatsSpec shows it.
func TypedSeats(m mdt.Meeting) Typed {
	t := Typed{}
	t.number("plekken", m.Capacity)
	t.number("achtergehouden", m.HeldBack)
	t.yes("goedkeuring", m.Approval)
	t.number("introducees", m.MaxGuests)
	t.number("perOrganisatie", m.PerOrg)
	t.window("aanmelden", m.Registering)
	t.moment("wachtlijstSluit", m.WaitingEnds)
	t.yes("directPlaatsen", m.Direct)
	t.number("aanbodUren", m.OfferHours)
	t.window("attenderen", m.Telling)
	t.window("voorstellen", m.Proposing)
	t.moment("voorstelUitslag", m.DecidedBy)
	reminders := m.Reminders
	if reminders == nil {
		reminders = mdt.DefaultReminders
	}
	for i, r := range reminders {
		at := "herinneringen." + strconv.Itoa(i) + "."
		t.put(at+"dagen", strconv.Itoa(r.Days))
		t.put(at+"om", strings.ReplaceAll(r.At, ":", "."))
	}
	return t
}

// TypedProgramme is a meeting as the form of ProgrammeSpec shows it.
func TypedProgramme(m mdt.Meeting) Typed {
	t := Typed{}
	for i, p := range m.Parts {
		at := "onderdelen." + strconv.Itoa(i) + "."
		t.put(at+"id", p.ID)
		t.put(at+"naam", p.Name)
		t.put(at+"soort", p.Kind)
		day, from := mdt.TypedMoment(p.Start)
		_, to := mdt.TypedMoment(p.End)
		t.put(at+"dag", day)
		t.put(at+"van", from)
		t.put(at+"tot", to)
		t.number(at+"plekken", p.Seats)
	}
	return t
}

// TypedQuestions is a meeting as the form of QuestionsSpec shows it.
func TypedQuestions(m mdt.Meeting) Typed {
	t, place := Typed{}, map[string]string{}
	for i, q := range m.Questions {
		at := "vragen." + strconv.Itoa(i) + "."
		t.put(at+"id", q.ID)
		t.put(at+"tekst", q.Text)
		t.put(at+"soort", string(q.Kind))
		t.put(at+"keuzes", strings.Join(q.Choices, "\n"))
		t.yes(at+"verplicht", q.Required)
		if q.ShowIf != nil {
			t.put(at+"toonVraag", place[q.ShowIf.Question])
			t.put(at+"toonAntwoorden", strings.Join(q.ShowIf.Answers, "\n"))
		}
		place[q.ID] = strconv.Itoa(i + 1)
	}
	return t
}

// TypedParagraphs is a meeting as the form of ParagraphsSpec shows it.
func TypedParagraphs(m mdt.Meeting) Typed {
	t := Typed{}
	for number, text := range m.Paragraphs {
		t.put("alineas."+number, text)
	}
	return t
}

// meetingNames are how the forms name what a fault of mdt.CheckMeeting points to, where that differs.
var meetingNames = strings.NewReplacer("/toonAls/vraag", "/toonVraag", "/toonAls/antwoorden", "/toonAntwoorden")

// MeetingFaults points at the fields of the forms what mdt.CheckMeeting found; one that has a fault already keeps it.
func MeetingFaults(found []mdt.Fault, have []mdt.Fault) []mdt.Fault {
	all, met := append([]mdt.Fault{}, have...), map[string]bool{}
	for _, f := range have {
		met[f.Pointer] = true
	}
	for _, f := range found {
		if f.Pointer = meetingPointer(f.Pointer); !met[f.Pointer] {
			met[f.Pointer], all = true, append(all, f)
		}
	}
	return all
}

func meetingPointer(pointer string) string {
	path := strings.Split(strings.TrimPrefix(meetingNames.Replace(pointer), "#/"), "/")
	last := len(path) - 1
	switch {
	case path[0] == "onderdelen" && path[last] == "begint":
		path[last] = "van"
	case path[0] == "onderdelen" && path[last] == "eindigt":
		path[last] = "tot"
	case path[last] == "begint", path[last] == "eindigt", path[last] == "wachtlijstSluit":
		path[last] += "Dag"
	case path[last] == "opent":
		path = []string{path[0] + "OpentDag"}
	case path[last] == "sluit":
		path = []string{path[0] + "SluitDag"}
	}
	return "#/" + strings.Join(path, "/")
}
