package outbox

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	"golang.org/x/net/idna"
)

// The buckets of the file. An id is eight bytes, so that the order of keys is the order of coming.
var (
	metaBucket    = []byte("brieven")   // id -> stored
	rawBucket     = []byte("bytes")     // id -> the message as it was sent
	addressBucket = []byte("adressen")  // address, 0, id -> nothing
	reportBucket  = []byte("meldingen") // id -> the reports still to be made, in order
	troubleBucket = []byte("storingen") // address -> the report that each letter to it ends with
)

var errCutOff = errors.New("its end is missing")

// checkLength finds a file that was cut off: reading on would end the process, not give an error.
func checkLength(db *bbolt.DB) error {
	info, err := os.Stat(db.Path())
	if err != nil {
		return err
	}
	return db.View(func(tx *bbolt.Tx) error {
		if tx.Size() > info.Size() {
			return errCutOff
		}
		return nil
	})
}

func createBuckets(tx *bbolt.Tx) error {
	for _, name := range [][]byte{metaBucket, rawBucket, addressBucket, reportBucket, troubleBucket} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

// stored is what the file says of a letter beside its bytes.
type stored struct {
	Letter string    `json:"brief"`
	To     string    `json:"aan"`
	Sent   time.Time `json:"verstuurd"`
}

// letterID numbers the letters from 1 in the order in which they came.
type letterID uint64

func (id letterID) key() []byte { return binary.BigEndian.AppendUint64(nil, uint64(id)) }

// String writes an id with a fixed width, so that the order of texts is the order of coming.
func (id letterID) String() string { return fmt.Sprintf("%012d", uint64(id)) }

// ErrNoID says that a text is no id of a letter.
var ErrNoID = errors.New("outbox: no id of a letter")

func parseID(s string) (letterID, error) {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		return 0, ErrNoID
	}
	return letterID(n), nil
}

func fromKey(key []byte) letterID { return letterID(binary.BigEndian.Uint64(key)) }

// put keeps a letter and the reports that are to be made of it.
func put(tx *bbolt.Tx, s stored, raw []byte, reports []reportKind) (letterID, error) {
	n, err := tx.Bucket(metaBucket).NextSequence()
	if err != nil {
		return 0, err
	}
	id := letterID(n)
	meta, err := json.Marshal(s)
	if err != nil {
		return 0, err
	}
	return id, errors.Join(
		insert(tx.Bucket(metaBucket), id.key(), meta),
		insert(tx.Bucket(rawBucket), id.key(), raw),
		tx.Bucket(addressBucket).Put(append(addressKey(s.To), id.key()...), nil),
		setReports(tx, id, reports),
	)
}

// insert puts behind all that stands: pages are filled, for nothing comes between.
func insert(b *bbolt.Bucket, key, value []byte) error {
	b.FillPercent = 0.95
	return b.Put(key, value)
}

func setReports(tx *bbolt.Tx, id letterID, reports []reportKind) error {
	b := tx.Bucket(reportBucket)
	if len(reports) == 0 {
		return b.Delete(id.key())
	}
	value, err := json.Marshal(reports)
	if err != nil {
		return err
	}
	return b.Put(id.key(), value)
}

func getReports(tx *bbolt.Tx, id letterID) (reports []reportKind, err error) {
	value := tx.Bucket(reportBucket).Get(id.key())
	if value == nil {
		return nil, nil
	}
	return reports, json.Unmarshal(value, &reports)
}

func getStored(tx *bbolt.Tx, id letterID) (s stored, err error) {
	value := tx.Bucket(metaBucket).Get(id.key())
	if value == nil {
		return s, ErrNoLetter
	}
	return s, json.Unmarshal(value, &s)
}

// normal is what two spellings of an address share.
func normal(address string) string {
	address = strings.ToLower(strings.TrimSpace(address))
	at := strings.LastIndexByte(address, '@')
	if domain, err := idna.Lookup.ToASCII(address[at+1:]); err == nil {
		address = address[:at+1] + domain
	}
	return address
}

func addressKey(address string) []byte { return append([]byte(normal(address)), 0) }

// lettersTo gives the ids of the letters to an address, oldest first.
func lettersTo(tx *bbolt.Tx, address string) (ids []letterID) {
	prefix := addressKey(address)
	c := tx.Bucket(addressBucket).Cursor()
	for key, _ := c.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = c.Next() {
		ids = append(ids, fromKey(key[len(prefix):]))
	}
	return ids
}
