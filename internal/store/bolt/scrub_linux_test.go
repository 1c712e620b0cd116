package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/store"
)

// refusing gives options under which a device stands in for the new file of a rewrite, from a stage on; once.
func refusing(t *testing.T, at stage, device string) (options Options, d *disk) {
	d, done := new(disk), false
	return Options{OpenFile: d.open, before: func(s stage) error {
		if s == at && !done {
			done = true
			d.fail(t, device)
		}
		return nil
	}}, d
}

func TestARewriteThatTheDiskRefusesLeavesTheOldFileInUse(t *testing.T) {
	t.Parallel()
	for _, device := range []string{"/dev/null", "/dev/full"} {
		for _, at := range []stage{copying, flushing} {
			t.Run(filepath.Base(device)+" "+string(at), func(t *testing.T) {
				t.Parallel()
				options, d := refusing(t, at, device)
				db := opened(t, options)
				transact(t, db, secretive("stays", 0))
				if err := db.Scrub(t.Context()); !errors.Is(err, store.ErrUnavailable) {
					t.Errorf("told %v", err)
				}
				transact(t, db, secretive("later", 0))
				items, _ := everything(t, db)
				if got := names(t, db.path); len(items) != 2 || !cmp.Equal(got, []string{"data"}) {
					t.Errorf("%d items of 2, in %q", len(items), got)
				}
				d.mend()
				scrub(t, db)
			})
		}
	}
}

// TestWithoutSyncARefusedRewriteGoesUnseen is the negative control.
func TestWithoutSyncARefusedRewriteGoesUnseen(t *testing.T) {
	t.Parallel()
	options, d := refusing(t, flushing, "/dev/null")
	options.noSync = true
	db := opened(t, options)
	scrub(t, db)
	d.mend()
}

// TestAfterARewriteCommitsAreFlushed: the disk refuses to, and that is told.
func TestAfterARewriteCommitsAreFlushed(t *testing.T) {
	t.Parallel()
	d := new(disk)
	db := opened(t, Options{OpenFile: d.open})
	transact(t, db, secretive("stays", 0))
	scrub(t, db)
	d.fail(t, "/dev/null")
	key := store.Key{PK: "p", SK: "refused"}
	for name, err := range map[string]error{"a commit": store1(t, db, key), "a rewrite": db.Scrub(t.Context())} {
		if !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: answered %v", name, err)
		}
	}
	d.mend()
	scrub(t, db)
	if items, _ := everything(t, db); len(items) != 1 {
		t.Errorf("%d items stand of 1", len(items))
	}
}

func TestADiskThatIsFullIsTold(t *testing.T) {
	t.Parallel()
	full := func(path string, flag int, mode os.FileMode) (*os.File, error) {
		if strings.HasSuffix(path, leftOver) {
			return os.OpenFile("/dev/full", os.O_RDWR, mode)
		}
		return os.OpenFile(path, flag, mode)
	}
	db := opened(t, Options{OpenFile: full})
	transact(t, db, secretive("stays", 0))
	err := db.Scrub(t.Context())
	if !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "make room") {
		t.Errorf("told %v", err)
	}
	transact(t, db, secretive("later", 0))
}

// held gives how often the process holds files of the folder: descriptors and mappings.
func heldOf(t *testing.T, folder string) (descriptors, mappings int) {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if target, err := os.Readlink("/proc/self/fd/" + entry.Name()); err == nil && strings.HasPrefix(target, folder) {
			descriptors++
		}
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	return descriptors, strings.Count(string(maps), folder)
}

func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// TestManyRewritesHoldNothing, done and failed ones in turn. It runs by itself: the memory is everybody's.
func TestManyRewritesHoldNothing(t *testing.T) {
	var last stage
	rewrites := 0
	db := opened(t, Options{before: func(s stage) error {
		if last = s; s == copying {
			rewrites++
		}
		if fails := rewrites % 5; fails < len(stages) && s == stages[fails] && s != settling {
			return syscall.EIO
		}
		return nil
	}})
	transact(t, db, secretive("stays", 300_000))
	done := 0
	round := func() {
		for range 100 {
			if err := db.Scrub(t.Context()); err == nil {
				done++
			} else if last == settling {
				t.Fatal(err)
			}
		}
	}
	round()
	before := heap()
	round()
	if grown := heap() - before; grown > 200_000 { // less than one copy of the item
		t.Errorf("100 rewrites left %d bytes in memory", grown)
	}
	if descriptors, mappings := heldOf(t, filepath.Dir(db.path)); descriptors != 1 || mappings != 1 {
		t.Errorf("%d descriptors and %d mappings of the file are held", descriptors, mappings)
	}
	if done != 80 {
		t.Errorf("%d of 200 were done; want 80", done)
	}
	if items, _ := everything(t, db); len(items) != 1 {
		t.Errorf("%d items stand", len(items))
	}
}

// TestWhatIsHeldIsSeen is the negative control.
func TestWhatIsHeldIsSeen(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for n := 1; n <= 2; n++ {
		db, err := Open(filepath.Join(folder, strings.Repeat("x", n)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := os.Remove(db.path); err != nil {
			t.Fatal(err)
		}
		if descriptors, mappings := heldOf(t, folder); descriptors != n || mappings != n {
			t.Errorf("of %d open files without a name %d descriptors and %d mappings are seen", n, descriptors, mappings)
		}
	}
}
