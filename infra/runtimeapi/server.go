package runtimeapi

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// server speaks the Runtime API to one process.
type server struct {
	listener net.Listener
	http     *http.Server
	events   chan *invocation
	asked    chan struct{} // closed when the process first asks for an event
	once     sync.Once

	mu     sync.Mutex
	number int
	open   map[string]*invocation // by request id, until answered
}

type invocation struct {
	event    []byte
	deadline time.Time
	answer   chan answer
}

type answer struct {
	body   []byte
	failed bool
}

// listen opens the API on a free port of this machine.
func listen() (*server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("runtimeapi: %w", err)
	}
	s := &server{listener: listener, events: make(chan *invocation), asked: make(chan struct{}), open: map[string]*invocation{}}
	mux := http.NewServeMux()
	const runtime = "/2018-06-01/runtime/"
	mux.HandleFunc("GET "+runtime+"invocation/next", s.next)
	mux.HandleFunc("POST "+runtime+"invocation/{id}/response", func(w http.ResponseWriter, r *http.Request) { s.answered(w, r, false) })
	mux.HandleFunc("POST "+runtime+"invocation/{id}/error", func(w http.ResponseWriter, r *http.Request) { s.answered(w, r, true) })
	s.http = &http.Server{Handler: mux}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

func (s *server) address() string { return s.listener.Addr().String() }

func (s *server) close() { _ = s.http.Close() }

// next waits for an event, for as long as it takes.
func (s *server) next(w http.ResponseWriter, r *http.Request) {
	s.once.Do(func() { close(s.asked) })
	select {
	case call := <-s.events:
		h := w.Header()
		id := s.enter(call)
		h.Set("Content-Type", "application/json")
		h.Set("Lambda-Runtime-Aws-Request-Id", id)
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(call.deadline.UnixMilli(), 10))
		h.Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:function")
		h.Set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0")
		_, _ = w.Write(call.event)
	case <-r.Context().Done():
	}
}

func (s *server) enter(call *invocation) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.number++
	id := fmt.Sprintf("00000000-0000-4000-8000-%012d", s.number)
	s.open[id] = call
	return id
}

func (s *server) answered(w http.ResponseWriter, r *http.Request, failed bool) {
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	call := s.open[r.PathValue("id")]
	delete(s.open, r.PathValue("id"))
	s.mu.Unlock()
	if err != nil || call == nil {
		http.Error(w, `{"errorType":"InvalidRequestID"}`, http.StatusBadRequest)
		return
	}
	call.answer <- answer{body, failed}
	w.WriteHeader(http.StatusAccepted)
}
