package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
)

// Rates says how often a fault befalls a call: from 0 (never) to 1 (always).
type Rates struct {
	Conflict float64 // a transaction is cancelled as another is at its items; a single write too
	Throttle float64 // the table asks to slow down
	Fault    float64 // the service answers 500, having done nothing
	Lost     float64 // the call is done and its answer never arrives
	Unsent   float64 // the connection breaks before the call arrives
}

// Faults is a transport that lets the calls of an SDK client go wrong, seeded, and counts them.
type Faults struct {
	Next http.RoundTripper

	mu     sync.Mutex
	rates  Rates
	random *rand.Rand
	calls  map[string]int // by operation, as sent by the client
	faults map[string]int // by kind of fault
}

// NewFaults gives a transport that makes faults at these rates.
func NewFaults(next http.RoundTripper, seed uint64, rates Rates) *Faults {
	return &Faults{
		Next: next, rates: rates, random: rand.New(rand.NewPCG(seed, seed)),
		calls: map[string]int{}, faults: map[string]int{},
	}
}

// Set changes the rates for the calls to come.
func (f *Faults) Set(rates Rates) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rates = rates
}

// Calls tells how many calls of an operation ("TransactWriteItems") were sent.
func (f *Faults) Calls(operation string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[operation]
}

// Made tells how many faults of a kind ("conflict", "throttle", "fault", "lost", "unsent") were made.
func (f *Faults) Made(kind string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.faults[kind]
}

var errReset = errors.New("storetest: connection reset by peer")

// RoundTrip sends the call, or makes a fault of it.
func (f *Faults) RoundTrip(r *http.Request) (*http.Response, error) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	switch kind := f.draw(operation); kind {
	case "unsent":
		return nil, errReset
	case "fault":
		return answer(r, http.StatusInternalServerError, "InternalServerError", "")
	case "throttle":
		return answer(r, http.StatusBadRequest, "ThrottlingException", "")
	case "conflict":
		if operation != "TransactWriteItems" {
			return answer(r, http.StatusBadRequest, "TransactionConflictException", "")
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		return canceled(r, conflictReasons(len(keysOf(body)), 0))
	case "lost":
		response, err := f.Next.RoundTrip(r)
		if err == nil {
			_, _ = io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}
		return nil, errReset
	}
	return f.Next.RoundTrip(r)
}

// draw counts the call and says which fault befalls it; "" for none.
func (f *Faults) draw(operation string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[operation]++
	writes := operation == "TransactWriteItems" || operation == "UpdateItem"
	for _, fault := range []struct {
		kind string
		rate float64
		may  bool
	}{
		{"unsent", f.rates.Unsent, true},
		{"fault", f.rates.Fault, true},
		{"throttle", f.rates.Throttle, true},
		{"conflict", f.rates.Conflict, writes},
		{"lost", f.rates.Lost, true},
	} {
		if fault.may && f.random.Float64() < fault.rate {
			f.faults[fault.kind]++
			return fault.kind
		}
	}
	return ""
}

// answer gives what DynamoDB answers with an error of this name; more is the rest of its JSON.
func answer(r *http.Request, status int, name, more string) (*http.Response, error) {
	body := fmt.Sprintf(`{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"made by a test"%s}`, name, more)
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		Body:          io.NopCloser(bytes.NewReader([]byte(body))),
		ContentLength: int64(len(body)), Request: r,
	}, nil
}

func canceled(r *http.Request, reasons string) (*http.Response, error) {
	return answer(r, http.StatusBadRequest, "TransactionCanceledException", `,"CancellationReasons":`+reasons)
}

// conflictReasons are the reasons of a transaction of n writes whose write at is in conflict.
func conflictReasons(n int, at ...int) string {
	reasons := make([]string, n)
	for i := range reasons {
		reasons[i] = `{"Code":"None"}`
	}
	for _, i := range at {
		reasons[i] = `{"Code":"TransactionConflict","Message":"Transaction is ongoing for the item"}`
	}
	return "[" + strings.Join(reasons, ",") + "]"
}
