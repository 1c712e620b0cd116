package console

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

const meetingsPath = "/console/bijeenkomsten/"

// meetingPath is a page of a meeting at the desk; below is empty for the first of them.
func meetingPath(id, below string) string {
	if below == "" {
		return meetingsPath + id
	}
	return meetingsPath + id + "/" + below
}

func (s *Service) meetingRoutes() []route {
	return []route{
		{pattern: newMeetingPath, sees: team, does: team, get: s.newMeeting, post: s.makeMeeting},
		{pattern: meetingsPath + "{bijeenkomst}", sees: everyone, get: s.hub},
		{pattern: meetingsPath + "{bijeenkomst}/brieven/{brief}", sees: team, get: s.sampleLetter},
		{pattern: meetingsPath + "{bijeenkomst}/publiceren", sees: team, does: team, get: s.publishing, post: s.publish},
		{pattern: meetingsPath + "{bijeenkomst}/bellen", sees: national, does: team, get: s.ringing, post: s.rung},
		{pattern: meetingsPath + "{bijeenkomst}/deelnemers", sees: everyone, get: s.attendance},
		{pattern: meetingsPath + "{bijeenkomst}/naamkaartjes", sees: national, get: s.badges},
		{pattern: meetingsPath + "{bijeenkomst}/uitvoer", sees: everyone, get: s.export},
	}
}

// hubWays are the pages of a meeting, who may go there, and while what still can be done (nil: always).
var hubWays = []struct {
	below, words string
	roles        []string
	while        func(m mdt.Meeting, now time.Time) bool
}{
	{"gegevens", "beheer.bijeenkomst.bewerken", team, goesOn},
	{"publiceren", "beheer.bijeenkomst.publiceren", team, func(m mdt.Meeting, now time.Time) bool { return !m.Published && toBe(m, now) }},
	{"publiceren", "beheer.bijeenkomst.uitnodigen", team, func(m mdt.Meeting, now time.Time) bool { return m.Published && m.ByInvitation && toBe(m, now) }},
	{"publiceren", "beheer.bijeenkomst.afgelasten", team, func(m mdt.Meeting, now time.Time) bool { return m.Published && !m.ByInvitation && toBe(m, now) }},
	{"aanmeldingen", "beheer.bijeenkomst.aanmeldingen", everyone, nil},
	{"bellen", "beheer.bijeenkomst.bellen", national, func(m mdt.Meeting, now time.Time) bool { return now.Before(m.End) }},
	{"attenderingen", "beheer.bijeenkomst.attenderingen", national, nil},
	{"voorstellen", "beheer.bijeenkomst.voorstellen", everyone, nil},
	{"deelnemers", "beheer.bijeenkomst.deelnemers", everyone, nil},
	{"naamkaartjes", "beheer.bijeenkomst.naamkaartjes", national, goesOn},
	{"uitvoer", "beheer.bijeenkomst.uitvoer", everyone, nil},
}

// goesOn says of a meeting that it was not called off.
func goesOn(m mdt.Meeting, _ time.Time) bool { return !m.Cancelled }

// toBe says of a meeting that it is still to end.
func toBe(m mdt.Meeting, now time.Time) bool { return m.State(now) == "gepland" }

// hubView is the first page of one meeting.
type hubView struct {
	Kind, When, Where string
	State             stateView
	Public            string // its page for visitors, once there is one
	Lines             []lineView
	Ways              []look.Way
	Notes             []string // what the counts do not say
	Tasks             []taskView
}

type stateView struct{ Class, Text string }

// lineView is what is given away of a meeting, or of a part.
type lineView struct {
	Name, Seats, TooMany    string
	Taken, Offered, Waiting int
}

// meetingOf is the meeting that a path names, as far as somebody may know of it; 404 where there is none.
func (s *Service) meetingOf(r *http.Request, v *visit) (*mdt.Meeting, error) {
	m, err := s.Store.Meeting(r.Context(), r.PathValue("bijeenkomst"))
	if err == nil && (m == nil || !m.Published && !v.SeesAll()) {
		err = &trouble{status: http.StatusNotFound}
	}
	return m, err
}

// backToMeeting leads from a page of a meeting to its first one.
func backToMeeting(m *mdt.Meeting) look.Way {
	return look.Way{Href: meetingPath(m.ID, ""), Text: m.Name}
}

func (s *Service) hub(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	counters, err := s.Store.Counters(r.Context(), []string{m.ID})
	if err != nil {
		return err
	}
	view := hubView{Kind: say("soort." + string(m.Kind)), When: mdt.Moment(m.Start), Where: look.Where(*m)}
	if v.SeesAll() { // a facilitator knows what visitors do
		view.Lines = lines(*m, counters[0])
	}
	view.State.Class, view.State.Text = meetingState(*m, s.Now())
	if m.Published {
		view.Public = s.Site + "/bijeenkomsten/" + m.ID
	}
	if v.ChangesThings() && toBe(*m, s.Now()) {
		view.Notes = seatNotes(*m, counters[0])
	}
	if v.SeesAll() {
		if view.Tasks, err = s.toRing(r.Context(), []mdt.Meeting{*m}, counters); err != nil {
			return err
		}
	}
	for _, way := range hubWays {
		if slices.Contains(way.roles, v.Role) && (way.while == nil || way.while(*m, s.Now())) {
			view.Ways = append(view.Ways, look.Way{Href: meetingPath(m.ID, way.below), Text: say(way.words)})
		}
	}
	if v.ChangesThings() {
		view.Ways = append(view.Ways, look.Way{Href: newMeetingPath + "?zoals=" + m.ID, Text: say("beheer.bijeenkomst.overnemen")})
	}
	return s.show(w, v, http.StatusOK, page{name: "bijeenkomst", Title: m.Name, Section: "/console", Done: done(r),
		Back: look.Way{Href: "/console", Text: say("beheer.overzicht.titel")}, Body: view})
}

// seatNotes tell the team how many seats only it gives, and how many entries it has yet to approve.
func seatNotes(m mdt.Meeting, c mdt.Counter) (notes []string) {
	if tooMany(m, c) {
		notes = append(notes, say("beheer.bijeenkomst.teVeel"))
	}
	if m.Capacity > 0 && m.HeldBack > 0 {
		notes = append(notes, say("beheer.bijeenkomst.achtergehouden", "n", itoa(int64(m.HeldBack))))
	}
	if c.Requested > 0 {
		notes = append(notes, say("beheer.bijeenkomst.aangevraagd", "n", itoa(int64(c.Requested))))
	}
	return notes
}

// tooMany says whether of some line more seats are given away than there are.
func tooMany(m mdt.Meeting, c mdt.Counter) bool {
	return m.TooMany("", c) > 0 || slices.ContainsFunc(m.Parts, func(p mdt.Part) bool { return m.TooMany(p.ID, c) > 0 })
}

// tooManyWords say how many; empty where there are none.
func tooManyWords(m mdt.Meeting, part string, c mdt.Counter) string {
	if n := m.TooMany(part, c); n > 0 {
		return say("beheer.teVeel", "n", strconv.Itoa(n))
	}
	return ""
}

// lines are the counts of a meeting and of each of its parts.
func lines(m mdt.Meeting, c mdt.Counter) []lineView {
	line := func(name, part string, seats int, count mdt.LineCount) lineView {
		l := lineView{Name: name, TooMany: tooManyWords(m, part, c), Taken: count.Occupied - count.Offered, Offered: count.Offered, Waiting: count.Waiting}
		if seats > 0 {
			l.Seats = itoa(int64(seats))
		}
		return l
	}
	out := []lineView{line(say("beheer.bijeenkomst.geheel"), "", m.Capacity, c.LineCount)}
	for _, p := range m.Parts {
		out = append(out, line(p.Name, p.ID, p.Seats, c.Parts[p.ID]))
	}
	return out
}
