package mdt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// TestChanged is the table of what people hear of, and who of them: everybody, those of a part, who joined online.
func TestChanged(t *testing.T) {
	const all, nobody = "all", ""
	for _, c := range []struct {
		name   string
		was    func(*mdt.Meeting)
		change func(*mdt.Meeting)
		want   string
		kind   mdt.LetterKind
	}{
		{"nothing", nil, func(*mdt.Meeting) {}, nobody, 0},
		{"its words", nil, func(m *mdt.Meeting) { m.Name, m.Description, m.Capacity = "Andere dag", "Kom!", 50 }, nobody, 0},
		{"when it begins", nil, func(m *mdt.Meeting) { m.Start = m.Start.Add(time.Hour) }, all, 9},
		{"when it ends", nil, func(m *mdt.Meeting) { m.End = m.End.Add(time.Hour) }, all, 9},
		{"where", nil, func(m *mdt.Meeting) { m.Place = "Zwolle" }, all, 9},
		{"online too", nil, func(m *mdt.Meeting) { m.Online = true }, all, 9},
		{"parts: another time", nil, func(m *mdt.Meeting) { m.Parts[0].End = m.Parts[0].End.Add(time.Minute) }, "a", 9},
		{"parts: another name, another one more", nil, func(m *mdt.Meeting) {
			m.Parts[0].Name = "A"
			m.Parts = append(m.Parts, mdt.Part{ID: "z", Start: m.Start, End: m.End})
		}, nobody, 0},
		{"the address to join at", func(m *mdt.Meeting) { m.Online, m.OnlineLink = true, "https://a.example" }, func(m *mdt.Meeting) { m.OnlineLink = "https://b.example" }, "link", 9},
		{"the first address to join at", func(m *mdt.Meeting) { m.Online = true }, func(m *mdt.Meeting) { m.OnlineLink = "https://b.example" }, nobody, 0},
		{"called off", nil, func(m *mdt.Meeting) { m.Cancelled = true }, all, 7},
		{"a concept", func(m *mdt.Meeting) { m.Published = false }, func(m *mdt.Meeting) { m.Place = "Zwolle" }, nobody, 0},
		{"published now", func(m *mdt.Meeting) { m.Published = false }, func(m *mdt.Meeting) { m.Published = true }, nobody, 0},
		{"called off already", func(m *mdt.Meeting) { m.Cancelled = true }, func(m *mdt.Meeting) { m.Place = "Zwolle" }, nobody, 0},
		{"over already", func(m *mdt.Meeting) { m.Start, m.End = day(-2), day(-1) }, func(m *mdt.Meeting) { m.Place = "Zwolle" }, nobody, 0},
	} {
		was := openMeeting(c.was)
		now := was
		now.Parts = append([]mdt.Part{}, was.Parts...)
		c.change(&now)
		now, told := now.Changed(was, "", noon)
		got, kind := nobody, mdt.LetterKind(0)
		if told {
			news := now.News[len(now.News)-1]
			got, kind = strings.Join(news.Parts, "+"), news.Kind()
			if news.Link {
				got += "link"
			}
			if news.ToAll(now) {
				got = all
			}
			if news.Number != 1 || now.Sequence != 1 || !news.At.Equal(noon) || news.Place != "Utrecht" {
				t.Errorf("%s: %+v", c.name, news)
			}
		} else if now.Sequence != 0 || now.News != nil {
			t.Errorf("%s: nothing is told, but of %+v", c.name, now.News)
		}
		if got != c.want || kind != c.kind {
			t.Errorf("%s: %q by letter %d, want %q by %d", c.name, got, kind, c.want, c.kind)
		}
	}
}

// TestNewsAreRemembered: each has a number and a moment of its own, and the last three stay.
func TestNewsAreRemembered(t *testing.T) {
	m := openMeeting(nil)
	for i := range 5 {
		next := m
		next.Place = fmt.Sprint("zaal ", i)
		m, _ = next.Changed(m, "", noon)
	}
	var told []string
	for _, news := range m.News {
		told = append(told, fmt.Sprintf("%d %s %s", news.Number, news.Place, news.At.Sub(noon)))
	}
	if got := strings.Join(told, ", "); got != "3 zaal 1 2s, 4 zaal 2 3s, 5 zaal 3 4s" || m.Sequence != 5 {
		t.Errorf("%d: %s", m.Sequence, got)
	}
	for _, news := range m.News {
		if found, ok := m.NewsOf(news.At); !ok || found.Number != news.Number {
			t.Errorf("at %s there is %+v", news.At, found)
		}
	}
}

// moved is a scene of a meeting whose place was changed some times, the last time just now.
func moved(entry *mdt.Registration, places ...string) mdt.Scene {
	s := scene(entry)
	for _, place := range places {
		next := s.Meeting
		next.Place = place
		s.Meeting, _ = next.Changed(s.Meeting, "Een lek.", s.Now)
	}
	return s
}

func lastNews(m mdt.Meeting) mdt.News { return m.News[len(m.News)-1] }

func TestTellNews(t *testing.T) {
	tellNews := func(s mdt.Scene) (mdt.Act, *mdt.Refusal) {
		act, _ := mdt.TellNews(s, lastNews(s.Meeting))
		return act, nil
	}
	knows := func(r *mdt.Registration, n int) *mdt.Registration { r.Knows = n; return r }
	decide(t, []decided{
		{name: "a seat", scene: moved(seated("p"), "Zwolle"), act: tellNews, want: told{Entries: "p bevestigd", Letters: "9 p"}},
		{name: "waiting", scene: moved(waits("p", 5), "Zwolle"), act: tellNews, want: told{Entries: "p wachtlijst #5", Letters: "9 p"}},
		{name: "offered, until when", scene: moved(offeredTo("p", 5), "Zwolle"), act: tellNews, want: told{Entries: "p aanbod #5", Letters: "9 p 2 12.00"}},
		{name: "asking", scene: moved(asks("p", 5), "Zwolle"), act: tellNews, want: told{Entries: "p aangevraagd #5", Letters: "9 p"}},
		{name: "gone", scene: moved(who("p", mdt.Cancelled), "Zwolle"), act: tellNews},
		{name: "not placed", scene: moved(who("p", mdt.Unplaced), "Zwolle"), act: tellNews},
		{name: "came after it", scene: moved(knows(seated("p"), 1), "Zwolle"), act: tellNews},
		{name: "knows of the one before", scene: moved(knows(seated("p"), 1), "Zwolle", "Assen"), act: tellNews, want: told{Entries: "p bevestigd", Letters: "9 p"}},
		{name: "nobody", scene: moved(nil, "Zwolle"), act: tellNews},
	})
}

// TestTellNewsOfTwo: who heard of neither change hears of both in one letter, whichever is told of first.
func TestTellNewsOfTwo(t *testing.T) {
	for i := range 2 {
		s := moved(seated("p"), "Zwolle", "Assen")
		act, told := mdt.TellNews(s, s.Meeting.News[i])
		if !told || act.Entries[0].New.Knows != 2 {
			t.Fatalf("told %v", told)
		}
		letter := act.Letters[0]
		if letter.Was.Place != "Utrecht" || letter.Meeting.Place != "Assen" || letter.Why != "Een lek." || letter.Meeting.Sequence != 2 {
			t.Errorf("from %q to %q for %q, calendar %d", letter.Was.Place, letter.Meeting.Place, letter.Why, letter.Meeting.Sequence)
		}
		for _, news := range s.Meeting.News {
			s.Entry = act.Entries[0].New
			if _, again := mdt.TellNews(s, news); again {
				t.Error("told twice")
			}
		}
	}
}

func TestTellThatItIsCalledOff(t *testing.T) {
	s := scene(seated("p"))
	s.Letters = []mdt.Letter{{ID: "reminder", Kind: mdt.LetterReminder}}
	next := s.Meeting
	next.Cancelled = true
	s.Meeting, _ = next.Changed(s.Meeting, "De zaal kan niet.", s.Now)
	act, _ := mdt.TellNews(s, lastNews(s.Meeting))
	if got := tell(act); got != (told{Entries: "p bevestigd", Letters: "7 p", Drops: "reminder"}) {
		t.Errorf("%+v", got)
	}
	if l := act.Letters[0]; l.Why != "De zaal kan niet." || l.Was != nil || l.Waiting {
		t.Errorf("%+v", l)
	}
}

// TestCallingOffOutdoesAMove: who has not heard yet that a meeting moved hears only that it is off, once.
func TestCallingOffOutdoesAMove(t *testing.T) {
	s := moved(seated("p"), "Zwolle")
	next := s.Meeting
	next.Cancelled = true
	s.Meeting, _ = next.Changed(s.Meeting, "Brand.", s.Now)
	move, off := s.Meeting.News[0], lastNews(s.Meeting)
	interest, proposal := mdt.Interest{Person: "i", Meeting: s.Meeting.ID}, mdt.Proposal{Person: "v", Meeting: s.Meeting.ID, Status: mdt.Received}
	for _, c := range []mdt.News{move, off} {
		act, told := mdt.TellNews(s, c)
		telling, interested := mdt.TellInterested(s.Meeting, interest, c, s.Now)
		toldOf, proposer := mdt.TellProposer(s.Meeting, proposal, c, s.Now)
		if told != c.CalledOff || interested != c.CalledOff || proposer != c.CalledOff {
			t.Fatalf("called off %v: told %v, %v, %v", c.CalledOff, told, interested, proposer)
		}
		for _, l := range slices.Concat(act.Letters, telling.Letters, toldOf.Letters) {
			if l.Kind != mdt.LetterCalledOff || l.Why != "Brand." || l.Was != nil {
				t.Errorf("%+v", l)
			}
		}
	}
}

// TestTellNewsOfParts: who has a part that moved, or waits for it, hears of that part; others hear nothing.
func TestTellNewsOfParts(t *testing.T) {
	s := scene(nil)
	next := s.Meeting
	next.Parts = append([]mdt.Part{}, s.Meeting.Parts...)
	next.Parts[0].Start = next.Parts[0].Start.Add(time.Minute)
	s.Meeting, _ = next.Changed(s.Meeting, "", s.Now)
	for name, c := range map[string]struct {
		entry *mdt.Registration
		want  int
	}{
		"has it": {seated("p", "a"), 1}, "has another": {seated("p", "b"), 0}, "waits for it": {inLineFor("p", "a", mdt.Spot{Number: 3}), 1},
		"chose it, and waits": {choosing(waits("p", 1), "a"), 0},
	} {
		s.Entry = c.entry
		act, _ := mdt.TellNews(s, lastNews(s.Meeting))
		if len(act.Letters) != c.want || c.want == 1 && (len(act.Letters[0].ChangedParts) != 1 || act.Letters[0].Was != nil) {
			t.Errorf("%s: %+v", name, act.Letters)
		}
	}
}

func TestTellNewsOfTheLink(t *testing.T) {
	for name, c := range map[string]struct {
		told int64
		want bool
	}{"was told the old one": {1, true}, "was not told yet": {0, false}} {
		s := scene(seated("p"))
		s.Meeting.Online, s.Meeting.Place, s.Meeting.OnlineLink = true, "", "https://a.example"
		s.Entry.LinkTold, s.Now = c.told, s.Meeting.Start.Add(-time.Hour)
		next := s.Meeting
		next.OnlineLink = "https://b.example"
		s.Meeting, _ = next.Changed(s.Meeting, "", s.Now)
		act, told := mdt.TellNews(s, lastNews(s.Meeting))
		if told != c.want || told && (!act.Letters[0].NewLink || act.Letters[0].Meeting.OnlineLink != "https://b.example") {
			t.Errorf("%s: %v %+v", name, told, act.Letters)
		}
	}
}

func TestTellInterested(t *testing.T) {
	opened := noon.Add(-time.Hour).Unix()
	for _, c := range []struct {
		name   string
		change func(*mdt.Meeting)
		i      mdt.Interest
		want   mdt.LetterKind // 0: nothing
	}{
		{"moved", func(m *mdt.Meeting) { m.Place = "Zwolle" }, mdt.Interest{}, 9},
		{"called off", func(m *mdt.Meeting) { m.Cancelled = true }, mdt.Interest{}, 7},
		{"told of the opening", func(m *mdt.Meeting) { m.Place = "Zwolle" }, mdt.Interest{Told: opened}, 9},
		{"a part", func(m *mdt.Meeting) { m.Parts[0].Start = m.Parts[0].Start.Add(1) }, mdt.Interest{}, 0},
		{"withdrawn", func(m *mdt.Meeting) { m.Place = "Zwolle" }, mdt.Interest{Withdrawn: at(noon)}, 0},
		{"came after it", func(m *mdt.Meeting) { m.Place = "Zwolle" }, mdt.Interest{Knows: 1}, 0},
	} {
		was := openMeeting(nil)
		now := was
		now.Parts = append([]mdt.Part{}, was.Parts...)
		c.change(&now)
		now, _ = now.Changed(was, "Een lek.", noon)
		c.i.Person, c.i.Email, c.i.Version = "p", "p@gast.example", 3
		telling, due := mdt.TellInterested(now, c.i, lastNews(now), noon)
		if due != (c.want != 0) || !due {
			if due {
				t.Errorf("%s: told", c.name)
			}
			continue
		}
		letter := telling.Letters[0]
		if letter.Kind != c.want || !letter.ToInterested() || letter.Why != "Een lek." || telling.Interest.Knows != 1 || telling.Interest.Version != 4 {
			t.Errorf("%s: %+v", c.name, letter)
		}
		if told := time.Unix(opened, 0).In(mdt.Amsterdam).AddDate(0, 0, 30); c.i.Told != 0 && !telling.Expires.Equal(told) {
			t.Errorf("%s: kept until %s, want %s", c.name, telling.Expires, told)
		}
		if _, again := mdt.TellInterested(now, telling.Interest, lastNews(now), noon); again {
			t.Errorf("%s: told twice", c.name)
		}
	}
}

// TestReminderAfterAMove: one that was due before the meeting was moved does not follow the letter about that.
func TestReminderAfterAMove(t *testing.T) {
	for name, c := range map[string]struct {
		start time.Time
		want  bool
	}{"so near that it is overdue": {day(5), false}, "so far that it comes": {day(12), true}} {
		s := scene(seated("p"))
		next := s.Meeting
		next.Start, next.End, next.Parts = c.start, c.start.Add(time.Hour), nil
		s.Meeting, _ = next.Changed(s.Meeting, "", s.Now)
		due := c.start.AddDate(0, 0, -7).Add(-2 * time.Hour)
		s.Now = s.Now.Add(time.Minute)
		if s.Now.Before(due) {
			s.Now = due
		}
		if _, told := mdt.Remind(s, due); told != c.want {
			t.Errorf("%s: %v", name, told)
		}
	}
}

func TestTellProposer(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*mdt.Meeting)
		p      mdt.Proposal
		want   mdt.LetterKind // 0: nothing
	}{
		{"moved", func(m *mdt.Meeting) { m.Place = "Zwolle" }, mdt.Proposal{Status: mdt.Received}, 9},
		{"called off", func(m *mdt.Meeting) { m.Cancelled = true }, mdt.Proposal{Status: mdt.Received}, 7},
		{"withdrawn", func(m *mdt.Meeting) { m.Place = "Zwolle" }, mdt.Proposal{Status: mdt.Withdrawn}, 0},
		{"came after it", func(m *mdt.Meeting) { m.Place = "Zwolle" }, mdt.Proposal{Status: mdt.Received, Knows: 1}, 0},
		{"a part", func(m *mdt.Meeting) { m.Parts[0].Start = m.Parts[0].Start.Add(1) }, mdt.Proposal{Status: mdt.Received}, 0},
	} {
		was := openMeeting(nil)
		now := was
		now.Parts = append([]mdt.Part{}, was.Parts...)
		c.change(&now)
		now, _ = now.Changed(was, "Een lek.", noon)
		c.p.Person, c.p.Reference, c.p.Meeting, c.p.Email, c.p.Version, c.p.Edition = "p", "REFERENT", "dag", "p@gast.example", 3, 2
		act, due := mdt.TellProposer(now, c.p, lastNews(now), noon)
		if due != (c.want != 0) {
			t.Errorf("%s: %v", c.name, due)
		}
		if !due {
			continue
		}
		if l := act.Letters[0]; l.Kind != c.want || l.Entry != "voorstel/dag/REFERENT" || !l.Undecided() || l.ToInterested() || act.Now.Version != 4 || act.Now.Edition != 2 {
			t.Errorf("%s: %+v", c.name, l)
		}
		if _, again := mdt.TellProposer(now, act.Now, lastNews(now), noon); again {
			t.Errorf("%s: told twice", c.name)
		}
	}
}
