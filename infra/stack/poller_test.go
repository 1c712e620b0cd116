package stack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/infra/runtimeapi"
)

// poller plays Lambda's event source mapping: it reads a table's stream, keeps what the template's filter
// lets through, and hands it to the function in batches of the template's size.
type poller struct {
	endpoint string
	function *runtimeapi.Function
	filter   any // of the template, parsed
	size     int
	arn      string

	failed chan string // sequence numbers that the function gave back
}

// startPoller polls until the test ends, or until stop is called.
func startPoller(t *testing.T, endpoint string, source object, function *runtimeapi.Function) (p *poller, stop func()) {
	t.Helper()
	p = &poller{endpoint: endpoint, function: function, size: source["BatchSize"].(int), failed: make(chan string, 1000)}
	pattern, _ := at(source, "FilterCriteria", "Filters", 0, "Pattern").(string)
	if err := json.Unmarshal([]byte(pattern), &p.filter); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := p.run(ctx); err != nil && ctx.Err() == nil {
			t.Errorf("the poller ended: %v", err)
		}
	}()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return p, stop
}

// call asks the Streams API, as plain HTTP.
func (p *poller) call(ctx context.Context, operation string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("X-Amz-Target", "DynamoDBStreams_20120810."+operation)
	request.Header.Set("Content-Type", "application/x-amz-json-1.0")
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261124/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
	request.Header.Set("X-Amz-Date", "20261124T000000Z")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", operation, response.Status, answer)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, out)
}

func (p *poller) run(ctx context.Context) error {
	var streams struct{ Streams []struct{ StreamArn string } }
	if err := p.call(ctx, "ListStreams", object{}, &streams); err != nil {
		return err
	}
	if len(streams.Streams) != 1 {
		return fmt.Errorf("%d streams, want the table's", len(streams.Streams))
	}
	p.arn = streams.Streams[0].StreamArn
	var described struct {
		StreamDescription struct{ Shards []struct{ ShardId string } }
	}
	if err := p.call(ctx, "DescribeStream", object{"StreamArn": p.arn}, &described); err != nil {
		return err
	}
	var iterators []string
	for _, shard := range described.StreamDescription.Shards {
		var got struct{ ShardIterator string }
		if err := p.call(ctx, "GetShardIterator", object{"StreamArn": p.arn, "ShardId": shard.ShardId, "ShardIteratorType": "TRIM_HORIZON"}, &got); err != nil {
			return err
		}
		iterators = append(iterators, got.ShardIterator)
	}
	for {
		for i, iterator := range iterators {
			next, err := p.read(ctx, iterator)
			if err != nil {
				return err
			}
			iterators[i] = next
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// read takes what one shard has, and gives the iterator to go on with.
func (p *poller) read(ctx context.Context, iterator string) (string, error) {
	var got struct {
		Records           []json.RawMessage
		NextShardIterator string
	}
	if err := p.call(ctx, "GetRecords", object{"ShardIterator": iterator}, &got); err != nil {
		return "", err
	}
	var kept []any
	for _, raw := range got.Records {
		var record object
		if err := json.Unmarshal(raw, &record); err != nil {
			return "", err
		}
		record["eventSourceARN"] = p.arn
		if matches(p.filter, record) {
			kept = append(kept, record)
		}
	}
	for batch := range slices.Chunk(kept, p.size) {
		if err := p.hand(ctx, batch); err != nil {
			return "", err
		}
	}
	return got.NextShardIterator, nil
}

func (p *poller) hand(ctx context.Context, batch []any) error {
	event, err := json.Marshal(object{"Records": batch})
	if err != nil {
		return err
	}
	answer, err := p.function.Invoke(ctx, event)
	if err != nil {
		return err
	}
	var response events.DynamoDBEventResponse
	if err := json.Unmarshal(answer, &response); err != nil {
		return err
	}
	for _, item := range response.BatchItemFailures {
		if item.ItemIdentifier == "" {
			return errors.New("a failure without its sequence number fails the whole batch")
		}
		p.failed <- item.ItemIdentifier
	}
	return nil
}

// matches holds a record or event against a pattern, the way Lambda's filters and EventBridge's rules do:
// every key of the pattern is there, and of a list of alternatives one fits, to the value or to one of its
// values.
func matches(pattern, record any) bool {
	switch pattern := pattern.(type) {
	case object:
		inside, ok := record.(object)
		for key, below := range pattern {
			if !ok || !matches(below, inside[key]) {
				return false
			}
		}
		return true
	case []any:
		return slices.ContainsFunc(pattern, func(rule any) bool {
			return slices.ContainsFunc(list(record), func(value any) bool { return fits(rule, value) })
		})
	}
	return false
}

// fits holds one value against one alternative: a value, or a rule {"prefix": …}.
func fits(rule, value any) bool {
	prefix, ruled := at(rule, "prefix").(string)
	if !ruled {
		return rule == value
	}
	text, ok := value.(string)
	return ok && len(text) >= len(prefix) && text[:len(prefix)] == prefix
}
