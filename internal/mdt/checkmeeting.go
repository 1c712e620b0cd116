package mdt

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// checking gathers what is wrong with a meeting that is edited.
type checking struct {
	Meeting
	found []Fault
}

func (c *checking) fault(pointer, code string) {
	c.found = append(c.found, Fault{Pointer: "#/" + pointer, Code: code})
}

// Edited is a meeting as the team wants it, with what it is checked against.
type Edited struct {
	Meeting Meeting
	Was     *Meeting  // nil: it is a new one
	All     []Meeting // the meetings that there are
	Counter Counter   // what has been given away of it
}

// CheckMeeting gives all that is wrong with a meeting as it was edited. Pointers name fields as a network file does.
func CheckMeeting(e Edited) []Fault {
	c := &checking{Meeting: e.Meeting}
	c.checkName(e)
	c.checkWhere()
	c.checkTimes()
	c.checkNumbers()
	c.checkReminders()
	c.checkParts()
	c.checkRemoved(e)
	c.checkQuestions()
	c.checkParagraphs()
	return c.found
}

func (c *checking) checkName(e Edited) {
	taken := func(id string) bool {
		return slices.ContainsFunc(e.All, func(m Meeting) bool { return m.ID == id })
	}
	switch {
	case e.Was != nil: // it stands in addresses and keys, and stays
	case len(c.ID) > maxID || !names().MatchString(c.ID):
		c.fault("id", "bewerken.id.vorm")
	case taken(c.ID):
		c.fault("id", "bewerken.id.bezet")
	}
	if strings.TrimSpace(c.Name) == "" {
		c.fault("naam", "bewerken.naam.leeg")
	}
	if !slices.Contains(Kinds, c.Kind) {
		c.fault("soort", "bewerken.soort.onbekend")
	}
	if c.BelongsTo != "" && (c.BelongsTo == c.ID || !taken(c.BelongsTo)) {
		c.fault("hoortBij", "bewerken.hoortBij.onbekend")
	}
}

func (c *checking) checkWhere() {
	if c.Place == "" && !c.Online {
		c.fault("plaats", "bewerken.plaats.leeg")
	}
	if c.OnlineLink != "" && !c.Online {
		c.fault("onlineLink", "bewerken.onlineLink.nietOnline")
	}
	c.checkWeb("onlineLink", c.OnlineLink)
	c.checkWeb("pagina", c.Page)
}

func (c *checking) checkWeb(field, text string) {
	if at, err := url.Parse(text); err != nil || text != "" && (at.Scheme != "https" || at.Host == "") {
		c.fault(field, "bewerken.webadres.vorm")
	}
}

func (c *checking) checkTimes() {
	c.checkSpan("", c.Start, c.End)
	c.checkWindow("aanmelden", c.Registering)
	c.checkWindow("voorstellen", c.Proposing)
	c.checkWindow("attenderen", c.Telling)
	if c.WaitingEnds != nil && c.WaitingEnds.After(c.Start) {
		c.fault("wachtlijstSluit", "bewerken.wachtlijst.naBegin")
	}
}

// checkSpan demands a beginning, and an end after it. What is zero was not typed, or could not be read: whoever
// read it says so where something stood there.
func (c *checking) checkSpan(at string, start, end time.Time) {
	switch {
	case start.IsZero():
		c.fault(at+"begint", "bewerken.begint.leeg")
	case end.IsZero():
		c.fault(at+"eindigt", "bewerken.eindigt.leeg")
	case !end.After(start):
		c.fault(at+"eindigt", "bewerken.eindigt.voorBegin")
	}
}

func (c *checking) checkWindow(field string, w *Window) {
	switch {
	case w == nil:
	case w.Pending && w.Opens != nil:
		c.fault(field+"/opent", "bewerken.opent.onbekend")
	case w.Opens != nil && w.Closes != nil && !w.Opens.Before(*w.Closes):
		c.fault(field+"/sluit", "bewerken.sluit.voorOpent")
	case w.Opens != nil && !c.Start.IsZero() && !w.Opens.Before(c.Start):
		c.fault(field+"/opent", "bewerken.opent.naBegin")
	case w.Closes != nil && !c.End.IsZero() && w.Closes.After(c.End):
		c.fault(field+"/sluit", "bewerken.sluit.naEinde")
	}
}

func (c *checking) checkNumbers() {
	c.checkCount("plekken", c.Capacity)
	c.checkCount("achtergehouden", c.HeldBack)
	c.checkCount("perOrganisatie", c.PerOrg)
	c.checkCount("introducees", c.MaxGuests)
	c.checkCount("aanbodUren", c.OfferHours)
	if c.HeldBack > 0 && c.HeldBack >= c.Capacity {
		c.fault("achtergehouden", "bewerken.achtergehouden.teVeel")
	}
	if c.MaxGuests > maxGuests {
		c.fault("introducees", "bewerken.introducees.teVeel")
		c.found[len(c.found)-1].Args = map[string]string{"n": strconv.Itoa(maxGuests)}
	}
}

// maxCount is more than any meeting has seats, or an offer hours.
const maxCount = 100_000

func (c *checking) checkCount(field string, n int) {
	if n < 0 || n > maxCount {
		c.fault(field, "bewerken.getal.vorm")
	}
}

func (c *checking) checkReminders() {
	if len(c.Reminders) > maxReminders {
		c.fault("herinneringen", "bewerken.herinnering.teVeel")
		c.found[len(c.found)-1].Args = map[string]string{"n": strconv.Itoa(maxReminders)}
	}
	for i, r := range c.Reminders {
		at := "herinneringen/" + strconv.Itoa(i)
		c.checkCount(at+"/dagen", r.Days)
		if _, err := time.Parse("15:04", r.At); err != nil {
			c.fault(at+"/om", "bewerken.tijd.vorm")
		}
		if slices.Contains(c.Reminders[:i], r) {
			c.fault(at+"/dagen", "bewerken.herinnering.dubbel")
		}
	}
}
