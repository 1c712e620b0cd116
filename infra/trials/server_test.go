package trials

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/content"
)

// The local server as a process of its own, so that it can be killed.

var build struct {
	once sync.Once
	dir  string
	err  error
}

// program builds infra/local, once.
func program(t testing.TB) string {
	t.Helper()
	build.once.Do(func() {
		if build.dir, build.err = os.MkdirTemp("", "aanmeldpunt"); build.err != nil {
			return
		}
		command := exec.Command("go", "build", "-o", filepath.Join(build.dir, "local"), "../local")
		if out, err := command.CombinedOutput(); err != nil {
			build.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if build.err != nil {
		t.Fatal(build.err)
	}
	return filepath.Join(build.dir, "local")
}

func TestMain(m *testing.M) {
	code := m.Run()
	if build.dir != "" {
		_ = os.RemoveAll(build.dir)
	}
	os.Exit(code)
}

// server is one run of the program.
type server struct {
	t       testing.TB
	url     string
	command *exec.Cmd
	out     *bufio.Scanner
	log     bytes.Buffer
	client  *http.Client
}

var listening = regexp.MustCompile(`runs on (http://[0-9.:]+)`)

// launch starts the program on a data folder.
func launch(t testing.TB, data, network string) *server {
	t.Helper()
	s := &server{t: t, client: &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 32}}}
	s.command = exec.Command(program(t), "-addr", "127.0.0.1:0", "-data", data, "-network", network, "-limits", "off")
	s.command.Stderr = &s.log
	out, err := s.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	s.out = bufio.NewScanner(out)
	t.Cleanup(s.kill)
	return s
}

// serve starts the program and waits until it says where it listens.
func serve(t testing.TB, data, network string) *server {
	t.Helper()
	s := launch(t, data, network)
	for s.url == "" && s.out.Scan() {
		if found := listening.FindStringSubmatch(s.out.Text()); found != nil {
			s.url = found[1]
		}
	}
	if s.url == "" {
		_ = s.command.Wait()
		t.Fatalf("the server does not start: %s", s.log.String())
	}
	return s
}

// kill ends the process as a power cut would; it may be called again.
func (s *server) kill() {
	if s.command.ProcessState == nil {
		_ = s.command.Process.Kill()
		_ = s.command.Wait()
	}
	s.client.CloseIdleConnections()
}

// post registers an address; answered is false where no whole answer came.
func (s *server) post(meeting, email string) (code int, answered bool) {
	body := fmt.Sprintf(`{"naam":"Noor","email":%q}`, email)
	answer, err := s.client.Post(s.url+"/v1/bijeenkomsten/"+meeting+"/aanmeldingen", "application/json", strings.NewReader(body))
	if err != nil {
		return 0, false
	}
	defer answer.Body.Close()
	var got struct{ Kenmerk string }
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		return 0, false
	}
	return answer.StatusCode, true
}

func (s *server) get(path string, into any) {
	s.t.Helper()
	answer, err := s.client.Get(s.url + path)
	if err != nil {
		s.t.Fatalf("%v\n%s", err, s.log.String())
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil || answer.StatusCode != http.StatusOK {
		s.t.Fatalf("GET %s: %d, %v", path, answer.StatusCode, err)
	}
}

// free is what the API says of a meeting's free seats.
func (s *server) free(meeting string) int {
	s.t.Helper()
	var view struct {
		Aanmelden struct{ VrijePlekken int }
	}
	s.get("/v1/bijeenkomsten/"+meeting, &view)
	return view.Aanmelden.VrijePlekken
}

// mailed counts the letters each address got.
func (s *server) mailed() map[string]int {
	s.t.Helper()
	var letters []struct{ To []string }
	s.get("/lokaal/postvak.json", &letters)
	got := map[string]int{}
	for _, letter := range letters {
		for _, to := range letter.To {
			got[to]++
		}
	}
	return got
}

// settled waits until no letter waits or is under way.
func (s *server) settled() {
	s.t.Helper()
	for range 600 {
		var status struct{ Brieven map[string]int }
		s.get("/lokaal/status.json", &status)
		if status.Brieven["pending"]+status.Brieven["sending"]+status.Brieven["unknown"]+status.Brieven["held"] == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.t.Fatal("letters are still waiting after half a minute")
}

// roomy writes the example network with one meeting of so many seats.
func roomy(t testing.TB, meeting string, seats int) (file string) {
	t.Helper()
	var network map[string]any
	if err := json.Unmarshal(content.ExampleNetwork, &network); err != nil {
		t.Fatal(err)
	}
	for _, m := range network["bijeenkomsten"].([]any) {
		if m := m.(map[string]any); m["id"] == meeting {
			m["plekken"] = seats
		}
	}
	raw, err := json.Marshal(network)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "netwerk.json")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
