package mdt_test

import (
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

const video = "https://video.example/dag"

// evening is a meeting on 29 March 2027, after the clock was put forward, that one can join online.
func evening(t *testing.T) mdt.Meeting {
	return mdt.Meeting{ID: "dag", Name: "Dag", Published: true, Online: true, OnlineLink: video,
		Start: amsterdam(t, "2027-03-29 19:30"), End: amsterdam(t, "2027-03-29 21:00")}
}

func withSeat(t *testing.T, since string) mdt.Registration {
	at := amsterdam(t, since)
	return mdt.Registration{Person: "p", Meeting: "dag", Reference: "K7M3PQ9X", Status: mdt.Confirmed, Name: "Noor", Email: "noor@gast.example",
		Created: at, Seated: &at, Version: 1, Revision: 1}
}

func TestRemind(t *testing.T) {
	week, day := "2027-03-22 10:00", "2027-03-28 10:00"
	past := amsterdam(t, week).Unix()
	cases := []struct {
		why      string
		due, now string
		change   func(*mdt.Meeting, *mdt.Registration)
		days     int // -1: no letter
		link     string
	}{
		{"a week before", week, week, nil, 7, ""},
		{"the day before, with the link", day, day, nil, 1, video},
		{"late: the day itself", day, "2027-03-29 09:00", nil, 0, video},
		{"late, but of the same day", week, "2027-03-22 23:59", nil, 7, ""},
		{"so late that the next is due too", week, day, nil, -1, ""},
		{"the meeting has begun", day, "2027-03-29 19:30", nil, -1, ""},
		{"reminded of this one already", week, week, func(_ *mdt.Meeting, r *mdt.Registration) { r.Reminded = past }, -1, ""},
		{"reminded of the one before", day, day, func(_ *mdt.Meeting, r *mdt.Registration) { r.Reminded = past }, 1, video},
		{"a seat since that very moment", week, "2027-03-22 10:01", func(_ *mdt.Meeting, r *mdt.Registration) { at := amsterdam(t, week); r.Seated = &at }, 7, ""},
		{"a seat since a moment later", week, "2027-03-22 10:01", func(_ *mdt.Meeting, r *mdt.Registration) {
			at := amsterdam(t, "2027-03-22 10:00:00.001")
			r.Seated = &at
		}, -1, ""},
		{"waiting", week, week, func(_ *mdt.Meeting, r *mdt.Registration) { r.Status, r.Seated = mdt.Waiting, nil }, -1, ""},
		{"offered a seat", week, week, func(_ *mdt.Meeting, r *mdt.Registration) { r.Status, r.Seated = mdt.Offered, nil }, -1, ""},
		{"cancelled", week, week, func(_ *mdt.Meeting, r *mdt.Registration) { r.Status, r.Seated = mdt.Cancelled, nil }, -1, ""},
		{"not placed", week, week, func(_ *mdt.Meeting, r *mdt.Registration) { r.Status, r.Seated = mdt.Unplaced, nil }, -1, ""},
		{"the meeting is off", week, week, func(m *mdt.Meeting, _ *mdt.Registration) { m.Cancelled = true }, -1, ""},
		{"both: at the place", day, day, func(m *mdt.Meeting, r *mdt.Registration) { m.Place, r.Attendance = "Utrecht", mdt.OnLocation }, 1, ""},
		{"both: online", day, day, func(m *mdt.Meeting, r *mdt.Registration) { m.Place, r.Attendance = "Utrecht", mdt.AttendOnline }, 1, video},
		{"no link is known", day, day, func(m *mdt.Meeting, _ *mdt.Registration) { m.OnlineLink = "" }, 1, ""},
	}
	for _, c := range cases {
		m, entry := evening(t), withSeat(t, "2027-03-01 10:00")
		if c.change != nil {
			c.change(&m, &entry)
		}
		scene := mdt.Scene{Now: amsterdam(t, c.now), Meeting: m, Entry: &entry}
		act, changed := mdt.Remind(scene, amsterdam(t, c.due))
		if changed != (c.days >= 0) {
			t.Errorf("%s: reminded %v", c.why, changed)
			continue
		}
		if !changed {
			continue
		}
		letter, stored := act.Letters[0], act.Entries[0].New
		if len(act.Letters) != 1 || letter.Kind != mdt.LetterReminder || letter.Days != c.days || letter.Meeting.OnlineLink != c.link {
			t.Errorf("%s: %+v of %+v", c.why, letter, letter.Meeting)
		}
		if (stored.LinkTold != 0) != (c.link != "") || letter.Revision != 2 || stored.Revision != 2 {
			t.Errorf("%s: stored %+v", c.why, stored)
		}
		scene.Entry, scene.Now = stored, scene.Now.Add(time.Minute)
		if _, again := mdt.Remind(scene, amsterdam(t, c.due)); again {
			t.Errorf("%s: reminded twice", c.why)
		}
		if _, again := mdt.TellLink(scene); again && c.link != "" {
			t.Errorf("%s: the link is told twice", c.why)
		}
	}
}

// TestTellLink: who may know the link and was not told it, gets it in a letter of its own.
func TestTellLink(t *testing.T) {
	last := "2027-03-28 10:00"
	cases := []struct {
		why    string
		now    string
		change func(*mdt.Meeting, *mdt.Registration)
		told   bool
	}{
		{"from the last reminder on", last, nil, true},
		{"not before", "2027-03-28 09:59:59.999", nil, false},
		{"until the start", "2027-03-29 19:29", nil, true},
		{"not after", "2027-03-29 19:30", nil, false},
		{"told before", last, func(_ *mdt.Meeting, r *mdt.Registration) { r.LinkTold = 1 }, false},
		{"waiting", last, func(_ *mdt.Meeting, r *mdt.Registration) { r.Status, r.Seated = mdt.Waiting, nil }, false},
		{"cancelled", last, func(_ *mdt.Meeting, r *mdt.Registration) { r.Status, r.Seated = mdt.Cancelled, nil }, false},
		{"at the place", last, func(m *mdt.Meeting, r *mdt.Registration) { m.Place, r.Attendance = "Utrecht", mdt.OnLocation }, false},
		{"no link", last, func(m *mdt.Meeting, _ *mdt.Registration) { m.OnlineLink = "" }, false},
		{"without reminders: the day before at ten", last, func(m *mdt.Meeting, _ *mdt.Registration) { m.Reminders = []mdt.Reminder{} }, true},
		{"without reminders: not before", "2027-03-28 09:59", func(m *mdt.Meeting, _ *mdt.Registration) { m.Reminders = []mdt.Reminder{} }, false},
	}
	for _, c := range cases {
		m, entry := evening(t), withSeat(t, "2027-03-01 10:00")
		if c.change != nil {
			c.change(&m, &entry)
		}
		scene := mdt.Scene{Now: amsterdam(t, c.now), Meeting: m, Entry: &entry}
		act, told := mdt.TellLink(scene)
		if told != c.told {
			t.Errorf("%s: told %v", c.why, told)
		}
		if !told {
			continue
		}
		if len(act.Letters) != 1 || act.Letters[0].Kind != mdt.LetterJoinOnline || act.Letters[0].Meeting.OnlineLink != video {
			t.Errorf("%s: %+v", c.why, act.Letters)
		}
		scene.Entry = act.Entries[0].New
		if _, again := mdt.TellLink(scene); again {
			t.Errorf("%s: told twice", c.why)
		}
	}
}

// TestAnnounce: the opening is told once, to whoever still wants to hear of it, while one can register.
func TestAnnounce(t *testing.T) {
	opens, closes := amsterdam(t, "2027-03-01 09:00"), amsterdam(t, "2027-03-20 00:00")
	stopped := amsterdam(t, "2027-02-01 09:00")
	cases := []struct {
		why    string
		now    string
		change func(*mdt.Meeting, *mdt.Interest)
		due    bool
	}{
		{"at the opening", "2027-03-01 09:00", nil, true},
		{"not before", "2027-03-01 08:59:59.999", nil, false},
		{"late", "2027-03-19 23:59", nil, true},
		{"too late", "2027-03-20 00:00", nil, false},
		{"stopped", "2027-03-01 09:00", func(_ *mdt.Meeting, i *mdt.Interest) { i.Withdrawn = &stopped }, false},
		{"told", "2027-03-01 09:00", func(_ *mdt.Meeting, i *mdt.Interest) { i.Told = 1 }, false},
		{"off", "2027-03-01 09:00", func(m *mdt.Meeting, _ *mdt.Interest) { m.Cancelled = true }, false},
		{"put off", "2027-03-01 09:00", func(m *mdt.Meeting, _ *mdt.Interest) { m.Registering = &mdt.Window{Pending: true} }, false},
		{"not here", "2027-03-01 09:00", func(m *mdt.Meeting, _ *mdt.Interest) { m.Registering = nil }, false},
		{"open without a moment", "2027-02-15 09:00", func(m *mdt.Meeting, _ *mdt.Interest) { m.Registering = &mdt.Window{} }, true},
	}
	for _, c := range cases {
		m := evening(t)
		m.Capacity, m.Registering, m.Telling = 80, &mdt.Window{Opens: &opens, Closes: &closes}, &mdt.Window{}
		interest := mdt.Interest{Person: "p", Meeting: "dag", Reference: "K7M3PQ9X", Email: "noor@gast.example", Version: 3}
		if c.change != nil {
			c.change(&m, &interest)
		}
		now := amsterdam(t, c.now)
		told, due := mdt.Announce(m, interest, now)
		if due != c.due {
			t.Errorf("%s: due %v", c.why, due)
		}
		if !due {
			continue
		}
		letter, erased := told.Letters[0], now.In(mdt.Amsterdam).AddDate(0, 0, 30)
		if letter.Kind != mdt.LetterOpened || letter.Meeting.Seats != 80 || !letter.ErasedOn.Equal(erased) || !told.Expires.Equal(erased) || told.Interest.Version != 4 {
			t.Errorf("%s: %+v", c.why, told)
		}
		if _, again := mdt.Announce(m, told.Interest, now.Add(time.Minute)); again {
			t.Errorf("%s: told twice", c.why)
		}
	}
}
