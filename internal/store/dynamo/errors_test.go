package dynamo

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
)

// wire is a database that gives what the function says to each call.
type wire func(r *http.Request, body string) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	return w(r, string(body))
}

func (w wire) engine(t *testing.T) *DB {
	t.Helper()
	return New(mustClient(t, environ(nil), &http.Client{Transport: w}), "table")
}

func environ(changes map[string]string) func(string) string {
	return func(name string) string {
		if value, ok := changes[name]; ok {
			return value
		}
		return map[string]string{"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}[name]
	}
}

func mustClient(t *testing.T, getenv func(string) string, h *http.Client) *dynamodb.Client {
	t.Helper()
	client, err := Client(getenv, h)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func answer(status int, body string) wire {
	return func(r *http.Request, _ string) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Body: io.NopCloser(bytes.NewBufferString(body)), Request: r,
			Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		}, nil
	}
}

func failing(name string) wire {
	return answer(400, `{"__type":"com.amazonaws.dynamodb.v20120810#`+name+`"}`)
}

func broken(err error) wire {
	return func(*http.Request, string) (*http.Response, error) { return nil, err }
}

var errPlain = errors.New("a fault of ours: none of the store's errors")

func TestHowACallEndsIsSaidInTheStoresWords(t *testing.T) {
	tests := []struct {
		name                   string
		wire                   wire
		transact, change, read error
	}{
		{"conflict", failing("TransactionConflictException"), store.ErrBusy, store.ErrBusy, store.ErrBusy},
		{"in progress", failing("TransactionInProgressException"), store.ErrBusy, store.ErrBusy, store.ErrBusy},
		{"throttled", failing("ThrottlingException"), store.ErrBusy, store.ErrBusy, store.ErrBusy},
		{"too much", failing("ProvisionedThroughputExceededException"), store.ErrBusy, store.ErrBusy, store.ErrBusy},
		{"account limit", failing("RequestLimitExceeded"), store.ErrBusy, store.ErrBusy, store.ErrBusy},
		{"no such table", failing("ResourceNotFoundException"), store.ErrUnavailable, store.ErrUnavailable, store.ErrUnavailable},
		{"no permission", failing("AccessDeniedException"), store.ErrUnavailable, store.ErrUnavailable, store.ErrUnavailable},
		{"validation", failing("ValidationException"), store.ErrInvalid, store.ErrInvalid, store.ErrInvalid},
		{"token used for another", failing("IdempotentParameterMismatchException"), store.ErrInvalid, store.ErrInvalid, store.ErrInvalid},
		{"unheard of", failing("SomethingNewException"), errPlain, errPlain, errPlain},
		{"500", answer(500, `{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}`), store.ErrUnknown, store.ErrUnknown, store.ErrBusy},
		{"503", answer(503, `<html>`), store.ErrUnknown, store.ErrUnknown, store.ErrBusy},
		{"half an answer", answer(200, `{"Item":{"pk":`), store.ErrUnknown, store.ErrUnknown, store.ErrBusy},
		{"reset", broken(&net.OpError{Op: "read", Err: errors.New("connection reset by peer")}), store.ErrUnknown, store.ErrUnknown, store.ErrBusy},
		{"end of file", broken(io.ErrUnexpectedEOF), store.ErrUnknown, store.ErrUnknown, store.ErrBusy},
		{"client's own time-out", broken(context.DeadlineExceeded), store.ErrUnknown, store.ErrUnknown, store.ErrBusy},
		{"nobody there", broken(&net.OpError{Op: "dial", Err: errors.New("connection refused")}), store.ErrUnavailable, store.ErrUnavailable, store.ErrUnavailable},
	}
	ctx, k := context.Background(), store.Key{PK: "p", SK: "s"}
	for _, test := range tests {
		e := test.wire.engine(t)
		_, changeErr := e.Change(ctx, store.Write{Key: k, Set: store.Item{"a": "b"}})
		_, nextErr := e.Next(ctx, k)
		_, getErr := e.Get(ctx, k)
		_, batchErr := e.Get(ctx, k, store.Key{PK: "q", SK: "s"})
		_, queryErr := e.Query(ctx, store.Query{PK: "p"})
		transactErr := e.Transact(ctx, "t", []store.Write{{Key: k, Delete: true}})
		for _, got := range []struct {
			call      string
			err, want error
		}{
			{"Transact", transactErr, test.transact}, {"Change", changeErr, test.change}, {"Next", nextErr, test.change},
			{"Get", getErr, test.read}, {"Get of several", batchErr, test.read}, {"Query", queryErr, test.read},
		} {
			if !is(got.err, got.want) {
				t.Errorf("%s: %s gave %v, want %v", test.name, got.call, got.err, got.want)
			}
		}
	}
}

// is tells whether err is exactly one of the store's errors: want, or none of them for errPlain.
func is(err, want error) bool {
	for _, kind := range []error{store.ErrBusy, store.ErrUnknown, store.ErrUnavailable, store.ErrInvalid} {
		if errors.Is(err, kind) != (kind == want) {
			return false
		}
	}
	return err != nil
}

func TestACancelledTransactionIsJudgedByItsReasons(t *testing.T) {
	const none, busy = `{"Code":"None"}`, `{"Code":"TransactionConflict"}`
	const failed = `{"Code":"ConditionalCheckFailed","Item":{"pk":{"S":"p"},"n":{"N":"3"}}}`
	const absent = `{"Code":"ConditionalCheckFailed"}`
	old := store.Item{"pk": "p", "n": int64(3)}
	tests := []struct {
		reasons []string
		want    error
		refused []store.Reason
	}{
		{[]string{none, busy}, store.ErrBusy, nil},
		{[]string{`{"Code":"ThrottlingError"}`, `{"Code":"ProvisionedThroughputExceeded"}`, none}, store.ErrBusy, nil},
		{[]string{none, failed, none, absent}, nil, []store.Reason{{Write: 1, Old: old}, {Write: 3}}},
		{[]string{busy, failed}, nil, []store.Reason{{Write: 1, Old: old}}},
		{[]string{`{"Code":"ValidationError"}`, busy}, store.ErrInvalid, nil},
		{[]string{`{"Code":"ItemCollectionSizeLimitExceeded"}`}, store.ErrInvalid, nil},
		{nil, store.ErrBusy, nil},
	}
	for _, test := range tests {
		e := answer(400, `{"__type":"TransactionCanceledException","CancellationReasons":[`+strings.Join(test.reasons, ",")+`]}`).engine(t)
		err := e.Transact(context.Background(), "t", []store.Write{{Key: store.Key{PK: "p", SK: "s"}, Delete: true}})
		var refused *store.Refused
		if errors.As(err, &refused) != (test.refused != nil) || test.want != nil && !is(err, test.want) {
			t.Errorf("%v: got %v", test.reasons, err)
		} else if refused != nil {
			if diff := cmp.Diff(test.refused, refused.Reasons); diff != "" {
				t.Errorf("%v (-want +got):\n%s", test.reasons, diff)
			}
		}
	}
}

func TestADeadlineIsHonoured(t *testing.T) {
	var calls atomic.Int64
	e := wire(func(r *http.Request, _ string) (*http.Response, error) {
		calls.Add(1)
		<-r.Context().Done()
		return nil, r.Context().Err()
	}).engine(t)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	k := store.Key{PK: "p", SK: "s"}
	err := e.Transact(ctx, "t", []store.Write{{Key: k, Delete: true}})
	if !errors.Is(err, store.ErrUnknown) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Transact gave %v", err)
	}
	if _, err := e.Get(ctx, k); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Get gave %v", err)
	}
	if n := calls.Load(); n > 2 {
		t.Errorf("%d attempts at two calls", n)
	}
}

func TestOneAttemptACall(t *testing.T) {
	var calls atomic.Int64
	e := wire(func(r *http.Request, body string) (*http.Response, error) {
		calls.Add(1)
		return answer(500, "{}")(r, body)
	}).engine(t)
	_, _ = e.Next(context.Background(), store.Key{PK: "p", SK: "s"})
	if calls.Load() != 1 {
		t.Errorf("%d attempts: a number that is added to would count twice", calls.Load())
	}
}

func TestKeysThatABatchDidNotComeToAreAskedForAgain(t *testing.T) {
	item := func(pk string) string { return `{"pk":{"S":"` + pk + `"},"sk":{"S":"s"}}` }
	var asked []string
	e := wire(func(r *http.Request, body string) (*http.Response, error) {
		asked = append(asked, body)
		if len(asked) == 1 {
			return answer(200, `{"Responses":{"table":[`+item("a")+`]},"UnprocessedKeys":{"table":{"Keys":[`+item("b")+`]}}}`)(r, body)
		}
		return answer(200, `{"Responses":{"table":[`+item("b")+`]}}`)(r, body)
	}).engine(t)
	items, err := e.Get(context.Background(), store.Key{PK: "a", SK: "s"}, store.Key{PK: "b", SK: "s"}, store.Key{PK: "c", SK: "s"})
	want := []store.Item{{"pk": "a", "sk": "s"}, {"pk": "b", "sk": "s"}, nil}
	if diff := cmp.Diff(want, items); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if len(asked) != 2 || strings.Contains(asked[1], `"a"`) {
		t.Errorf("asked %q", asked)
	}
	e = answer(200, `{"UnprocessedKeys":{"table":{"Keys":[`+item("a")+`,`+item("b")+`]}}}`).engine(t)
	if _, err := e.Get(context.Background(), store.Key{PK: "a", SK: "s"}, store.Key{PK: "b", SK: "s"}); !is(err, store.ErrBusy) {
		t.Errorf("a batch that comes to nothing: %v", err)
	}
}

func TestWhatTheConsolePutThereIsReadOrRefused(t *testing.T) {
	get := func(attribute string) (store.Item, error) {
		items, err := answer(200, `{"Item":{"pk":{"S":"p"},"sk":{"S":"s"},"x":`+attribute+`}}`).engine(t).Get(context.Background(), store.Key{PK: "p", SK: "s"})
		if err != nil {
			return nil, err
		}
		return items[0], nil
	}
	if item, err := get(`{"NULL":true}`); err != nil || len(item) != 2 {
		t.Errorf("a null gave %v, %v", item, err)
	}
	for _, odd := range []string{`{"N":"1.5"}`, `{"SS":["a"]}`, `{"L":[{"B":"AA=="}]}`, `{"M":{"y":{"N":"1e99"}}}`} {
		if item, err := get(odd); err == nil || !strings.Contains(err.Error(), "attribute x") {
			t.Errorf("%s gave %v, %v", odd, item, err)
		}
	}
}

func TestClientTakesItsSettingsFromTheEnvironment(t *testing.T) {
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		_, err := Client(environ(map[string]string{name: ""}), http.DefaultClient)
		if err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "TOKEN") {
			t.Errorf("without %s: %v", name, err)
		}
	}
	tests := []struct {
		set  map[string]string
		host string
	}{
		{nil, "dynamodb.eu-west-1.amazonaws.com"},
		{map[string]string{"AWS_ENDPOINT_URL": "http://all.example"}, "all.example"},
		{map[string]string{"AWS_ENDPOINT_URL": "http://all.example", "AWS_ENDPOINT_URL_DYNAMODB": "http://own.example"}, "own.example"},
	}
	for _, test := range tests {
		var host, signature, token string
		h := &http.Client{Transport: wire(func(r *http.Request, body string) (*http.Response, error) {
			host, signature, token = r.URL.Host, r.Header.Get("Authorization"), r.Header.Get("X-Amz-Security-Token")
			return answer(200, "{}")(r, body)
		})}
		test.set = mergeToken(test.set)
		if _, err := New(mustClient(t, environ(test.set), h), "t").Get(context.Background(), store.Key{PK: "p", SK: "s"}); err != nil {
			t.Fatal(err)
		}
		if host != test.host || !strings.Contains(signature, "Credential=a/") || token != "session" {
			t.Errorf("%v: sent to %q with %q, token %q", test.set, host, signature, token)
		}
	}
}

func mergeToken(set map[string]string) map[string]string {
	merged := map[string]string{"AWS_SESSION_TOKEN": "session"}
	for name, value := range set {
		merged[name] = value
	}
	return merged
}

func TestWarmOpensTheConnectionOfTheFirstCall(t *testing.T) {
	var opened atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		_, _ = io.WriteString(w, "{}")
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.StartTLS()
	defer server.Close()
	h, getenv := server.Client(), environ(map[string]string{"AWS_ENDPOINT_URL": server.URL})
	Warm(context.Background(), getenv, h)
	if opened.Load() != 1 {
		t.Fatalf("%d connections after warming", opened.Load())
	}
	if _, err := New(mustClient(t, getenv, h), "t").Get(context.Background(), store.Key{PK: "p", SK: "s"}); err != nil {
		t.Fatal(err)
	}
	if opened.Load() != 1 {
		t.Errorf("%d connections: the first call opened another", opened.Load())
	}
	server.Close()
	Warm(context.Background(), getenv, h) // no server, no harm
}
