package trials

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// bill is what one request cost.
type bill struct {
	Calls       string // the operations one after another, shortened; a plus between those under way at once
	Write, Read float64
}

// meter is a transport that writes down the calls, and adds up the units that the engine was told. It holds
// each call for a moment, so that what may go on at once is seen to; those that should be under way at once wait for
// each other, as on a busy machine the second of them may begin late.
type meter struct {
	next  http.RoundTripper
	hold  time.Duration
	mu    sync.Mutex
	under int        // calls under way
	calls [][]string // those at once together
	want  []int      // how many should be at once, one after another
	bill  bill
}

// patience is how long a call waits for another that should be under way with it.
const patience = 5 * time.Second

var short = map[string]string{"GetItem": "Get", "BatchGetItem": "Get", "Query": "Query", "UpdateItem": "Update",
	"TransactWriteItems": "Transact"}

func (m *meter) RoundTrip(r *http.Request) (*http.Response, error) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	turn := m.begin(short[operation])
	defer m.end()
	for until := time.Now().Add(patience); m.lacks(turn) && time.Now().Before(until); {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(m.hold)
	if operation == "Query" { // what waits for a list is not beside what came with it
		time.Sleep(m.hold)
	}
	return m.next.RoundTrip(r)
}

// begin gives the place of a call among those before it, which it shares with those under way.
func (m *meter) begin(call string) (turn int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.under == 0 || len(m.calls) == 0 {
		m.calls = append(m.calls, nil)
	}
	turn = len(m.calls) - 1
	m.calls[turn] = append(m.calls[turn], call)
	m.under++
	return turn
}

// lacks tells whether a call that should be under way at this place is not yet.
func (m *meter) lacks(turn int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return turn < len(m.want) && len(m.calls[turn]) < m.want[turn]
}

func (m *meter) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.under--
}

func (m *meter) consumed(_ string, read, write float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.bill.Read += read
	m.bill.Write += write
}

// of gives the bill of what act does, which should make these calls.
func (m *meter) of(calls string, act func()) bill {
	m.mu.Lock()
	m.bill, m.calls, m.want = bill{}, nil, nil
	for _, together := range strings.Fields(calls) {
		m.want = append(m.want, 1+strings.Count(together, "+"))
	}
	m.mu.Unlock()
	act()
	m.mu.Lock()
	defer m.mu.Unlock()
	var one []string
	for _, together := range m.calls {
		slices.Sort(together)
		one = append(one, strings.Join(together, "+"))
	}
	m.bill.Calls = strings.Join(one, " ")
	return m.bill
}
