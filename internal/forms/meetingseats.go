package forms

import (
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// Whether something can be done at a meeting, and since when.
const (
	WindowNone    = "geen"
	WindowPending = "nogOnbekend"
	WindowOpen    = "open"
)

func windowFields(name string) []Field {
	return slices.Concat([]Field{{Name: name, Kind: Choice, Code: "bewerken.venster", Choices: []string{WindowNone, WindowPending, WindowOpen}}},
		momentFields(name+"Opent"), momentFields(name+"Sluit"))
}

func numberField(name string) Field {
	return Field{Name: name, Kind: Line, Code: "bewerken.getal", Max: maxPhone}
}

var seatFields = slices.Concat(Spec{
	numberField("plekken"), numberField("achtergehouden"),
	{Name: "goedkeuring", Kind: Bool, Code: "bewerken.goedkeuring"},
	numberField("introducees"), numberField("perOrganisatie"),
}, windowFields("aanmelden"), momentFields("wachtlijstSluit"), Spec{
	{Name: "directPlaatsen", Kind: Bool, Code: "bewerken.directPlaatsen"},
	numberField("aanbodUren"),
}, windowFields("attenderen"), windowFields("voorstellen"), momentFields("voorstelUitslag"), Spec{
	{Name: "herinneringen", Kind: Objects, Code: "bewerken.herinnering", Max: maxReminders,
		Fields: []Field{numberField("dagen"), {Name: "om", Kind: Line, Code: "bewerken.tijd", Max: maxPhone}}},
})

// MeetingSeatsSpec is the table of who can register for a meeting and since when, its seats and its reminders.
func MeetingSeatsSpec() Spec { return seatFields }

// MeetingSeats gives a meeting with that.
func MeetingSeats(v *Values, was mdt.Meeting) (mdt.Meeting, []mdt.Fault) {
	c := newChecker(v)
	now := was
	now.Capacity, now.HeldBack, now.Approval = c.number("plekken"), c.number("achtergehouden"), c.yes("goedkeuring")
	now.MaxGuests, now.PerOrg = c.number("introducees"), c.number("perOrganisatie")
	now.Registering, now.Proposing, now.Telling = c.window("aanmelden"), c.window("voorstellen"), c.window("attenderen")
	now.WaitingEnds, now.DecidedBy = c.moment("wachtlijstSluit"), c.moment("voorstelUitslag")
	now.Direct, now.OfferHours = c.yes("directPlaatsen"), c.number("aanbodUren")
	now.Reminders = []mdt.Reminder{}
	for _, row := range c.rows("herinneringen") {
		r := mdt.Reminder{Days: row.number("dagen"), At: row.text("om")}
		if hour, minute, found := strings.Cut(strings.ReplaceAll(r.At, ".", ":"), ":"); found && len(hour) < 2 {
			r.At = "0" + hour + ":" + minute
		} else if found {
			r.At = hour + ":" + minute
		}
		now.Reminders = append(now.Reminders, r)
	}
	return now, c.faults()
}

// window reads when an action can be done; nil where it cannot.
func (c checker) window(name string) *mdt.Window {
	chosen := c.choice(name)
	w := &mdt.Window{Opens: c.moment(name + "Opent"), Closes: c.moment(name + "Sluit"), Pending: chosen == WindowPending}
	if chosen == WindowNone || chosen == "" {
		return nil
	}
	return w
}

// wholeNumber reads a number of 0 or more.
func wholeNumber(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0
}
