package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// TestTraffic: a few posts at once leave the road clear, many close it, and it opens a while after them.
func TestTraffic(t *testing.T) {
	var road traffic
	var left []func()
	for n := 1; n < many; n++ {
		left = append(left, road.pass("POST"))
	}
	road.pass("GET")
	if !road.clear() {
		t.Error("a few posts closed the road")
	}
	left = append(left, road.pass("POST"))
	if road.clear() {
		t.Error("many posts left it clear")
	}
	for _, leave := range left {
		leave()
	}
	if road.clear() {
		t.Error("it opened at once behind a crowd")
	}
	time.Sleep(2 * calm)
	if !road.clear() {
		t.Error("it did not open")
	}
}

// TestStreamGivesWay: behind a crowd letters wait, but not for ever; whoever drains does not wait, and only
// new letters come through.
func TestStreamGivesWay(t *testing.T) {
	t.Parallel()
	var got, batches atomic.Int64
	mailer := newFunction(func(_ context.Context, raw json.RawMessage) error {
		var batch struct{ Records []json.RawMessage }
		err := json.Unmarshal(raw, &batch)
		got.Add(int64(len(batch.Records)))
		batches.Add(1)
		return err
	})
	s := newStream(mailer, func() bool { return false }, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { s.run(ctx); close(ended) }()
	letter := func(event bolt.Event) bolt.Change {
		return bolt.Change{Key: store.Key{PK: store.LetterPrefix + "a", SK: "brief"}, Event: event}
	}
	changes := []bolt.Change{letter(bolt.Modify), letter(bolt.Remove), {Key: store.Key{PK: "persoon#a", SK: "x"}, Event: bolt.Insert}}
	for range 2*batchSize + 1 {
		changes = append(changes, letter(bolt.Insert))
	}
	s.put(changes)
	s.drain(t.Context())
	if got.Load() != 2*batchSize+1 || batches.Load() != 3 {
		t.Errorf("%d letters in %d batches", got.Load(), batches.Load())
	}
	s.put([]bolt.Change{letter(bolt.Insert)})
	if got.Load() != 2*batchSize+1 {
		t.Error("a letter did not give way")
	}
	for end := time.Now().Add(20 * time.Second); got.Load() != 2*batchSize+2; time.Sleep(calm) {
		if time.Now().After(end) {
			t.Fatal("a letter waited for ever")
		}
	}
	cancel()
	<-ended
	s.drain(t.Context()) // a closed stream keeps nobody
}
