package stack

import (
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// overdue stores what should have been done in the last days: a reminder, an opening, and an offer that lapsed.
func (a *account) overdue() {
	a.t.Helper()
	now, yesterday := time.Now(), time.Now().AddDate(0, 0, -1)
	day := mdt.Meeting{ID: "deze-week", Name: "Deze week", Start: now.AddDate(0, 0, 3), End: now.AddDate(0, 0, 3).Add(time.Hour),
		Place: "Utrecht", Published: true, Registering: &mdt.Window{}, Capacity: 2}
	later := mdt.Meeting{ID: "later", Name: "Later", Start: now.AddDate(0, 2, 0), End: now.AddDate(0, 2, 0).Add(time.Hour),
		Place: "Utrecht", Published: true, Registering: &mdt.Window{Opens: &yesterday}, Telling: &mdt.Window{}}
	a.must(a.store.Fill(a.t.Context(), nil, []mdt.Meeting{day, later}))
	identity, err := mdt.NewIdentity([]byte(secret))
	a.must(err)
	desk := &acts.Desk{Store: a.store, Catalogue: store.NewCatalogue(a.store, time.Minute), Identity: identity,
		Now: func() time.Time { return now.AddDate(0, 0, -10) }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	address := func(name string) mdt.Address {
		found, code := mdt.ParseAddress(name + "@jongeren.example")
		if code != "" {
			a.t.Fatal(code)
		}
		return found
	}
	for _, name := range []string{"blijft", "gaat", "wacht", "wacht-ook"} {
		_, err := desk.Register(a.t.Context(), day, mdt.RegistrationForm{Name: "Noor", Email: address(name)}, acts.Post{})
		a.must(err)
	}
	_, err = desk.Tell(a.t.Context(), later, mdt.InterestForm{Email: address("vraagt")}, acts.Post{})
	a.must(err)
	a.must(desk.Cancel(a.t.Context(), day.ID, identity.Person(address("gaat"))))
}

func (a *account) must(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// TestTheClockDoesWhatFellDue calls the function as it was built, twice: who is owed a letter has it once.
func TestTheClockDoesWhatFellDue(t *testing.T) {
	t.Parallel()
	a := opened(t, "http://127.0.0.1:1")
	a.overdue()
	clock := a.start("clock", a.database.Endpoint, artefacts(t, runtime.GOARCH)["clock"])
	for range 2 {
		if _, err := clock.Invoke(t.Context(), event(t, "clock/tick.json")); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, id := range a.within(mdt.Pending, 1) {
		letter, err := a.store.Letter(t.Context(), id)
		a.must(err)
		if name, _, _ := strings.Cut(letter.To, "@"); letter.Created.After(time.Now().AddDate(0, 0, -1)) {
			got = append(got, fmt.Sprintf("%s %d", name, letter.Kind))
		}
	}
	slices.Sort(got)
	want := []string{fmt.Sprint("blijft ", mdt.LetterReminder), fmt.Sprint("vraagt ", mdt.LetterOpened),
		fmt.Sprint("wacht ", mdt.LetterLapsed), fmt.Sprint("wacht-ook ", mdt.LetterOffer)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	clock.Stop() // its log is whole then
	if late := logged(clock, "lateSeconds"); !slices.Equal(late, []any{0., 0.}) {
		t.Errorf("the alarm on a late clock reads %v", late)
	}
	if strings.Contains(clock.Output(), "@") {
		t.Errorf("the clock logged an address: %s", clock.Output())
	}
}
