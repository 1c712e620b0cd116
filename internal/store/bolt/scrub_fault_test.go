package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"aanmeldpunt/internal/store"
)

var stages = []stage{copying, flushing, renaming, settling}

// names gives what stands in the folder of the file.
func names(t *testing.T, path string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// TestARewriteThatFailsLeavesTheOldFileInUse, but where the name may not be on the disk: there nothing is
// taken until it is.
func TestARewriteThatFailsLeavesTheOldFileInUse(t *testing.T) {
	t.Parallel()
	for _, at := range stages {
		t.Run(string(at), func(t *testing.T) {
			t.Parallel()
			fault := error(&os.PathError{Op: string(at), Path: "x", Err: syscall.ENOSPC})
			db := opened(t, Options{before: func(s stage) error {
				if s == at {
					return fault
				}
				return nil
			}})
			transact(t, db, secretive("stays", 0), secretive("gone", 0))
			transact(t, db, deletion("gone"))
			err := db.Scrub(t.Context())
			for _, part := range []string{db.path, "the disk is full; make room"} {
				if !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), part) {
					t.Errorf("told %v", err)
				}
			}
			if at == settling {
				if err := store1(t, db, store.Key{PK: "p", SK: "s"}); !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, syscall.ENOSPC) {
					t.Errorf("a crash may take this away, and it was answered %v", err)
				}
				fault = nil
			}
			transact(t, db, secretive("later", 0))
			items, _ := everything(t, db)
			if got := names(t, db.path); len(items) != 2 || !cmp.Equal(got, []string{"data"}) {
				t.Errorf("%d items in %q", len(items), got)
			}
			fault = nil
			scrub(t, db)
			if there := found(t, filepath.Dir(db.path), append(secretsOf("gone"), "value-stays", "value-later")...); len(there) != 2 {
				t.Errorf("after a rewrite that succeeds stands %q", there)
			}
		})
	}
}

// TestARenameThatWasDoneAllTheSame: the failure was told, and the old file has lost its name.
func TestARenameThatWasDoneAllTheSame(t *testing.T) {
	t.Parallel()
	var path string
	db := opened(t, Options{before: func(s stage) error {
		if s == renaming {
			return errors.Join(os.Rename(path+leftOver, path), syscall.EIO)
		}
		return nil
	}})
	path = db.path
	transact(t, db, secretive("stays", 0))
	if err := db.Scrub(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("told %v", err)
	}
	transact(t, db, secretive("later", 0))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if items, _ := everything(t, again); len(items) != 2 {
		t.Errorf("under the name stand %d items of 2", len(items))
	}
}

// TestACrashAtAnyStageLeavesOneWholeFile copies the folder before each stage, as a crash would leave it.
func TestACrashAtAnyStageLeavesOneWholeFile(t *testing.T) {
	t.Parallel()
	crashed := map[stage]string{}
	for _, s := range append(stages, "end") {
		crashed[s] = t.TempDir()
	}
	var folder string
	crash := func(s stage) error { return os.CopyFS(crashed[s], os.DirFS(folder)) }
	db := opened(t, Options{before: crash})
	folder = filepath.Dir(db.path)
	for i := range 40 {
		transact(t, db, secretive(fmt.Sprint("stays", i), 5000), secretive("gone", i))
	}
	transact(t, db, deletion("gone"))
	want, wantListed := everything(t, db)
	scrub(t, db)
	if err := crash("end"); err != nil {
		t.Fatal(err)
	}
	for s, folder := range crashed {
		path := filepath.Join(folder, "data")
		if _, err := os.Stat(path + leftOver); (err == nil) != (s == copying || s == flushing || s == renaming) {
			t.Errorf("%s: a part of a rewrite beside the file: %v", s, err)
		}
		again, err := Open(path, Options{})
		if err != nil {
			t.Errorf("%s: %v", s, err)
			continue
		}
		items, listed := everything(t, again)
		if diff := cmp.Diff(want, items) + cmp.Diff(wantListed, listed); diff != "" || len(items) != 40 {
			t.Errorf("%s: (-stood +stands):\n%s", s, diff)
		}
		there := found(t, folder, secretsOf("gone")...)
		if renamed := s == settling || s == "end"; renamed != (there == nil) {
			t.Errorf("%s: of what was deleted %q is there", s, there)
		}
		if got := names(t, path); !cmp.Equal(got, []string{"data"}) {
			t.Errorf("%s: after opening stand %q", s, got)
		}
		scrub(t, again)
		again.Close()
	}
}

// TestEitherHeadOfANewFileShowsAll: bbolt goes by the elder one where the younger is damaged.
func TestEitherHeadOfANewFileShowsAll(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	for i := range 40 {
		transact(t, db, secretive(fmt.Sprint("stays", i), 200_000)) // more than one commit of a rewrite holds
	}
	scrub(t, db)
	head := breakage{undo: newest(db.file), page: db.file.Info().PageSize}
	if err := errors.Join(db.Close(), wipeHead(db.path, Options{}, head)); err != nil {
		t.Fatal(err)
	}
	again, err := Open(db.path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if items, _ := everything(t, again); len(items) != 40 || newest(again.file) != head.undo-1 {
		t.Errorf("the head before %d is %d and shows %d items of 40", head.undo, newest(again.file), len(items))
	}
}

// lingering opens the file and hands it out only when it may: who comes in between.
type lingering struct{ opened, goOn chan struct{} }

func (l lingering) open(path string, flag int, mode os.FileMode) (*os.File, error) {
	file, err := os.OpenFile(path, flag, mode)
	select {
	case <-l.opened: // it has lingered
	default:
		close(l.opened)
		<-l.goOn
	}
	return file, err
}

// TestAFileThatLostItsNameIsNotTaken has another process open the file before a rewrite and lock it after.
func TestAFileThatLostItsNameIsNotTaken(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		close  bool // whether the first has ended
		open   func(path string, o Options) (interface{ Close() error }, error)
		wanted error
	}{
		{"in use", false, func(path string, o Options) (interface{ Close() error }, error) { return Open(path, o) }, bolterrors.ErrTimeout},
		{"free", true, func(path string, o Options) (interface{ Close() error }, error) { return Open(path, o) }, nil},
		{"bbolt alone takes it", false, func(path string, o Options) (interface{ Close() error }, error) {
			return bbolt.Open(path, 0o600, o.library(o.OpenFile))
		}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			db := opened(t, Options{})
			transact(t, db, secretive("stays", 0))
			l := lingering{make(chan struct{}), make(chan struct{})}
			outcome := make(chan error)
			go func() {
				other, err := test.open(db.path, Options{OpenFile: l.open})
				if err == nil {
					other.Close()
				}
				outcome <- err
			}()
			<-l.opened
			scrub(t, db)
			if test.close {
				db.Close()
			}
			close(l.goOn)
			if err := <-outcome; !errors.Is(err, test.wanted) {
				t.Errorf("opened with %v, want %v", err, test.wanted)
			}
		})
	}
}

func TestAScrubbedFileStaysLocked(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	scrub(t, db)
	if other, err := Open(db.path, Options{}); !errors.Is(err, bolterrors.ErrTimeout) {
		t.Errorf("opened by another: %v", err)
		if err == nil {
			other.Close()
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	other, err := Open(db.path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	other.Close()
}
