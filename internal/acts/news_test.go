package acts_test

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// TestTheNumberSaidIsTheNumberSent: it is asked for first, and each of those gets one letter, whatever comes after.
func TestTheNumberSaidIsTheNumberSent(t *testing.T) {
	d := newOwnDesk(t, notOpen)
	crowd(d)
	var unagreed *acts.Unagreed
	if _, err := d.SaveMeeting(t.Context(), elsewhere(d.stored())); !errors.As(err, &unagreed) {
		t.Fatalf("not asked: %v", err)
	}
	if diff := cmp.Diff(mdt.Reach{Kind: 9, Seated: 3, Offered: 1, Waiting: 2, Interested: 1, Proposers: 1}, unagreed.Reach); diff != "" {
		t.Error(diff)
	}
	for _, wrong := range []int{0, 7, 9} {
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

// TestCalledOffRightAfterAMove: nobody is told to come to another place, and everybody that it is off.
func TestCalledOffRightAfterAMove(t *testing.T) {
	d := newOwnDesk(t, notOpen)
	crowd(d)
	m := d.stored()
	m.Place = "Zwolle"
	_, err := d.save(acts.Edit{Meeting: m, Why: "Een lek."})
	d.must(err)
	d.now = d.now.Add(time.Second)
	m = d.stored()
	m.Cancelled = true
	_, err = d.save(acts.Edit{Meeting: m, Why: "De zaal kan niet."})
	d.must(err)
	d.now = d.now.Add(time.Minute)
	d.must(d.Run(t.Context()))
	if diff := cmp.Diff(toldInCrowd, d.count(mdt.LetterCalledOff)); diff != "" {
		t.Error(diff)
	}
	if got := d.count(mdt.LetterMoved); len(got) > 0 {
		t.Errorf("told that it moved: %v", got)
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

// TestWhoHasNoAddressIsNoLetter: those are told of apart, and the number is still that of the letters that go.
func TestWhoHasNoAddressIsNoLetter(t *testing.T) {
	d, _, _ := clockDesk(t, 2, nil)
	deed, _ := d.Registering(d.meeting(), acts.ByHand{Form: mdt.RegistrationForm{Name: "Oma"}, Key: "telefoon"})
	d.must(deed.DoAgreed(t.Context()))
	if got := d.counter(); got.Mute != 1 || got.Occupied != 3 {
		t.Errorf("%+v", got)
	}
	plan, err := d.PlanMeeting(t.Context(), elsewhere(d.stored()))
	if err != nil || plan.Reach != (mdt.Reach{Kind: 9, Seated: 3, Mute: 1}) || plan.Reach.Sum() != 2 {
		t.Errorf("%+v %v", plan.Reach, err)
	}
	if _, err := d.save(elsewhere(d.stored())); err != nil {
		t.Fatal(err)
	}
	d.must(d.Run(t.Context()))
	if diff := cmp.Diff(once(2), d.count(mdt.LetterMoved)); diff != "" {
		t.Error(diff)
	}
}

// crowd gives the meeting three with a seat, one of them a guest, one who is offered a seat, two who wait, one who
// asked to be told, and one who asked and is registered.
func crowd(d *ownDesk) {
	ctx := d.t.Context()
	d.must(d.tellMe("later@gast.example"))
	d.must(d.tellMe("gast1@gast.example"))
	d.must(d.suggest("idee@gast.example"))
	d.must(d.suggest("gast1@gast.example"))
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

func (d *ownDesk) suggest(email string) error {
	form := mdt.ProposalForm{Name: "Noor", Email: d.address(email), Theme: "Samen", Goal: mdt.Inspire, Kind: mdt.Idea, Leader: mdt.Leader{Who: mdt.LedBySelf}}
	_, err := d.Propose(d.t.Context(), d.meeting(), form, acts.Post{})
	return err
}

func (d *ownDesk) ask(email string) (mdt.Message, error) {
	form := mdt.MessageForm{Name: "Noor", Email: d.address(email), Subject: mdt.SubjectOther, Text: "Hoe werkt het?"}
	return d.Ask(d.t.Context(), form, mdt.Routed{ToTeam: true}, nil, acts.Post{})
}

func (d *ownDesk) tellMe(email string) error {
	_, err := d.Tell(d.t.Context(), d.meeting(), mdt.InterestForm{Email: d.address(email)}, acts.Post{})
	return err
}

func notOpen(m *mdt.Meeting) {
	m.Capacity, m.Registering, m.Telling = 4, &mdt.Window{Pending: true}, &mdt.Window{}
}

// told are who gets the letter about the change in crowd.
var toldInCrowd = map[string]int{"gast0": 1, "sam": 1, "gast1": 1, "gast3": 1, "gast4": 1, "gast5": 1, "later": 1, "idee": 1}
