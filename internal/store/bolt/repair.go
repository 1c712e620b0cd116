package bolt

import (
	"errors"
	"os"

	"go.etcd.io/bbolt"
)

// breakage is a commit or a rewrite that failed: what it was and what must still be mended.
type breakage struct {
	cause   error
	undo    int    // number of the transaction whose head may stand in the file; 0: none
	page    int    // bytes of a page
	renamed string // the file that may have got its name in memory only; "": none
}

// breakOff puts the file out of use after a failed commit, so that nothing of the commit is seen: bbolt
// shows a transaction once its head is written, even where the flush of that head then failed.
func (d *DB) breakOff(txid int, cause error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.broken = &breakage{cause: told(d.path, cause), page: d.page}
	if txid > 0 && newest(d.file) >= txid {
		d.broken.undo = txid
	}
	_ = d.file.Close()
	d.file = nil
}

// newest is the number of the last transaction the file shows.
func newest(file *bbolt.DB) (txid int) {
	_ = file.View(func(tx *bbolt.Tx) error {
		txid = tx.ID()
		return nil
	})
	return txid
}

// repair takes a broken file into use again: without the failed commit, as all its callers were told.
func (d *DB) repair() error {
	if d.broken == nil { // only this goroutine sets it while the DB is open
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.broken.undo > 0 {
		if err := wipeHead(d.path, d.options, *d.broken); err != nil {
			return errors.Join(d.broken.cause, err)
		}
		d.broken.undo = 0
	}
	if d.broken.renamed != "" {
		if err := d.settle(d.broken.renamed); err != nil {
			return errors.Join(d.broken.cause, err)
		}
		d.broken.renamed = ""
	}
	file, err := open(d.path, d.options)
	if err != nil {
		return errors.Join(d.broken.cause, err)
	}
	d.use(file)
	d.broken = nil
	return nil
}

// wipeHead takes away the head of the newest transaction, so that the one before it counts again: bbolt
// writes the two in turn and keeps all pages of the last but one.
func wipeHead(path string, options Options, b breakage) error {
	file, err := options.openFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	_, err1 := file.WriteAt(make([]byte, b.page), int64(b.undo%2*b.page))
	err2 := file.Sync()
	return errors.Join(err1, err2, file.Close())
}
