package acts_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

var ownNow = time.Date(2027, 3, 1, 11, 0, 0, 0, time.UTC)

// ownDesk is a desk over one open meeting, and what its engine was asked.
type ownDesk struct {
	*acts.Desk
	t      *testing.T
	engine *asked
	now    time.Time
}

// asked notes the calls that reach an engine.
type asked struct {
	store.Engine
	mu    sync.Mutex
	calls []string
}

func (a *asked) note(call string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls = append(a.calls, call)
}

func (a *asked) Get(ctx context.Context, keys ...store.Key) ([]store.Item, error) {
	a.note("get")
	return a.Engine.Get(ctx, keys...)
}

func (a *asked) Query(ctx context.Context, q store.Query) (store.Page, error) {
	a.note("query")
	return a.Engine.Query(ctx, q)
}

func (a *asked) Change(ctx context.Context, w store.Write) (store.Item, error) {
	a.note("change")
	return a.Engine.Change(ctx, w)
}

func (a *asked) Transact(ctx context.Context, token string, writes []store.Write) error {
	kinds := make([]string, len(writes))
	for i, w := range writes {
		kinds[i] = map[bool]string{true: "put", false: "set"}[w.Put != nil]
	}
	a.note("transact " + strings.Join(kinds, " "))
	return a.Engine.Transact(ctx, token, writes)
}

func newOwnDesk(t *testing.T, change func(*mdt.Meeting)) *ownDesk {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "store.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	identity, err := mdt.NewIdentity([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	meeting := mdt.Meeting{ID: "dag", Name: "Dag", Start: ownNow.AddDate(0, 0, 20), End: ownNow.AddDate(0, 0, 20).Add(4 * time.Hour), Place: "Utrecht",
		Published: true, Registering: &mdt.Window{}, Proposing: &mdt.Window{}, Capacity: 10, MaxGuests: 2}
	if change != nil {
		change(&meeting)
	}
	d := &ownDesk{t: t, engine: &asked{Engine: db}, now: ownNow}
	s := store.New(d.engine)
	if err := s.Fill(t.Context(), nil, []mdt.Meeting{meeting}); err != nil {
		t.Fatal(err)
	}
	d.Desk = &acts.Desk{Store: s, Catalogue: store.NewCatalogue(s, time.Hour), Identity: identity, Team: mdt.Responder{Name: "team", Email: "team@mdt.example"},
		Now: func() time.Time { return d.now }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	return d
}

func (d *ownDesk) address(text string) mdt.Address {
	d.t.Helper()
	a, code := mdt.ParseAddress(text)
	if code != "" {
		d.t.Fatal(code)
	}
	return a
}

func (d *ownDesk) meeting() mdt.Meeting {
	d.t.Helper()
	m, err := d.Catalogue.Any(d.t.Context(), "dag")
	d.must(err)
	return *m
}

func (d *ownDesk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *ownDesk) register(email string) mdt.PersonID {
	d.t.Helper()
	a := d.address(email)
	_, err := d.Register(d.t.Context(), d.meeting(), mdt.RegistrationForm{Name: "Noor", Email: a}, acts.Post{})
	d.must(err)
	return d.Identity.Person(a)
}

func (d *ownDesk) own(p mdt.PersonID) mdt.Dossier {
	d.t.Helper()
	own, err := d.Own(d.t.Context(), p)
	d.must(err)
	return own
}

// letters are those of a kind that wait to be sent.
func (d *ownDesk) letters(kind mdt.LetterKind) (found []mdt.Letter) {
	d.t.Helper()
	ids, _, err := d.Store.Due(d.t.Context(), mdt.Pending, d.now, "")
	d.must(err)
	for _, id := range ids {
		letter, err := d.Store.Letter(d.t.Context(), id)
		d.must(err)
		if letter.Kind == kind {
			found = append(found, *letter)
		}
	}
	return found
}

// TestAskingForALinkTellsNothing: the same calls with the same writes, whoever is asked about.
func TestAskingForALinkTellsNothing(t *testing.T) {
	d := newOwnDesk(t, nil)
	person := d.register("noor@gast.example")
	var known []string
	for i, email := range []string{"noor@gast.example", "Noor@Gast.example", "noor@gast.example", "noor@gast.example", "wie@gast.example"} {
		d.engine.calls = nil
		d.must(d.SendLink(t.Context(), d.address(email), acts.Post{}))
		if i == 0 {
			known = d.engine.calls
		}
		if !slices.Equal(d.engine.calls, known) || len(known) != 2 {
			t.Errorf("%d, %s: %v, of a known address %v", i, email, d.engine.calls, known)
		}
	}
	d.engine.calls = nil
	d.must(d.SendLink(t.Context(), d.address("noor@gast.example"), acts.Post{Trap: true}))
	if !slices.Equal(d.engine.calls, known) {
		t.Errorf("a machine's: %v", d.engine.calls)
	}
	letters := d.letters(mdt.LetterLink)
	if len(letters) != 3 || letters[0].To != "noor@gast.example" || letters[0].Person != person {
		t.Fatalf("%d letters, want three: %+v", len(letters), letters)
	}
	if want := mdt.EntryExpires(d.meeting()); !letters[0].Until.Equal(want) {
		t.Errorf("the link works until %s, want %s", letters[0].Until, want)
	}
	if nobody := d.own(d.Identity.Person(d.address("wie@gast.example"))); nobody.Address.Of.LinkLetters != nil {
		t.Error("an address that has nothing here is noted")
	}
	d.now = d.now.Add(24*time.Hour + time.Second)
	d.must(d.SendLink(t.Context(), d.address("noor@gast.example"), acts.Post{}))
	if n := len(d.letters(mdt.LetterLink)); n != 4 {
		t.Errorf("%d letters a day later", n)
	}
}

// TestAtOnceThreeLettersAtMost: the count holds among many who ask at the same time.
func TestAtOnceThreeLettersAtMost(t *testing.T) {
	d := newOwnDesk(t, nil)
	d.register("noor@gast.example")
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if err := d.SendLink(context.Background(), d.address("noor@gast.example"), acts.Post{}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := len(d.letters(mdt.LetterLink)); n != 3 {
		t.Errorf("%d letters", n)
	}
}

func TestFreshLinksOfADay(t *testing.T) {
	d := newOwnDesk(t, nil)
	person := d.register("noor@gast.example")
	var err error
	n := 0
	for ; err == nil && n < 20; n++ {
		err = d.FreshLink(t.Context(), person, "aanmelding/dag")
	}
	var refused *acts.Refused
	if !errors.As(err, &refused) || refused.Code != "link.teVaak" || n != 6 {
		t.Errorf("after %d: %v", n, err)
	}
	letter := d.letters(mdt.LetterLink)[0]
	if !letter.Fresh || letter.Entry != "aanmelding/dag" || !letter.Until.Equal(d.now.Add(time.Hour)) {
		t.Errorf("%+v", letter)
	}
}

// TestConfirmIsKeptAsLongAsTheLastEntry, and what others keep at the address stays.
func TestConfirmIsKeptAsLongAsTheLastEntry(t *testing.T) {
	d := newOwnDesk(t, nil)
	person := d.register("noor@gast.example")
	d.must(d.SendLink(t.Context(), d.address("noor@gast.example"), acts.Post{}))
	d.must(d.EndLinks(t.Context(), d.own(person), d.now.Add(-time.Hour)))
	d.must(d.Confirm(t.Context(), d.own(person)))
	note := d.own(person).Address
	want := mdt.EntryExpires(d.meeting())
	if !note.Expires.Equal(want) || note.Of.Confirmed == nil || len(note.Of.LinkLetters) != 1 || note.Of.LinksFrom == nil {
		t.Errorf("%+v, want it until %s", note, want)
	}
	confirmed, err := d.Store.Confirmed(t.Context(), person, want.Add(-time.Second))
	if err != nil || !confirmed {
		t.Error("not confirmed to the end")
	}
	d.engine.calls = nil
	d.must(d.Confirm(t.Context(), d.own(person)))
	if len(d.engine.calls) != 1 {
		t.Errorf("confirmed again: %v", d.engine.calls)
	}
	d.must(d.Confirm(t.Context(), mdt.Dossier{Person: "nobody"}))
	if d.own("nobody").Address.Of.Confirmed != nil {
		t.Error("of nobody there is nothing to confirm")
	}
}

func TestOlderLinksEnd(t *testing.T) {
	d := newOwnDesk(t, nil)
	person := d.register("noor@gast.example")
	later, sooner := d.now.Add(time.Hour), d.now
	d.must(d.EndLinks(t.Context(), d.own(person), later))
	d.must(d.EndLinks(t.Context(), d.own(person), sooner)) // an older link ends nothing that a younger one ended
	own := d.own(person)
	if own.Takes(later.Add(-time.Second)) || !own.Takes(later) {
		t.Errorf("links from %s", own.Address.Of.LinksFrom)
	}
}

// TestADossierHoldsAll of one person, until its end, and nothing of others.
func TestADossierHoldsAll(t *testing.T) {
	d := newOwnDesk(t, nil)
	person := d.register("noor@gast.example")
	d.register("bo@gast.example")
	leader := mdt.Leader{Who: mdt.LedByOther, Name: "Bo", Email: d.address("bo@gast.example")}
	_, err := d.Propose(t.Context(), d.meeting(), mdt.ProposalForm{Name: "Noor", Email: d.address("noor@gast.example"), Theme: "Samen", Leader: leader}, acts.Post{})
	d.must(err)
	_, err = d.Ask(t.Context(), mdt.MessageForm{Name: "Noor", Email: d.address("noor@gast.example"), Text: "Hallo"}, mdt.Routed{ToTeam: true}, nil, acts.Post{})
	d.must(err)
	d.engine.calls = nil
	own := d.own(person)
	if len(own.Registrations) != 1 || len(own.Proposals) != 1 || len(own.Messages) != 1 || len(own.Leading) != 0 {
		t.Errorf("%+v", own)
	}
	if !slices.Equal(d.engine.calls, []string{"query"}) {
		t.Errorf("%v", d.engine.calls)
	}
	if led := d.own(d.Identity.Person(leader.Email)); len(led.Leading) != 1 || len(led.Registrations) != 1 {
		t.Errorf("of the leader: %+v", led)
	}
	if got := own.Registrations[0]; !got.Expires.Equal(mdt.EntryExpires(d.meeting())) || len(got.Of.LetterIDs) != 1 {
		t.Errorf("%+v", got)
	}
	d.now = mdt.MessageExpires(ownNow)
	if gone := d.own(person); len(gone.Messages) != 0 || len(gone.Registrations) != 1 {
		t.Errorf("after its end: %+v", gone)
	}
	d.now = mdt.EntryExpires(d.meeting())
	if !d.own(person).IsEmpty() {
		t.Error("something stands after its end")
	}
}
