package main

import (
	"strings"
	"testing"

	"aanmeldpunt/internal/post/outbox"
)

// TestRemindersOverTheChangeOfTheClock: at ten on the clock on the wall, in spring and in autumn, once; none to
// who cancelled, was not placed, or had a seat only since then.
func TestRemindersOverTheChangeOfTheClock(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ begin, day, week, before, after string }{
		{"2027-03-20 09:00", "2027-03-29", "03-22 10:00", "03-28 10:00", "2027-03-28 12:00"},
		{"2027-10-20 09:00", "2027-11-01", "10-25 10:00", "10-31 10:00", "2027-10-31 12:00"},
	} {
		s := tell(t, c.begin, meeting("dag", c.day+"T14:00", c.day+"T16:00", map[string]any{"plekken": 3}))
		s.registers("dag", "noor", "sam", "ali", "wacht")
		s.cancels("dag", "sam") // whoever waits gets an offer, and lets it lapse
		s.at(c.after)
		s.registers("dag", "later")
		s.at(c.day + " 20:00")
		s.wants(reminding, c.week+" noor: Over 7 dagen", c.week+" ali: Over 7 dagen", c.before+" noor: Morgen", c.before+" ali: Morgen")
	}
}

// TestNoReminderAfterCancelling: neither of what was due while one cancelled, nor of what is due later; the letter
// of before, which had not gone yet, does not go after all.
func TestNoReminderAfterCancelling(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-01 09:00", meeting("dag", "2027-03-11T14:00", "2027-03-11T16:00", nil))
	s.registers("dag", "noor", "sam")
	s.at("2027-03-04 10:01")
	s.cancels("dag", "sam")
	s.at("2027-03-12 09:00")
	s.wants(reminding, "03-04 10:00 noor: Over 7 dagen", "03-04 10:00 sam: Over 7 dagen", "03-10 10:00 noor: Morgen")
	s.wants([]string{"afgemeld"}, "03-04 10:01 sam: Je bent afgemeld")
}

// TestNoReminderToABrokenAddress: one that takes no mail is not reminded; the team hears of it each morning while
// the letter is kept, in numbers.
func TestNoReminderToABrokenAddress(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-01 09:00", meeting("dag", "2027-03-11T14:00", "2027-03-11T16:00", nil))
	s.registers("dag", "noor", "kapot", "klaagt")
	s.bounces("kapot", "bounce")
	s.bounces("klaagt", "complaint")
	s.at("2027-03-03 07:59")
	s.wants([]string{"wacht"}, "03-02 08:00 team: 2 zaken wachten")
	s.at("2027-03-11 07:00")
	s.wants(reminding, "03-04 10:00 noor: Over 7 dagen", "03-10 10:00 noor: Morgen")
	s.cancels("dag", "kapot")
	s.wants([]string{"afgemeld"}, "03-11 07:00 kapot: Je bent afgemeld")
	s.each(func(l outbox.Letter) {
		if strings.HasPrefix(l.To[0], "team@") && (strings.Contains(l.Text+l.HTML+l.Subject, "gast.example") || !strings.Contains(l.Text, "E-mailadressen die niet werken: 2")) {
			t.Errorf("the team is told: %s", l.Text)
		}
	})
}

// TestTheOnlineLink: only to who has a seat and comes online, from the last reminder on, once.
func TestTheOnlineLink(t *testing.T) {
	t.Parallel()
	const link = "https://video.example/avond"
	s := tell(t, "2027-03-01 09:00", meeting("avond", "2027-03-29T19:30", "2027-03-29T21:00", map[string]any{
		"online": true, "onlineLink": link, "plekken": 5, "introducees": 1, "wachtlijstSluit": "2027-03-29T19:30"}))
	online, there := map[string]any{"deelname": "online"}, map[string]any{"deelname": "locatie"}
	s.post("avond", "aanmeldingen", "online", online)
	s.post("avond", "aanmeldingen", "zaal", there)
	s.post("avond", "aanmeldingen", "weg", online)
	s.post("avond", "aanmeldingen", "brengt", map[string]any{"deelname": "online", "introducees": []any{map[string]any{"naam": "Gast", "email": "gast@gast.example"}}})
	s.post("avond", "aanmeldingen", "wacht", online)
	s.post("avond", "aanmeldingen", "wacht2", online)
	s.at("2027-03-27 12:00")
	s.cancels("avond", "weg")
	s.at("2027-03-28 11:00")
	if err := s.acts.Accept(t.Context(), "avond", "", s.person("wacht")); err != nil {
		t.Fatal(err)
	}
	s.cancels("avond", "zaal")
	s.at("2027-03-28 11:30")
	if err := s.acts.Accept(t.Context(), "avond", "", s.person("wacht2")); err != nil {
		t.Fatal(err)
	}
	s.at("2027-03-30 09:00")
	var told []string
	s.each(func(l outbox.Letter) {
		whole := l.Text + l.HTML
		for _, a := range l.Attachments {
			whole += string(a.Content)
		}
		if strings.Contains(whole, link) {
			name, _, _ := strings.Cut(l.To[0], "@")
			subject, _, _ := strings.Cut(l.Subject, ":")
			told = append([]string{name + ": " + subject}, told...)
		}
	})
	counts := map[string]int{}
	for _, line := range told {
		counts[line]++
	}
	for _, want := range []string{"online: Morgen", "brengt: Morgen", "gast: Morgen", "wacht: Je hebt nu een plek", "wacht2: Je hebt nu een plek"} {
		if counts[want] != 1 {
			t.Errorf("%s: %d times", want, counts[want])
		}
		delete(counts, want)
	}
	if len(counts) > 0 {
		t.Errorf("told beside that: %v", counts)
	}
}

// TestTheLinkWithoutReminders: a letter of its own tells it, the day before at ten.
func TestTheLinkWithoutReminders(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-20 09:00", meeting("avond", "2027-03-29T19:30", "2027-03-29T21:00", map[string]any{
		"online": true, "plaats": "", "onlineLink": "https://video.example/avond", "herinneringen": []any{}}))
	s.registers("avond", "noor", "weg", "kapot")
	s.cancels("avond", "weg")
	s.bounces("kapot", "bounce")
	s.at("2027-03-28 12:00")
	s.registers("avond", "later")
	s.at("2027-03-30 09:00")
	s.wants(append(reminding, "Zo doe je mee"), "03-28 10:00 noor: Zo doe je mee")
}

// TestWishesGoFirst: what somebody needs is erased fourteen days after the meeting, the entry half a year after it.
func TestWishesGoFirst(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-01 09:00", meeting("dag", "2027-03-11T14:00", "2027-03-11T16:00", nil))
	s.post("dag", "aanmeldingen", "noor", map[string]any{"wensen": "een tolk"})
	stands := func(moment string, wishes, entries int) {
		t.Helper()
		s.at(moment)
		own, err := s.acts.Own(t.Context(), s.person("noor"))
		if err != nil || len(own.Wishes) != wishes || len(own.Registrations) != entries {
			t.Errorf("%s: %d wishes, %d entries, %v", moment, len(own.Wishes), len(own.Registrations), err)
		}
	}
	stands("2027-03-25 15:59", 1, 1)
	stands("2027-03-25 16:01", 0, 1)
	stands("2027-09-11 15:59", 0, 1)
	stands("2027-09-11 16:01", 0, 0)
}

// TestARemindersWordsAreOfTheDayItGoes: mail stood still for a day; what comes then is true, and what would come
// after the meeting's start does not come.
func TestARemindersWordsAreOfTheDayItGoes(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-01 09:00", meeting("dag", "2027-03-11T14:00", "2027-03-11T16:00", nil))
	s.registers("dag", "noor", "sam")
	s.quietly()
	s.at("2027-03-10 09:59")
	mailer, silent := s.mailer, newFunction(func() error { return nil })
	s.mailer, s.stream.mailer = silent, silent
	s.clock.hold()
	s.clock.set(clockTime(t, "2027-03-10 10:00"))
	if err := s.acts.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.quietly()
	for name, until := range map[string]string{"noor": "2027-03-11 08:00", "sam": "2027-03-11 14:00"} {
		own, err := s.acts.Own(t.Context(), s.person(name))
		if err != nil {
			t.Fatal(err)
		}
		letters, err := s.store.Unsettled(t.Context(), own.Registrations[0].Of.LetterIDs)
		if err != nil || len(letters) != 1 || letters[0].Days != 1 {
			t.Fatalf("letters of %s: %+v, %v", name, letters, err)
		}
		s.holdLetter(t, letters[0].ID, clockTime(t, until))
	}
	s.mailer, s.stream.mailer = mailer, mailer
	s.at("2027-03-11 15:00")
	s.wants([]string{"Morgen", "Vandaag"}, "03-11 08:00 noor: Vandaag")
}
