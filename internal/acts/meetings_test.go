package acts_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
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

// crowd gives the meeting three with a seat, one of them a guest, one who is offered a seat, two who wait, one who
// asked to be told, and one who asked and is registered.
func crowd(d *ownDesk) {
	ctx := d.t.Context()
	d.must(d.tellMe("later@gast.example"))
	d.must(d.tellMe("gast1@gast.example"))
	m := d.stored()
	m.Registering = &mdt.Window{}
	_, err := d.save(acts.Edit{Meeting: m})
	d.must(err)
	form := mdt.RegistrationForm{Name: "Noor", Email: d.address("gast0@gast.example"), Guests: []mdt.Guest{{Name: "Sam", Email: d.address("sam@gast.example")}}}
	_, err = d.Register(ctx, d.meeting(), form, acts.Post{})
	d.must(err)
	for i := 1; i < 6; i++ {
		d.register(fmt.Sprintf("gast%d@gast.example", i))
	}
	d.must(d.Cancel(ctx, "dag", d.Identity.Person(d.address("gast2@gast.example"))))
}

func (d *ownDesk) tellMe(email string) error {
	_, err := d.Tell(d.t.Context(), d.meeting(), mdt.InterestForm{Email: d.address(email)}, acts.Post{})
	return err
}

func notOpen(m *mdt.Meeting) {
	m.Capacity, m.Registering, m.Telling = 4, &mdt.Window{Pending: true}, &mdt.Window{}
}

// told are who gets the letter about the change in crowd.
var toldInCrowd = map[string]int{"gast0": 1, "sam": 1, "gast1": 1, "gast3": 1, "gast4": 1, "gast5": 1, "later": 1}

// TestTheNumberSaidIsTheNumberSent: it is asked for first, and each of those gets one letter, whatever comes after.
func TestTheNumberSaidIsTheNumberSent(t *testing.T) {
	d := newOwnDesk(t, notOpen)
	crowd(d)
	var unagreed *acts.Unagreed
	if _, err := d.SaveMeeting(t.Context(), elsewhere(d.stored())); !errors.As(err, &unagreed) {
		t.Fatalf("not asked: %v", err)
	}
	if diff := cmp.Diff(mdt.Reach{Kind: 9, Seated: 3, Offered: 1, Waiting: 2, Interested: 1}, unagreed.Reach); diff != "" {
		t.Error(diff)
	}
	for _, wrong := range []int{0, 6, 8} {
		edit := elsewhere(d.stored())
		edit.Agreed = &wrong
		if _, err := d.SaveMeeting(t.Context(), edit); !errors.As(err, &unagreed) || d.stored().Place != "Utrecht" {
			t.Errorf("yes to %d: %v", wrong, err)
		}
	}
	if _, err := d.save(elsewhere(d.stored())); err != nil {
		t.Fatal(err)
	}
	d.register("nieuw@gast.example") // it knows
	for range 3 {
		d.runAtOnce(3)
		d.now = d.now.Add(time.Minute)
	}
	if diff := cmp.Diff(toldInCrowd, d.count(mdt.LetterMoved)); diff != "" {
		t.Error(diff)
	}
	for _, l := range d.letters(mdt.LetterMoved) {
		if l.Meeting.Sequence != 1 || l.Was.Place != "Utrecht" || l.Meeting.Place != "Zwolle" || l.Why != "Een lek." {
			t.Errorf("%+v", l)
		}
	}
}

// TestWhoComesInBetweenIsCounted: a number that was true when it was counted, and is not when it is stored, is asked
// about again. With the guard off it would be stored.
func TestWhoComesInBetweenIsCounted(t *testing.T) {
	for _, guarded := range []bool{true, false} {
		d, b, _ := clockDesk(t, 2, nil)
		edit, came := elsewhere(d.stored()), false
		two := 2
		edit.Agreed = &two
		b.transact = func(writes []store.Write) ([]store.Write, error) {
			if saves := slices.ContainsFunc(writes, func(w store.Write) bool { return w.Key.PK == "bijeenkomsten" }); saves && !came {
				came = true
				d.register("gast9@gast.example")
				for i := range writes {
					if writes[i].Key.SK == "teller" && !guarded {
						writes[i].If = slices.DeleteFunc(slices.Clone(writes[i].If), func(c store.Condition) bool { return c.Attr != store.AttrVersion })
					}
				}
			}
			return writes, nil
		}
		_, err := d.SaveMeeting(t.Context(), edit)
		var unagreed *acts.Unagreed
		if asked := errors.As(err, &unagreed); asked != guarded || !came || guarded && unagreed.Reach.Sum() != 3 {
			t.Errorf("guarded %v: %v", guarded, err)
		}
	}
}

func TestCallingOff(t *testing.T) {
	d := newOwnDesk(t, notOpen)
	crowd(d)
	m := d.stored()
	m.Cancelled = true
	if _, err := d.save(acts.Edit{Meeting: m, Why: "De zaal kan niet."}); err != nil {
		t.Fatal(err)
	}
	if err := d.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(toldInCrowd, d.count(mdt.LetterCalledOff)); diff != "" {
		t.Error(diff)
	}
	for _, kind := range []mdt.LetterKind{mdt.LetterRegistered, mdt.LetterWaiting, mdt.LetterOffer} {
		if left := d.owed(kind); left > 0 {
			t.Errorf("%d letters %d are still owed", left, kind)
		}
	}
	d.now = d.now.AddDate(0, 0, 15)
	d.must(d.Run(t.Context()))
	if got := d.count(mdt.LetterReminder); len(got) > 0 {
		t.Errorf("reminded of a meeting that is off: %v", got)
	}
	again := d.stored()
	again.Place = "Zwolle"
	if _, err := d.SaveMeeting(t.Context(), acts.Edit{Meeting: again}); err != nil {
		t.Errorf("a word more about it: %v", err)
	}
}

// owed counts the letters of a kind that will still go.
func (d *ownDesk) owed(kind mdt.LetterKind) (n int) {
	d.t.Helper()
	var ids []string
	for _, l := range d.letters(kind) {
		ids = append(ids, l.ID)
	}
	unsettled, err := d.Store.Unsettled(d.t.Context(), ids)
	d.must(err)
	return len(unsettled)
}

// TestTheNewsGoOnWhereTheyWereCutOff: a run that dies anywhere leaves the rest to the next, and nobody is told twice.
func TestTheNewsGoOnWhereTheyWereCutOff(t *testing.T) {
	d, b, _ := clockDesk(t, 40, nil)
	if _, err := d.save(elsewhere(d.stored())); err != nil {
		t.Fatal(err)
	}
	var left atomic.Int32
	b.transact = func(writes []store.Write) ([]store.Write, error) {
		if left.Add(-1) < 0 {
			return nil, store.ErrUnavailable
		}
		return writes, nil
	}
	for i := range 20 {
		left.Store(7)
		err := d.Run(t.Context())
		if told := len(d.count(mdt.LetterMoved)); err == nil {
			if told != 40 || i < 4 {
				t.Fatalf("at its end after %d runs with %d told", i+1, told)
			}
			break
		}
	}
	if diff := cmp.Diff(once(40), d.count(mdt.LetterMoved)); diff != "" {
		t.Error(diff)
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
	if err != nil || plan.Reach.Seated != 3 || strings.Join(lists, " ") != "attenderingen#dag" {
		t.Errorf("%+v, read %q, %v", plan.Reach, lists, err)
	}
	if maps.Equal(d.count(mdt.LetterMoved), once(3)) {
		t.Error("a plan sends letters")
	}
}
