package trials

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// Histories: some clients register and read at once, while calls to the store take longer or shorter. Whatever
// they were answered must be explained by some order of the posts in which each is between its sending and
// its answer. All 2,000 histories of up to 1,000 posts:
//
//	AANMELDPUNT_LONG=1 go test -run Histories -timeout 2h -v ./infra/trials

// history is one run: what was asked and answered, and which numbers in line were given.
type history struct {
	seats []porcupine.Operation
	line  []given
}

// play has some clients post so often at one meeting, and gives their history.
func (d *desk) play(meeting string, capacity, clients, posts, people int, random *rand.Rand) history {
	d.t.Helper()
	d.open(meeting, capacity, nil)
	var mu sync.Mutex
	var wg sync.WaitGroup
	var h history
	for c := range clients {
		own := rand.New(rand.NewPCG(random.Uint64(), random.Uint64()))
		wg.Go(func() {
			for range posts {
				in := asked{look: own.IntN(4) == 0, self: own.IntN(people), guest: -1}
				if own.IntN(4) == 0 {
					in.guest = (in.self + 1 + own.IntN(people-1)) % people
				}
				call, out, end := d.act(meeting, in)
				mu.Lock()
				h.seats = append(h.seats, porcupine.Operation{ClientId: c, Input: in, Call: call, Output: out, Return: end})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	h.line = d.lineOf(meeting, people, h.seats)
	return h
}

func visitor(meeting string, who int) string { return fmt.Sprintf("%s-%d@gast.example", meeting, who) }

func (d *desk) act(meeting string, in asked) (call int64, out told, end int64) {
	if in.look {
		call = d.ticks.Add(1)
		out.free = d.look(meeting)
		return call, out, d.ticks.Add(1)
	}
	var guests []string
	if in.guest >= 0 {
		guests = []string{visitor(meeting, in.guest)}
	}
	p := d.post(meeting, visitor(meeting, in.self), guests...)
	if p.code != http.StatusCreated {
		d.t.Errorf("answered %d %s", p.code, p.body)
	}
	return p.sent, told{waits: p.status == mdt.Waiting}, p.answered
}

// look is GET of one meeting.
func (d *desk) look(meeting string) (free int) {
	w := httptest.NewRecorder()
	d.api.Meetings().ServeHTTP(w, httptest.NewRequest("GET", "/v1/bijeenkomsten/"+meeting, nil))
	var view struct {
		Aanmelden struct{ VrijePlekken int }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &view); err != nil || w.Code != http.StatusOK {
		d.t.Errorf("look: %d %s", w.Code, w.Body)
	}
	return view.Aanmelden.VrijePlekken
}

// lineOf gives the numbers of those who wait. Whoever posted twice was in line when the first answer came.
func (d *desk) lineOf(meeting string, people int, posts []porcupine.Operation) (line []given) {
	var addresses []string
	first := map[int]given{}
	for who := range people {
		addresses = append(addresses, visitor(meeting, who))
	}
	for _, p := range posts {
		in := p.Input.(asked)
		g, twice := first[in.self]
		switch {
		case in.look || !p.Output.(told).waits:
		case twice:
			first[in.self] = given{0, min(g.from, p.Call), min(g.until, p.Return)}
		default:
			first[in.self] = given{0, p.Call, p.Return}
		}
	}
	_, entries := d.stands(meeting, addresses...)
	for who, entry := range entries {
		if g, posted := first[who]; posted && entry != nil && entry.Status == mdt.Waiting && entry.Behind == 0 {
			g.number = entry.Number
			line = append(line, g)
		}
	}
	return line
}

var histories atomic.Int64

// check plays histories of random size and says how many of them the rules explain.
func check(t *testing.T, engine store.Engine, n, mostPosts int, seed uint64) (seatsOK, lineOK, operations int) {
	t.Helper()
	d := newDesk(t, slow{engine, 2 * time.Millisecond})
	random := rand.New(rand.NewPCG(seed, seed))
	for range n {
		clients := 2 + random.IntN(9)
		posts, people := 1+random.IntN(mostPosts)/clients, 5+random.IntN(everybody-5)
		capacity := 1 + random.IntN(1+min(people, posts*clients))
		h := d.play(fmt.Sprintf("dag%d", histories.Add(1)), capacity, clients, posts, people, random)
		operations += len(h.seats)
		if verdict(t, model(capacity), h.seats) {
			seatsOK++
		}
		if inLine(h.line) {
			lineOK++
		}
	}
	return seatsOK, lineOK, operations
}

func verdict(t *testing.T, m porcupine.Model, operations []porcupine.Operation) bool {
	t.Helper()
	switch porcupine.CheckOperationsTimeout(m, operations, time.Minute) {
	case porcupine.Unknown:
		t.Errorf("a history of %d posts cannot be judged", len(operations))
	case porcupine.Ok:
		return true
	}
	return false
}

func TestHistories(t *testing.T) {
	const together = 4
	n, most := number(2, 8, 500), number(100, 300, 1000)
	db := openBolt(t)
	for part := range together {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			seatsOK, lineOK, operations := check(t, db, n, most, uint64(part))
			t.Logf("%d histories, %d posts and looks", n, operations)
			if seatsOK != n || lineOK != n {
				t.Errorf("of %d histories %d are explained for the seats and %d for the line", n, seatsOK, lineOK)
			}
		})
	}
}

// TestHistoriesAreRefusedWithoutTheGuards: without bounds on the counter, and with numbers that each instance
// hands out from a stock of its own, histories come out that no order explains.
func TestHistoriesAreRefusedWithoutTheGuards(t *testing.T) {
	t.Parallel()
	n := number(6, 6, 100)
	if seatsOK, _, _ := check(t, unguarded{openBolt(t)}, n, 100, 12); seatsOK == n {
		t.Error("without bounds every history is explained: the trial proves nothing")
	}
	if _, lineOK, _ := check(t, &stock{Engine: openBolt(t)}, n, 100, 13); lineOK == n {
		t.Error("with numbers from stocks every history is explained: the trial proves nothing")
	}
}

// stock is an engine that hands out numbers from two stocks in turn.
type stock struct {
	store.Engine
	n atomic.Int64
}

func (s *stock) Next(context.Context, store.Key) (int64, error) {
	n := s.n.Add(1)
	return n + n%2*1000, nil
}
