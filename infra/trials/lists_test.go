package trials

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

// Lists for the team: what is found, and what it costs.

const listPage = 50

var statuses = []mdt.Status{mdt.Confirmed, mdt.Confirmed, mdt.Confirmed, mdt.Waiting, mdt.Cancelled}

// somebody is the i-th registration: what most fill in and the note of a letter or two, 650 bytes as DynamoDB counts them.
func (d *desk) somebody(meeting string, i int) *mdt.Registration {
	p := d.person(fmt.Sprintf("bezoeker%06d@jongerenwerk.example", i))
	seated := start.Add(time.Duration(i) * time.Second)
	return &mdt.Registration{Person: p, Meeting: meeting, Reference: d.ids.Reference("aanmelding", meeting, string(p)),
		Status: statuses[i%len(statuses)], Name: fmt.Sprintf("Noor %c. van der Velden-%d", 'A'+i%26, i),
		Email: fmt.Sprintf("bezoeker%06d@jongerenwerk.example", i), Organisation: fmt.Sprintf("Stichting %d Doet Mee", i%100),
		Role: "jongerenwerker en vrijwilliger bij de denktank van de stad", Phone: "06 12345678", Regions: []string{"midden"}, Parts: []string{"r1a"}, Created: seated, Seated: &seated, Version: 1}
}

// crowd stores n registrations of a meeting, fifty to a transaction: who waits has an item in line too.
func (d *desk) crowd(meeting string, n int) mdt.Meeting {
	d.t.Helper()
	d.open(meeting, n, nil)
	m, err := d.store.Meeting(context.Background(), meeting)
	if err != nil {
		d.t.Fatal(err)
	}
	var entries []mdt.EntryChange
	for i := range n {
		if entries = append(entries, mdt.EntryChange{New: d.somebody(meeting, i)}); len(entries) < store.MaxWrites/2 && i < n-1 {
			continue
		}
		if err := d.store.Register(context.Background(), mdt.Registering{Meeting: *m, Entries: entries}, nil, d.now()); err != nil {
			d.t.Fatal(err)
		}
		entries = nil
	}
	return *m
}

// size is that of an item as DynamoDB counts it.
func size(value any) (n int) {
	switch value := value.(type) {
	case store.Item:
		return size(map[string]any(value))
	case map[string]any:
		for name, of := range value {
			n += len(name) + size(of)
		}
		return n
	case []any:
		for _, of := range value {
			n += 1 + size(of)
		}
		return n + 3
	case string:
		return len(value)
	case int64:
		return len(fmt.Sprint(value))/2 + 1
	}
	return 1
}

// all follows the cursors of a list to its end.
func follow[T any](t *testing.T, page func(after string) (store.Listed[T], error)) (entries []T, pages int) {
	t.Helper()
	for after := ""; ; {
		found, err := page(after)
		if err != nil {
			t.Fatal(err)
		}
		entries, pages = append(entries, found.Entries...), pages+1
		if after = found.Next; after == "" {
			return entries, pages
		}
	}
}

// TestUnitsOfLists asserts what the pages of lists cost in a small and in a large meeting: the same.
func TestUnitsOfLists(t *testing.T) {
	for _, n := range []int{100, number(2500, 10_000, 10_000)} {
		t.Run(fmt.Sprint(n), func(t *testing.T) { t.Parallel(); testUnitsOfLists(t, n) })
	}
}

func testUnitsOfLists(t *testing.T, n int) {
	database := storetest.StartDynoxide(t)
	m := &meter{next: storetest.NewTransport()}
	d := newDesk(t, store.Retrying(database.Through(t, m).Counting(m.consumed)))
	d.crowd("dag", n)
	ctx, one := context.Background(), d.somebody("dag", n/2)
	items, err := d.engine.Get(ctx, store.Key{PK: "persoon#" + string(one.Person), SK: "aanmelding#dag"})
	if err != nil || size(items[0]) < 600 || size(items[0]) > 650 {
		t.Fatalf("an entry of %d bytes, %v", size(items[0]), err)
	}
	registrations := func(l store.RegistrationListing, want int) func() error {
		return func() error {
			l.Limit = listPage
			found, err := d.store.ListRegistrations(ctx, "dag", l, d.now())
			if len(found.Entries) != want || found.Cut {
				t.Errorf("%d on a page, cut off %t, want %d", len(found.Entries), found.Cut, want)
			}
			return err
		}
	}
	second, err := d.store.ListRegistrations(ctx, "dag", store.RegistrationListing{Listing: store.Listing[mdt.Registration]{Limit: listPage}}, d.now())
	if err != nil || second.Next == "" {
		t.Fatal(err)
	}
	onward := store.RegistrationListing{Listing: store.Listing[mdt.Registration]{After: second.Next}}
	for _, c := range []struct {
		name string
		do   func() error
		want bill
	}{
		{"the newest", registrations(store.RegistrationListing{}, listPage), bill{"Query", 0, 4}},
		{"the oldest", registrations(store.RegistrationListing{Order: store.Oldest}, listPage), bill{"Query", 0, 4}},
		{"the oldest of one status", registrations(store.RegistrationListing{Order: store.Oldest, Status: mdt.Waiting}, min(listPage, n/5)), bill{"Query", 0, 4}},
		{"the next page", registrations(onward, listPage), bill{"Query", 0, 4}},
		{"of one status", registrations(store.RegistrationListing{Status: mdt.Waiting}, min(listPage, n/5)), bill{"Query", 0, 4}},
		{"none of a status", registrations(store.RegistrationListing{Status: mdt.Offered}, 0), bill{"Query", 0, 4}},
		{"a name", registrations(store.RegistrationListing{Order: store.ByTheName, Begins: strings.ToUpper(one.Name)}, 1), bill{"Query Get", 0, 1.5}},
		{"the beginning of a name", registrations(store.RegistrationListing{Order: store.ByTheName, Begins: "noor"}, listPage), bill{"Query Get", 0, 52}},
		{"the beginning of an organisation", registrations(store.RegistrationListing{Order: store.ByTheOrganisation, Begins: "stichting-7"}, min(listPage, 11*n/100)), bill{"Query Get", 0, 52}},
		{"in the order of organisations", registrations(store.RegistrationListing{Order: store.ByTheOrganisation}, listPage), bill{"Query Get", 0, 52}},
		{"in the order of names", registrations(store.RegistrationListing{Order: store.ByTheName}, listPage), bill{"Query Get", 0, 52}},
		{"a reference", func() error {
			found, err := d.store.Find(ctx, one.Reference)
			if want := (store.Found{Of: mdt.NoteRegistration, Person: one.Person, Meeting: "dag"}); len(found) != 1 || found[0] != want {
				t.Errorf("found %v, want %v", found, want)
			}
			return err
		}, bill{"Query", 0, 0.5}},
		{"an address", func() error {
			standing, err := d.store.Standing(ctx, "dag", one.Person)
			if standing.Entries[0] == nil || standing.Entries[0].Reference != one.Reference {
				t.Errorf("found %v", standing.Entries[0])
			}
			return err
		}, bill{"Get", 0, 2}},
		{"whoever named a region", func() error {
			found, err := d.store.ListRegistrations(ctx, "dag", store.RegistrationListing{Listing: store.Listing[mdt.Registration]{
				Limit: listPage, Keep: func(r *mdt.Registration) bool { return slices.Contains(r.Regions, "noord") }}}, d.now())
			if len(found.Entries) != 0 || found.Cut != (n > 7000) || found.Cut != (found.Next != "") {
				t.Errorf("%d entries of %d, cut off %t", len(found.Entries), found.Seen, found.Cut)
			}
			return err
		}, bill{strings.TrimSpace(strings.Repeat("Query ", min(4, 1+n/2000))), 0, 520}},
	} {
		var err error
		got := m.of(c.want.Calls, func() { err = c.do() })
		if err != nil || got.Calls != c.want.Calls || got.Write != 0 || got.Read > c.want.Read {
			t.Errorf("%s: %v %+v, want at most %+v", c.name, err, got, c.want)
		}
		t.Logf("%-34s %-24s %5.1f RU", c.name, got.Calls, got.Read)
	}
}

// listsOn runs a test on both engines.
func listsOn(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Run("bolt", func(t *testing.T) { test(t, newDesk(t, openBolt(t))) })
	t.Run("dynamo", func(t *testing.T) { test(t, newDesk(t, store.Retrying(storetest.StartDynoxide(t).Engine))) })
}

// TestCursorsLeadThroughTheWholeList: page by page everybody once, in order, with any choice and any page length.
func TestCursorsLeadThroughTheWholeList(t *testing.T) {
	listsOn(t, func(t *testing.T, d *desk) {
		const n = 173
		d.crowd("dag", n)
		for _, limit := range []int{1, 7, 50, 173, 500} {
			for name, l := range map[string]store.RegistrationListing{
				"oldest": {Order: store.Oldest}, "waiting, the oldest first": {Order: store.Oldest, Status: mdt.Waiting},
				"newest": {}, "waiting": {Status: mdt.Waiting}, "by name": {Order: store.ByTheName},
				"by name, waiting": {Order: store.ByTheName, Status: mdt.Waiting}, "by organisation": {Order: store.ByTheOrganisation},
				"some":          {Listing: store.Listing[mdt.Registration]{Keep: func(r *mdt.Registration) bool { return r.Created.Second()%3 == 0 }}},
				"waiting, some": {Status: mdt.Waiting, Listing: store.Listing[mdt.Registration]{Keep: func(r *mdt.Registration) bool { return r.Created.Second()%2 == 0 }}},
			} {
				l.Limit = limit
				got, _ := follow(t, func(after string) (store.Listed[mdt.Registration], error) {
					l.After = after
					found, err := d.store.ListRegistrations(context.Background(), "dag", l, d.now())
					if len(found.Entries) > limit {
						t.Errorf("%s: a page of %d", name, len(found.Entries))
					}
					return found, err
				})
				if diff := listed(d, n, l, got); diff != "" {
					t.Errorf("%s, by %d: %s", name, limit, diff)
				}
			}
		}
	})
}

// listed compares with the same list made by hand.
func listed(d *desk, n int, l store.RegistrationListing, got []mdt.Registration) string {
	var want []*mdt.Registration
	for i := range n {
		if r := d.somebody("dag", i); (l.Status == "" || r.Status == l.Status) && (l.Keep == nil || l.Keep(r)) {
			want = append(want, r)
		}
	}
	slices.SortFunc(want, func(a, b *mdt.Registration) int {
		switch l.Order {
		case store.Oldest:
			return a.Created.Compare(b.Created)
		case store.ByTheName:
			return strings.Compare(mdt.SearchKey(a.Name)+"#"+a.Reference, mdt.SearchKey(b.Name)+"#"+b.Reference)
		case store.ByTheOrganisation:
			return strings.Compare(mdt.SearchKey(a.Organisation)+"#"+a.Reference, mdt.SearchKey(b.Organisation)+"#"+b.Reference)
		}
		return b.Created.Compare(a.Created)
	})
	if len(got) != len(want) {
		return fmt.Sprintf("%d entries, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].Reference != want[i].Reference {
			return fmt.Sprintf("at %d %s, want %s", i, got[i].Name, want[i].Name)
		}
	}
	return ""
}

// TestAListThatIsReadInPartSaysSo: far between, everybody who is wanted is found behind the cursors, once.
func TestAListThatIsReadInPartSaysSo(t *testing.T) {
	d := newDesk(t, openBolt(t))
	const n = 15_000
	d.crowd("dag", n)
	l := store.RegistrationListing{Listing: store.Listing[mdt.Registration]{Limit: listPage,
		Keep: func(r *mdt.Registration) bool { return r.Created.Sub(start)/time.Second%2500 == 7 }}}
	seen, cut := 0, 0
	got, pages := follow(t, func(after string) (store.Listed[mdt.Registration], error) {
		l.After = after
		found, err := d.store.ListRegistrations(context.Background(), "dag", l, d.now())
		if seen += found.Seen; found.Cut {
			cut++
		}
		return found, err
	})
	if diff := listed(d, n, l, got); diff != "" || seen != n || pages < 2 || cut != pages-1 {
		t.Errorf("%s; %d seen on %d pages, %d of them cut off", diff, seen, pages, cut)
	}
}

// TestNoCursorLeadsOutOfItsList: what is no cursor is refused; one of another list shows nothing of that.
func TestNoCursorLeadsOutOfItsList(t *testing.T) {
	listsOn(t, func(t *testing.T, d *desk) {
		d.crowd("dag", 60)
		d.crowd("ander", 60)
		page := func(meeting, after string) (store.Listed[mdt.Registration], error) {
			return d.store.ListRegistrations(context.Background(), meeting,
				store.RegistrationListing{Listing: store.Listing[mdt.Registration]{Limit: 10, After: after}}, d.now())
		}
		first, err := page("ander", "")
		if err != nil {
			t.Fatal(err)
		}
		found, err := page("dag", first.Next)
		if err != nil && !errors.Is(err, store.ErrInvalid) {
			t.Fatal(err)
		}
		for _, r := range found.Entries {
			if r.Meeting != "dag" {
				t.Fatalf("somebody of %s", r.Meeting)
			}
		}
		random := rand.New(rand.NewPCG(1, 1))
		for range 200 {
			garbled := []byte(first.Next)
			garbled[random.IntN(len(garbled))] ^= byte(1 + random.IntN(30))
			found, err = page("dag", string(garbled))
			if err != nil && !strings.Contains(err.Error(), store.ErrInvalid.Error()) {
				t.Errorf("%q: %v", garbled, err)
			}
		}
	})
}
