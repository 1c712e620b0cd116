package mdt_test

import (
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// TestTheSampleOfAnOffer: the team reads the same last moment as whoever is offered a seat now.
func TestTheSampleOfAnOffer(t *testing.T) {
	start := time.Date(2027, 3, 24, 11, 0, 0, 0, time.UTC)
	m := mdt.Meeting{ID: "dag", Name: "Dag", Start: start, End: start.Add(time.Hour), Published: true, Registering: &mdt.Window{}, Capacity: 10}
	for name, c := range map[string]struct {
		hours int
		now   time.Time
		until string
	}{
		"by day":               {0, time.Date(2027, 1, 20, 9, 30, 0, 0, time.UTC), "2027-01-22T09:30:00Z"},
		"with its own hours":   {24, time.Date(2027, 1, 20, 9, 30, 0, 0, time.UTC), "2027-01-21T09:30:00Z"},
		"at night":             {0, time.Date(2027, 1, 20, 4, 30, 0, 0, time.UTC), "2027-01-22T08:00:00Z"},
		"when nobody is asked": {0, start, "2027-03-26T11:00:00Z"},
	} {
		m.OfferHours = c.hours
		letter, known := m.SampleLetter(mdt.LetterOffer, c.now)
		if !known || letter.Until == nil || letter.Until.UTC().Format(time.RFC3339) != c.until {
			t.Errorf("%s: until %v", name, letter.Until)
		}
	}
}
