package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

type meetingKey struct{}

// withMeeting finds the meeting that the path names, or answers 404 before anything else is judged.
func (s *Service) withMeeting(r *http.Request) (*http.Request, error) {
	meeting, err := s.Catalogue.Meeting(r.Context(), r.PathValue("bijeenkomst"))
	if err != nil {
		return nil, err
	}
	if meeting == nil {
		return nil, &trouble{status: http.StatusNotFound, about: "bijeenkomst"}
	}
	return r.WithContext(context.WithValue(r.Context(), meetingKey{}, *meeting)), nil
}

func meetingOf(r *http.Request) mdt.Meeting { return r.Context().Value(meetingKey{}).(mdt.Meeting) }

// meetingPath is the address of a meeting's page, or of what stands below it.
func meetingPath(m mdt.Meeting, below string) string {
	path := "/bijeenkomsten/" + url.PathEscape(m.ID)
	if below != "" {
		path += "/" + below
	}
	return path
}

// meetingView is what the page of a meeting shows.
type meetingView struct {
	Name, Kind, When, Where string
	Free                    string // how many seats are left; empty: no limit, or no matter
	State                   stateView
	Note                    string // what to know first
	Actions                 []actionView
	Calendar                *calendarView
	Paragraphs, Rules       []string
	More                    string // the page that the team has elsewhere
	Parent                  *mdt.Meeting
	Slots                   []slot
	Sessions                []card
}

// actionView is something a visitor can do, or why not.
type actionView struct {
	Text, Href, Button string
	Above              bool // the text stands above the button, not below it
	Second             bool // not what most come for
}

func (s *Service) meeting(w http.ResponseWriter, r *http.Request) error {
	m := meetingOf(r)
	view, err := s.meetingView(r.Context(), m)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, page{name: "meeting", Title: m.Name, Section: "/", About: about(m),
		Link: s.Site + meetingPath(m, ""), Body: view})
}

func (s *Service) meetingView(ctx context.Context, m mdt.Meeting) (view meetingView, err error) {
	now := s.Now()
	meetings, counters, err := s.allMeetings(ctx)
	if err != nil {
		return view, err
	}
	counter, listed := counters[m.ID]
	if !listed { // one that is by invitation, or is not published
		counted, err := s.Catalogue.Counters(ctx, m.ID)
		if err != nil {
			return view, err
		}
		counter = counted[0]
	}
	view = meetingView{Name: m.Name, Note: calledOffWords(m), Kind: kindWords(m.Kind), When: span(m.Start, m.End), Where: look.Where(m),
		State: stateOf(m, counter, now), Actions: actions(m, counter, now), Calendar: s.calendarLinks(m, now),
		Paragraphs: paragraphs(m.Description), Rules: rules(m, now), More: m.Page, Slots: slots(m, counter)}
	if free := m.FreeSeats(counter); free != nil && m.RegisteringStatus(counter, now) == mdt.Open {
		view.Free = strconv.Itoa(*free)
	}
	for i := range meetings {
		switch {
		case meetings[i].ID == m.BelongsTo:
			view.Parent = &meetings[i]
		case meetings[i].BelongsTo == m.ID && m.State(now) == "gepland" && meetings[i].State(now) == "gepland":
			view.Sessions = append(view.Sessions, cardOf(meetings[i], nil, counters[meetings[i].ID], now))
		}
	}
	return view, nil
}

// calledOffWords say why a meeting does not go on, where the team said it.
func calledOffWords(m mdt.Meeting) string {
	if n := len(m.News); m.Cancelled && n > 0 && m.News[n-1].Why != "" {
		return say("bijeenkomstpagina.gaatNietDoor", "waarom", m.News[n-1].Why)
	}
	return ""
}

// about is what search engines may say of a meeting.
func about(m mdt.Meeting) string {
	return kindWords(m.Kind) + ", " + span(m.Start, m.End) + ", " + look.Where(m) + "."
}

// actions are what a visitor can do about a meeting; where registering is not among them, why not.
func actions(m mdt.Meeting, c mdt.Counter, now time.Time) (out []actionView) {
	switch m.RegisteringStatus(c, now) {
	case mdt.Open:
		_, closes := m.Times(m.Registering)
		out = append(out, actionView{Text: say("bijeenkomstpagina.kan", "totEnMet", mdt.Deadline(*closes)),
			Href: meetingPath(m, "aanmelden"), Button: say("bijeenkomstpagina.knop.aanmelden", "bijeenkomst", m.Name)})
	case mdt.Full:
		out = append(out, actionView{Text: say("bijeenkomstpagina.vol"), Above: true, Href: meetingPath(m, "aanmelden"), Button: say("bijeenkomstpagina.knop.wachtlijst")})
	default:
		out = append(out, actionView{Text: refusalWords(whyNotRegister(m, c, now), ""), Above: true})
	}
	if m.TellingStatus(now) == mdt.Open {
		out = append(out, actionView{Text: say("bijeenkomstpagina.attendering"), Above: true, Href: meetingPath(m, "houd-me-op-de-hoogte"),
			Button: say("bijeenkomstpagina.knop.attendering")})
	}
	if m.ProposingStatus(now) == mdt.Open {
		_, closes := m.Times(m.Proposing)
		out = append(out, actionView{Text: say("bijeenkomstpagina.voorstel", "totEnMet", mdt.Deadline(*closes)), Above: true, Second: true,
			Href: meetingPath(m, "voorstel"), Button: say("bijeenkomstpagina.knop.voorstel")})
	}
	return out
}

// rules are what one should know before registering.
func rules(m mdt.Meeting, now time.Time) (out []string) {
	if m.State(now) != "gepland" || m.Registering == nil {
		return nil
	}
	if m.MaxGuests > 0 {
		out = append(out, say("bijeenkomstpagina.gasten", "n", strconv.Itoa(m.MaxGuests)))
	}
	if m.PerOrg > 0 {
		out = append(out, say("bijeenkomstpagina.perOrganisatie", "n", strconv.Itoa(m.PerOrg)))
	}
	return out
}

// slot is what happens at one time.
type slot struct {
	At    string
	Parts []slotPart
}

type slotPart struct{ Name, Seats string }

// slots gives the programme in the order of time, what happens at once together.
func slots(m mdt.Meeting, c mdt.Counter) (out []slot) {
	parts := slices.Clone(m.Parts)
	slices.SortStableFunc(parts, func(a, b mdt.Part) int {
		if byStart := a.Start.Compare(b.Start); byStart != 0 {
			return byStart
		}
		return a.End.Compare(b.End)
	})
	for i, p := range parts {
		if i == 0 || !p.Start.Equal(parts[i-1].Start) || !p.End.Equal(parts[i-1].End) {
			out = append(out, slot{At: partTime(m, p)})
		}
		last := &out[len(out)-1]
		last.Parts = append(last.Parts, slotPart{p.Name, seatsWords(p, c)})
	}
	return out
}

// partTime is when a part is; with its day where the meeting has several.
func partTime(m mdt.Meeting, p mdt.Part) string {
	if mdt.Day(m.Start) == mdt.Day(m.End) {
		return hours(p.Start, p.End)
	}
	return span(p.Start, p.End)
}

// seatsWords say how many seats of a part are free; empty where it has no limit.
func seatsWords(p mdt.Part, c mdt.Counter) string {
	free := mdt.FreePartSeats(p, c)
	switch {
	case free == nil:
		return ""
	case *free == 0:
		return say("plekken.geen")
	}
	return say("plekken", "n", strconv.Itoa(*free))
}
