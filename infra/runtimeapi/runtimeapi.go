// Package runtimeapi is a small Lambda Runtime API: it starts a function's real binary and hands it events,
// one at a time, as Lambda does. It is for tests: it knows no limits of memory and no freezing in between.
package runtimeapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"time"
)

// Config says what to start.
type Config struct {
	Command []string          // the binary, with what runs it in front: an emulator of another architecture
	Env     map[string]string // its whole environment; what Lambda itself sets is added
	Timeout time.Duration     // for one event; zero: 30 seconds
}

// Function is a started binary.
type Function struct {
	server  *server
	process *exec.Cmd
	ended   chan struct{} // closed when the process is gone
	one     sync.Mutex    // held while an event is under way
	timeout time.Duration
	out     *output
}

// Failure is a function's own error answer.
type Failure struct {
	Type    string `json:"errorType"`
	Message string `json:"errorMessage"`
}

func (f *Failure) Error() string {
	return fmt.Sprintf("the function failed: %s: %s", f.Type, f.Message)
}

// ErrEnded says that the process is gone: a function that panics ends, and Lambda would start another.
var ErrEnded = errors.New("runtimeapi: the function's process has ended")

// Start starts a function and waits until it asks for its first event. A function that ends before that
// gives ErrEnded with what it wrote.
func Start(ctx context.Context, c Config) (*Function, error) {
	server, err := listen()
	if err != nil {
		return nil, err
	}
	f := &Function{server: server, ended: make(chan struct{}), timeout: c.Timeout, out: new(output)}
	if f.timeout == 0 {
		f.timeout = 30 * time.Second
	}
	f.process = exec.Command(c.Command[0], c.Command[1:]...)
	f.process.Env = environment(server.address(), c.Env)
	f.process.Stdout, f.process.Stderr = f.out, f.out
	if err := f.process.Start(); err != nil {
		server.close()
		return nil, fmt.Errorf("runtimeapi: %w", err)
	}
	go func() {
		_ = f.process.Wait()
		close(f.ended)
	}()
	return f, f.ready(ctx)
}

func (f *Function) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	select {
	case <-f.server.asked:
		return nil
	case <-f.ended:
		f.server.close()
		return fmt.Errorf("%w before its first event: %s", ErrEnded, f.Output())
	case <-ctx.Done():
		f.Stop()
		return fmt.Errorf("runtimeapi: the function never asked for an event: %w: %s", ctx.Err(), f.Output())
	}
}

// environment is what the process sees: what Lambda sets, and what is given over it.
func environment(address string, given map[string]string) []string {
	values := map[string]string{
		"AWS_LAMBDA_RUNTIME_API": address, "AWS_LAMBDA_FUNCTION_NAME": "function", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "INFO",
		"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_SESSION_TOKEN": "test",
		"_HANDLER": "bootstrap", "TZ": ":UTC",
	}
	for name, value := range given {
		values[name] = value
	}
	var env []string
	for name, value := range values {
		env = append(env, name+"="+value)
	}
	return env
}

// Invoke hands over one event and gives the answer: *Failure where the function answered with an error, and
// ErrEnded where it ended over it.
func (f *Function) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	f.one.Lock()
	defer f.one.Unlock()
	deadline := time.Now().Add(f.timeout)
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	call := &invocation{event: event, deadline: deadline, answer: make(chan answer, 1)}
	select {
	case f.server.events <- call:
	case <-f.ended:
		return nil, ErrEnded
	case <-ctx.Done():
		return nil, fmt.Errorf("runtimeapi: the function takes no event: %w", ctx.Err())
	}
	select {
	case got := <-call.answer:
		return got.body, failure(got)
	case <-f.ended:
		return nil, fmt.Errorf("%w over an event: %s", ErrEnded, f.Output())
	case <-ctx.Done():
		return nil, fmt.Errorf("runtimeapi: no answer in time: %w: %s", ctx.Err(), f.Output())
	}
}

func failure(a answer) error {
	if !a.failed {
		return nil
	}
	f := new(Failure)
	if err := json.Unmarshal(a.body, f); err != nil {
		return fmt.Errorf("runtimeapi: the function's error cannot be read: %w", err)
	}
	return f
}

// Output gives what the function wrote so far: its log.
func (f *Function) Output() string { return f.out.String() }

// Stop ends the process.
func (f *Function) Stop() {
	_ = f.process.Process.Kill()
	<-f.ended
	f.server.close()
}

// output gathers what a process writes, while others read it.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
