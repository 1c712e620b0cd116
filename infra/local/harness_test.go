package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/infra/browser"
)

const (
	beslisdag   = "/v1/bijeenkomsten/beslisdag/aanmeldingen"
	voorstellen = "/v1/bijeenkomsten/netwerkbijeenkomst/voorstellen"
	attenderen  = "/v1/bijeenkomsten/regiodag-noord/attenderingen"
	berichten   = "/v1/berichten"
	begin       = "2027-03-01T09:00:00+01:00"
)

// TestMain lets the test's own binary be the command, for tests that need a process to kill. It stops the browser
// that others need.
func TestMain(m *testing.M) {
	if os.Getenv("AANMELDPUNT_BE_LOCAL") == "1" {
		main()
		return
	}
	os.Exit(browser.Run(m))
}

// server is a running desk, seen from outside.
type server struct {
	t    testing.TB
	url  string
	said string // what the start printed
	end  func() error
}

// begun is what the start prints; the address is the first one in it.
type begun struct{ lines chan string }

func (b begun) Write(p []byte) (int, error) {
	b.lines <- string(p)
	return len(p), nil
}

var address = regexp.MustCompile(`http://[0-9a-z.:\[\]]+`)

// serve starts a desk within this process, on a free port; it ends with the test.
func serve(t testing.TB, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, ended := begun{make(chan string, 8)}, make(chan error, 1)
	go func() {
		ended <- run(ctx, append([]string{"-addr", "127.0.0.1:0"}, args...), out, slog.New(slog.DiscardHandler))
	}()
	s := &server{t: t}
	s.end = func() error {
		cancel()
		err := <-ended
		ended <- err
		return err
	}
	select {
	case s.said = <-out.lines:
	case err := <-ended:
		t.Fatalf("the desk did not start: %v", err)
	}
	t.Cleanup(func() { _ = s.end() })
	s.url = address.FindString(s.said)
	return s
}

// answered is an answer whose body has been read.
type answered struct {
	*http.Response
	body []byte
}

func (a answered) String() string { return fmt.Sprintf("%d %s", a.StatusCode, a.body) }

// json reads the body as a JSON object.
func (a answered) json(t testing.TB) map[string]any {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal(a.body, &object); err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	return object
}

func (s *server) do(method, path, contentType, body string) answered {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return s.send(r)
}

// send sends a request as it is, and reads the answer.
func (s *server) send(r *http.Request) answered {
	s.t.Helper()
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		s.t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	return answered{answer, raw}
}

func (s *server) get(path string) answered { s.t.Helper(); return s.do("GET", path, "", "") }

func (s *server) post(path, body string) answered {
	s.t.Helper()
	return s.do("POST", path, "application/json", body)
}

// form posts a plain form, its fields given as "name=value".
func (s *server) form(path string, fields ...string) answered {
	s.t.Helper()
	values := url.Values{}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		values.Add(name, value)
	}
	return s.do("POST", path, "application/x-www-form-urlencoded", values.Encode())
}

// letter is what the mailbox says of a letter, as far as tests read it.
type letter struct {
	ID, Subject, Text, HTML, From string
	To, ReplyTo                   []string
	Headers, Tags                 map[string]string
	SentAt                        time.Time
	Attachments                   []struct {
		Name, Type string
		Size       int
		Content    []byte
	}
}

func (s *server) mailbox(query string) (letters []letter) {
	s.t.Helper()
	answer := s.get("/lokaal/postvak.json" + query)
	if err := json.Unmarshal(answer.body, &letters); err != nil || answer.StatusCode != 200 || bytes.HasPrefix(answer.body, []byte("null")) {
		s.t.Fatalf("mailbox: %v, %s", err, answer)
	}
	return letters
}

// waitFor asks until yes, and fails after half a minute: that is no promise, only a bound.
func (s *server) waitFor(what string, yes func() bool) {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); !yes(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// letters waits until an address has n letters, and gives them, newest first.
func (s *server) letters(email string, n int) (got []letter) {
	s.t.Helper()
	s.waitFor(fmt.Sprintf("%d letters for %s", n, email), func() bool {
		got = s.mailbox("?aan=" + url.QueryEscape(email))
		return len(got) >= n
	})
	if len(got) > n {
		s.t.Fatalf("%s got %d letters, not %d", email, len(got), n)
	}
	return got
}

// status is what /lokaal/status.json says.
type status struct {
	Now  time.Time
	Mail map[string]int `json:"brieven"`
	Next *struct {
		What string    `json:"wat"`
		At   time.Time `json:"om"`
	} `json:"volgende"`
}

func (s *server) status() (st status) {
	s.t.Helper()
	answer := s.get("/lokaal/status.json")
	if err := json.Unmarshal(answer.body, &st); err != nil || answer.StatusCode != 200 {
		s.t.Fatalf("status: %v, %s", err, answer)
	}
	return st
}
