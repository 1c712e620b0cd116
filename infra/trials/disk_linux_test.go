package trials

import (
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/bolt"
)

// disk opens files that can be made to fail: another device is put under what is open. /dev/null takes
// writes and refuses to sync, /dev/full refuses to write.
type disk struct {
	mu    sync.Mutex
	fd    int // descriptor of the open file
	kept  int // descriptor of the real file while a device stands in for it
	fails bool
}

func (d *disk) open(path string, flag int, mode os.FileMode) (*os.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fails {
		return nil, &os.PathError{Op: "open", Path: path, Err: syscall.EIO}
	}
	file, err := os.OpenFile(path, flag, mode)
	if err == nil {
		d.fd = int(file.Fd())
	}
	return file, err
}

func (d *disk) fail(t *testing.T, device string) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	other, err := os.OpenFile(device, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	syscall.ForkLock.RLock() // a process started now would inherit the file, and with it the lock
	if d.kept, err = syscall.Dup(d.fd); err == nil {
		syscall.CloseOnExec(d.kept)
		err = syscall.Dup3(int(other.Fd()), d.fd, syscall.O_CLOEXEC)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	d.fails = true
}

func (d *disk) mend() {
	d.mu.Lock()
	defer d.mu.Unlock()
	_ = syscall.Close(d.kept) // and with it the lock
	d.fails = false
}

// TestFailingDisk breaks the disk in the middle of a rush. Who was answered 201 is there, who was not is not
// there at all, and when the disk is back everybody can come again.
func TestFailingDisk(t *testing.T) {
	t.Parallel()
	for _, device := range []string{"/dev/null", "/dev/full"} {
		t.Run(filepath.Base(device), func(t *testing.T) {
			refused := 0
			for range number(3, 8, 200) {
				refused += breakDuringRush(t, device)
			}
			if refused == 0 {
				t.Error("nobody was refused: the trial proves nothing")
			}
		})
	}
}

func breakDuringRush(t *testing.T, device string) (refused int) {
	t.Helper()
	disk := new(disk)
	db, err := bolt.Open(filepath.Join(t.TempDir(), "store.db"), bolt.Options{OpenFile: disk.open, MostTogether: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	d := newDesk(t, store.Engine(db))
	d.open("dag", 1000, nil)
	done, commits := make(chan []posted), make(chan bool, 100)
	db.OnCommit(func([]bolt.Change) { commits <- true })
	go func() { done <- d.rush("dag", emails(60)) }()
	for range 1 + rand.IntN(10) {
		<-commits
	}
	time.Sleep(rand.N(time.Millisecond)) // in the middle of the next one
	disk.fail(t, device)
	results := <-done
	late := d.post("dag", "laat@gast.example")
	disk.mend()
	back := d.post("dag", "terug@gast.example")
	if late.code != http.StatusServiceUnavailable || late.again == "" || back.code != http.StatusCreated {
		t.Errorf("on the broken disk %d, Retry-After %q; on the mended one %d", late.code, late.again, back.code)
	}
	for _, r := range results {
		if r.code != http.StatusCreated {
			refused++
		}
	}
	if counter, _ := d.stands("dag"); counter.Occupied != len(results)-refused+1 {
		t.Errorf("%d seats, %d were answered 201", counter.Occupied, len(results)-refused+1)
	}
	results = append(results, late)
	d.repost("dag", results)
	if got := d.judge("dag", results); got.faults != nil {
		t.Errorf("%v", got.faults)
	}
	d.wantLetters(append(results, back))
	return refused
}
