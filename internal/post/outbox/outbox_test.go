package outbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/post"
)

var now = time.Date(2027, 1, 20, 12, 0, 0, 0, time.UTC)

// ear hears the reports of an outbox, by letter. While deaf it takes none.
type ear struct {
	mu    sync.Mutex
	heard map[string][]string
	raw   []json.RawMessage
	deaf  bool
}

func (e *ear) hear(_ context.Context, event json.RawMessage) error {
	var parsed struct {
		Detail struct {
			EventType string `json:"eventType"`
			Mail      struct {
				Tags map[string][]string `json:"tags"`
			} `json:"mail"`
		} `json:"detail"`
	}
	if err := json.Unmarshal(event, &parsed); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.deaf {
		return errors.New("deaf")
	}
	letter := parsed.Detail.Mail.Tags["brief"][0]
	e.heard[letter] = append(e.heard[letter], parsed.Detail.EventType)
	e.raw = append(e.raw, event)
	return nil
}

func open(t testing.TB, path string, e *ear) *Outbox {
	t.Helper()
	if e.heard == nil {
		e.heard = map[string][]string{}
	}
	box, err := Open(Options{Path: path, Now: func() time.Time { return now }, ConfigurationSet: "aanmeldpunt", Report: e.hear})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { box.Close() })
	return box
}

func message(to, subject string) []byte {
	return fmt.Appendf(nil, "From: \"Team MDT\" <noreply@mdt.example>\r\nTo: <%s>\r\nSubject: %s\r\n\r\nHallo,\r\n", to, subject)
}

func send(t testing.TB, box *Outbox, letter, to string) string {
	t.Helper()
	id, err := box.Send(t.Context(), post.Outgoing{LetterID: letter, To: to, Raw: message(to, letter)})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func subjects(t testing.TB, box *Outbox, filter Filter) []string {
	t.Helper()
	got := []string{}
	if err := box.Each(filter, func(l Letter) error { got = append(got, l.Subject); return nil }); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestLettersAreListedNewestFirstAndByAddress(t *testing.T) {
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), &ear{})
	first := send(t, box, "een", "sanne@voorbeeld.example")
	send(t, box, "twee", "noor@voorbeeld.example")
	third := send(t, box, "drie", "Sanne@voorbeeld.example")
	send(t, box, "vier", "sanne@voorbeeld.example.example")
	send(t, box, "vijf", "piet@xn--caf-dma.example")
	cases := []struct {
		name   string
		filter Filter
		want   []string
	}{
		{"all", Filter{}, []string{"vijf", "vier", "drie", "twee", "een"}},
		{"to one, in any case", Filter{To: "SANNE@Voorbeeld.Example"}, []string{"drie", "een"}},
		{"to one, in letters", Filter{To: "piet@café.example"}, []string{"vijf"}},
		{"to nobody", Filter{To: "sanne"}, []string{}},
		{"after the first", Filter{After: first}, []string{"vijf", "vier", "drie", "twee"}},
		{"to one, after the first", Filter{To: "sanne@voorbeeld.example", After: first}, []string{"drie"}},
		{"to one, after the last", Filter{To: "sanne@voorbeeld.example", After: third}, []string{}},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, subjects(t, box, c.filter)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	if err := box.Each(Filter{After: "x"}, func(Letter) error { return nil }); !errors.Is(err, ErrNoID) {
		t.Errorf("after a text that is no id: %v, want ErrNoID", err)
	}
}

func TestTheBytesComeBackAsTheyWent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.db")
	box := open(t, path, &ear{})
	id := send(t, box, "een", "sanne@voorbeeld.example")
	if err := box.Close(); err != nil {
		t.Fatal(err)
	}
	box = open(t, path, &ear{})
	raw, err := box.Raw(id)
	if err != nil || !bytes.Equal(raw, message("sanne@voorbeeld.example", "een")) {
		t.Errorf("after a restart: %q, %v", raw, err)
	}
	for _, wrong := range []string{"999", "", "../een"} {
		if _, err := box.Raw(wrong); !errors.Is(err, ErrNoLetter) {
			t.Errorf("Raw(%q): %v, want ErrNoLetter", wrong, err)
		}
	}
	if next := send(t, box, "twee", "sanne@voorbeeld.example"); next <= id {
		t.Errorf("the id after %s is %s", id, next)
	}
}

func TestEachLetterIsReportedSentThenDelivered(t *testing.T) {
	e := &ear{}
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), e)
	for i := range 50 {
		send(t, box, fmt.Sprint("brief", i), "sanne@voorbeeld.example")
	}
	settle(t, box)
	if len(e.heard) != 50 {
		t.Errorf("heard of %d letters, want 50", len(e.heard))
	}
	for letter, reports := range e.heard {
		if !slices.Equal(reports, []string{"Send", "Delivery"}) {
			t.Errorf("%s: %v", letter, reports)
		}
	}
}

func TestABounceIsForPastAndNextLettersToThatAddressAlone(t *testing.T) {
	for kind, want := range map[string]string{"bounce": "Bounce", "complaint": "Complaint"} {
		e := &ear{}
		box := open(t, filepath.Join(t.TempDir(), "outbox.db"), e)
		send(t, box, "past", "sanne@voorbeeld.example")
		send(t, box, "other", "noor@voorbeeld.example")
		if err := box.Bounce("Sanne@voorbeeld.example", kind); err != nil {
			t.Fatal(err)
		}
		send(t, box, "next", "sanne@voorbeeld.example")
		settle(t, box)
		expected := map[string][]string{"past": {"Send", "Delivery", want}, "other": {"Send", "Delivery"}, "next": {"Send", want}}
		if diff := cmp.Diff(expected, e.heard); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
		if err := box.Bounce("sanne@voorbeeld.example", "regret"); !errors.Is(err, ErrKind) {
			t.Errorf("an unknown kind: %v", err)
		}
	}
}

func TestReportsThatWereNotTakenAreMadeAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.db")
	deaf := &ear{deaf: true}
	box := open(t, path, deaf)
	send(t, box, "een", "sanne@voorbeeld.example")
	if err := box.Close(); err != nil {
		t.Fatal(err)
	}
	if len(deaf.heard) != 0 {
		t.Fatalf("heard %v while deaf", deaf.heard)
	}
	e := &ear{}
	box = open(t, path, e)
	settle(t, box)
	if diff := cmp.Diff(map[string][]string{"een": {"Send", "Delivery"}}, e.heard); diff != "" {
		t.Errorf("after the restart (-want +got):\n%s", diff)
	}
	if err := box.Close(); err != nil {
		t.Fatal(err)
	}
	again := &ear{}
	box = open(t, path, again)
	settle(t, box)
	if len(again.heard) != 0 {
		t.Errorf("made once more: %v", again.heard)
	}
}

func TestAReportIsMadeAgainUntilItIsTaken(t *testing.T) {
	e := &ear{deaf: true}
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), e)
	send(t, box, "een", "sanne@voorbeeld.example")
	e.mu.Lock()
	e.deaf = false
	e.mu.Unlock()
	settle(t, box)
	if diff := cmp.Diff(map[string][]string{"een": {"Send", "Delivery"}}, e.heard); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func settle(t testing.TB, box *Outbox) {
	t.Helper()
	if err := box.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// TestSettleEndsWithItsContext: reports that nobody takes do not keep whoever waits for them.
func TestSettleEndsWithItsContext(t *testing.T) {
	box := open(t, filepath.Join(t.TempDir(), "outbox.db"), &ear{deaf: true})
	if _, err := box.Send(t.Context(), post.Outgoing{LetterID: "brief", To: "a@voorbeeld.example", Raw: message("a@voorbeeld.example", "x")}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := box.Settle(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}
