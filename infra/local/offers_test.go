package main

import "testing"

var offering = []string{"plek voor jou", "niet meer voor jou", "kwam geen plek"}

// TestOffersLapse: a seat freed at night is offered at nine, lapses at its moment, goes to the next at that
// moment; once it has passed everyone it is free; after two lapses somebody hears no more of seats, and when the
// list ends everyone who still waits is told.
func TestOffersLapse(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-01 12:00", meeting("dag", "2027-04-15T14:00", "2027-04-15T16:00", map[string]any{"plekken": 1}))
	s.registers("dag", "eerst", "a", "b", "c")
	s.at("2027-03-01 22:30")
	s.cancels("dag", "eerst")
	s.at("2027-03-02 08:59")
	s.wants(offering)
	s.at("2027-03-08 09:00")
	first := []string{
		"03-02 09:00 a: Er is een plek voor jou",
		"03-04 09:00 a: De plek is niet meer voor jou", "03-04 09:00 b: Er is een plek voor jou",
		"03-06 09:00 b: De plek is niet meer voor jou", "03-06 09:00 c: Er is een plek voor jou",
		"03-08 09:00 c: De plek is niet meer voor jou"}
	s.wants(offering, first...)
	if got := s.post("dag", "aanmeldingen", "nieuw", nil); got != "bevestigd" {
		t.Errorf("a seat that passed everyone in line is not free: %s", got)
	}
	s.at("2027-03-09 10:00")
	s.cancels("dag", "nieuw")
	s.at("2027-03-10 12:00")
	if err := s.acts.Pass(t.Context(), "dag", "", s.person("a"), true); err != nil {
		t.Fatal(err)
	}
	s.at("2027-03-20 12:00")
	second := []string{
		"03-09 10:00 a: Er is een plek voor jou", "03-10 12:00 b: Er is een plek voor jou",
		"03-12 12:00 b: De plek is niet meer voor jou", "03-12 12:00 c: Er is een plek voor jou",
		"03-14 12:00 c: De plek is niet meer voor jou"}
	s.wants(offering, append(first, second...)...)
	s.registers("dag", "ander")
	s.cancels("dag", "ander") // b and c let two go: only a is asked
	s.at("2027-03-20 13:00")
	third := []string{"03-20 12:00 a: Er is een plek voor jou"}
	s.wants(offering, append(append(first, second...), third...)...)
	if err := s.acts.KeepWaiting(t.Context(), "dag", "", s.person("c")); err != nil {
		t.Fatal(err)
	}
	s.at("2027-04-16 09:00")
	fourth := []string{"03-22 12:00 a: De plek is niet meer voor jou", "03-22 12:00 c: Er is een plek voor jou",
		"03-24 12:00 c: De plek is niet meer voor jou",
		"04-14 14:00 a: Er kwam geen plek vrij", "04-14 14:00 b: Er kwam geen plek vrij", "04-14 14:00 c: Er kwam geen plek vrij"}
	s.wants(offering, append(append(append(first, second...), third...), fourth...)...)
}

// TestAnOfferOutlivesTheList: one that stands when the list ends goes on, and lapses as the last.
func TestAnOfferOutlivesTheList(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-04-14 10:00", meeting("dag", "2027-04-15T14:00", "2027-04-15T16:00", map[string]any{"plekken": 1}))
	s.registers("dag", "eerst", "a", "b")
	s.cancels("dag", "eerst")
	s.at("2027-04-15 15:00")
	s.wants(offering, "04-14 10:00 a: Er is een plek voor jou", "04-14 14:00 b: Er kwam geen plek vrij", "04-15 09:00 a: De plek is niet meer voor jou")
}
