package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// noted is a table that remembers what it was given.
type noted struct {
	name     string
	regions  int
	meetings int
	staff    []mdt.Staff
	fails    error
}

func (n *noted) Fill(_ context.Context, regions []mdt.Region, meetings []mdt.Meeting) error {
	n.regions, n.meetings = len(regions), len(meetings)
	return n.fails
}

func (n *noted) FillStaff(_ context.Context, staff []mdt.Staff) error {
	n.staff = staff
	return n.fails
}

func file(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "network.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad(t *testing.T) {
	trial := file(t, content.ExampleNetwork)
	genuine := file(t, bytes.ReplaceAll(content.ExampleNetwork, []byte(`.example"`), []byte(`.nl"`)))
	broken := file(t, bytes.Replace(content.ExampleNetwork, []byte(`"Ameland", `), nil, 1))
	lost := errors.New("lost")
	tests := []struct {
		name   string
		args   []string
		fails  error
		stored bool
		said   string // in what is printed or in the error
	}{
		{"example in a trial", []string{"-table", "desk", "-trial", trial}, nil, true, "desk now holds 19 regions and 7 meetings"},
		{"example for real", []string{"-table", "desk", trial}, nil, false, "voorbeeldadres"},
		{"example says what to do", []string{"-table", "desk", trial}, nil, false, "-trial"},
		{"real addresses", []string{"-table", "desk", genuine}, nil, true, "19 regions"},
		{"a municipality is missing", []string{"-table", "desk", "-trial", broken}, nil, false, "Ameland (GM0060)"},
		{"only a check", []string{"-check", genuine}, nil, false, "is right: 19 regions"},
		{"a check of the example", []string{"-check", trial}, nil, false, "voorbeeldadres"},
		{"no table", []string{genuine}, nil, false, "-table"},
		{"no file", []string{"-table", "desk"}, nil, false, "network file"},
		{"two files", []string{"-table", "desk", genuine, trial}, nil, false, "network file"},
		{"a file that is not there", []string{"-check", genuine + "x"}, nil, false, "no such file"},
		{"a table that fails", []string{"-table", "desk", genuine}, lost, true, "run it again"},
	}
	for _, tt := range tests {
		table, out := &noted{fails: tt.fails}, new(strings.Builder)
		l := loader{now: time.Now, out: out, errs: out, open: func(name string) (filler, error) {
			table.name = name
			return table, nil
		}}
		err := l.run(context.Background(), tt.args)
		if err != nil {
			out.WriteString(err.Error())
		}
		if stored := table.regions == 19 && table.meetings == 7 && table.name == "desk"; stored != tt.stored {
			t.Errorf("%s: stored %+v", tt.name, table)
		}
		if !strings.Contains(out.String(), tt.said) {
			t.Errorf("%s: said %q, want %q", tt.name, out, tt.said)
		}
		if done := strings.Contains(tt.said, "19 regions"); (err == nil) != done || tt.fails != nil && !errors.Is(err, tt.fails) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestThePeopleOfTheFile: they come in at the desk of the table whose key is given, known there as the functions know them.
func TestThePeopleOfTheFile(t *testing.T) {
	path := file(t, content.ExampleNetwork)
	key := bytes.Repeat([]byte("k"), 48)
	identity, err := mdt.NewIdentity(key)
	if err != nil {
		t.Fatal(err)
	}
	sam, _ := mdt.ParseAddress("SAM@mdt-team.example")
	for _, tt := range []struct {
		key, said string
		fails     bool
	}{
		{"", "left out: the people of the file (22)", false},
		{base64.StdEncoding.EncodeToString(key), "may come in", false},
		{base64.StdEncoding.EncodeToString(key[:31]), "PERSON_KEY", true},
		{"geen base64", "PERSON_KEY", true},
	} {
		table, out := new(noted), new(strings.Builder)
		l := loader{now: time.Now, key: tt.key, out: out, errs: out, open: func(string) (filler, error) { return table, nil }}
		err := l.run(t.Context(), []string{"-table", "desk", "-trial", path})
		if err != nil {
			out.WriteString(err.Error())
		}
		if !strings.Contains(out.String(), tt.said) || (err != nil) != tt.fails || tt.fails && table.regions > 0 {
			t.Errorf("%q: said %q, stored %d regions, %v", tt.key, out, table.regions, err)
		}
		if filled := slices.ContainsFunc(table.staff, func(s mdt.Staff) bool { return s.ID == identity.Person(sam) }); filled != strings.Contains(tt.said, "may come in") {
			t.Errorf("%q: on the list %+v", tt.key, table.staff)
		}
	}
}

// What is loaded comes back as it was, and loading again leaves it alone.
func TestLoadedNetworkComesBack(t *testing.T) {
	db, err := bolt.Open(filepath.Join(t.TempDir(), "table.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	desk, now := store.New(db), time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	l := loader{now: func() time.Time { return now }, out: new(strings.Builder), open: func(string) (filler, error) { return desk, nil }}
	path := file(t, content.ExampleNetwork)
	want, err := l.read(options{file: path, trial: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := l.run(t.Context(), []string{"-table", "desk", "-trial", path}); err != nil {
			t.Fatal(err)
		}
		compare(t, desk, want)
		now = now.AddDate(0, 0, 3) // three days on the dates in the file mean others
	}
}

func compare(t *testing.T, desk *store.Store, want mdt.Network) {
	t.Helper()
	regions, err := desk.Regions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	meetings, err := desk.Meetings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Meetings {
		want.Meetings[i].Version = 1
	}
	for i := range want.Regions {
		want.Regions[i].Version = 1
	}
	byID := cmp.Options{
		cmpopts.EquateEmpty(),
		cmpopts.SortSlices(func(a, b mdt.Region) bool { return a.ID < b.ID }),
		cmpopts.SortSlices(func(a, b mdt.Meeting) bool { return a.ID < b.ID }),
	}
	if diff := cmp.Diff(want.Regions, regions, byID); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want.Meetings, meetings, byID); diff != "" {
		t.Error(diff)
	}
}
