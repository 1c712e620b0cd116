package bolt

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"aanmeldpunt/internal/store"
)

func TestAFileThatCannotBeUsedIsToldInASentence(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	locked := opened(t, Options{})
	write(t, at("text"), []byte(strings.Repeat("this is no data file\n", 1000)))
	write(t, at("short"), []byte("x"))
	fill(t, at("cut"))
	if err := os.Truncate(at("cut"), 8*int64(os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	fill(t, at("scratched"))
	scratch(t, at("scratched"))
	refusing := func(errno syscall.Errno) Options {
		return Options{OpenFile: func(path string, _ int, _ os.FileMode) (*os.File, error) {
			return nil, &os.PathError{Op: "open", Path: path, Err: errno}
		}}
	}
	tests := []struct {
		name, path string
		options    Options
		advice     string
	}{
		{"in use", locked.path, Options{}, "another process has it open; stop that one"},
		{"no permission", at("x"), refusing(syscall.EACCES), "give this user write permission"},
		{"read-only disk", at("x"), refusing(syscall.EROFS), "give this user write permission"},
		{"full disk", at("x"), refusing(syscall.ENOSPC), "the disk is full; make room"},
		{"no folder", at("none/x"), Options{}, "its folder does not exist"},
		{"a folder", dir, Options{}, "it is a folder"},
		{"another kind of file", at("text"), Options{}, "damaged or no data file of ours"},
		{"a byte", at("short"), Options{}, "damaged or no data file of ours"},
		{"cut off", at("cut"), Options{}, "damaged or no data file of ours"},
		{"overwritten", at("scratched"), Options{}, "damaged or no data file of ours"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			db, err := Open(test.path, test.options)
			if err == nil {
				db.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), test.path) || !strings.Contains(err.Error(), test.advice) {
				t.Errorf("got %q, want it to name the file and say %q", err, test.advice)
			}
		})
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// fill makes a good file of many pages.
func fill(t *testing.T, path string) {
	t.Helper()
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		var writes []store.Write
		for j := range 50 {
			writes = append(writes, store.Write{Key: store.Key{PK: "p", SK: fmt.Sprintf("%d#%d", i, j)}, Put: store.Item{"a": strings.Repeat("x", 200)}})
		}
		if err := db.Transact(t.Context(), "", writes); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// scratch overwrites all but the two head pages.
func scratch(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 2 * os.Getpagesize(); i < len(content); i++ {
		content[i] = 0xA5
	}
	write(t, path, content)
}
