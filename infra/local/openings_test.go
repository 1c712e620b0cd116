package main

import (
	"strings"
	"testing"

	"aanmeldpunt/internal/post/outbox"
)

// TestAnOpeningIsTold: at its moment, to whoever asked for it and did not stop; the interest is gone thirty days
// later.
func TestAnOpeningIsTold(t *testing.T) {
	t.Parallel()
	s := tell(t, "2027-03-20 09:00", meeting("dag", "2027-06-11T14:00", "2027-06-11T16:00", map[string]any{
		"aanmelden": map[string]any{"opent": "2027-03-29T09:00"}, "attenderen": map[string]any{}}))
	for _, name := range []string{"noor", "sam", "stopt", "kapot"} {
		s.post("dag", "attenderingen", name, map[string]any{"toestemming": true})
	}
	if err := s.acts.WithdrawInterest(t.Context(), "dag", s.person("stopt")); err != nil {
		t.Fatal(err)
	}
	s.bounces("kapot", "bounce")
	s.at("2027-03-29 08:59")
	s.wants([]string{"nu aanmelden"})
	s.at("2027-03-29 12:00")
	s.registers("dag", "noor")
	s.at("2027-04-28 08:59")
	s.wants([]string{"nu aanmelden"}, "03-29 09:00 noor: Je kunt je nu aanmelden", "03-29 09:00 sam: Je kunt je nu aanmelden")
	interests := func() (n int) {
		found, _, err := s.store.Interests(t.Context(), "dag", "")
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if n := interests(); n != 3 {
		t.Errorf("%d interests a minute before they go, want those of noor, sam and kapot", n)
	}
	s.at("2027-04-28 09:02")
	if n := interests(); n != 0 {
		t.Errorf("%d interests are still there", n)
	}
	s.each(func(l outbox.Letter) {
		if strings.Contains(l.Subject, "nu aanmelden") && (l.Headers["List-Unsubscribe"] == "" || len(l.Attachments) != 1) {
			t.Errorf("the letter of the opening: %v, %d attachments", l.Headers, len(l.Attachments))
		}
	})
}
