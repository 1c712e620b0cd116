package letters

import (
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// TestSamplesCanBeRead: every letter that the team looks at before it goes can be made, and says the team's words.
func TestSamplesCanBeRead(t *testing.T) {
	now := local(t, "2027-01-20 09:30")
	start := local(t, "2027-03-24 12:00")
	m := mdt.Meeting{ID: "dag", Name: "Dag", Start: start, End: start.Add(2 * time.Hour), Place: "Utrecht", Online: true, OnlineLink: "https://a.example/kamer",
		Published: true, Registering: &mdt.Window{}, Capacity: 10, Paragraphs: map[string]string{}, Parts: []mdt.Part{{ID: "a", Name: "Deel A", Kind: "deelsessie", Start: start, End: start.Add(time.Hour)}}}
	for _, kind := range mdt.ParagraphKinds {
		m.Paragraphs[number(int(kind))] = "Neem je laptop mee."
	}
	for _, kind := range mdt.ParagraphKinds {
		letter, known := m.SampleLetter(kind, now)
		if !known {
			t.Errorf("no sample of letter %d", kind)
			continue
		}
		if made := render(t, letter); !strings.Contains(made.Text, "Neem je laptop mee.") {
			t.Errorf("letter %d does not say it:\n%s", kind, made.Text)
		}
	}
	for name, change := range map[string]func(*mdt.Meeting){
		"called off": func(m *mdt.Meeting) { m.Cancelled = true }, "moved": func(m *mdt.Meeting) { m.Place = "Zwolle" },
	} {
		next := m
		change(&next)
		next, _ = next.Changed(m, "Een lek.", now)
		samples := next.SampleNews(next.News[0], mdt.Reach{Seated: 1, Offered: 1, Waiting: 1, Asked: 1, Interested: 1, Proposers: 1}, now)
		if len(samples) != 6 {
			t.Errorf("%s: %d samples", name, len(samples))
		}
		for _, letter := range samples {
			if made := render(t, letter); !strings.Contains(made.Text, "Een lek.") {
				t.Errorf("%s: %s", name, made.Text)
			}
		}
		if none := next.SampleNews(next.News[0], mdt.Reach{Waiting: 1}, now); len(none) != 1 {
			t.Errorf("%s: %d samples for one group", name, len(none))
		}
	}
}
