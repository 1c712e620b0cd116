package trials

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

const (
	school    = "198.51.100.7:4000"
	neighbour = "198.51.100.8:4000"
	mobile    = "[2001:db8:1:2:3::4]:4000"
)

// limited gives a desk whose networks are limited, with a meeting that anyone may come to.
func limited(t testing.TB, engine store.Engine) *desk {
	t.Helper()
	d := newDesk(t, engine)
	d.acts.Limits = acts.NewLimits()
	d.open("dag", 0, nil)
	return d
}

// from registers visitor i from an address.
func (d *desk) from(address string, i int) posted {
	email := fmt.Sprintf("bezoeker%d@gast.example", i)
	return d.callFrom(address, "/v1/bijeenkomsten/dag/aanmeldingen", "", fields{"naam": "Noor", "email": email})
}

// rush posts n times at once from one network, through several processes that know nothing of each other, and
// counts the answers.
func rush(t *testing.T, engine store.Engine, n int) map[int]int {
	t.Helper()
	desks := make([]*desk, 5)
	for i := range desks {
		desks[i] = limited(t, engine)
	}
	var wg sync.WaitGroup
	answers := make([]int, n)
	for i := range answers {
		wg.Go(func() { answers[i] = desks[i%len(desks)].from(school, i).code })
	}
	wg.Wait()
	count := map[int]int{}
	for _, code := range answers {
		count[code]++
	}
	return count
}

// TestAtOnceNoMoreThanTheBurst: a hundred posts at once through five processes let sixty through, on either engine.
func TestAtOnceNoMoreThanTheBurst(t *testing.T) {
	engines := map[string]func(testing.TB) store.Engine{
		"bolt": func(t testing.TB) store.Engine { return openBolt(t) },
		"dynoxide": func(t testing.TB) store.Engine {
			return store.Retrying(storetest.StartDynoxide(t).Through(t, storetest.NewTransport()))
		},
	}
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			if count := rush(t, open(t), 100); count[201] != 60 || count[429] != 40 {
				t.Errorf("answers %v, want 60 times 201 and 40 times 429", count)
			}
		})
	}
}

// boundless is an engine that takes of a limit whatever stands there: what the test above must notice.
type boundless struct{ store.Engine }

func (b boundless) Change(ctx context.Context, w store.Write) (store.Item, error) {
	if strings.HasPrefix(w.Key.PK, "limiet#") {
		w.If = nil
	}
	return b.Engine.Change(ctx, w)
}

func TestAtOnceWithoutConditionsMoreGetThrough(t *testing.T) {
	if count := rush(t, boundless{openBolt(t)}, 100); count[201] <= 60 {
		t.Errorf("answers %v", count)
	}
}

// TestOneNetworkOfManyPosts: ten thousand posts from one network end in 429 after the sixtieth, cost the table
// next to nothing from then on, and are felt by nobody else.
func TestOneNetworkOfManyPosts(t *testing.T) {
	changes := &counted{Engine: openBolt(t)}
	d := limited(t, changes)
	codes, others := map[int]int{}, map[int]int{}
	for i := range number(1000, 10_000, 10_000) {
		p := d.from(school, i)
		codes[p.code]++
		if p.code == 429 && (p.again != "10" || !strings.Contains(p.body, `"code":"teVaak"`) || !strings.Contains(p.body, "Wacht 1 minuut.")) {
			t.Fatalf("Retry-After %q, %s", p.again, p.body)
		}
		if i%500 == 0 {
			others[d.from(neighbour, 20_000+i).code]++
			others[d.from(mobile, 30_000+i).code]++
		}
	}
	if codes[201] != 60 || len(codes) != 2 {
		t.Errorf("answers %v", codes)
	}
	if len(others) != 1 || others[201] == 0 {
		t.Errorf("others were answered %v", others)
	}
	if most := 60 + 1 + others[201]; changes.n > most {
		t.Errorf("%d questions to limits, at most %d", changes.n, most)
	}
	if same := d.from("[2001:db8:1:2:ffff::]:9", 1); same.code != 201 {
		t.Errorf("the mobile's network: %d", same.code)
	}
}

// counted counts what is asked of limits.
type counted struct {
	store.Engine
	mu sync.Mutex
	n  int
}

func (c *counted) Change(ctx context.Context, w store.Write) (store.Item, error) {
	if strings.HasPrefix(w.Key.PK, "limiet#") {
		c.mu.Lock()
		c.n++
		c.mu.Unlock()
	}
	return c.Engine.Change(ctx, w)
}

// TestALimitInTime: sixty at once, then one in ten seconds; a process that begins anew knows what the table
// holds; and who posts once in ten seconds is never refused.
func TestALimitInTime(t *testing.T) {
	engine := openBolt(t)
	d := limited(t, engine)
	post := func(want int) {
		t.Helper()
		if p := d.from(school, int(d.ticks.Load())); p.code != want {
			t.Fatalf("%s after the start: %d, want %d", time.Duration(d.passed.Load()), p.code, want)
		}
	}
	for range 60 {
		post(201)
	}
	post(429)
	d.acts.Limits = acts.NewLimits() // another process
	post(429)
	d.pass(9 * time.Second)
	post(429)
	d.pass(time.Second)
	d.acts.Limits = acts.NewLimits()
	post(201)
	post(429)
	for range 100 {
		d.pass(10 * time.Second)
		post(201)
	}
	d.pass(10 * time.Minute)
	for range 60 {
		post(201)
	}
	post(429)
}

// TestTheDayEnds: a network has another name tomorrow, and what is left of today is gone within 25 hours.
func TestTheDayEnds(t *testing.T) {
	engine := openBolt(t)
	d := limited(t, engine)
	d.from(school, 1)
	if gone, err := engine.Sweep(t.Context(), d.now().Add(25*time.Hour)); err != nil || gone != 1 {
		t.Errorf("%d items ended, %v; want the limit alone", gone, err)
	}
}
