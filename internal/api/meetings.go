package api

import (
	"net/http"
	"slices"
	"time"

	"aanmeldpunt/internal/mdt"
)

// Meetings serves what can be read: the meetings, the regions and the description of this API. It answers
// for every path that no other function has.
func (s *Service) Meetings() http.Handler {
	get := func(act func(http.ResponseWriter, *http.Request) error) map[string]func(http.ResponseWriter, *http.Request) error {
		return map[string]func(http.ResponseWriter, *http.Request) error{http.MethodGet: act}
	}
	return s.handler(
		endpoint{pattern: "/v1/bijeenkomsten", methods: get(s.listMeetings)},
		endpoint{pattern: "/v1/bijeenkomsten/{bijeenkomst}", prepare: s.withMeeting, methods: get(s.showMeeting)},
		endpoint{pattern: "/v1/regios", methods: get(s.listRegions)},
		endpoint{pattern: "/v1/openapi.json", methods: get(s.describe), anyone: true},
	)
}

// meetingView is a meeting as the API shows it.
type meetingView struct {
	ID          string          `json:"id"`
	Name        string          `json:"naam"`
	Kind        mdt.Kind        `json:"soort"`
	Description string          `json:"omschrijving"`
	Start       time.Time       `json:"begintOp"`
	End         time.Time       `json:"eindigtOp"`
	Place       *string         `json:"plaats"`
	Online      bool            `json:"online"`
	Status      string          `json:"status"`
	Page        *string         `json:"pagina"`
	BelongsTo   *string         `json:"hoortBij"`
	Registering registeringView `json:"aanmelden"`
	Proposing   proposingView   `json:"voorstellen"`
	Telling     tellingView     `json:"attenderen"`
	Guests      guestsView      `json:"introducees"`
	Questions   []questionView  `json:"vragen"`
}

type registeringView struct {
	Status mdt.ActionStatus `json:"status"`
	Opens  *time.Time       `json:"opentOp"`
	Closes *time.Time       `json:"sluitOp"`
	Free   *int             `json:"vrijePlekken"`
}

type proposingView struct {
	Status mdt.ActionStatus `json:"status"`
	Closes *time.Time       `json:"sluitOp"`
}

type tellingView struct {
	Status mdt.ActionStatus `json:"status"`
}

type guestsView struct {
	Max int `json:"max"`
}

type questionView struct {
	ID       string           `json:"id"`
	Text     string           `json:"tekst"`
	Kind     mdt.QuestionKind `json:"soort"`
	Required bool             `json:"verplicht"`
	Choices  []string         `json:"keuzes"`
	ShowIf   *showIfView      `json:"toonAls"`
}

type showIfView struct {
	Question string   `json:"vraag"`
	Answers  []string `json:"antwoorden"`
}

type partView struct {
	ID    string    `json:"id"`
	Name  string    `json:"naam"`
	Kind  string    `json:"soort"`
	Start time.Time `json:"begintOp"`
	End   time.Time `json:"eindigtOp"`
	Free  *int      `json:"vrijePlekken"`
}

func (s *Service) listMeetings(w http.ResponseWriter, r *http.Request) error {
	meetings, err := s.Catalogue.Meetings(r.Context())
	if err != nil {
		return err
	}
	ids := make([]string, len(meetings))
	for i, meeting := range meetings {
		ids[i] = meeting.ID
	}
	counters, err := s.Store.Counters(r.Context(), ids)
	if err != nil {
		return err
	}
	now, views := s.Now(), make([]meetingView, len(meetings))
	for i, meeting := range meetings {
		views[i] = s.view(meeting, counters[i], now)
	}
	slices.SortStableFunc(views, func(a, b meetingView) int { return a.Start.Compare(b.Start) })
	return answer(w, http.StatusOK, map[string]any{"bijeenkomsten": views})
}

func (s *Service) showMeeting(w http.ResponseWriter, r *http.Request) error {
	meeting := meetingOf(r)
	counters, err := s.Store.Counters(r.Context(), []string{meeting.ID})
	if err != nil {
		return err
	}
	counter := counters[0]
	parts := make([]partView, len(meeting.Parts))
	for i, p := range meeting.Parts {
		parts[i] = partView{p.ID, p.Name, p.Kind, p.Start.UTC(), p.End.UTC(), mdt.FreePartSeats(p, counter)}
	}
	return answer(w, http.StatusOK, struct {
		meetingView
		Parts []partView `json:"onderdelen"`
	}{s.view(meeting, counter, s.Now()), parts})
}

func (s *Service) view(m mdt.Meeting, c mdt.Counter, now time.Time) meetingView {
	page := s.page(m.ID, m.Page)
	return meetingView{ID: m.ID, Name: m.Name, Kind: m.Kind, Description: m.Description, Start: m.Start.UTC(), End: m.End.UTC(),
		Place: orNull(m.Place), Online: m.Online, Status: m.State(now), Page: &page, BelongsTo: orNull(m.BelongsTo),
		Registering: registering(m, c, now), Proposing: proposing(m, now), Telling: tellingView{m.TellingStatus(now)},
		Guests: guestsView{m.MaxGuests}, Questions: questions(m)}
}

// page is the page about a meeting: its own, where the team named one.
func (s *Service) page(meeting, own string) string {
	if own != "" {
		return own
	}
	return s.Site + "/bijeenkomsten/" + meeting
}

func registering(m mdt.Meeting, c mdt.Counter, now time.Time) registeringView {
	view := registeringView{Status: m.RegisteringStatus(c, now), Free: m.FreeSeats(c)}
	view.Opens, view.Closes = m.Times(m.Registering)
	return view
}

func proposing(m mdt.Meeting, now time.Time) proposingView {
	_, closes := m.Times(m.Proposing)
	return proposingView{m.ProposingStatus(now), closes}
}

func questions(m mdt.Meeting) []questionView {
	views := make([]questionView, len(m.Questions))
	for i, q := range m.Questions {
		views[i] = questionView{q.ID, q.Text, q.Kind, q.Required, append([]string{}, q.Choices...), showIf(q.ShowIf)}
	}
	return views
}

func showIf(s *mdt.ShowIf) *showIfView {
	if s == nil {
		return nil
	}
	return &showIfView{s.Question, append([]string{}, s.Answers...)}
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
