package outbox

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"aanmeldpunt/internal/post"
)

// childVariable makes the test program the child that is killed: it holds the path of the outbox.
// earlyVariable makes a child that says a letter is taken before it is.
const (
	childVariable = "OUTBOX_CHILD"
	earlyVariable = "OUTBOX_EARLY"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childVariable); path != "" {
		child(path)
	}
	os.Exit(m.Run())
}

// child sends letters until it dies, and says of each when the outbox has taken it. Its reports are taken
// and said too.
func child(path string) {
	var mu sync.Mutex
	say := func(what, letter string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Println(what, letter)
	}
	box, err := Open(Options{Path: path, Now: time.Now, Report: func(_ context.Context, event json.RawMessage) error {
		var e struct {
			Detail struct {
				EventType string
				Mail      struct{ Tags map[string][]string }
			}
		}
		if err := json.Unmarshal(event, &e); err != nil {
			return err
		}
		say("reported", e.Detail.EventType+"/"+e.Detail.Mail.Tags["brief"][0])
		return nil
	}})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for s := range 8 {
		go func() {
			for i := 0; ; i++ {
				letter := fmt.Sprintf("%d-%d-%d", os.Getpid(), s, i)
				early := os.Getenv(earlyVariable) != ""
				if early {
					say("taken", letter)
				}
				raw := []byte("Subject: " + letter + "\r\n\r\n")
				_, err := box.Send(context.Background(), post.Outgoing{LetterID: letter, To: "sanne@voorbeeld.example", Raw: raw})
				if err == nil && !early {
					say("taken", letter)
				}
			}
		}()
	}
	select {}
}

// killed runs the child on a file and kills it after it has said a number of lines.
func killed(t *testing.T, path string, lines int, environment ...string) (taken, reported map[string]bool) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(append(os.Environ(), childVariable+"="+path), environment...)
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	taken, reported = map[string]bool{}, map[string]bool{}
	reader := bufio.NewReader(output)
	for n := 0; ; n++ {
		if n == lines {
			if err := command.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
		line, err := reader.ReadString('\n')
		if err == io.EOF {
			break
		}
		what, letter, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch what {
		case "taken":
			taken[letter] = true
		case "reported":
			reported[letter] = true
		default:
			t.Fatalf("the child says %q", line)
		}
	}
	command.Wait() // killed: that is no news
	return taken, reported
}

func TestWhatWasTakenIsThereAndReportedAfterAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.db")
	taken, reported := map[string]bool{}, map[string]bool{}
	for run := range 5 {
		t1, r1 := killed(t, path, 40+run*37)
		for letter := range t1 {
			taken[letter] = true
		}
		for report := range r1 {
			reported[report] = true
		}
	}
	e := &ear{}
	box := open(t, path, e)
	settle(t, box)
	kept := map[string]int{}
	for _, subject := range subjects(t, box, Filter{}) {
		kept[subject]++
	}
	for letter := range taken {
		if kept[letter] != 1 {
			t.Errorf("letter %s was taken and is kept %d times", letter, kept[letter])
		}
	}
	for letter := range kept {
		for _, report := range []string{"Send", "Delivery"} {
			heard := reported[report+"/"+letter]
			for _, r := range e.heard[letter] {
				heard = heard || r == report
			}
			if !heard {
				t.Errorf("%s of %s was never reported", report, letter)
			}
		}
	}
	if len(taken) < 50 {
		t.Errorf("only %d letters were taken: the test shows little", len(taken))
	}
}

// The control: an outbox that answers before it has the letter on disk is found out.
func TestAnAnswerThatComesTooEarlyIsFoundOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outbox.db")
	lost := 0
	for run := range 5 {
		taken, _ := killed(t, path, 40+run*37, earlyVariable+"=1")
		box := open(t, path, &ear{})
		kept := map[string]bool{}
		for _, subject := range subjects(t, box, Filter{}) {
			kept[subject] = true
		}
		for letter := range taken {
			if !kept[letter] {
				lost++
			}
		}
		if err := box.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if lost == 0 {
		t.Error("no letter was lost, so the test of the kill shows nothing")
	}
}
