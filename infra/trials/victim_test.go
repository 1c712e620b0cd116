package trials

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post"
	"aanmeldpunt/internal/work"
)

const (
	victim    = "doelwit@gast.example"
	bystander = "ander@gast.example"
)

// flood is a desk where somebody posts all day in a victim's name, with a post office that remembers what came when.
type flood struct {
	*desk
	mailer *work.Mailer
	mu     sync.Mutex
	came   map[string][]time.Time
	known  []time.Time // when letter 19 came to the victim
	kinds  map[string]mdt.LetterKind
}

func (f *flood) Send(_ context.Context, out post.Outgoing) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.came[out.To] = append(f.came[out.To], f.now())
	if f.kinds[out.LetterID] == mdt.LetterKnown && out.To == victim {
		f.known = append(f.known, f.now())
	}
	return out.LetterID, nil
}

func (f *flood) render(l mdt.Letter) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kinds[l.ID] = l.Kind
	return nil, nil
}

func newFlood(t *testing.T) *flood {
	t.Helper()
	f := &flood{desk: newDesk(t, openBolt(t)), came: map[string][]time.Time{}, kinds: map[string]mdt.LetterKind{}}
	f.acts.Limits = acts.NewLimits()
	mux := http.NewServeMux()
	mux.Handle("/v1/bijeenkomsten/{b}/aanmeldingen", f.api.Registrations())
	mux.Handle("/v1/bijeenkomsten/{b}/voorstellen", f.api.Proposals())
	mux.Handle("/v1/bijeenkomsten/{b}/attenderingen", f.api.Interests())
	mux.Handle("/v1/berichten", f.api.Messages())
	f.handler = mux
	f.open("dag", 0, func(m *mdt.Meeting) { m.Proposing = &mdt.Window{} })
	f.open("straks", 0, func(m *mdt.Meeting) { m.Telling, m.Registering = &mdt.Window{}, &mdt.Window{Pending: true} })
	f.mailer = &work.Mailer{Letters: f.store, Limits: f.store, Render: f.render, Post: f, Workers: 8, Now: f.now, Log: quiet}
	return f
}

// attack posts each form in turn, each time from another network and with another name.
func (f *flood) attack(i int) {
	body := fields{"naam": fmt.Sprint("Naam ", i), "email": victim}
	path := "bijeenkomsten/dag/aanmeldingen"
	switch i % 4 {
	case 1:
		path, body["thema"], body["doel"], body["soort"] = "bijeenkomsten/dag/voorstellen", "Regen", "inspireren", "idee"
	case 2:
		path, body["toestemming"] = "bijeenkomsten/straks/attenderingen", true
	case 3:
		path, body["onderwerp"], body["bericht"] = "berichten", "anders", "Hallo"
	}
	address := fmt.Sprintf("10.%d.%d.%d:9", i>>16, i>>8&255, i&255)
	if p := f.callFrom(address, "/v1/"+path, "", body); p.code != 201 {
		f.t.Fatalf("%s: %d %s", path, p.code, p.body)
	}
}

func (f *flood) sweep() {
	f.t.Helper()
	if err := f.mailer.Sweep(context.Background(), false); err != nil {
		f.t.Fatal(err)
	}
}

// days attacks n times in four days, while the mailer sweeps once an hour.
func (f *flood) days(n int) {
	const hours = 96
	for i := range n {
		f.attack(i)
		if (i+1)*hours/n > i*hours/n {
			f.sweep()
			f.pass(time.Hour)
		}
	}
}

// inADay is the most letters that came within 24 hours.
func inADay(times []time.Time) (most int) {
	for i, first := range times {
		n := 0
		for _, t := range times[i:] {
			if t.Sub(first) < 24*time.Hour {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// TestAVictimOfManyPosts: thousands of posts in one person's name, over every form and each from another network.
// The victim gets three letters in any 24 hours, and of a meeting in a day one beside the first; the rest waits, and
// somebody else gets a letter at once. When the victim presses a button, what waited goes.
func TestAVictimOfManyPosts(t *testing.T) {
	f := newFlood(t)
	f.days(number(480, 2000, 10_000))
	asked := f.now()
	f.post("dag", bystander)
	f.sweep()
	if n := inADay(f.came[victim]); n != 3 || inADay(f.known) > 1 {
		t.Errorf("the victim got %d letters in a day: %v, those of a known address at %v", n, f.came[victim], f.known)
	}
	if got := f.came[bystander]; len(got) != 1 || !got[0].Equal(asked) {
		t.Errorf("somebody else got letters at %v", got)
	}
	counts, err := f.store.CountLetters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if counts[mdt.Dropped]+counts[mdt.Failed]+counts[mdt.Pending] > 0 || counts[mdt.Held] == 0 {
		t.Errorf("letters: %v", counts)
	}
	before := len(f.came[victim])
	if err := f.store.Confirm(t.Context(), f.person(victim), false, f.now().AddDate(0, 6, 0), f.now()); err != nil {
		t.Fatal(err)
	}
	f.sweep()
	if got, want := len(f.came[victim])-before, min(100, counts[mdt.Held]); got != want {
		t.Errorf("a press of a button let go %d letters, want %d", got, want)
	}
}

// TestWithoutALimitAVictimDrowns is the negative control.
func TestWithoutALimitAVictimDrowns(t *testing.T) {
	f := newFlood(t)
	f.mailer.Limits = nil
	f.days(480)
	if n := inADay(f.came[victim]); n <= 3 {
		t.Errorf("%d letters in a day", n)
	}
}
