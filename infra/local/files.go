package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// replaceFile writes a small file so that a crash leaves the old one or the new one, never a part.
func replaceFile(path string, content []byte) error {
	if err := writeSynced(path+".nieuw", content); err != nil {
		return advise(path, err)
	}
	if err := os.Rename(path+".nieuw", path); err != nil {
		return advise(path, err)
	}
	return nil
}

func writeSynced(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// advise says of a file that cannot be written what to do.
func advise(path string, err error) error {
	what := "look at the disk, or choose another folder with -data"
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		what = "the disk is full; make room"
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		what = "give this user write permission, or choose another folder with -data"
	}
	return fmt.Errorf("%s cannot be written (%w): %s", path, err, what)
}
