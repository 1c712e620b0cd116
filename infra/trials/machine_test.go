package trials

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
)

// A state machine over one meeting: people register with guests, parts and organisations, again and again, are
// cancelled by hand, the team changes the number of seats, time passes. After each step every count must be that
// of the entries, and everybody must have exactly the letters that are owed. 5,000 machines:
//
//	AANMELDPUNT_LONG=1 go test -run StateMachine -timeout 1h ./infra/trials

// machine is one meeting with what its visitors are owed.
type machine struct {
	*desk
	meeting  string
	capacity int
	box      *letterbox
	owed     map[string]int       // letters by address and kind
	told     map[string]time.Time // when letter 19 went to an address for the entry that stands
}

const (
	people = 9
	perOrg = 3
	inRoom = 2 // seats of the part named zaal
)

// stored gives the letters that were stored, by address and kind.
func (m *machine) stored(t *rapid.T) map[string]int {
	m.box.mu.Lock()
	ids := slices.Clone(m.box.ids)
	m.box.mu.Unlock()
	got := map[string]int{}
	for _, id := range ids {
		letter, err := m.store.Letter(context.Background(), id)
		if err != nil || letter == nil {
			t.Fatalf("letter %s: %v", id, err)
		}
		got[owing(letter.To, letter.Kind)]++
	}
	return got
}

func owing(email string, kind mdt.LetterKind) string {
	return fmt.Sprintf("%s gets letter %d", email, kind)
}

func (m *machine) email(who int) string { return visitor(m.meeting, who) }

func (m *machine) everybody() (addresses []string) {
	for who := range people {
		addresses = append(addresses, m.email(who))
	}
	return addresses
}

func (m *machine) register(t *rapid.T) {
	f := drawForm(t)
	_, before := m.stands(m.meeting, m.everybody()...)
	want := m.expect(f, before)
	got := m.send(m.meeting, m.email(f.who), "", m.body(f))
	if got.code != want.code || got.status != want.answered {
		t.Fatalf("%+v is answered %d %q, want %+v: %s", f, got.code, got.status, want, got.body)
	}
	if want.code == 201 {
		m.owe(f, before, want.really, want.fresh)
	}
	_, after := m.stands(m.meeting, m.everybody()...)
	left := max(0, m.capacity-count(before).Occupied)
	for i, who := range want.fresh {
		really := want.really
		if really == mdt.Waiting && i < left {
			really = mdt.Offered
		}
		if after[who].Status != really || really != mdt.Confirmed && after[who].Number <= count(before).last {
			t.Fatalf("person %d stands at %+v, behind number %d", who, after[who], count(before).last)
		}
	}
}

// owe notes the letters that a stored form leads to.
func (m *machine) owe(f form, before []*mdt.Registration, status mdt.Status, fresh []int) {
	if fresh == nil {
		m.known(f.who)
		return
	}
	left := max(0, m.capacity-count(before).Occupied)
	for i, who := range fresh {
		if status == mdt.Waiting && i < left {
			m.owed[owing(m.email(who), mdt.LetterOffer)]++
			if i == 0 {
				delete(m.told, m.email(who))
				continue
			}
		}
		kind := map[mdt.Status]mdt.LetterKind{mdt.Confirmed: mdt.LetterRegistered, mdt.Waiting: mdt.LetterWaiting}[status]
		if i > 0 {
			kind = mdt.LetterGuest
		}
		m.owed[owing(m.email(who), kind)]++
		delete(m.told, m.email(who))
	}
	for _, g := range f.guests {
		if before[g].Active() {
			m.known(g)
		}
	}
}

func (m *machine) known(who int) {
	email := m.email(who)
	if last, told := m.told[email]; told && m.now().Sub(last) < mdt.RepeatPause {
		return
	}
	m.told[email] = m.now()
	m.owed[owing(email, mdt.LetterKnown)]++
}

// leave cancels somebody by hand.
func (m *machine) leave(t *rapid.T) {
	_, entries := m.stands(m.meeting, m.everybody()...)
	who := rapid.IntRange(0, people-1).Draw(t, "who")
	if !entries[who].Active() {
		t.Skip("nobody to cancel")
	}
	m.cancel(m.meeting, m.email(who))
	kind := mdt.LetterLeftLine
	if entries[who].Status == mdt.Confirmed {
		kind = mdt.LetterCancelled
	}
	m.owed[owing(m.email(who), kind)]++
	if entries[who].Status != mdt.Waiting && count(entries).Occupied <= m.capacity {
		m.offered(entries, entries[who], 1)
	}
}

// offered notes the letters to those who are next in line for seats, behind somebody who was offered them.
func (m *machine) offered(entries []*mdt.Registration, after *mdt.Registration, seats int) {
	var line []int
	for who, e := range entries {
		if e.Active() && e.Status == mdt.Waiting && (after == nil || after.Status == mdt.Confirmed || e.Compare(after.Spot) > 0) {
			line = append(line, who)
		}
	}
	slices.SortFunc(line, func(a, b int) int { return entries[a].Compare(entries[b].Spot) })
	for _, who := range line[:min(seats, len(line))] {
		m.owed[owing(m.email(who), mdt.LetterOffer)]++
	}
}

// resize changes the number of seats; those that are new go to the line.
func (m *machine) resize(t *rapid.T) {
	_, entries := m.stands(m.meeting, m.everybody()...)
	occupied, before := count(entries).Occupied, m.capacity
	m.capacity = rapid.IntRange(1, people).Draw(t, "seats")
	if err := m.acts.Resize(context.Background(), m.meeting, "", m.capacity); err != nil {
		t.Fatal(err)
	}
	m.offered(entries, nil, max(0, max(0, m.capacity-occupied)-max(0, before-occupied)))
}

// check holds every count against the entries, and the letters against what is owed.
func (m *machine) check(t *rapid.T) {
	counter, entries := m.stands(m.meeting, m.everybody()...)
	want := count(entries)
	got := tally{counter.Occupied, counter.Waiting, counter.Parts["zaal"].Occupied, map[string]int{}, want.last}
	for _, name := range []string{"stichtingnoord", "zuid"} {
		items, err := m.engine.Get(context.Background(), organisationOf(m.meeting, name))
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := items[0]["aantal"].(int64); n > 0 {
			got.Organisations[name] = int(n)
		}
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(tally{})); diff != "" {
		t.Fatalf("the entries (-) are not what is counted (+): %s", diff)
	}
	if diff := cmp.Diff(m.owed, m.stored(t)); diff != "" {
		t.Fatalf("owed (-) and stored (+): %s", diff)
	}
}

// run plays one machine on a meeting of its own.
func (d *desk) run(box *letterbox) func(*rapid.T) {
	n := 0
	return func(t *rapid.T) {
		n++
		box.ids = nil
		m := &machine{desk: d, meeting: fmt.Sprintf("dag%d", n), capacity: rapid.IntRange(1, 6).Draw(t, "seats"), box: box,
			owed: map[string]int{}, told: map[string]time.Time{}}
		d.passed.Store(0)
		d.open(m.meeting, m.capacity, func(meeting *mdt.Meeting) {
			meeting.PerOrg = perOrg
			meeting.Start, meeting.End = meeting.Start.AddDate(1, 0, 0), meeting.End.AddDate(1, 0, 0)
			meeting.Parts = []mdt.Part{{ID: "zaal", Name: "Zaal", Start: meeting.Start, End: meeting.End, Seats: inRoom}}
		})
		t.Repeat(map[string]func(*rapid.T){
			"register": m.register, "register more": m.register, "leave": m.leave, "resize": m.resize,
			"wait": func(t *rapid.T) { d.pass(time.Duration(rapid.IntRange(1, 25).Draw(t, "hours")) * time.Hour) },
			"":     m.check,
		})
	}
}

func TestStateMachine(t *testing.T) {
	db, box := openBolt(t), new(letterbox)
	db.OnCommit(box.put)
	setFlag(t, "rapid.checks", fmt.Sprint(number(10, 80, 5000)))
	rapid.Check(t, newDesk(t, db).run(box))
}

// TestStateMachineSeesALeak: an engine that counts one seat for whoever comes with guests is found out.
func TestStateMachineSeesALeak(t *testing.T) {
	db, box := openBolt(t), new(letterbox)
	db.OnCommit(box.put)
	setFlag(t, "rapid.checks", "40")
	setFlag(t, "rapid.shrinktime", "1ms")
	setFlag(t, "rapid.nofailfile", "true")
	seen := &witness{TB: t}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		rapid.Check(seen, newDesk(t, leaky{db}).run(box))
	}()
	<-ended
	if !seen.failed {
		t.Error("forgotten guests go unseen: the machine proves nothing")
	}
}
