package trials

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestKills kills the local server at random moments while it takes posts and sends their letters, and starts
// it again on the same data. Whoever was answered is there once and has one letter. All 200 kills:
//
//	AANMELDPUNT_LONG=1 go test -run Kills -timeout 30m -v ./infra/trials
func TestKills(t *testing.T) {
	t.Parallel()
	kills := number(3, 8, 200)
	const meeting, seats = "beslisdag", 200_000
	data, network := t.TempDir(), roomy(t, meeting, seats)
	random := rand.New(rand.NewPCG(7, 7))
	crowd := &posters{answered: map[string]bool{}}
	serve(t, data, network).kill() // the first start fills the store
	for range kills {
		s := serve(t, data, network)
		stop := crowd.rush(s, meeting)
		time.Sleep(time.Duration(random.IntN(250)) * time.Millisecond)
		s.kill()
		stop()
	}
	s := serve(t, data, network)
	s.settled()
	mailed, taken := s.mailed(), seats-s.free(meeting)
	doubled, faults := crowd.judge(mailed, taken)
	t.Logf("%d kills, %d posts sent, %d answered, %d seats taken, %d letters doubled", kills, crowd.sent, len(crowd.answered), taken, doubled)
	if doubled > kills || faults != nil {
		t.Errorf("%d letters went out twice in %d kills; %v", doubled, kills, faults)
	}
	if crowd.sent == len(crowd.answered) {
		t.Error("every post was answered: no kill hit one, the trial proves nothing")
	}
	for email := range crowd.answered { // posted again it is known: no seat more
		if code, _ := s.post(meeting, email); code != http.StatusCreated || s.free(meeting) != seats-taken {
			t.Errorf("posted again: %d, %d seats taken", code, seats-s.free(meeting))
		}
		break
	}
	s.kill()
	crowd.lose(t, data, network, taken)
}

// lose takes away what should have stayed, and demands that it is missed.
func (p *posters) lose(t *testing.T, data, network string, taken int) {
	if err := os.Remove(filepath.Join(data, "postvak.db")); err != nil {
		t.Fatal(err)
	}
	s := serve(t, data, network)
	if _, faults := p.judge(s.mailed(), taken); faults == nil {
		t.Error("without the letters nothing is missed: the trial proves nothing")
	}
	s.kill()
	if _, faults := p.judge(map[string]int{}, 0); faults == nil {
		t.Error("without the entries nothing is missed: the trial proves nothing")
	}
}

// posters are those who post, each once.
type posters struct {
	mu       sync.Mutex
	sent     int
	answered map[string]bool
	refused  int
}

// rush lets some clients post, one after another each, until the server is gone. The function it gives waits for that.
func (p *posters) rush(s *server, meeting string) (wait func()) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				p.mu.Lock()
				p.sent++
				email := fmt.Sprintf("b%d@gast.example", p.sent)
				p.mu.Unlock()
				code, answered := s.post(meeting, email)
				if !answered {
					return
				}
				p.mu.Lock()
				if code == http.StatusCreated {
					p.answered[email] = true
				} else {
					p.refused++
				}
				p.mu.Unlock()
			}
		})
	}
	return wg.Wait
}

// judge demands a seat and a letter for everybody who was answered, and as many letters as seats: whoever was
// not answered has both or neither. It gives the number of letters that went out twice, and what is wrong.
func (p *posters) judge(mailed map[string]int, taken int) (doubled int, faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	lost := 0
	for email := range p.answered {
		if mailed[email] == 0 {
			lost++
		}
	}
	for email, n := range mailed {
		if n > 2 {
			fault("%s has %d letters", email, n)
		}
		doubled += n - 1
	}
	if lost > 0 {
		fault("%d were answered and have no letter", lost)
	}
	if len(mailed) != taken || taken < len(p.answered) || taken > p.sent {
		fault("%d people have a letter, %d seats are taken, %d were answered of %d", len(mailed), taken, len(p.answered), p.sent)
	}
	if p.refused > 0 {
		fault("%d posts were answered something else than 201", p.refused)
	}
	return doubled, faults
}

// TestKillsAtTheFirstStart kills the server while it fills an empty folder. What is started afterwards has the
// whole network.
func TestKillsAtTheFirstStart(t *testing.T) {
	t.Parallel()
	network := roomy(t, "beslisdag", 100)
	var whole filled
	serve(t, t.TempDir(), network).network(&whole)
	random := rand.New(rand.NewPCG(8, 8))
	for range number(3, 10, 100) {
		data := t.TempDir()
		first := launch(t, data, network)
		time.Sleep(time.Duration(random.IntN(60_000)) * time.Microsecond)
		first.kill()
		var got filled
		s := serve(t, data, network)
		s.network(&got)
		s.kill()
		if got != whole {
			t.Errorf("after a kill at the first start there are %+v, want %+v", got, whole)
		}
	}
}

// filled counts what a network file brought.
type filled struct{ regions, meetings int }

func (s *server) network(n *filled) {
	s.t.Helper()
	var regions struct{ Regios []any }
	var meetings struct{ Bijeenkomsten []any }
	s.get("/v1/regios", &regions)
	s.get("/v1/bijeenkomsten", &meetings)
	*n = filled{len(regions.Regios), len(meetings.Bijeenkomsten)}
}
