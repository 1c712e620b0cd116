package storetest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ItemHeld is how long a transaction of DynamoDB holds its items, as measured by others: 10 to 25 milliseconds.
const ItemHeld = 15 * time.Millisecond

// Contention is a proxy before a DynamoDB that treats transactions as the real one does and a small copy
// does not: one that comes while another holds one of its items is cancelled with TransactionConflict.
type Contention struct {
	URL      string
	Done     atomic.Int64 // transactions let through
	Canceled atomic.Int64

	endpoint string
	client   *http.Client
	mu       sync.Mutex
	held     map[string]bool
}

// StartContention starts the proxy before endpoint; it ends with the test.
func StartContention(t testing.TB, endpoint string) *Contention {
	c := &Contention{endpoint: endpoint, client: &http.Client{Transport: NewTransport()}, held: map[string]bool{}}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

func (c *Contention) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if !strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".TransactWriteItems") {
		response, err := c.pass(r, body)
		send(w, response, err)
		return
	}
	keys := keysOf(body)
	if conflicts := c.take(keys); len(conflicts) > 0 {
		c.Canceled.Add(1)
		response, err := canceled(r, conflictReasons(len(keys), conflicts...))
		send(w, response, err)
		return
	}
	c.Done.Add(1)
	end := time.Now().Add(ItemHeld)
	response, err := c.pass(r, body)
	time.Sleep(time.Until(end))
	c.release(keys)
	send(w, response, err)
}

// take holds all keys, or none and gives the places of those that another holds.
func (c *Contention) take(keys []string) (conflicts []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, key := range keys {
		if c.held[key] {
			conflicts = append(conflicts, i)
		}
	}
	if conflicts == nil {
		for _, key := range keys {
			c.held[key] = true
		}
	}
	return conflicts
}

func (c *Contention) release(keys []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range keys {
		delete(c.held, key)
	}
}

func (c *Contention) pass(r *http.Request, body []byte) (*http.Response, error) {
	request, err := http.NewRequestWithContext(r.Context(), r.Method, c.endpoint+r.URL.Path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header = r.Header.Clone()
	return c.client.Do(request)
}

func send(w http.ResponseWriter, response *http.Response, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body)
}

// keysOf gives, for each write of a transaction's body, the key it is about.
func keysOf(body []byte) []string {
	type attributes struct{ PK, SK struct{ S string } }
	type write struct{ Key, Item attributes }
	var transaction struct {
		TransactItems []map[string]write
	}
	if err := json.Unmarshal(body, &transaction); err != nil {
		return nil
	}
	keys := make([]string, len(transaction.TransactItems))
	for i, kinds := range transaction.TransactItems {
		for _, w := range kinds { // one kind each
			keys[i] = w.Key.PK.S + w.Item.PK.S + "\x00" + w.Key.SK.S + w.Item.SK.S
		}
	}
	return keys
}
