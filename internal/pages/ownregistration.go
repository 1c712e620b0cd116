package pages

import (
	"net/http"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// registrationView shows a registration: how it stands in words, what one can do, its parts, and what was filled in.
func (s *Service) registrationView(r *http.Request, v *visit, i item, view *itemView, open bool, shown ownShown) error {
	entry, m := *i.registration, i.meeting
	view.Title = m.Name
	view.State, view.Texts = v.standing(entry, m)
	view.Facts = v.registrationFacts(entry, m)
	view.Join = entry.JoinLink(m, v.now)
	if entry.BroughtBy != "" || entry.BroughtName != "" {
		view.Texts = append(view.Texts, guestWords(entry))
	}
	view.Presses, view.Ways = v.registrationPresses(i)
	view.Sessions = v.sessions(entry, m)
	form, err := s.registrationForm(r, v, i)
	if err != nil {
		return err
	}
	view.Given = form.given(look.StoredRegistration(entry, v.wishes(m.ID)))
	if !entry.Active() || m.State(v.now) != "gepland" {
		return nil
	}
	view.Parts = v.parts(i)
	if len(view.Parts) > 0 {
		view.PartsNote = say("mijn.deel.kies")
	}
	view.Change = v.changeView(i, form, open, shown)
	return nil
}

// wishes are those for a meeting, where the link may show them.
func (v *visit) wishes(meeting string) string {
	if !v.fresh {
		return ""
	}
	return v.own.WishesOf(meeting)
}

func guestWords(entry mdt.Registration) string {
	if entry.BroughtName == "" {
		return say("mijn.gast.onbekend")
	}
	return say("mijn.gast", "naam", entry.BroughtName)
}

// standing says how a registration stands. An offer that came at night is told when it begins, in the morning.
func (v *visit) standing(entry mdt.Registration, m mdt.Meeting) (stateView, []string) {
	if state := m.State(v.now); state != "gepland" {
		return stateView{"off", say("mijn.stand." + state)}, []string{say("mijn." + state)}
	}
	status := entry.Status
	if status == mdt.Offered && !v.offers(entry.Spot) {
		status = mdt.Waiting
	}
	state := stateView{"", say("mijn.stand." + string(status))}
	switch status {
	case mdt.Confirmed:
		return state, []string{say("mijn.bevestigd")}
	case mdt.Offered:
		return state, []string{say("mijn.aanbod", "totEnMet", mdt.Deadline(*entry.Until))}
	case mdt.Requested:
		state.Class = "wait"
		return state, []string{say("mijn.aangevraagd")}
	case mdt.Waiting:
		state.Class = "wait"
		return state, v.waitingWords(entry.Spot, m)
	case mdt.Unplaced:
		state.Class = "off"
		return state, []string{say("mijn.geenPlek")}
	}
	state.Class = "off"
	if v.canRegister(m) {
		return state, []string{say("mijn.afgemeld")}
	}
	return state, []string{say("mijn.afgemeld.dicht")}
}

// offers says whether an offer stands that can be told and answered.
func (v *visit) offers(s mdt.Spot) bool { return s.Shown(v.now) && !s.Lapsed(v.now) }

func (v *visit) waitingWords(s mdt.Spot, m mdt.Meeting) []string {
	switch {
	case !m.LineOpen(v.now):
		return []string{say("mijn.wachtlijst.dicht")}
	case s.Quiet() && !s.Offered():
		return []string{say("mijn.stil")}
	}
	return []string{say("mijn.wachtlijst"), say("mijn.wachtlijst.tot", "op", mdt.Moment(m.WaitingListEnd()))}
}

func (v *visit) canRegister(m mdt.Meeting) bool {
	status := m.RegisteringStatus(v.counters[m.ID], v.now)
	return m.Published && !m.ByInvitation && (status == mdt.Open || status == mdt.Full)
}

func (v *visit) registrationFacts(entry mdt.Registration, m mdt.Meeting) []row {
	facts := []row{{say("bijeenkomstpagina.wanneer"), span(m.Start, m.End)}, {say("bijeenkomstpagina.waar"), v.whereFor(entry, m)},
		{say("mijn.kenmerk"), entry.Reference}, {say("mijn.email"), entry.Email}}
	if len(entry.Guests) > 0 {
		names := make([]string, len(entry.Guests))
		for i, guest := range entry.Guests {
			names[i] = guest.Name
		}
		facts = append(facts, row{say("mijn.meegenomen"), strings.Join(names, ", ") + ". " + say("mijn.meegenomen.eigen")})
	}
	return facts
}

// whereFor is where this person takes part.
func (v *visit) whereFor(entry mdt.Registration, m mdt.Meeting) string {
	switch {
	case m.Both() && entry.Attendance == mdt.OnLocation:
		return m.Place
	case m.Place == "" || m.Both() && entry.Attendance == mdt.AttendOnline:
		if m.State(v.now) != "gepland" || entry.JoinLink(m, v.now) != "" {
			return say("waar.online")
		}
		return say("waar.online") + ". " + say("mijn.onlinelink.later")
	}
	return look.Where(m)
}

// registrationPresses are the buttons of a registration, and the ways on where there is nothing to press.
func (v *visit) registrationPresses(i item) (presses []press, ways []look.Way) {
	entry, m := *i.registration, i.meeting
	if m.State(v.now) != "gepland" {
		return nil, []look.Way{{Href: "/", Text: say("storing.bijeenkomsten"), First: true}}
	}
	if !entry.Active() {
		if v.canRegister(m) {
			ways = append(ways, look.Way{Href: meetingPath(m, "aanmelden"), Text: say("mijn.knop.opnieuw")})
		}
		ways = append(ways, look.Way{Href: "/", Text: say("storing.bijeenkomsten")})
		ways[0].First = true
		return nil, ways
	}
	presses = v.linePresses(i, "", m.Name, entry.Spot)
	leave := press{Act: "afmelden", Text: content.FieldWords("knop.afmelden", nil), Second: true, Before: say("mijn.niet") + " " + say("mijn.niet.uitleg")}
	if entry.Status != mdt.Confirmed && !v.offers(entry.Spot) {
		leave.Text, leave.Before = say("mijn.knop.wachtlijstAf"), say("mijn.nietWachten")
	}
	presses = append(presses, v.pressed(i, leave, m.Name))
	if m.Page == "" && m.Published {
		ways = append(ways, look.Way{Href: meetingPath(m, ""), Text: say("storing.overBijeenkomst", "bijeenkomst", m.Name)})
	}
	return presses, ways
}

// linePresses are the buttons of a place in line: take the seat that is offered or let it go, or wait again.
func (v *visit) linePresses(i item, part, about string, s mdt.Spot) (presses []press) {
	switch {
	case v.offers(s):
		presses = append(presses, v.pressed(i, press{Act: "accepteren", Part: part, Text: content.FieldWords("knop.accepteren", nil)}, about),
			v.pressed(i, press{Act: "doorgeven", Part: part, Text: content.FieldWords("knop.doorgeven", nil), Second: true,
				Question: say("mijn.doorgeven"), ID: "wachten-" + i.reference + part}, about))
	case s.Quiet() && !s.Offered() && i.meeting.LineOpen(v.now):
		presses = append(presses, v.pressed(i, press{Act: "wachten", Part: part, Text: content.FieldWords("knop.wachten", nil)}, about))
	}
	return presses
}

// pressed fills in what every button of an entry has.
func (v *visit) pressed(i item, p press, about string) press {
	p.Path, p.Reference, p.About = v.path(), i.reference, say("mijn.voor", "wat", about)
	return p
}

// parts are those that one takes part in, waits for, or can wait for, in the order of the programme.
func (v *visit) parts(i item) (out []partView) {
	entry, m := *i.registration, i.meeting
	has := map[string]bool{}
	for _, id := range entry.Parts {
		has[id] = true
	}
	for _, p := range m.Parts {
		view := partView{Name: p.Name, When: partTime(m, p)}
		place, waits := entry.Place(p.ID)
		free := mdt.FreePartSeats(p, v.counters[m.ID])
		switch {
		case has[p.ID]:
			view.Text = say("mijn.deel.doetMee")
		case waits:
			v.waitingForPart(i, p, place.Spot, &view)
		case entry.Status == mdt.Confirmed && free != nil && *free == 0 && v.now.Before(p.Start) && m.LineOpen(v.now):
			view.Text = say("mijn.deel.vol")
			view.Presses = []press{v.pressed(i, press{Act: "wachten", Part: p.ID, Text: say("mijn.knop.onderdeelWachten"), Second: true}, p.Name)}
		default:
			continue
		}
		out = append(out, view)
	}
	return out
}

func (v *visit) waitingForPart(i item, p mdt.Part, s mdt.Spot, view *partView) {
	switch {
	case v.offers(s):
		view.Text = say("mijn.deel.aanbod", "totEnMet", mdt.Deadline(*s.Until))
	case s.Quiet() && !s.Offered():
		view.Text = say("mijn.deel.stil")
	default:
		view.Text = say("mijn.deel.wacht")
	}
	view.Presses = v.linePresses(i, p.ID, p.Name, s)
	if !v.offers(s) {
		view.Presses = append(view.Presses, v.pressed(i, press{Act: "afmelden", Part: p.ID, Text: say("mijn.knop.onderdeelAf"), Second: true}, p.Name))
	}
}
