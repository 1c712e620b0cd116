package acts_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

var trapped = acts.Post{Trap: true}

// trap posts a registration with the hidden field filled in.
func (d *ownDesk) trap(email string, guests ...string) acts.Registered {
	d.t.Helper()
	form := mdt.RegistrationForm{Name: "Noor", Email: d.address(email), Wishes: "een tolk"}
	for _, g := range guests {
		form.Guests = append(form.Guests, mdt.Guest{Name: "Gast", Email: d.address(g)})
	}
	got, err := d.Register(d.t.Context(), d.meeting(), form, trapped)
	d.must(err)
	return got
}

func (d *ownDesk) suspects() []mdt.Suspect {
	d.t.Helper()
	found, _, err := d.Store.Suspects(d.t.Context(), "")
	d.must(err)
	return found
}

// rescue rescues the only suspect: the letters that were foreseen go out and no others, or the same keeps it from both.
func (d *ownDesk) rescue() error {
	d.t.Helper()
	found := d.suspects()
	if len(found) != 1 {
		d.t.Fatalf("%d suspects", len(found))
	}
	before := d.pending()
	deed := d.Rescuing(found[0].Person, found[0].ID)
	foreseen, why := deed.Letters(d.t.Context())
	err := deed.DoShown(d.t.Context(), acts.Kinds(foreseen))
	if (why == nil) != (err == nil) {
		d.t.Errorf("foreseen %v, and it came to %v", why, err)
	}
	var want []string
	for _, letter := range foreseen {
		want = append(want, fmt.Sprint(letter.Kind, " ", letter.To))
	}
	var got []string
	for id, letter := range d.pending() {
		if _, there := before[id]; !there {
			got = append(got, letter)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		d.t.Errorf("letters %v were foreseen, %v went out", want, got)
	}
	return err
}

// pending are the letters that wait, by their ids: of which kind, to whom.
func (d *ownDesk) pending() map[string]string {
	d.t.Helper()
	all := map[string]string{}
	ids, _, err := d.Store.Due(d.t.Context(), mdt.Pending, d.now.AddDate(1, 0, 0), "")
	d.must(err)
	for _, id := range ids {
		letter, err := d.Store.Letter(d.t.Context(), id)
		d.must(err)
		all[id] = fmt.Sprint(letter.Kind, " ", letter.To)
	}
	return all
}

// entry is what stands of an address at the meeting, or nil.
func (d *ownDesk) entry(email string) *mdt.Registration {
	d.t.Helper()
	standing, err := d.Store.Standing(d.t.Context(), "dag", d.Identity.Person(d.address(email)))
	d.must(err)
	return standing.Entries[0]
}

func (d *ownDesk) counter() mdt.Counter {
	d.t.Helper()
	standing, err := d.Store.Standing(d.t.Context(), "dag")
	d.must(err)
	return standing.Counter
}

// TestASuspectBecomesNothing: no entry, no seat, no letter, but what was sent, for thirty days.
func TestASuspectBecomesNothing(t *testing.T) {
	d := newOwnDesk(t, nil)
	got := d.trap("noor@gast.example", "sam@gast.example")
	if got.Status != mdt.Confirmed || len(got.Reference) != 8 {
		t.Errorf("answered %+v", got)
	}
	if d.entry("noor@gast.example") != nil || d.entry("sam@gast.example") != nil || d.counter().Occupied != 0 {
		t.Error("something was entered")
	}
	for _, state := range mdt.States {
		if ids, _, _ := d.Store.Due(t.Context(), state, d.now.AddDate(1, 0, 0), ""); len(ids) > 0 {
			t.Errorf("%d letters are %s", len(ids), state)
		}
	}
	s := d.suspects()[0]
	form := s.Registration
	if s.Kind != mdt.SuspectRegistration || s.Reference != got.Reference || !s.Came.Equal(d.now) || form.Wishes != "een tolk" ||
		form.Email.Mail != "noor@gast.example" || len(form.Guests) != 1 || form.Guests[0].Email.Normal != "sam@gast.example" {
		t.Errorf("%+v of %+v", s, form)
	}
	if !d.own(s.Person).IsEmpty() {
		t.Error("it counts as an entry of its person")
	}
	d.now = d.now.AddDate(0, 0, 30)
	if err := d.Rescuing(s.Person, s.ID).Do(t.Context(), 1); !errors.Is(err, acts.ErrNoSuspect) {
		t.Errorf("after thirty days: %v", err)
	}
}

// TestARescuedRegistrationIsWhatItWouldHaveBeen, guests and wishes included, once.
func TestARescuedRegistrationIsWhatItWouldHaveBeen(t *testing.T) {
	d := newOwnDesk(t, func(m *mdt.Meeting) { closes := ownNow.Add(time.Hour); m.Registering.Closes = &closes })
	came := d.now
	reference := d.trap("noor@gast.example", "sam@gast.example").Reference
	s := d.suspects()[0]
	d.now = d.now.Add(2 * time.Hour) // it has closed since
	d.must(d.rescue())
	noor, sam := d.entry("noor@gast.example"), d.entry("sam@gast.example")
	if noor == nil || noor.Status != mdt.Confirmed || noor.Reference != reference || !noor.Created.Equal(came) {
		t.Fatalf("%+v", noor)
	}
	if sam == nil || sam.BroughtBy != noor.Person || d.counter().Occupied != 2 || d.own(noor.Person).WishesOf("dag") != "een tolk" {
		t.Errorf("the guest is %+v, %d seats", sam, d.counter().Occupied)
	}
	if len(d.letters(mdt.LetterRegistered)) != 1 || len(d.letters(mdt.LetterGuest)) != 1 {
		t.Error("its letters did not go out")
	}
	if len(d.suspects()) != 0 {
		t.Error("it is a suspect still")
	}
	if err := d.Rescuing(s.Person, s.ID).Do(t.Context(), 1); !errors.Is(err, acts.ErrNoSuspect) {
		t.Errorf("rescued again: %v", err)
	}
}

// TestARescuedRegistrationHasItsFirstPlaceInLine: before who came to wait after it, behind who did before.
func TestARescuedRegistrationHasItsFirstPlaceInLine(t *testing.T) {
	for name, c := range map[string]struct {
		before []string // who registers before it; there are two seats
		after  []string
		want   []string // the line, from its front
	}{
		"there were seats":            {nil, []string{"a", "b", "c", "d"}, []string{"noor", "sam", "c", "d"}},
		"there was one, too few":      {[]string{"a"}, []string{"b", "c", "d"}, []string{"noor", "sam", "c", "d"}},
		"there was none":              {[]string{"a", "b", "c"}, []string{"d"}, []string{"c", "noor", "sam", "d"}},
		"one, behind who let it go":   {[]string{"a", "b", "c", "-b", "=c"}, []string{"d", "e"}, []string{"c", "noor", "sam", "e"}},
		"two, behind who let both go": {[]string{"a", "b", "c", "-b", "=c", "-a", "=c"}, []string{"d", "e", "f"}, []string{"c", "noor", "sam", "f"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newOwnDesk(t, func(m *mdt.Meeting) { m.Capacity = 2 })
			d.do(c.before)
			d.trap("noor@gast.example", "sam@gast.example")
			d.do(c.after)
			d.must(d.rescue())
			persons, err := d.Store.NextInLine(t.Context(), "dag", "", mdt.Way{}, 20)
			d.must(err)
			var line []string
			for _, p := range persons {
				for _, who := range []string{"a", "b", "c", "d", "e", "f", "noor", "sam"} {
					if d.Identity.Person(d.address(who+"@gast.example")) == p {
						line = append(line, who)
					}
				}
			}
			if len(line) != len(c.want) {
				t.Fatalf("line %v, want %v", line, c.want)
			}
			for i := range line {
				if line[i] != c.want[i] {
					t.Fatalf("line %v, want %v", line, c.want)
				}
			}
			if d.counter().Occupied != 2 {
				t.Errorf("%d seats", d.counter().Occupied)
			}
		})
	}
}

// do registers everybody; "-b" cancels b, "=c" lets c pass an offer and wait on.
func (d *ownDesk) do(who []string) {
	d.t.Helper()
	for _, w := range who {
		switch w[0] {
		case '-':
			d.must(d.Cancel(d.t.Context(), "dag", d.Identity.Person(d.address(w[1:]+"@gast.example"))))
		case '=':
			d.must(d.Pass(d.t.Context(), "dag", "", d.Identity.Person(d.address(w[1:]+"@gast.example")), true))
		default:
			d.register(w + "@gast.example")
		}
	}
}

// TestSuspectsOfAllForms: each is kept, and each becomes what it was, with its letters.
func TestSuspectsOfAllForms(t *testing.T) {
	leader := mdt.Leader{Who: mdt.LedByOther, Name: "Bo"}
	for name, c := range map[string]struct {
		change func(*mdt.Meeting)
		post   func(*ownDesk, acts.Post) error
		want   []mdt.LetterKind
	}{
		"proposal": {nil, func(d *ownDesk, p acts.Post) error {
			leader := leader
			leader.Email = d.address("bo@gast.example")
			got, err := d.Propose(d.t.Context(), d.meeting(), mdt.ProposalForm{Name: "Noor", Email: d.address("noor@gast.example"), Theme: "Samen", Leader: leader}, p)
			if got.Status != mdt.Received {
				d.t.Errorf("answered %+v", got)
			}
			return err
		}, []mdt.LetterKind{mdt.LetterProposal, mdt.LetterLeader}},
		"message": {nil, func(d *ownDesk, p acts.Post) error {
			got, err := d.Ask(d.t.Context(), mdt.MessageForm{Name: "Noor", Email: d.address("noor@gast.example"), Text: "Hallo"}, mdt.Routed{ToTeam: true}, nil, p)
			if got.Recipient != "team" {
				d.t.Errorf("answered %+v", got)
			}
			return err
		}, []mdt.LetterKind{mdt.LetterForwarded, mdt.LetterToFacilitator}},
		"interest": {func(m *mdt.Meeting) { m.Registering, m.Telling = &mdt.Window{Pending: true}, &mdt.Window{} }, func(d *ownDesk, p acts.Post) error {
			_, err := d.Tell(d.t.Context(), d.meeting(), mdt.InterestForm{Name: "Noor", Email: d.address("noor@gast.example")}, p)
			return err
		}, []mdt.LetterKind{mdt.LetterInterest}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newOwnDesk(t, c.change)
			d.must(c.post(d, trapped))
			person := d.suspects()[0].Person
			if !d.own(person).IsEmpty() {
				t.Error("something was entered")
			}
			d.now = d.now.Add(time.Hour)
			d.must(d.rescue())
			if d.own(person).IsEmpty() || len(d.suspects()) != 0 {
				t.Error("it was not rescued")
			}
			for _, kind := range c.want {
				if got := d.letters(kind); len(got) != 1 || !got[0].Due.Equal(d.now) {
					t.Errorf("letters %d: %+v", kind, got)
				}
			}
		})
	}
}

// TestAnInterestRescuedAfterTheOpening gets the letter that one can register instead.
func TestAnInterestRescuedAfterTheOpening(t *testing.T) {
	opens := ownNow.Add(time.Hour)
	d := newOwnDesk(t, func(m *mdt.Meeting) { m.Registering, m.Telling = &mdt.Window{Opens: &opens}, &mdt.Window{} })
	_, err := d.Tell(t.Context(), d.meeting(), mdt.InterestForm{Email: d.address("noor@gast.example")}, trapped)
	d.must(err)
	d.now = opens.Add(time.Hour)
	d.must(d.rescue())
	if len(d.letters(mdt.LetterOpened)) != 1 || len(d.letters(mdt.LetterInterest)) != 0 {
		t.Error("letters of before the opening")
	}
}

// TestWhatCannotBeRescuedStaysASuspect: of a meeting that is over there is nothing to become.
func TestWhatCannotBeRescuedStaysASuspect(t *testing.T) {
	d := newOwnDesk(t, nil)
	d.trap("noor@gast.example")
	d.now = d.meeting().End
	var refused *acts.Refused
	if err := d.rescue(); !errors.As(err, &refused) || refused.Code != "bijeenkomst.geweest" {
		t.Errorf("%v", err)
	}
	if len(d.suspects()) != 1 {
		t.Error("it is gone")
	}
}

// TestRescuedAtOnce: by ten at the same time, it is one entry with one letter.
func TestRescuedAtOnce(t *testing.T) {
	d := newOwnDesk(t, nil)
	d.trap("noor@gast.example")
	s := d.suspects()[0]
	var wait sync.WaitGroup
	errs := make([]error, 10)
	for i := range errs {
		wait.Go(func() { errs[i] = d.Rescuing(s.Person, s.ID).Do(context.Background(), 1) })
	}
	wait.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else if !errors.Is(err, acts.ErrNoSuspect) {
			t.Error(err)
		}
	}
	if done != 1 || d.counter().Occupied != 1 || len(d.letters(mdt.LetterRegistered)) != 1 || len(d.letters(mdt.LetterKnown)) != 0 {
		t.Errorf("done %d times, %d seats", done, d.counter().Occupied)
	}
}

// TestAnotherRescueThanWasShown: of the last seat, that is gone since it was shown, nothing is stored until the place in
// line was shown too.
func TestAnotherRescueThanWasShown(t *testing.T) {
	d := newOwnDesk(t, func(m *mdt.Meeting) { m.Capacity = 1 })
	d.trap("noor@gast.example")
	s := d.suspects()[0]
	deed := d.Rescuing(s.Person, s.ID)
	shown, err := deed.Letters(t.Context())
	d.must(err)
	form := mdt.RegistrationForm{Name: "Sam", Email: d.address("sam@gast.example")}
	_, err = d.Register(t.Context(), d.meeting(), form, acts.Post{})
	d.must(err)
	if err := deed.DoShown(t.Context(), acts.Kinds(shown)); !errors.Is(err, acts.ErrOtherLetters) || len(d.suspects()) != 1 || d.entry("noor@gast.example") != nil {
		t.Fatalf("%v, %d suspects", err, len(d.suspects()))
	}
	again, err := deed.Letters(t.Context())
	d.must(err)
	d.must(deed.DoShown(t.Context(), acts.Kinds(again)))
	if noor := d.entry("noor@gast.example"); noor == nil || noor.Status != mdt.Waiting || acts.Kinds(again) == acts.Kinds(shown) {
		t.Errorf("%+v", noor)
	}
}

// TestASuspectsKey: sent again with the same key it is the same answer, one suspect; with other values ErrKeyUsed.
func TestASuspectsKey(t *testing.T) {
	d := newOwnDesk(t, nil)
	post := acts.Post{Trap: true, Key: "k", Values: []byte("a")}
	form := mdt.ProposalForm{Name: "Noor", Email: d.address("noor@gast.example"), Theme: "Samen"}
	first, err := d.Propose(t.Context(), d.meeting(), form, post)
	d.must(err)
	again, err := d.Propose(t.Context(), d.meeting(), form, post)
	d.must(err)
	if first.Reference != again.Reference || len(d.suspects()) != 1 {
		t.Errorf("%s and %s, %d suspects", first.Reference, again.Reference, len(d.suspects()))
	}
	if _, err := d.Propose(t.Context(), d.meeting(), form, acts.Post{Trap: true, Key: "k", Values: []byte("b")}); !errors.Is(err, acts.ErrKeyUsed) {
		t.Errorf("other values: %v", err)
	}
	d.must(d.rescue())
	genuine, err := d.Propose(t.Context(), d.meeting(), form, acts.Post{Key: "k", Values: []byte("a")})
	d.must(err)
	if genuine.Reference != first.Reference || len(d.letters(mdt.LetterProposal)) != 1 {
		t.Error("the same key after the rescue is another proposal")
	}
}
