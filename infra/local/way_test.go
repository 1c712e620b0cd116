package main

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process starts the command as a process of its own, and gives it as a server; stop ends it as SIGTERM does.
func process(t *testing.T, args ...string) (s *server, cmd *exec.Cmd) {
	t.Helper()
	cmd = exec.Command(os.Args[0], append([]string{"-addr", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), "AANMELDPUNT_BE_LOCAL=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var faults bytes.Buffer
	cmd.Stderr = &faults
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // no longer there where the test ended it
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("the process said: %s", faults.String())
		}
	})
	piece := make([]byte, 4096)
	n, err := out.Read(piece)
	if err != nil {
		_ = cmd.Wait()
		t.Fatalf("the process said nothing: %v, %s", err, faults.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return &server{t: t, said: string(piece[:n]), url: address.FindString(string(piece[:n]))}, cmd
}

// TestTheWholeWay does what README promises, on the command as a process with an empty folder: four posts,
// their letters, the links in them.
func TestTheWholeWay(t *testing.T) {
	t.Parallel()
	s, cmd := process(t, "-data", t.TempDir(), "-now", begin, "-limits", "off")
	for _, part := range []string{"/v1/bijeenkomsten", "/lokaal/postvak.json", "/aanmeldingen", "2027-03-01"} {
		if !strings.Contains(s.said, part) {
			t.Errorf("the start does not say %s:\n%s", part, s.said)
		}
	}
	for path, fields := range map[string][]string{
		beslisdag:   {"naam=Noor", "email=noor@gast.example"},
		voorstellen: {"naam=Noor", "email=noor@gast.example", "thema=Samen", "doel=inspireren", "soort=idee"},
		berichten:   {"naam=Noor", "email=noor@gast.example", "onderwerp=aansluiten", "bericht=Hallo daar", "gemeente=Utrecht"},
		attenderen:  {"naam=Noor", "email=noor@gast.example", "toestemming=on"},
	} {
		if a := s.form(path, fields...); a.StatusCode != 201 {
			t.Fatalf("%s: %s", path, a)
		}
	}
	letters := s.letters("noor@gast.example", 4)
	subjects := map[string]letter{}
	for _, l := range letters {
		kind, _, _ := strings.Cut(l.Subject, ":")
		subjects[kind] = l
		s.checkRaw(l)
	}
	if len(subjects) != 4 {
		t.Errorf("four posts gave %d kinds of letters", len(subjects))
	}
	forwarded := slices.IndexFunc(s.mailbox(""), func(l letter) bool { return slices.Contains(l.ReplyTo, "noor@gast.example") })
	if forwarded < 0 {
		t.Error("no facilitator got the message, to be answered to its sender")
	}
	s.followLinks(letters)
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("SIGTERM: %v", err)
	}
}

// checkRaw demands that the raw letter is mail, and says what the mailbox says.
func (s *server) checkRaw(l letter) {
	s.t.Helper()
	raw := s.get("/lokaal/postvak/" + l.ID + ".eml")
	message, err := mail.ReadMessage(bytes.NewReader(raw.body))
	if err != nil || raw.Header.Get("Content-Type") != "message/rfc822" {
		s.t.Fatalf("letter %s: %v, %v", l.ID, err, raw.Header)
	}
	var words mime.WordDecoder
	if subject, err := words.DecodeHeader(message.Header.Get("Subject")); err != nil || subject != l.Subject {
		s.t.Errorf("letter %s: subject %q raw, %q read: %v", l.ID, subject, l.Subject, err)
	}
	if !strings.Contains(l.Text, "Noor") && !strings.Contains(l.Text, "Hallo") && !strings.Contains(l.Text, "Beste") || l.HTML == "" || l.Tags["brief"] == "" {
		s.t.Errorf("letter %s says too little: %+v", l.ID, l)
	}
}

var link = regexp.MustCompile(`http://127\.0\.0\.1:\d+(/(?:mijn|afmelden)/[A-Za-z0-9._~-]+)`)

// followLinks opens every personal link, as mail scanners do too, and ends the interest by its link.
func (s *server) followLinks(letters []letter) {
	t := s.t
	t.Helper()
	own, unsubscribe := map[string]bool{}, ""
	for _, l := range letters {
		for _, found := range link.FindAllStringSubmatch(l.Text, -1) {
			if strings.HasPrefix(found[1], "/mijn/") {
				own[found[1]] = true
			}
		}
		if header := l.Headers["List-Unsubscribe"]; header != "" {
			unsubscribe = link.FindStringSubmatch(header)[1]
		}
	}
	if len(own) == 0 || unsubscribe == "" {
		t.Fatalf("links to one's own page: %v, to unsubscribe: %q", own, unsubscribe)
	}
	for path := range own {
		if a := s.get(path); a.StatusCode != 200 || !bytes.Contains(a.body, []byte("Wat we van je bewaren")) {
			t.Errorf("%s: %s", path, a)
		}
		if a := s.get(path[:len(path)-3]); a.StatusCode != 404 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("a broken link: %s", a)
		}
	}
	before := s.get(unsubscribe)
	for range 10 {
		if a := s.get(unsubscribe); a.StatusCode != 200 || !bytes.Equal(a.body, before.body) {
			t.Fatalf("looking at the link changed something: %s", a)
		}
		if a := s.do("HEAD", unsubscribe, "", ""); a.StatusCode != 200 || len(a.body) != 0 {
			t.Fatalf("HEAD: %s", a)
		}
	}
	// Only its owner changes an interest; whoever ended it begins anew. So the name in the next letter tells
	// which of the two it was.
	if text := s.askAgain("Anna", 5); !strings.Contains(text, "Noor") || strings.Contains(text, "Anna") {
		t.Errorf("looking at the link ended the interest: %s", text)
	}
	if a := s.form(unsubscribe, "List-Unsubscribe=One-Click"); a.StatusCode != 200 || !bytes.Contains(a.body, []byte("geen bericht meer")) {
		t.Errorf("one click: %s", a)
	}
	if text := s.askAgain("Anna", 6); !strings.Contains(text, "Anna") {
		t.Errorf("one click did not end the interest: %s", text)
	}
}

// askAgain asks a day later to be told of the opening, under a name, and gives the text of the n-th letter.
func (s *server) askAgain(name string, n int) string {
	s.t.Helper()
	if a := s.post("/lokaal/klok", `{"vooruit":"25h"}`); a.StatusCode != 200 {
		s.t.Fatal(a)
	}
	if a := s.form(attenderen, "naam="+name, "email=noor@gast.example", "toestemming=on"); a.StatusCode != 201 {
		s.t.Fatal(a)
	}
	return s.letters("noor@gast.example", n)[0].Text
}

// TestAnsweredIsKept: what was answered is there after SIGTERM and after SIGKILL, and letters go on.
func TestAnsweredIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var answers []map[string]any
	var last time.Time
	for i, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		s, cmd := process(t, "-data", dir, "-now", begin, "-rate", "0.001")
		if now := s.status().Now; now.Before(last) {
			t.Errorf("the clock went back from %v to %v", last, now)
		}
		a := s.post(beslisdag, `{"naam":"Noor","email":"noor`+string(rune('0'+i))+`@gast.example"}`)
		if a.StatusCode != 201 {
			t.Fatal(a)
		}
		answers = append(answers, a.json(t))
		if a := s.post("/lokaal/klok", `{"vooruit":"0s"}`); a.StatusCode != 200 {
			t.Fatal(a)
		}
		if a := s.post(berichten, `{"naam":"Noor","email":"later@gast.example","onderwerp":"anders","bericht":"Dag"}`); a.StatusCode != 201 {
			t.Fatal(a)
		}
		last = s.status().Now
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); (err == nil) != (signal == syscall.SIGTERM) {
			t.Errorf("%v: %v", signal, err)
		}
	}
	s := serve(t, "-data", dir, "-now", begin)
	if now := s.status().Now; now.Before(last) {
		t.Errorf("the clock went back from %v to %v", last, now)
	}
	for i, answer := range answers {
		again := s.post(beslisdag, `{"naam":"Noor","email":"noor`+string(rune('0'+i))+`@gast.example"}`)
		if again.json(t)["kenmerk"] != answer["kenmerk"] {
			t.Errorf("registered as %v, known as %s", answer, again)
		}
		s.letters("noor"+string(rune('0'+i))+"@gast.example", 2) // the place, and that it was known
	}
	s.letters("later@gast.example", 2)
}
