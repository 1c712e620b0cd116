package trials

import (
	"net/http"
	"strings"
	"sync"
)

// bill is what one request cost.
type bill struct {
	Calls       string // the operations one after another, shortened
	Write, Read float64
}

// meter is a transport that writes down the calls, and adds up the units that the engine was told.
type meter struct {
	next http.RoundTripper
	mu   sync.Mutex
	bill bill
}

var short = map[string]string{"GetItem": "Get", "BatchGetItem": "Get", "Query": "Query", "UpdateItem": "Update",
	"TransactWriteItems": "Transact"}

func (m *meter) RoundTrip(r *http.Request) (*http.Response, error) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	m.mu.Lock()
	m.bill.Calls = strings.TrimSpace(m.bill.Calls + " " + short[operation])
	m.mu.Unlock()
	return m.next.RoundTrip(r)
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
	m.bill = bill{}
	m.mu.Unlock()
	act()
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.bill
}
