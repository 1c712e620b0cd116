package parts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ending records how a test was ended, and ends the goroutine the way testing does.
type ending struct {
	testing.TB
	skipped, failed string
}

func (e *ending) Helper()           {}
func (e *ending) Skip(args ...any)  { e.skipped = args[0].(string); panic(e) }
func (e *ending) Fatal(args ...any) { e.failed = args[0].(string); panic(e) }

func need(name string) (path string, e *ending) {
	e = new(ending)
	defer func() {
		if r := recover(); r != nil && r != any(e) {
			panic(r)
		}
	}()
	return Need(e, name), e
}

func keep(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"), mode); err != nil {
		t.Fatal(err)
	}
}

func TestAPartIsFoundWhereItIsKept(t *testing.T) {
	kept, path := t.TempDir(), t.TempDir()
	t.Setenv(DirVariable, kept)
	t.Setenv("PATH", path)
	keep(t, filepath.Join(path, "both"), 0o755)
	keep(t, filepath.Join(kept, "x", "bin", "both"), 0o755)
	keep(t, filepath.Join(path, "only"), 0o755)
	keep(t, filepath.Join(kept, "x", "bin", "only"), 0o644)

	if got, _ := need("both"); got != filepath.Join(kept, "x", "bin", "both") {
		t.Errorf("got %q: what is kept goes before PATH", got)
	}
	if got, _ := need("only"); got != filepath.Join(path, "only") {
		t.Errorf("got %q: a file that cannot be run is no part", got)
	}
}

func TestAFileIsFoundWhereNpmPutIt(t *testing.T) {
	kept := t.TempDir()
	t.Setenv(DirVariable, kept)
	t.Setenv(AllVariable, "") // skips are looked at here
	if _, e := need("axe"); !strings.Contains(e.skipped, ".ci/parts") || !strings.Contains(e.skipped, kept) {
		t.Errorf("skipped %q: want how to get it", e.skipped)
	}
	file := filepath.Join(kept, "node", "node_modules", "axe-core", "axe.min.js")
	keep(t, file, 0o644)
	if got, _ := need("axe"); got != file {
		t.Errorf("got %q, want %q", got, file)
	}
}

func TestAMissingPartSkipsOrFails(t *testing.T) {
	t.Setenv(DirVariable, t.TempDir())
	t.Setenv("PATH", t.TempDir())

	t.Setenv(AllVariable, "")
	if _, e := need("dynoxide"); !strings.Contains(e.skipped, "cargo install") || !strings.Contains(e.skipped, Dir()) || e.failed != "" {
		t.Errorf("skipped %q, failed %q: want a skip that says how to get it", e.skipped, e.failed)
	}
	if _, e := need("nobody-knows-it"); !strings.Contains(e.skipped, "nobody-knows-it not installed") {
		t.Errorf("skipped %q", e.skipped)
	}

	t.Setenv(AllVariable, "1")
	if _, e := need("dynoxide"); e.failed == "" || e.skipped != "" {
		t.Errorf("skipped %q, failed %q: want a failure", e.skipped, e.failed)
	}
}
