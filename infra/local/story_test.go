package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/post/outbox"
)

// story is a desk with meetings of its own, of which a test tells what happens when.
type story struct {
	*desk
	t *testing.T
}

// tell begins a story at a moment on the clock of Amsterdam, with these meetings of a network file.
func tell(t *testing.T, now string, meetings ...map[string]any) *story {
	t.Helper()
	file := networkFile(t, func(n map[string]any) { n["bijeenkomsten"] = meetings })
	o, err := parse([]string{"-data", t.TempDir(), "-network", file, "-limits", "off", "-now", clockTime(t, now).Format(time.RFC3339)}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	s := &story{t: t}
	if s.desk, err = openDesk(o, &net.TCPAddr{Port: 1}, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.close() })
	s.start()
	s.started()
	return s
}

// meeting is one of a network file; more changes it.
func meeting(id, begins, ends string, more map[string]any) map[string]any {
	m := map[string]any{"id": id, "naam": strings.ToUpper(id[:1]) + id[1:], "soort": "regiodag", "begint": begins, "eindigt": ends,
		"plaats": "Het Voorbeeldhuis, Utrecht", "aanmelden": map[string]any{}}
	for name, value := range more {
		m[name] = value
	}
	return m
}

func clockTime(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, mdt.Amsterdam)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// at moves the clock to a moment.
func (s *story) at(moment string) {
	s.t.Helper()
	if err := s.forward(clockTime(s.t, moment).Sub(s.clock.Now())); err != nil {
		s.t.Fatal(err)
	}
}

// post sends a form in JSON and gives the answer's status of the entry.
func (s *story) post(meeting, call, name string, more map[string]any) string {
	s.t.Helper()
	fields := map[string]any{"naam": "Noor", "email": name + "@gast.example"}
	for field, value := range more {
		fields[field] = value
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		s.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/v1/bijeenkomsten/"+meeting+"/"+call, strings.NewReader(string(raw)))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	var answer struct{ Status string }
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 201 {
		s.t.Fatalf("%s: %d %s", name, w.Code, w.Body)
	}
	return answer.Status
}

func (s *story) registers(meeting string, names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.post(meeting, "aanmeldingen", name, nil)
	}
}

func (s *story) person(name string) mdt.PersonID {
	address, code := mdt.ParseAddress(name + "@gast.example")
	if code != "" {
		s.t.Fatal(code)
	}
	return s.acts.Identity.Person(address)
}

func (s *story) cancels(meeting, name string) {
	s.t.Helper()
	if err := s.acts.Cancel(s.t.Context(), meeting, s.person(name)); err != nil {
		s.t.Fatal(err)
	}
}

// bounces has SES say that an address takes no mail.
func (s *story) bounces(name, kind string) {
	s.t.Helper()
	s.quietly()
	if err := s.outbox.Bounce(name+"@gast.example", kind); err != nil {
		s.t.Fatal(err)
	}
	s.quietly()
}

func (s *story) quietly() {
	s.t.Helper()
	if err := s.quiet(context.Background()); err != nil {
		s.t.Fatal(err)
	}
}

// mail gives the letters that were sent, as "day time name: subject" on the clock of Amsterdam, in order of time.
// Only those whose subject holds one of the words, if any are given.
func (s *story) mail(words ...string) (lines []string) {
	s.t.Helper()
	s.each(func(l outbox.Letter) {
		if len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return strings.Contains(l.Subject, w) }) {
			name, _, _ := strings.Cut(l.To[0], "@")
			subject, _, _ := strings.Cut(l.Subject, ":")
			lines = append(lines, fmt.Sprintf("%s %s: %s", l.SentAt.In(mdt.Amsterdam).Format("01-02 15:04"), name, subject))
		}
	})
	slices.Sort(lines)
	return lines
}

func (s *story) each(visit func(outbox.Letter)) {
	s.t.Helper()
	s.quietly()
	err := s.outbox.Each(outbox.Filter{}, func(l outbox.Letter) error { visit(l); return nil })
	if err != nil {
		s.t.Fatal(err)
	}
}

// wants holds the letters with these words in their subjects against what is wanted.
func (s *story) wants(words []string, want ...string) {
	s.t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, s.mail(words...)); diff != "" {
		s.t.Errorf("wanted (-), sent (+): %s", diff)
	}
}

var reminding = []string{"Over ", "Morgen", "Vandaag"}
