package forms

import (
	"slices"
	"strings"
	"time"

	"aanmeldpunt/internal/mdt"
)

// The forms in which the team edits a meeting: one for each thing it is about. Moments are typed in two fields, a day
// and a time. Each gives the meeting as it is to be: what the form does not ask is that of was.

const (
	maxPlace     = 300
	maxWeb       = 500
	maxChoices   = 3000
	maxParts     = 40
	maxQuestions = 20
	maxReminders = 5
)

// momentFields are the two fields of a moment.
func momentFields(name string) []Field {
	return []Field{{Name: name + "Dag", Kind: Line, Code: "bewerken.dag", Max: maxPhone}, {Name: name + "Tijd", Kind: Line, Code: "bewerken.tijd", Max: maxPhone}}
}

var whatFields = slices.Concat(Spec{
	{Name: "naam", Kind: Line, Code: "bewerken.naam", Required: true, Max: maxName},
	{Name: "omschrijving", Kind: Text, Code: "bewerken.omschrijving", Max: maxMessage},
}, momentFields("begint"), momentFields("eindigt"), Spec{
	{Name: "plaats", Kind: Line, Code: "bewerken.plaats", Max: maxPlace},
	{Name: "online", Kind: Bool, Code: "bewerken.online"},
	{Name: "onlineLink", Kind: Line, Code: "bewerken.onlineLink", Max: maxWeb},
	{Name: "pagina", Kind: Line, Code: "bewerken.pagina", Max: maxWeb},
	{Name: "hoortBij", Kind: Choice, Code: "bewerken.hoortBij"},
	{Name: "opUitnodiging", Kind: Bool, Code: "bewerken.opUitnodiging"},
	{Name: "waarom", Kind: Text, Code: "bewerken.waarom", Max: maxAnswer},
})

// MeetingSpec is the table of what a meeting is, when and where.
func MeetingSpec() Spec { return whatFields }

// Meeting gives a meeting with what it is, when and where; its parts move along. Parents are the ids of the meetings
// it can belong to. Why is what the team says of the change in letters.
func Meeting(v *Values, was mdt.Meeting, parents []string) (now mdt.Meeting, why string, faults []mdt.Fault) {
	c := newChecker(v)
	now = was
	if start, end := c.moment("begint"), c.moment("eindigt"); start != nil && end != nil {
		now = was.MovedTo(*start, *end)
	} else {
		c.needed("begint", start)
		c.needed("eindigt", end)
	}
	now.Name, now.Description, now.Place = c.text("naam"), c.text("omschrijving"), c.text("plaats")
	now.Online, now.OnlineLink, now.Page = c.yes("online"), c.text("onlineLink"), c.text("pagina")
	now.BelongsTo, now.ByInvitation = c.choice("hoortBij", parents...), c.yes("opUitnodiging")
	return now, c.text("waarom"), c.faults()
}

var newFields = slices.Concat(Spec{
	{Name: "soort", Kind: Choice, Code: "bewerken.soort", Choices: kinds()},
	{Name: "zoals", Kind: Choice, Code: "bewerken.zoals"},
	{Name: "naam", Kind: Line, Code: "bewerken.naam", Required: true, Max: maxName},
	{Name: "id", Kind: Line, Code: "bewerken.id", Max: maxName},
}, momentFields("begint"), momentFields("eindigt"), Spec{
	{Name: "plaats", Kind: Line, Code: "bewerken.plaats", Max: maxPlace},
	{Name: "online", Kind: Bool, Code: "bewerken.online"},
})

// NewMeetingSpec is the table of the form that begins a meeting.
func NewMeetingSpec() Spec { return newFields }

func kinds() (names []string) {
	for _, kind := range mdt.Kinds {
		names = append(names, string(kind))
	}
	return names
}

// NewMeeting gives a concept of a sort, or like one of the earlier meetings: as long as that one was, where no end is
// typed.
func NewMeeting(v *Values, earlier []mdt.Meeting) (mdt.Meeting, []mdt.Fault) {
	c := newChecker(v)
	var ids []string
	for _, m := range earlier {
		ids = append(ids, m.ID)
	}
	kind, like := c.choice("soort"), c.choice("zoals", ids...)
	start, end := c.moment("begint"), c.moment("eindigt")
	c.needed("begint", start)
	if like == "" {
		c.needed("eindigt", end)
	}
	if kind == "" && like == "" {
		c.fault("#/soort", "bewerken.soort.onbekend")
	}
	m := mdt.NewMeeting(mdt.Kind(kind))
	if i := slices.Index(ids, like); i >= 0 && start != nil {
		m = mdt.MeetingLike(earlier[i], *start)
	}
	if start != nil {
		m.Start = *start
	}
	if end != nil {
		m.End = *end
		if slices.ContainsFunc(m.Parts, func(p mdt.Part) bool { return p.End.After(m.End) }) {
			c.fault("#/eindigtDag", "bewerken.eindigt.programma")
		}
	}
	m.Name, m.ID = c.text("naam"), strings.ToLower(c.text("id"))
	if m.ID == "" {
		m.ID = mdt.Slug(m.Name)
	}
	if place := c.text("plaats"); place != "" || like == "" {
		m.Place = place
	}
	if online, said := c.truth("online"); said {
		m.Online = online
	}
	return m, c.faults()
}

// moment reads the two fields of a moment; nil where neither was filled in, or what stands there is none.
func (c checker) moment(name string) *time.Time {
	_, dayAt := c.field(name + "Dag")
	_, clockAt := c.field(name + "Tijd")
	day, clock := c.text(name+"Dag"), c.text(name+"Tijd")
	if day == "" && clock == "" {
		return nil
	}
	at, code := mdt.LocalMoment(day, clock)
	switch {
	case code == "":
		return &at
	case strings.HasPrefix(code, "bewerken.dag."):
		c.fault(dayAt, code)
	default:
		c.fault(clockAt, code)
	}
	return nil
}

// needed demands a moment.
func (c checker) needed(name string, at *time.Time) {
	if _, pointer := c.field(name + "Dag"); at == nil && !c.hasFault(name) {
		c.fault(pointer, "bewerken."+name+".leeg")
	}
}

// hasFault says whether one of the two fields of a moment is wrong already.
func (c checker) hasFault(name string) bool {
	_, dayAt := c.field(name + "Dag")
	_, clockAt := c.field(name + "Tijd")
	return c.found.at[dayAt] || c.found.at[clockAt]
}

func (c checker) yes(name string) bool {
	yes, _ := c.truth(name)
	return yes
}

// number gives a whole number of 0 or more; 0 where nothing was filled in.
func (c checker) number(name string) int {
	_, pointer := c.field(name)
	typed := c.text(name)
	if typed == "" {
		return 0
	}
	n, ok := wholeNumber(typed)
	if !ok {
		c.fault(pointer, "bewerken.getal.vorm")
	}
	return n
}
