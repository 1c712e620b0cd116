package ical

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/parts"
)

// reading is what another program makes of a file.
type reading struct {
	Start, End                     time.Time
	Summary, Description, Location string
	Status, UID, Method            string
	Sequence                       int
	Errors                         []string
}

// files are events around the changes of the clock, as they are made, changed and cancelled, and with texts
// that are hard to write.
func files() (written [][]byte, want []reading) {
	var events []Event
	for _, start := range moments() {
		for sequence, status := range []Status{Tentative, Confirmed, Cancelled} {
			e := event()
			e.Start, e.End, e.Sequence, e.Status = start, start.Add(90*time.Minute), sequence, status
			events = append(events, e)
		}
	}
	for _, text := range []string{`a,b;c\d`, "één\ntwee\n\ndrie", "😀😀 李 明 " + string(bytes.Repeat([]byte("lang "), 80)) + "eind", `\n`} {
		e := event()
		e.Summary, e.Description, e.Location, e.Status = text, text, text, Tentative
		events = append(events, e)
	}
	for _, e := range events {
		method := Publish
		if e.Status == Cancelled {
			method = Cancel
		}
		written = append(written, Write(method, e))
		want = append(want, reading{Start: e.Start.UTC(), End: e.End.UTC(), Summary: e.Summary, Description: e.Description,
			Location: e.Location, Status: string(e.Status), UID: e.UID, Method: string(method), Sequence: e.Sequence, Errors: []string{}})
	}
	return written, want
}

// ask gives the files to a program as a JSON array of texts, and gets an array of readings back.
func ask(t *testing.T, program string, args ...string) {
	t.Helper()
	written, want := files()
	texts := make([]string, len(written))
	for i, file := range written {
		texts[i] = string(file)
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	var complaint bytes.Buffer
	command := exec.Command(program, args...)
	command.Stdin, command.Stderr = bytes.NewReader(input), &complaint
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaint.Bytes())
	}
	var got []reading
	if err := json.Unmarshal(output, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

func TestPythonReadsTheSame(t *testing.T) {
	t.Parallel()
	beside := filepath.Dir(parts.Need(t, "icalendar"))
	ask(t, filepath.Join(beside, "python3"), "testdata/read.py")
}

func TestNodeReadsTheSame(t *testing.T) {
	t.Parallel()
	node := parts.Need(t, "node")
	modules := filepath.Dir(parts.Need(t, "aws-ses-v2-local")) // the tools for Node are installed as one
	ask(t, node, "testdata/read.mjs", filepath.Join(modules, "..", "node_modules", "ical.js", "dist", "ical.js"))
}
