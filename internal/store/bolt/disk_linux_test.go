package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"go.etcd.io/bbolt"

	"aanmeldpunt/internal/store"
)

// disk gives bbolt files that can be made to fail: another device is put under the open file. /dev/null
// takes writes and refuses to sync; /dev/full refuses to write.
type disk struct {
	mu     sync.Mutex
	file   *os.File
	kept   int    // the descriptor of the real file while another device stands in for it
	device string // what stands in for files that are opened from now on; "" for nothing
}

func (d *disk) open(path string, flag int, mode os.FileMode) (*os.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.device != "" {
		return nil, &os.PathError{Op: "open", Path: path, Err: syscall.EIO}
	}
	var err error
	d.file, err = os.OpenFile(path, flag, mode)
	return d.file, err
}

// fail puts device under the file, now and whenever it is opened.
func (d *disk) fail(t *testing.T, device string) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	other, err := os.OpenFile(device, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	fd := int(d.file.Fd())
	syscall.ForkLock.RLock() // a process started now would inherit the file, and with it the lock
	if d.kept, err = syscall.Dup(fd); err == nil {
		syscall.CloseOnExec(d.kept)
		err = syscall.Dup3(int(other.Fd()), fd, syscall.O_CLOEXEC)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	d.device = device
}

// mend lets files be opened again.
func (d *disk) mend() {
	d.mu.Lock()
	defer d.mu.Unlock()
	syscall.Close(d.kept) // and with it the lock, as at the end of a process
	d.device = ""
}

func TestWhatTheDiskRefusedIsNeverAnsweredWithSuccess(t *testing.T) {
	t.Parallel()
	for device, advice := range map[string]string{"/dev/null": "look at the disk", "/dev/full": "the disk is full"} {
		t.Run(filepath.Base(device), func(t *testing.T) {
			t.Parallel()
			d := new(disk)
			db := opened(t, Options{OpenFile: d.open})
			before, during, after := store.Key{PK: "p", SK: "before"}, store.Key{PK: "p", SK: "during"}, store.Key{PK: "p", SK: "after"}
			if err := store1(t, db, before); err != nil {
				t.Fatal(err)
			}
			d.fail(t, device)
			var group sync.WaitGroup
			for range 20 {
				group.Go(func() {
					err := store1(t, db, during)
					if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), advice) || !strings.Contains(err.Error(), db.path) {
						t.Errorf("answered %v", err)
					}
				})
			}
			group.Wait()
			if _, err := db.Get(t.Context(), before); !errors.Is(err, store.ErrUnavailable) {
				t.Errorf("a file out of use was read: %v", err)
			}
			d.mend()
			if err := store1(t, db, after); err != nil {
				t.Fatalf("the disk is back and the store is not: %v", err)
			}
			items, err := db.Get(t.Context(), before, during, after)
			if err != nil || items[0] == nil || items[1] != nil || items[2] == nil {
				t.Errorf("afterwards stands %v, %v", items, err)
			}
		})
	}
}

// TestWithoutSyncTheRefusalGoesUnseen is the negative control: a store that does not sync answers success.
func TestWithoutSyncTheRefusalGoesUnseen(t *testing.T) {
	t.Parallel()
	d := new(disk)
	db := opened(t, Options{OpenFile: d.open, noSync: true})
	d.fail(t, "/dev/null")
	if err := store1(t, db, store.Key{PK: "p", SK: "s"}); err != nil {
		t.Errorf("the disk lost what was written, and only the sync would have told; got %v", err)
	}
}

func store1(t *testing.T, db *DB, key store.Key) error {
	return db.Transact(t.Context(), store.NewToken(), []store.Write{{Key: key, Put: store.Item{"a": "b"}}})
}

// TestAHeadThatWasWrittenButNotSyncedIsTakenBack plays the failure after which bbolt shows a transaction
// all the same: its head is in the file, the sync of it failed.
func TestAHeadThatWasWrittenButNotSyncedIsTakenBack(t *testing.T) {
	t.Parallel()
	db := opened(t, Options{})
	first, second, third := store.Key{PK: "p", SK: "1"}, store.Key{PK: "p", SK: "2"}, store.Key{PK: "p", SK: "3"}
	if err := store1(t, db, first); err != nil {
		t.Fatal(err)
	}
	db.OnCommit(func([]Change) { db.breakOff(newest(db.file), syscall.EIO) }) // in the writer, as a commit that fails
	if err := store1(t, db, second); err != nil {
		t.Fatal(err)
	}
	db.OnCommit(func([]Change) {})
	if items, err := db.Get(t.Context(), first, second); err != nil || items[0] == nil || items[1] != nil {
		t.Errorf("a read finds %v, %v: it takes the file into use again, without what was refused", items, err)
	}
	if err := store1(t, db, third); err != nil {
		t.Fatal(err)
	}
	items, err := db.Get(t.Context(), first, second, third)
	if err != nil || items[0] == nil || items[1] != nil || items[2] == nil {
		t.Errorf("stands %v, %v; the second was refused", items, err)
	}
	if err := db.file.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			return err
		}
		return nil
	}); err != nil {
		t.Errorf("the file is damaged: %v", err)
	}
}
