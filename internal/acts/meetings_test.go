package acts_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// stored is the meeting as it stands, ready to be edited.
func (d *ownDesk) stored() mdt.Meeting {
	d.t.Helper()
	m, err := d.Store.Meeting(d.t.Context(), "dag")
	d.must(err)
	m.Kind = mdt.NetworkDay
	return *m
}

// save saves and says yes to whatever number of letters is named first.
func (d *ownDesk) save(edit acts.Edit) (mdt.Meeting, error) {
	m, err := d.SaveMeeting(d.t.Context(), edit)
	var unagreed *acts.Unagreed
	if errors.As(err, &unagreed) {
		n := unagreed.Reach.Sum()
		edit.Agreed = &n
		return d.SaveMeeting(d.t.Context(), edit)
	}
	return m, err
}

func elsewhere(m mdt.Meeting) acts.Edit {
	m.Place = "Zwolle"
	return acts.Edit{Meeting: m, Why: "Een lek."}
}

func TestANewMeeting(t *testing.T) {
	d := newOwnDesk(t, nil)
	m := mdt.NewMeeting(mdt.RegionalDay)
	m.ID, m.Name, m.Place, m.Start, m.End = "regiodag", "Regiodag", "Assen", d.now.AddDate(0, 1, 0), d.now.AddDate(0, 1, 0).Add(time.Hour)
	got, err := d.SaveMeeting(t.Context(), acts.Edit{Meeting: m})
	if err != nil || got.Version != 1 {
		t.Fatalf("%+v %v", got, err)
	}
	if shown, _ := d.Catalogue.Meeting(t.Context(), "regiodag"); shown != nil {
		t.Error("a concept is shown")
	}
	var faulty *acts.Faulty
	if _, err = d.SaveMeeting(t.Context(), acts.Edit{Meeting: m}); !errors.As(err, &faulty) || faulty.Faults[0].Code != "bewerken.id.bezet" {
		t.Errorf("the same id again: %v", err)
	}
	got.Published, got.Registering = true, &mdt.Window{}
	if _, err = d.SaveMeeting(t.Context(), acts.Edit{Meeting: got}); err != nil {
		t.Fatal(err)
	}
	shown, err := d.Catalogue.Meeting(t.Context(), "regiodag")
	if err != nil || shown == nil {
		t.Fatalf("published, but not shown: %v", err)
	}
	list, _ := d.Catalogue.Meetings(t.Context())
	if len(list) != 2 {
		t.Errorf("%d meetings in the list", len(list))
	}
	if _, err = d.Register(t.Context(), *shown, mdt.RegistrationForm{Name: "Noor", Email: d.address("noor@gast.example")}, acts.Post{}); err != nil {
		t.Error(err)
	}
}

// TestTwoTabs: of two who edit the same version one is told what stands by now.
func TestTwoTabs(t *testing.T) {
	d := newOwnDesk(t, nil)
	one, other := d.stored(), d.stored()
	one.Name, other.Name = "Eerste", "Tweede"
	if _, err := d.save(acts.Edit{Meeting: one}); err != nil {
		t.Fatal(err)
	}
	var outdated *acts.Outdated
	if _, err := d.save(acts.Edit{Meeting: other}); !errors.As(err, &outdated) || outdated.Now.Name != "Eerste" {
		t.Errorf("%v", err)
	}
	if got := d.stored(); got.Name != "Eerste" || got.Version != 2 || d.counter().Version != 2 {
		t.Errorf("%+v", got)
	}
}

// TestSeatsThatAreAdded: those next in line get them, as many as was said; who asks for no more offers is not among them.
func TestSeatsThatAreAdded(t *testing.T) {
	d, _, _ := clockDesk(t, 6, func(m *mdt.Meeting) { m.Capacity = 2 })
	d.Catalogue.Renew("dag")
	m := d.stored()
	m.Capacity = 2
	edit := m
	edit.Capacity, edit.HeldBack = 6, 1 // three more for visitors
	var unagreed *acts.Unagreed
	if _, err := d.SaveMeeting(t.Context(), acts.Edit{Meeting: edit}); !errors.As(err, &unagreed) || unagreed.Reach != (mdt.Reach{Offers: 3}) {
		t.Fatalf("%v", err)
	}
	got, err := d.save(acts.Edit{Meeting: edit})
	if err != nil || got.Capacity != 6 || got.HeldBack != 1 {
		t.Fatalf("%+v %v", got, err)
	}
	if diff := cmp.Diff(map[string]int{"gast2": 1, "gast3": 1, "gast4": 1}, d.count(mdt.LetterOffer)); diff != "" {
		t.Error(diff)
	}
	fewer := d.stored()
	fewer.Capacity = 3
	if got, err = d.save(acts.Edit{Meeting: fewer}); err != nil || got.Capacity != 3 || got.HeldBack != 1 || d.counter().Occupied != 5 {
		t.Errorf("%+v %v", got, err)
	}
}

// TestAnAddedSeatForWhoHasNoAddress: they get no letter, and the team is told that it has to ring them.
func TestAnAddedSeatForWhoHasNoAddress(t *testing.T) {
	d, _, _ := clockDesk(t, 3, func(m *mdt.Meeting) { m.Capacity = 2 })
	deed, _ := d.Registering(d.meeting(), acts.ByHand{Form: mdt.RegistrationForm{Name: "Oma"}, Key: "telefoon"})
	d.must(deed.DoAgreed(t.Context()))
	edit := d.stored()
	edit.Capacity = 4
	plan, err := d.PlanMeeting(t.Context(), acts.Edit{Meeting: edit})
	if err != nil || plan.Reach != (mdt.Reach{Offers: 2, Mute: 1}) || plan.Reach.Sum() != 1 {
		t.Fatalf("%+v %v", plan.Reach, err)
	}
	if _, err = d.save(acts.Edit{Meeting: edit}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"gast2": 1}, d.count(mdt.LetterOffer)); diff != "" {
		t.Error(diff)
	}
	if got := d.counter(); got.Offered != 2 || got.Waiting != 0 {
		t.Errorf("%+v", got)
	}
}

// TestAPartThatGoes: not where somebody came to have a seat of it when it was decided that nobody has.
func TestAPartThatGoes(t *testing.T) {
	d, b, _ := clockDesk(t, 0, func(m *mdt.Meeting) {
		m.Parts = []mdt.Part{{ID: "a", Name: "A", Kind: "deelsessie", Start: m.Start, End: m.End}}
	})
	edit, came := d.stored(), false
	edit.Parts = nil
	b.transact = func(writes []store.Write) ([]store.Write, error) {
		if !came && slices.ContainsFunc(writes, func(w store.Write) bool { return w.Key.PK == "bijeenkomsten" }) {
			came = true
			_, err := d.Register(t.Context(), d.meeting(), mdt.RegistrationForm{Name: "Noor", Email: d.address("noor@gast.example"), Parts: []string{"a"}}, acts.Post{})
			d.must(err)
		}
		return writes, nil
	}
	_, err := d.SaveMeeting(t.Context(), acts.Edit{Meeting: edit})
	var faulty *acts.Faulty
	if !errors.As(err, &faulty) || faulty.Faults[0].Code != "bewerken.onderdeel.bezet" || len(d.stored().Parts) != 1 {
		t.Errorf("%v", err)
	}
}

// TestPlanningCostsNoScan: of a change that all hear of no list of registrations is read.
func TestPlanningCostsNoScan(t *testing.T) {
	d, b, _ := clockDesk(t, 3, nil)
	var lists []string
	b.query = func(q store.Query) error {
		if q.List != "" {
			lists = append(lists, q.List)
		}
		return nil
	}
	plan, err := d.PlanMeeting(t.Context(), elsewhere(d.stored()))
	if err != nil || plan.Reach.Seated != 3 || strings.Join(lists, " ") != "attenderingen#dag voorstellen#dag" {
		t.Errorf("%+v, read %q, %v", plan.Reach, lists, err)
	}
	if maps.Equal(d.count(mdt.LetterMoved), once(3)) {
		t.Error("a plan sends letters")
	}
}
