package trials

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/work"
)

// rush lets everybody post at the same moment.
func (d *desk) rush(meeting string, addresses []string) []posted {
	return d.rushBy(len(addresses), meeting, addresses)
}

// rushBy lets everybody post at the same moment, of whom so many are let in together.
func (d *desk) rushBy(together int, meeting string, addresses []string) []posted {
	results := make([]posted, len(addresses))
	gate, doors := make(chan struct{}), make(chan struct{}, max(1, together))
	var ready, done sync.WaitGroup
	ready.Add(len(addresses))
	for i, email := range addresses {
		done.Go(func() {
			ready.Done()
			<-gate
			doors <- struct{}{}
			results[i] = d.post(meeting, email)
			<-doors
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
	return results
}

// outcome is what a rush left behind.
type outcome struct {
	confirmed, waiting int
	counter            mdt.Counter
	faults             []string // what contradicts the rules, at most a few
}

func (o *outcome) fault(format string, args ...any) {
	if len(o.faults) < 5 {
		o.faults = append(o.faults, fmt.Sprintf(format, args...))
	}
}

// judge holds what is stored against what was answered and against the order of answers.
func (d *desk) judge(meeting string, results []posted) outcome {
	var addresses []string
	for _, r := range results {
		addresses = append(addresses, r.email)
	}
	var out outcome
	counter, entries := d.stands(meeting, addresses...)
	out.counter = counter
	for i, entry := range entries {
		switch {
		case results[i].code != 201:
			out.fault("%s was answered %d", results[i].email, results[i].code)
		case entry == nil:
			out.fault("%s was answered 201 and is not there", results[i].email)
			continue
		case entry.Status != results[i].status:
			out.fault("%s was told %s and is %s", results[i].email, results[i].status, entry.Status)
		}
		switch {
		case entry != nil && entry.Status == mdt.Confirmed:
			out.confirmed++
		case entry != nil && entry.Status == mdt.Waiting:
			out.waiting++
		}
	}
	out.order(results, entries)
	return out
}

// order demands of every two posts of which the second was sent after the first was answered: if the first
// waits, the second has no seat, and stands behind it.
func (o *outcome) order(results []posted, entries []*mdt.Registration) {
	type event struct {
		at     int64
		sent   bool
		number int64 // 0: has a seat
		email  string
	}
	var events []event
	for i, r := range results {
		if entries[i] != nil {
			events = append(events, event{r.sent, true, entries[i].Number, r.email}, event{r.answered, false, entries[i].Number, r.email})
		}
	}
	slices.SortFunc(events, func(a, b event) int { return int(a.at - b.at) })
	last := int64(0) // the highest number that had been answered
	for _, e := range events {
		switch {
		case !e.sent:
			last = max(last, e.number)
		case last > 0 && e.number == 0:
			o.fault("%s got a seat after others were told to wait", e.email)
		case last > 0 && e.number <= last:
			o.fault("%s was sent after number %d was answered and stands at %d", e.email, last, e.number)
		}
	}
}

// TestTenThousandForFiveHundred: everybody at once. Exactly the seats are given, the rest stands in line, and
// everybody gets one letter of the right kind.
func TestTenThousandForFiveHundred(t *testing.T) {
	t.Parallel()
	n := number(1_000, 10_000, 10_000)
	seats := n / 20
	db := openBolt(t)
	d := newDesk(t, db)
	d.open("dag", seats, nil)
	results := d.rush("dag", emails(n))
	got := d.judge("dag", results)
	if got.confirmed != seats || got.waiting != n-seats || got.counter.Occupied != seats || got.counter.Waiting != n-seats || got.faults != nil {
		t.Errorf("%d confirmed, %d waiting, counter %+v, %v", got.confirmed, got.waiting, got.counter, got.faults)
	}
	d.wantLetters(results)

	loose := newDesk(t, unguarded{openBolt(t)})
	loose.open("dag", 50, nil)
	if got := loose.judge("dag", loose.rush("dag", emails(1000))); got.confirmed <= 50 {
		t.Errorf("without the guard %d are confirmed for 50 seats: the rush proves nothing", got.confirmed)
	}
}

// counting is a post office that counts what each address gets.
type counting struct {
	mu   sync.Mutex
	kind map[string][]mdt.LetterKind
	of   map[string]mdt.LetterKind // by letter
}

func (c *counting) Send(_ context.Context, out post.Outgoing) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kind[out.To] = append(c.kind[out.To], c.of[out.LetterID])
	return out.LetterID, nil
}

func (c *counting) render(l mdt.Letter) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of[l.ID] = l.Kind
	return nil, nil
}

// mailer gives a mailer over the desk's letters with a post office that counts.
func (d *desk) mailer() (*work.Mailer, *counting) {
	office := &counting{kind: map[string][]mdt.LetterKind{}, of: map[string]mdt.LetterKind{}}
	return &work.Mailer{Letters: d.store, Render: office.render, Post: office, Workers: 64, Now: d.now, Log: quiet}, office
}

// wantLetters demands that everybody gets one letter, that says what the answer said: the mailer sends them.
func (d *desk) wantLetters(results []posted) {
	d.t.Helper()
	mailer, office := d.mailer()
	if err := mailer.Sweep(context.Background(), false); err != nil {
		d.t.Fatal(err)
	}
	d.oneEach(results, office.kind)
}

// wantStored demands the same of the letters that wait, as they are stored.
func (d *desk) wantStored(results []posted) {
	d.t.Helper()
	stored := map[string][]mdt.LetterKind{}
	for after := ""; ; {
		page, err := d.engine.Query(context.Background(), store.Query{List: "brieven#" + string(mdt.Pending), After: after})
		if err != nil {
			d.t.Fatal(err)
		}
		for _, item := range page.Items {
			to, _ := item["aan"].(string)
			kind, _ := item["soort"].(int64)
			stored[to] = append(stored[to], mdt.LetterKind(kind))
		}
		if after = page.Next; after == "" {
			break
		}
	}
	d.oneEach(results, stored)
}

func (d *desk) oneEach(results []posted, letters map[string][]mdt.LetterKind) {
	d.t.Helper()
	want := map[mdt.Status]mdt.LetterKind{mdt.Confirmed: mdt.LetterRegistered, mdt.Waiting: mdt.LetterWaiting}
	for _, r := range results {
		if got := letters[r.email]; len(got) != 1 || got[0] != want[r.status] {
			d.t.Fatalf("%s was told %s and got letters %v", r.email, r.status, got)
		}
	}
	if len(letters) != len(results) {
		d.t.Errorf("%d people get letters, %d posted", len(letters), len(results))
	}
}

// TestSmallRushes: a thousand little meetings of which seats, guests and parts differ.
func TestSmallRushes(t *testing.T) {
	t.Parallel()
	rushes := number(100, 1000, 1000)
	d := newDesk(t, openBolt(t))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range rushes {
		meeting, seats, people := fmt.Sprintf("dag%d", i), 1+random.IntN(8), 4+random.IntN(12)
		d.open(meeting, seats, nil)
		var addresses []string
		for p := range people {
			addresses = append(addresses, fmt.Sprintf("b%d-%d@gast.example", i, p))
		}
		got := d.judge(meeting, d.rush(meeting, addresses))
		if want := min(seats, people); got.confirmed != want || got.waiting != people-want || got.faults != nil {
			t.Fatalf("rush %d, %d seats, %d people: %+v", i, seats, people, got)
		}
	}
}

// TestOrderIsSeen: with numbers that are not handed out in the order of the posts the rush's judge objects.
func TestOrderIsSeen(t *testing.T) {
	d := newDesk(t, &stock{Engine: openBolt(t)})
	d.open("dag", 1, nil)
	if got := d.judge("dag", d.rushBy(1, "dag", emails(10))); got.faults == nil {
		t.Error("numbers in disorder go unseen: the rushes prove nothing about the line")
	}
}
