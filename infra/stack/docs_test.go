package stack

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"aanmeldpunt/internal/parts"
)

// documents are the texts for people, by name.
func documents(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob(top + "/*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(top + "/docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range append(names, more...) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found[name] = string(raw)
	}
	if len(found) < 3 {
		t.Fatalf("only %d documents are found", len(found))
	}
	return found
}

var link = regexp.MustCompile(`\]\(([^)#]+)(#[^)]*)?\)`)

// TestLinksLeadSomewhere: a link in a document names a file that is there.
func TestLinksLeadSomewhere(t *testing.T) {
	links := 0
	for name, text := range documents(t) {
		for _, found := range link.FindAllStringSubmatch(text, -1) {
			if strings.Contains(found[1], "://") || strings.HasPrefix(found[1], "mailto:") {
				continue
			}
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), found[1])); err != nil {
				t.Errorf("%s: %s leads nowhere", name, found[1])
			}
		}
	}
	if links == 0 {
		t.Error("no link was looked at")
	}
}

var (
	command = regexp.MustCompile("(?m)(?:^|`)((?:[A-Z_]+=\\S+ )*go (?:run|test) [^`\n]+)")
	folder  = regexp.MustCompile(`\./[\w./-]*`)
	chosen  = regexp.MustCompile(`-(?:run|fuzz|bench)[ =]'?([\w^$|/]+)'?`)
)

// TestCommandsInDocuments: a go command names packages that are there, and tests that are in them.
func TestCommandsInDocuments(t *testing.T) {
	commands := 0
	for name, text := range documents(t) {
		for _, found := range command.FindAllStringSubmatch(text, -1) {
			commands++
			for _, pkg := range folder.FindAllString(found[1], -1) {
				if err := inRoot("go", "list", pkg).Run(); err != nil {
					t.Errorf("%s: %s: no package %s", name, found[1], pkg)
				}
			}
			wanted := chosen.FindStringSubmatch(found[1])
			if wanted == nil || strings.HasPrefix(wanted[1], "XXX") {
				continue
			}
			listing, err := inRoot("go", append([]string{"test", "-list", wanted[1]}, folder.FindAllString(found[1], -1)...)...).Output()
			if err != nil || !regexp.MustCompile(`(?m)^(Test|Fuzz|Benchmark)`).Match(listing) {
				t.Errorf("%s: %s: nothing is called %s (%v)", name, found[1], wanted[1], err)
			}
		}
	}
	if commands == 0 {
		t.Error("no command was looked at")
	}
}

func inRoot(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = top
	return cmd
}

// TestReadmeMainJob runs what the README tells a newcomer to run, on another port and in another folder.
func TestReadmeMainJob(t *testing.T) {
	parts.Need(t, "curl")
	readme := documents(t)[top+"/README.md"]
	if !strings.Contains(readme, "\ngo run ./infra/local\n") {
		t.Fatal("the README does not start it")
	}
	addr := startLocal(t)
	posts := 0
	for line := range strings.Lines(readme) {
		if !strings.HasPrefix(line, "curl ") {
			continue
		}
		cmd := exec.Command("sh", "-c", strings.ReplaceAll(strings.TrimSpace(line), "127.0.0.1:8080", addr))
		answer, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if strings.Contains(line, "/v1/") {
			posts++
			if !strings.Contains(string(answer), `"kenmerk"`) {
				t.Errorf("%s: %s", line, answer)
			}
			continue
		}
		wantSubjects(t, addr, "noor@gast.example", "Je bent aangemeld", "Voorstel ontvangen", "We hebben je bericht doorgestuurd")
	}
	if posts != 3 {
		t.Errorf("%d posts are shown", posts)
	}
}

func startLocal(t *testing.T) (addr string) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "lokaal")
	if out, err := inRoot("go", "build", "-o", binary, "./infra/local").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr = listener.Addr().String()
	listener.Close()
	server := exec.Command(binary, "-addr", addr, "-data", t.TempDir())
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	for range 100 {
		if conn, err := net.Dial("tcp", addr); err == nil {
			conn.Close()
			return addr
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("it does not start")
	return ""
}

// wantSubjects waits until an address has letters with these subjects.
func wantSubjects(t *testing.T, addr, to string, subjects ...string) {
	t.Helper()
	var last string
	for range 100 {
		raw, err := exec.Command("curl", "-s", "http://"+addr+"/lokaal/postvak.json?aan="+to).Output()
		if err != nil {
			t.Fatal(err)
		}
		var letters []struct{ Subject string }
		if err := json.Unmarshal(raw, &letters); err != nil {
			t.Fatal(err)
		}
		last = ""
		for _, l := range letters {
			last += l.Subject + "\n"
		}
		missing := false
		for _, subject := range subjects {
			missing = missing || !strings.Contains(last, subject)
		}
		if !missing {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("letters to %s:\n%s", to, last)
}
