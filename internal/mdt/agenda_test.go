package mdt_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// tasks writes an agenda as "what at UTC", in order of time.
func tasks(m mdt.Meeting) (out []string) {
	agenda := m.Agenda()
	slices.SortStableFunc(agenda, func(a, b mdt.Task) int { return a.At.Compare(b.At) })
	for _, task := range agenda {
		out = append(out, task.What+" "+task.At.UTC().Format("2006-01-02T15:04Z"))
	}
	return out
}

// TestReminderMoments: a reminder is due at a time on the clock of its day, so at another distance from the
// start where the clock is put forward (28 March 2027, 1.00 UTC) or back (31 October) in between.
func TestReminderMoments(t *testing.T) {
	cases := []struct {
		start     string
		reminders []mdt.Reminder // nil: the usual ones
		want      []string
	}{
		{"2027-03-27 14:00", nil, []string{"herinnering 2027-03-20T09:00Z", "herinnering 2027-03-26T09:00Z"}},
		{"2027-03-28 14:00", nil, []string{"herinnering 2027-03-21T09:00Z", "herinnering 2027-03-27T09:00Z"}},
		{"2027-03-29 14:00", nil, []string{"herinnering 2027-03-22T09:00Z", "herinnering 2027-03-28T08:00Z"}},
		{"2027-04-04 14:00", nil, []string{"herinnering 2027-03-28T08:00Z", "herinnering 2027-04-03T08:00Z"}},
		{"2027-10-30 14:00", nil, []string{"herinnering 2027-10-23T08:00Z", "herinnering 2027-10-29T08:00Z"}},
		{"2027-10-31 14:00", nil, []string{"herinnering 2027-10-24T08:00Z", "herinnering 2027-10-30T08:00Z"}},
		{"2027-11-01 14:00", nil, []string{"herinnering 2027-10-25T08:00Z", "herinnering 2027-10-31T09:00Z"}},
		{"2027-11-07 14:00", nil, []string{"herinnering 2027-10-31T09:00Z", "herinnering 2027-11-06T09:00Z"}},
		{"2027-03-01 00:30", []mdt.Reminder{{1, "23:59"}}, []string{"herinnering 2027-02-28T22:59Z"}},
		{"2027-03-01 09:30", []mdt.Reminder{{0, "08:00"}}, []string{"herinnering 2027-03-01T07:00Z"}},
		{"2027-03-01 09:30", []mdt.Reminder{{0, "10:00"}, {0, "09:30"}}, nil}, // not before the start
		{"2027-03-01 09:30", []mdt.Reminder{}, nil},
		{"2027-03-28 14:00", []mdt.Reminder{{0, "02:30"}}, []string{"herinnering 2027-03-28T01:30Z"}}, // no such time: 3.30
		{"2027-10-31 14:00", []mdt.Reminder{{0, "02:30"}}, []string{"herinnering 2027-10-31T01:30Z"}}, // the second time
		{"2028-03-01 14:00", []mdt.Reminder{{1, "10:00"}}, []string{"herinnering 2028-02-29T09:00Z"}},
	}
	for _, c := range cases {
		m := mdt.Meeting{ID: "dag", Published: true, Start: amsterdam(t, c.start), Reminders: c.reminders}
		if diff := cmp.Diff(c.want, tasks(m)); diff != "" {
			t.Errorf("a start at %s: %s", c.start, diff)
		}
	}
}

func TestAgenda(t *testing.T) {
	opens, ends := amsterdam(t, "2027-04-01 09:00"), amsterdam(t, "2027-04-20 12:00")
	bare := mdt.Meeting{ID: "dag", Published: true, Start: amsterdam(t, "2027-04-30 13:00"), Reminders: []mdt.Reminder{}}
	cases := []struct {
		why    string
		change func(*mdt.Meeting)
		want   []string
	}{
		{"nothing to do", func(*mdt.Meeting) {}, nil},
		{"an opening", func(m *mdt.Meeting) { m.Registering = &mdt.Window{Opens: &opens} }, []string{"opening 2027-04-01T07:00Z"}},
		{"an opening not known yet", func(m *mdt.Meeting) { m.Registering = &mdt.Window{Pending: true}; m.Telling = &mdt.Window{} }, nil},
		{"always open, and nobody could ask", func(m *mdt.Meeting) { m.Registering = &mdt.Window{} }, nil},
		{"open without a moment, and some asked", func(m *mdt.Meeting) { m.Registering = &mdt.Window{}; m.Telling = &mdt.Window{} }, []string{"opening 1970-01-01T00:00Z"}},
		{"seats", func(m *mdt.Meeting) { m.Capacity = 5 }, []string{"wachtlijst 2027-04-29T11:00Z"}},
		{"seats of a part", func(m *mdt.Meeting) { m.Parts = []mdt.Part{{ID: "a"}, {ID: "b", Seats: 2}} }, []string{"wachtlijst 2027-04-29T11:00Z"}},
		{"parts without a limit", func(m *mdt.Meeting) { m.Parts = []mdt.Part{{ID: "a"}} }, nil},
		{"a list that ends earlier", func(m *mdt.Meeting) { m.Capacity, m.WaitingEnds = 5, &ends }, []string{"wachtlijst 2027-04-20T10:00Z"}},
		{"a list that ends with the start", func(m *mdt.Meeting) { late := m.Start.Add(time.Hour); m.Capacity, m.WaitingEnds = 5, &late }, []string{"wachtlijst 2027-04-30T11:00Z"}},
		{"an online link, the day before", func(m *mdt.Meeting) { m.OnlineLink = "https://video.example/dag" }, []string{"onlinelink 2027-04-29T08:00Z"}},
		{"an online link with the last reminder", func(m *mdt.Meeting) {
			m.OnlineLink, m.Reminders = "https://video.example/dag", []mdt.Reminder{{3, "12:00"}, {9, "12:00"}, {0, "14:00"}}
		}, []string{"herinnering 2027-04-21T10:00Z", "herinnering 2027-04-27T10:00Z", "onlinelink 2027-04-27T10:00Z"}},
		{"cancelled", func(m *mdt.Meeting) { m.Capacity, m.Cancelled = 5, true }, nil},
		{"not published", func(m *mdt.Meeting) { m.Capacity, m.Published = 5, false }, nil},
	}
	for _, c := range cases {
		m := bare
		c.change(&m)
		if diff := cmp.Diff(c.want, tasks(m)); diff != "" {
			t.Errorf("%s: %s", c.why, diff)
		}
	}
}

// TestTaskKeys: a task at another moment, of another kind or of another meeting is another task.
func TestTaskKeys(t *testing.T) {
	at := amsterdam(t, "2027-04-01 09:00")
	seen := map[string]bool{}
	for _, task := range []mdt.Task{{"opening", "dag", at}, {"opening", "dag", at.Add(time.Minute)}, {"herinnering", "dag", at}, {"opening", "dag2", at}} {
		if seen[task.Key()] {
			t.Errorf("%v: twice the same key", task)
		}
		seen[task.Key()] = true
	}
	local := mdt.Task{What: "opening", Meeting: "dag", At: at.In(mdt.Amsterdam)}
	if !seen[local.Key()] {
		t.Error("the same moment in another zone is another key")
	}
}

// TestDigestMoments: 8.00 in Amsterdam each day, whatever the clock was put to in between.
func TestDigestMoments(t *testing.T) {
	for _, c := range []struct{ now, before, after string }{
		{"2027-03-01 07:59:59.999", "2027-02-28 08:00", "2027-03-01 08:00"},
		{"2027-03-01 08:00", "2027-03-01 08:00", "2027-03-02 08:00"},
		{"2027-03-01 23:59", "2027-03-01 08:00", "2027-03-02 08:00"},
		{"2027-03-28 00:30", "2027-03-27 08:00", "2027-03-28 08:00"},
		{"2027-03-28 12:00", "2027-03-28 08:00", "2027-03-29 08:00"},
		{"2027-10-31 02:30", "2027-10-30 08:00", "2027-10-31 08:00"},
	} {
		now := amsterdam(t, c.now)
		if got := mdt.DigestBefore(now).At; !got.Equal(amsterdam(t, c.before)) {
			t.Errorf("before %s: %v", c.now, got)
		}
		if got := mdt.DigestAfter(now).At; !got.Equal(amsterdam(t, c.after)) {
			t.Errorf("after %s: %v", c.now, got)
		}
	}
}

func TestDigest(t *testing.T) {
	team, now := mdt.Responder{Name: "het team", Email: "team@mdt.example"}, amsterdam(t, "2027-03-01 08:00")
	if letter, due := mdt.Digest(mdt.LetterTally{}, team, now); due {
		t.Errorf("nothing waits, and still: %+v", letter)
	}
	for _, tally := range []mdt.LetterTally{{Failed: 1}, {Broken: 1}, {Suspect: 1}, {Open: 1}} {
		letter, due := mdt.Digest(tally, team, now)
		if !due || letter.To != team.Email || letter.Kind != mdt.LetterDigest || *letter.Tally != tally || letter.Person != "" || !letter.Due.Equal(now) {
			t.Errorf("%+v: %+v", tally, letter)
		}
	}
}

// TestAgendaOfNews: of a change there is a task at its moment, also of a meeting that is called off, and then no other.
func TestAgendaOfNews(t *testing.T) {
	m := openMeeting(nil)
	next := m
	next.Place = "Zwolle"
	m, _ = next.Changed(m, "", noon)
	if !slices.Contains(tasks(m), "wijziging 2027-03-01T11:00Z") || len(tasks(m)) < 3 {
		t.Errorf("%q", tasks(m))
	}
	next = m
	next.Cancelled = true
	m, _ = next.Changed(m, "", noon.Add(time.Hour))
	if diff := cmp.Diff([]string{"wijziging 2027-03-01T11:00Z", "wijziging 2027-03-01T12:00Z"}, tasks(m)); diff != "" {
		t.Error(diff)
	}
	m.Published = false
	if tasks(m) != nil {
		t.Errorf("%q of a concept", tasks(m))
	}
}
