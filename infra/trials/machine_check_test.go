package trials

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// What is stored, in the same words as the world of the rules.
type picture struct {
	People        []string
	Lines         map[string][]string // who stands in each line, from the front
	Counts        map[string][3]int   // of each line: seats given away, of these offered, places in line
	Requested     int
	Organisations map[string]int
	Letters       map[string]int
}

// check holds everything that is stored against the rules.
func (m *machine) check(t *rapid.T) {
	counter, entries := m.stands(meetingID, everyone()...)
	if diff := cmp.Diff(m.w.picture(), m.picture(t, counter, entries)); diff != "" {
		t.Fatalf("by the rules (-), stored (+), at %s: %s", m.w.now.In(mdt.Amsterdam).Format("2 Jan 15.04"), diff)
	}
	m.checkItems(t, entries)
	m.checkRules(t)
}

func everyone() (addresses []string) {
	for who := range people {
		addresses = append(addresses, email(who))
	}
	return addresses
}

// checkRules are what the rules promise of any moment, held against the world they were written into.
func (m *machine) checkRules(t *rapid.T) {
	for _, line := range lines {
		if last := m.w.last[line]; last != nil && m.w.room(line) == 0 {
			last.asked = nil // somebody has taken it: what comes free later is another seat
		}
		for _, who := range m.w.waiting(line) {
			s := m.w.people[who].spots[line]
			free := m.w.room(line) > 0 && m.w.seats[line] > 0
			if o := s.offer; o != nil && (night(o.from) || night(o.until) || o.until.After(m.w.start) || !o.from.Before(m.w.listEnd)) {
				t.Fatalf("an offer from %v to %v", o.from.In(mdt.Amsterdam), o.until.In(mdt.Amsterdam))
			}
			last, quiet := m.w.last[line], false
			if last != nil {
				asked, stood := last.asked[s]
				quiet = stood && !asked && !last.passed[s]
			}
			if quiet && free && s.offer == nil && s.lapses < 2 {
				t.Fatalf("%d waits for %q while a seat is free that has not passed", who, line)
			}
		}
	}
}

func (w *world) picture() picture {
	p := picture{Lines: map[string][]string{}, Counts: map[string][3]int{}, Organisations: map[string]int{}, Letters: map[string]int{}}
	for who, one := range w.people {
		if one.state == mdt.Requested {
			p.Requested++
		}
		p.People = append(p.People, fmt.Sprintf("%d %s %s", who, one.state, one.chosen(w.active(who))))
	}
	for _, line := range lines {
		p.Counts[line] = w.count(line)
		for _, who := range w.waiting(line) {
			s := w.people[who].spots[line]
			until := ""
			if s.offer != nil {
				until = clock(s.offer.from) + "-" + clock(s.offer.until)
			}
			p.Lines[line] = append(p.Lines[line], fmt.Sprintf("%d lapses %d %s", who, s.lapses, until))
		}
	}
	for _, name := range []string{"stichtingnoord", "zuid"} {
		p.Organisations[name] = w.ofOrganisation(name)
	}
	for _, o := range w.letters {
		p.Letters[letterTold(email(o.to), int64(o.kind), o.line, o.due, o.sent)]++
	}
	return p
}

// count gives the seats of a line that are given away, of these offered, and the places in line.
func (w *world) count(line string) [3]int {
	counts := [3]int{w.taken(line)}
	for _, who := range w.waiting(line) {
		if w.people[who].spots[line].offer != nil {
			counts[1]++
		} else {
			counts[2]++
		}
	}
	return counts
}

func (p person) chosen(active bool) string {
	if !active {
		return ""
	}
	return strings.Join(slices.Sorted(slices.Values(p.parts)), "+")
}

func clock(t time.Time) string { return t.UTC().Format("2 15:04:05") }

func letterTold(to string, kind int64, line string, due time.Time, sent bool) string {
	if sent {
		return fmt.Sprintf("%s got %d %s", to, kind, line)
	}
	return fmt.Sprintf("%s is to get %d %s at %s", to, kind, line, clock(due))
}

// picture reads what is stored.
func (m *machine) picture(t *rapid.T, counter mdt.Counter, entries []*mdt.Registration) picture {
	p := picture{Lines: map[string][]string{}, Counts: map[string][3]int{}, Organisations: map[string]int{}, Letters: map[string]int{}, Requested: counter.Requested}
	for who, e := range entries {
		if e == nil {
			e = new(mdt.Registration)
		}
		p.People = append(p.People, fmt.Sprintf("%d %s %s", who, e.Status, person{parts: e.Parts}.chosen(e.Active() && e.Status != "")))
	}
	for _, line := range lines {
		p.Lines[line] = inOrder(entries, line)
		if p.Lines[line] == nil {
			delete(p.Lines, line)
		}
		c := counter.Line(line)
		p.Counts[line] = [3]int{c.Occupied, c.Offered, c.Waiting}
	}
	for _, name := range []string{"stichtingnoord", "zuid"} {
		items, err := m.engine.Get(context.Background(), organisationOf(meetingID, name))
		if err != nil {
			t.Fatal(err)
		}
		n, _ := items[0]["aantal"].(int64)
		p.Organisations[name] = int(n)
	}
	m.readLetters(t, p.Letters)
	return p
}

func inOrder(entries []*mdt.Registration, line string) (told []string) {
	type at struct {
		who int
		mdt.Place
	}
	var places []at
	for who, e := range entries {
		if place, in := e.Place(line); in {
			places = append(places, at{who, place})
		}
	}
	slices.SortFunc(places, func(a, b at) int { return a.Compare(b.Spot) })
	for _, p := range places {
		until := ""
		if p.Offered() {
			until = clock(*p.From) + "-" + clock(*p.Until)
		}
		told = append(told, fmt.Sprintf("%d lapses %d %s", p.who, p.Lapses, until))
	}
	return told
}

// readLetters reads the letters that went out, and those that are still owed.
func (m *machine) readLetters(t *rapid.T, letters map[string]int) {
	m.box.mu.Lock()
	ids := slices.Clone(m.box.ids)
	m.box.mu.Unlock()
	for some := range slices.Chunk(ids, store.MaxKeys) {
		var keys []store.Key
		for _, id := range some {
			keys = append(keys, store.Key{PK: store.LetterPrefix + id, SK: "brief"})
		}
		items, err := m.engine.Get(context.Background(), keys...)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range items {
			sent := it["staat"] == string(mdt.Accepted)
			if void := it["vervallen"] == true || it["staat"] == string(mdt.Dropped); void && !sent {
				continue
			}
			to, _ := it["aan"].(string)
			kind, _ := it["soort"].(int64)
			line, _ := it["onderdeelId"].(string)
			due, err := time.Parse("2006-01-02T15:04:05.000Z07:00", it["aanDeBeurt"].(string))
			if err != nil {
				t.Fatal(err)
			}
			letters[letterTold(to, kind, line, due, sent)]++
		}
	}
}

// checkItems demands that the lines as the clock and those who hand on seats read them are what the entries say.
func (m *machine) checkItems(t *rapid.T, entries []*mdt.Registration) {
	var want, got []string
	for _, line := range lines {
		for who, e := range entries {
			place, in := e.Place(line)
			if !in || !place.Offered() && place.Quiet() {
				continue
			}
			kind := "wacht"
			if place.Offered() {
				kind = "aanbod"
			}
			want = append(want, fmt.Sprintf("rij#%s#%s %s#%015d#%03d#%s", meetingID, line, kind, place.Number, place.Behind, m.personOf(who)))
		}
		page, err := m.engine.Query(context.Background(), store.Query{PK: "rij#" + meetingID + "#" + line})
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range page.Items {
			got = append(got, it.Key().PK+" "+it.Key().SK)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("by the entries (-), in the lines (+): %s", diff)
	}
}
