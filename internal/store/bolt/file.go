package bolt

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	lockPatience = time.Second // a process that was just killed needs a moment to let go
	openTries    = 3           // each but the first for a rewrite that came in between
)

// open opens the file, with its buckets, and tells a fault in a sentence for who runs it.
func open(path string, options Options) (*bbolt.DB, error) {
	file, err := guarded(func() (*bbolt.DB, error) { return openBuckets(path, options) })
	if err != nil {
		return nil, told(path, err)
	}
	return file, nil
}

func openBuckets(path string, options Options) (*bbolt.DB, error) {
	file, err := openNamed(path, options)
	if err != nil {
		return nil, err
	}
	if err = errors.Join(checkLength(file), makeBuckets(file, options.Complete), removeLeftOver(path)); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// openNamed opens the file that bears the name once its lock is ours: one that was rewritten while we waited
// has lost the name, and what we stored in it would be gone.
func openNamed(path string, options Options) (*bbolt.DB, error) {
	for range openTries {
		var held *os.File
		file, err := bbolt.Open(path, 0o600, options.library(func(path string, flag int, mode os.FileMode) (_ *os.File, err error) {
			held, err = options.openFile(path, flag, mode)
			return held, err
		}))
		if err != nil {
			return nil, err
		}
		same, err := bears(held, path)
		if same && err == nil {
			return file, nil
		}
		if err = errors.Join(err, file.Close()); err != nil {
			return nil, err
		}
	}
	return nil, bolterrors.ErrTimeout
}

// bears tells whether path is the name of the open file.
func bears(file *os.File, path string) (bool, error) {
	held, err := file.Stat()
	if err != nil {
		return false, err
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(held, named), err
}

// library gives bbolt's own options.
func (o Options) library(openFile func(string, int, os.FileMode) (*os.File, error)) *bbolt.Options {
	return &bbolt.Options{
		Timeout:      lockPatience,
		FreelistType: bbolt.FreelistMapType,
		OpenFile:     openFile,
		NoSync:       o.noSync,
		NoStatistics: true,
	}
}

func (o Options) openFile(path string, flag int, mode os.FileMode) (*os.File, error) {
	if o.OpenFile != nil {
		return o.OpenFile(path, flag, mode)
	}
	return os.OpenFile(path, flag, mode)
}

var errDamaged = errors.New("its end is missing")

// checkLength finds a file that was cut off: reading on would end the process, not give an error.
func checkLength(file *bbolt.DB) error {
	info, err := os.Stat(file.Path())
	if err != nil {
		return err
	}
	return file.View(func(tx *bbolt.Tx) error {
		if tx.Size() > info.Size() {
			return errDamaged
		}
		return nil
	})
}

// guarded gives a panic of the library as an error: it panics on pages that make no sense.
func guarded[T any](f func() (T, error)) (result T, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", bolterrors.ErrInvalid, r)
		}
	}()
	return f()
}

// told says which file it is about and what to do.
func told(path string, err error) error {
	return fmt.Errorf("data file %s: %s: %w", path, advice(err), err)
}

// advice says what went wrong and what to do about it.
func advice(err error) string {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return "another process has it open; stop that one, or choose another folder"
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return "it may not be written; give this user write permission, or choose another folder"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "the disk is full; make room, what was not answered can be sent again"
	case errors.Is(err, os.ErrNotExist):
		return "its folder does not exist; make it, or choose another"
	case errors.Is(err, syscall.EISDIR):
		return "it is a folder; choose another name"
	case errors.Is(err, errDamaged), errors.Is(err, bolterrors.ErrInvalid),
		errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return "it is damaged or no data file of ours; move it away and put back a copy, or start with an empty one"
	}
	return "it cannot be read or written; look at the disk"
}
