package work_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
	"aanmeldpunt/internal/work"
)

// office is a post office that does as it is told and remembers what it took.
type office struct {
	mu    sync.Mutex
	does  func(letterID string) error // nil: takes everything
	took  map[string]int              // letters that really went out
	tries map[string]int
}

func (o *office) Send(_ context.Context, out post.Outgoing) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tries[out.LetterID]++
	var err error
	if o.does != nil {
		err = o.does(out.LetterID)
	}
	if err == nil || isLostAnswer(err) {
		o.took[out.LetterID]++
	}
	if err != nil {
		return "", err
	}
	return "ses-" + out.LetterID, nil
}

// errLostAnswer: the office took the letter, and its answer was lost.
var errLostAnswer = fmt.Errorf("connection reset: %w", post.ErrUnknown)

func isLostAnswer(err error) bool { return err == errLostAnswer }

// desk is a store with letters, a mailer over it, and a clock that only the test moves.
type desk struct {
	t       *testing.T
	store   *store.Store
	mailer  *work.Mailer
	reports *work.Reports
	office  *office
	log     *bytes.Buffer
	mu      sync.Mutex
	now     time.Time
	ids     []string
}

var start = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)

func newDesk(t *testing.T, letters int) *desk {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "store.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d := &desk{t: t, store: store.New(db), office: &office{took: map[string]int{}, tries: map[string]int{}}, now: start}
	var mu sync.Mutex
	db.OnCommit(func(changes []bolt.Change) {
		mu.Lock()
		defer mu.Unlock()
		for _, c := range changes {
			if id := store.LetterID(c.Key.PK); id != "" && c.Event == bolt.Insert {
				d.ids = append(d.ids, id)
			}
		}
	})
	d.log = new(bytes.Buffer)
	log := slog.New(slog.NewTextHandler(&locked{w: d.log}, nil))
	d.mailer = &work.Mailer{Letters: d.store, Render: render, Post: d.office, Now: d.clock, Workers: 8, Log: log}
	d.reports = &work.Reports{Letters: d.store, ConfigurationSet: "aanmeldpunt", Now: d.clock, Log: log}
	d.put(letters)
	return d
}

type locked struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func render(l mdt.Letter) ([]byte, error) { return []byte("To: " + l.To), nil }

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *desk) pass(t time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(t)
}

// put stores interests, each of which owes one letter.
func (d *desk) put(n int) {
	d.t.Helper()
	meeting := mdt.Meeting{ID: "dag", Name: "Dag", Start: start.AddDate(0, 1, 0), End: start.AddDate(0, 1, 1),
		Telling: &mdt.Window{}, Registering: &mdt.Window{Pending: true}}
	for i := range n {
		who := fmt.Sprintf("gast%d", i)
		telling, refusal := mdt.Tell(mdt.TellRequest{Now: start, Meeting: meeting, Person: mdt.PersonID(who), Reference: "KENMERK2",
			Form: mdt.InterestForm{Email: mdt.Address{Mail: who + "@gast.example"}}})
		if refusal != nil {
			d.t.Fatal(refusal.Code)
		}
		if err := d.store.Tell(context.Background(), telling, nil, start); err != nil {
			d.t.Fatal(err)
		}
	}
	if len(d.ids) < n {
		d.t.Fatalf("%d letters stored, %d interests", len(d.ids), n)
	}
}

func (d *desk) sweep() {
	d.t.Helper()
	if _, err := d.mailer.Handle(context.Background(), json.RawMessage(`{"taak":"nasturen"}`)); err != nil {
		d.t.Fatal(err)
	}
}

// stream gives the mailer records of these letters, and says which sequence numbers it gave back.
func (d *desk) stream(ids ...string) []string {
	d.t.Helper()
	var batch events.DynamoDBEvent
	for i, id := range ids {
		batch.Records = append(batch.Records, record(fmt.Sprint(i+1), "brief#"+id))
	}
	return d.handle(batch)
}

func record(sequence, pk string) events.DynamoDBEventRecord {
	r := events.DynamoDBEventRecord{EventID: sequence, EventName: "INSERT", EventSource: "aws:dynamodb"}
	r.Change.SequenceNumber = sequence
	r.Change.Keys = map[string]events.DynamoDBAttributeValue{
		"pk": events.NewStringAttribute(pk), "sk": events.NewStringAttribute("brief")}
	return r
}

func (d *desk) handle(batch events.DynamoDBEvent) (failed []string) {
	d.t.Helper()
	raw, err := json.Marshal(batch)
	if err != nil {
		d.t.Fatal(err)
	}
	out, err := d.mailer.Handle(context.Background(), raw)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, f := range out.(events.DynamoDBEventResponse).BatchItemFailures {
		failed = append(failed, f.ItemIdentifier)
	}
	return failed
}

func (d *desk) states() map[mdt.DeliveryState]int {
	d.t.Helper()
	found := map[mdt.DeliveryState]int{}
	for _, id := range d.ids {
		letter, err := d.store.Letter(context.Background(), id)
		if err != nil || letter == nil {
			d.t.Fatalf("letter %s: %v", id, err)
		}
		found[letter.State]++
	}
	return found
}

// wantOnce demands that every letter went out exactly once.
func (d *desk) wantOnce() {
	d.t.Helper()
	for _, id := range d.ids {
		if d.office.took[id] != 1 {
			d.t.Errorf("letter %s went out %d times", id, d.office.took[id])
		}
	}
}
