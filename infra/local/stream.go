package main

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// batchSize is how many records the stream hands over at once, as in template.yaml.
const batchSize = 100

// stream plays the table's stream: what is inserted for the mailer goes to it in batches, in order. It is
// the quick way only: what a crash cuts off, the sweep takes up.
type stream struct {
	mailer function
	log    *slog.Logger

	mu     sync.Mutex
	change *sync.Cond
	queue  []bolt.Change
	busy   bool
	number int
	closed bool
}

func newStream(mailer function, log *slog.Logger) *stream {
	s := &stream{mailer: mailer, log: log}
	s.change = sync.NewCond(&s.mu)
	return s
}

// put takes committed changes; like the filter in template.yaml it lets new letters through only.
func (s *stream) put(changes []bolt.Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range changes {
		if c.Event == bolt.Insert && strings.HasPrefix(c.Key.PK, store.LetterPrefix) {
			s.queue = append(s.queue, c)
		}
	}
	s.change.Broadcast()
}

// run hands batches over until it is closed.
func (s *stream) run(ctx context.Context) {
	for {
		batch, ok := s.take()
		if !ok {
			return
		}
		if err := s.mailer.call(ctx, s.event(batch), nil); err != nil {
			s.log.Error("the mailer failed on a batch", "error", err)
		}
		s.mu.Lock()
		s.busy = false
		s.change.Broadcast()
		s.mu.Unlock()
	}
}

func (s *stream) take() ([]bolt.Change, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.queue) == 0 && !s.closed {
		s.change.Wait()
	}
	if s.closed {
		return nil, false
	}
	n := min(batchSize, len(s.queue))
	batch := s.queue[:n:n]
	s.queue = s.queue[n:]
	s.busy = true
	return batch, true
}

// drain waits until everything put before has been handed over.
func (s *stream) drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.closed && (len(s.queue) > 0 || s.busy) {
		s.change.Wait()
	}
}

func (s *stream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.change.Broadcast()
}

func (s *stream) event(batch []bolt.Change) events.DynamoDBEvent {
	var out events.DynamoDBEvent
	for _, c := range batch {
		s.number++
		number := strconv.Itoa(s.number)
		record := events.DynamoDBEventRecord{EventID: "lokaal-" + number, EventName: "INSERT",
			EventSource: "aws:dynamodb", EventVersion: "1.1", AWSRegion: "lokaal"}
		record.Change.SequenceNumber = number
		record.Change.StreamViewType = "KEYS_ONLY"
		record.Change.Keys = map[string]events.DynamoDBAttributeValue{
			store.AttrPK: events.NewStringAttribute(c.Key.PK), store.AttrSK: events.NewStringAttribute(c.Key.SK)}
		out.Records = append(out.Records, record)
	}
	return out
}
