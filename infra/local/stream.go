package main

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

const (
	// batchSize is how many records the stream hands over at once, as in template.yaml.
	batchSize = 100
	// patience is how long a batch waits while visitors crowd: whoever posts is waiting for an answer, whoever
	// gets a letter is not.
	patience = time.Second
)

// stream plays the table's stream: what is inserted for the mailer goes to it in batches, in order. It is
// the quick way only: what a crash cuts off, the sweep takes up.
type stream struct {
	mailer function
	clear  func() bool // no visitor waits for an answer now
	log    *slog.Logger

	mu       sync.Mutex
	change   *sync.Cond
	queue    []store.Key
	busy     bool
	draining int
	closed   bool
	number   int // of the last record; run alone uses it
}

func newStream(mailer function, clear func() bool, log *slog.Logger) *stream {
	s := &stream{mailer: mailer, clear: clear, log: log}
	s.change = sync.NewCond(&s.mu)
	return s
}

// put takes committed changes; like the filter in template.yaml it lets new letters through only.
func (s *stream) put(changes []bolt.Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	had := len(s.queue)
	for _, c := range changes {
		if c.Event == bolt.Insert && strings.HasPrefix(c.Key.PK, store.LetterPrefix) {
			s.queue = append(s.queue, c.Key)
		}
	}
	if had == 0 && len(s.queue) > 0 {
		s.change.Broadcast()
	}
}

// run hands batches over until ctx ends. What is then left is still pending in the store.
func (s *stream) run(ctx context.Context) {
	defer context.AfterFunc(ctx, s.close)()
	for s.wait() {
		s.giveWay()
		if err := s.mailer.call(ctx, s.event(s.take()), nil); err != nil {
			s.log.Error("the mailer failed on a batch", "error", err)
		}
		s.done()
	}
}

// wait waits for something to hand over; false when the stream is closed.
func (s *stream) wait() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.queue) == 0 && !s.closed {
		s.change.Wait()
	}
	return !s.closed
}

// giveWay waits for a moment in which no visitors crowd, within its patience.
func (s *stream) giveWay() {
	for end := time.Now().Add(patience); !s.clear() && !s.pressed() && time.Now().Before(end); {
		time.Sleep(calm / 4)
	}
}

func (s *stream) pressed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.draining > 0 || s.closed
}

func (s *stream) take() []store.Key {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := min(batchSize, len(s.queue))
	batch := s.queue[:n:n]
	s.queue = s.queue[n:]
	s.busy = true
	return batch
}

func (s *stream) done() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy = false
	s.change.Broadcast()
}

// drain waits until everything put before has been handed over, without giving way, or until ctx ends.
func (s *stream) drain(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer context.AfterFunc(ctx, s.wake)()
	s.draining++
	for !s.closed && ctx.Err() == nil && (len(s.queue) > 0 || s.busy) {
		s.change.Wait()
	}
	s.draining--
}

func (s *stream) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change.Broadcast()
}

func (s *stream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.change.Broadcast()
}

func (s *stream) event(batch []store.Key) events.DynamoDBEvent {
	out := events.DynamoDBEvent{Records: make([]events.DynamoDBEventRecord, len(batch))}
	for i, key := range batch {
		s.number++
		number := strconv.Itoa(s.number)
		out.Records[i] = events.DynamoDBEventRecord{EventID: "lokaal-" + number, EventName: "INSERT",
			EventSource: "aws:dynamodb", EventVersion: "1.1", AWSRegion: "lokaal",
			Change: events.DynamoDBStreamRecord{SequenceNumber: number, StreamViewType: "KEYS_ONLY",
				Keys: map[string]events.DynamoDBAttributeValue{
					store.AttrPK: events.NewStringAttribute(key.PK), store.AttrSK: events.NewStringAttribute(key.SK)}}}
	}
	return out
}
