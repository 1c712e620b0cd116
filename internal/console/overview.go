package console

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"aanmeldpunt/internal/mdt"
)

// overviewView is the first page: what goes on, and what needs a hand.
type overviewView struct {
	New      string // where one makes a meeting; empty for whoever may not
	Tasks    []taskView
	Meetings []meetingRow
	Past     []meetingRow
}

// taskView is something that waits for the team: how many, and where to go for it.
type taskView struct{ Path, Text string }

// meetingRow is a meeting as the first page tells of it.
type meetingRow struct {
	ID, Name, Kind, When, Days string
	State, Class               string
	Counted                    bool // to whom more is told than to visitors
	Taken, Seats, TooMany      string
	Waiting, Offered           int
}

func (s *Service) overview(w http.ResponseWriter, r *http.Request, v *visit) error {
	var view overviewView
	var meetings []mdt.Meeting
	err := beside(func() (err error) { meetings, err = s.meetingsFor(r, v); return err }, func() (err error) {
		if v.SeesAll() {
			view.Tasks, err = s.tasks(r)
		}
		return err
	})
	if err != nil {
		return err
	}
	ids := make([]string, len(meetings))
	for i, m := range meetings {
		ids[i] = m.ID
	}
	counters, err := s.Store.Counters(r.Context(), ids)
	if err != nil {
		return err
	}
	if v.ChangesThings() {
		view.New = newMeetingPath
	}
	for i, m := range meetings {
		if s.Now().After(m.End) || m.Cancelled {
			view.Past = append(view.Past, s.meetingRow(m, counters[i], v))
		} else {
			view.Meetings = append(view.Meetings, s.meetingRow(m, counters[i], v))
		}
	}
	if v.SeesAll() {
		calls, err := s.toRing(r.Context(), meetings, counters)
		if err != nil {
			return err
		}
		view.Tasks = slices.Concat(calls, view.Tasks, toApprove(meetings, counters))
	}
	return s.show(w, v, http.StatusOK, page{name: "overview", Title: say("beheer.overzicht.titel"), Section: "/console", Done: done(r), Body: view})
}

// meetingsFor are the meetings that somebody may know of: a facilitator those that everyone knows of.
func (s *Service) meetingsFor(r *http.Request, v *visit) ([]mdt.Meeting, error) {
	meetings, err := s.Store.Meetings(r.Context())
	slices.SortFunc(meetings, func(a, b mdt.Meeting) int { return a.Start.Compare(b.Start) })
	return slices.DeleteFunc(meetings, func(m mdt.Meeting) bool { return !m.Published && !v.SeesAll() }), err
}

func (s *Service) meetingRow(m mdt.Meeting, c mdt.Counter, v *visit) meetingRow {
	row := meetingRow{ID: m.ID, Name: m.Name, Kind: say("soort." + string(m.Kind)), When: mdt.ShortMoment(m.Start),
		Days: s.daysTo(m.Start), TooMany: tooManyWords(m, "", c), Taken: strconv.Itoa(c.Occupied - c.Offered), Waiting: c.Waiting, Offered: c.Offered}
	if m.Capacity > 0 {
		row.Seats = strconv.Itoa(m.Capacity)
	}
	row.Counted = v.SeesAll()
	row.Class, row.State = meetingState(m, s.Now())
	return row
}

// meetingState says how a meeting stands, and how that looks.
func meetingState(m mdt.Meeting, now time.Time) (class, text string) {
	switch {
	case m.Cancelled:
		return "off", say("stand.gaatNietDoor")
	case now.After(m.End):
		return "off", say("stand.geweest")
	case !m.Published:
		return "wait", say("beheer.stand.concept")
	}
	return "", say("beheer.stand.gepubliceerd")
}

// daysTo says how many days it is until a moment, on the calendar of Amsterdam.
func (s *Service) daysTo(t time.Time) string {
	days := int(dayStart(t).Sub(dayStart(s.Now())).Round(24*time.Hour) / (24 * time.Hour))
	switch {
	case days < 0:
		return ""
	case days == 0:
		return say("beheer.vandaag")
	}
	return say("beheer.overDagen", "n", strconv.Itoa(days))
}

func dayStart(t time.Time) time.Time {
	year, month, day := t.In(mdt.Amsterdam).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// toApprove are the meetings where entries wait for the team's yes.
func toApprove(meetings []mdt.Meeting, counters []mdt.Counter) (tasks []taskView) {
	for i, m := range meetings {
		if n := counters[i].Requested; n > 0 && !m.Cancelled {
			tasks = append(tasks, taskView{entriesPath(m.ID) + "?stand=" + string(mdt.Requested),
				say("beheer.taak.aangevraagd", "n", strconv.Itoa(n), "bijeenkomst", m.Name)})
		}
	}
	return tasks
}

// mostTasks is how far things of one sort are counted on the first page.
const mostTasks = 100

// tasks are what needs a hand.
func (s *Service) tasks(r *http.Request) (tasks []taskView, err error) {
	tally, err := s.Store.Tally(r.Context(), mostTasks, mdt.LateBefore(s.Now(), mdt.AnswerDays))
	if err != nil {
		return nil, err
	}
	for _, t := range []struct {
		n           int
		path, words string
	}{
		{tally.Failed, lettersPath, "beheer.taak.mislukt"},
		{tally.Broken, lettersPath + "/" + brokenName, "beheer.taak.kapot"},
		{tally.Open, messagesPath + "?stand=" + standLate, "beheer.taak.open"},
		{tally.Suspect, suspectsPath, "beheer.taak.verdacht"},
	} {
		if t.n > 0 {
			tasks = append(tasks, taskView{t.path, say(t.words, "n", upTo(t.n, mostTasks), "dagen", strconv.Itoa(mdt.AnswerDays))})
		}
	}
	return tasks, nil
}

// upTo writes a number that was counted so far and no farther.
func upTo(n, most int) string {
	if n >= most {
		return strconv.Itoa(most) + "+"
	}
	return strconv.Itoa(n)
}

// doneLetters are those that the name of something done is made of.
func doneLetters(c rune) bool { return c < 'a' || c > 'z' }

// done gives the words for what was just done, which the page was sent to with; empty where there are none.
func done(r *http.Request) string {
	what := r.URL.Query().Get("gedaan")
	if what == "" || slices.ContainsFunc([]rune(what), doneLetters) {
		return ""
	}
	return say("beheer.gedaan." + what)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
