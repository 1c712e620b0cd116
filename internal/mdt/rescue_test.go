package mdt_test

import (
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
)

// TestRescueLeavesOutPartsThatAreFullByNow, and the letter says which.
func TestRescueLeavesOutPartsThatAreFullByNow(t *testing.T) {
	came := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	begins := came.AddDate(0, 0, 10)
	part := func(id string, seats int, start time.Time) mdt.Part {
		return mdt.Part{ID: id, Name: "Deel " + id, Seats: seats, Start: start, End: start.Add(time.Hour)}
	}
	meeting := mdt.Meeting{ID: "dag", Start: begins, End: begins.Add(8 * time.Hour), Published: true, Registering: &mdt.Window{},
		Parts: []mdt.Part{part("vol", 1, begins), part("ruim", 2, begins), part("vroeg", 0, came.Add(time.Minute)), part("open", 0, begins)}}
	suspect := mdt.Suspect{Kind: mdt.SuspectRegistration, Person: "p", Came: came,
		Registration: &mdt.RegistrationForm{Name: "Noor", Parts: []string{"vol", "ruim", "vroeg", "open", "weg"}}}
	counter := mdt.Counter{Parts: map[string]mdt.LineCount{"vol": {Occupied: 1}, "ruim": {Occupied: 1}}}
	out, refusal := mdt.RescueRegistration(suspect, mdt.RegisterRequest{Now: came.Add(time.Hour), Meeting: meeting, Counter: counter,
		Self: mdt.Entrant{Person: "p", Reference: "K7M3PQ9X"}})
	if refusal != nil {
		t.Fatal(refusal.Code)
	}
	entry, letter := out.Entries[0].New, out.Letters[0]
	if len(entry.Parts) != 2 || entry.Parts[0] != "ruim" || entry.Parts[1] != "open" {
		t.Errorf("parts %v", entry.Parts)
	}
	if len(letter.LostParts) != 2 || letter.LostParts[0] != "Deel vol" || letter.LostParts[1] != "Deel vroeg" {
		t.Errorf("lost %v", letter.LostParts)
	}
}

// TestASuspectsPlace: the number it took, or behind all who have the last one that was given.
func TestASuspectsPlace(t *testing.T) {
	took := mdt.RegisterRequest{Number: 7}.SuspectOf("id", 9)
	if took.Place.Number != 7 || took.Place.Behind != 0 {
		t.Errorf("%+v", took.Place)
	}
	none := mdt.RegisterRequest{}.SuspectOf("id", 9)
	guest, next := mdt.Spot{Number: 9, Behind: 50}, mdt.Spot{Number: 10}
	if none.Place.Compare(guest) <= 0 || none.Place.Compare(next) >= 0 {
		t.Errorf("%+v", none.Place)
	}
}
