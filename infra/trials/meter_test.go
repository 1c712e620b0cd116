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
// each call for a moment, so that what may go on at once is seen to.
type meter struct {
	next  http.RoundTripper
	hold  time.Duration
	mu    sync.Mutex
	under int        // calls under way
	calls [][]string // those at once together
	bill  bill
}

var short = map[string]string{"GetItem": "Get", "BatchGetItem": "Get", "Query": "Query", "UpdateItem": "Update",
	"TransactWriteItems": "Transact"}

func (m *meter) RoundTrip(r *http.Request) (*http.Response, error) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	m.begin(short[operation])
	defer m.end()
	time.Sleep(m.hold)
	if operation == "Query" { // what waits for a list is not beside what came with it
		time.Sleep(m.hold)
	}
	return m.next.RoundTrip(r)
}

func (m *meter) begin(call string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.under == 0 || len(m.calls) == 0 {
		m.calls = append(m.calls, nil)
	}
	m.calls[len(m.calls)-1] = append(m.calls[len(m.calls)-1], call)
	m.under++
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

// of gives the bill of what act does.
func (m *meter) of(act func()) bill {
	m.mu.Lock()
	m.bill, m.calls = bill{}, nil
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
