package acts_test

import (
	"errors"
	"testing"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestSeatsAreAVersion: fewer of them, or more where nobody waits, are one change of the meeting.
func TestSeatsAreAVersion(t *testing.T) {
	d, _, _ := clockDesk(t, 2, func(m *mdt.Meeting) { m.Capacity = 4 })
	d.Catalogue.Renew("dag")
	for _, seats := range []int{3, 9, 1, 2} {
		was := d.stored()
		edit := was
		edit.Capacity = seats
		got, err := d.save(acts.Edit{Meeting: edit})
		if err != nil || got.Version != was.Version+1 || got.Capacity != seats || d.counter().Version != got.Version || d.stored().Capacity != seats {
			t.Errorf("%d seats: version %d after %d, %d seats, %v", seats, got.Version, was.Version, d.stored().Capacity, err)
		}
	}
	if len(d.count(mdt.LetterOffer)) > 0 {
		t.Error("somebody got an offer, and nobody waits")
	}
}

// TestSomebodyComesToWaitMeanwhile: seats that are added while nobody waits are not stored where somebody does by then;
// read anew they are handed on.
func TestSomebodyComesToWaitMeanwhile(t *testing.T) {
	d, _, _ := clockDesk(t, 3, func(m *mdt.Meeting) { m.Capacity = 2 }) // one of them waits
	d.Catalogue.Renew("dag")
	was := d.stored()
	now := was
	now.Capacity = 5
	if _, err := d.Store.SaveMeeting(t.Context(), store.MeetingSave{Was: &was, Now: now, Empty: []string{""}}); !errors.Is(err, store.ErrLostRace) {
		t.Fatalf("seats that nobody was asked for: %v", err)
	}
	one := 1
	if got, err := d.SaveMeeting(t.Context(), acts.Edit{Meeting: now, Agreed: &one}); err != nil || got.Capacity != 5 || len(d.count(mdt.LetterOffer)) != 1 {
		t.Errorf("%+v, %v: %v", got, d.count(mdt.LetterOffer), err)
	}
	was = d.stored() // now that nobody waits the same is stored
	now = was
	now.Capacity = 6
	if _, err := d.Store.SaveMeeting(t.Context(), store.MeetingSave{Was: &was, Now: now, Empty: []string{""}}); err != nil {
		t.Error(err)
	}
}
