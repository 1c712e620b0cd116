package links

import (
	"encoding/binary"
	"time"
)

// version is the first byte of each token; another one is another form, which we do not know.
const version = 2

// encode writes what is signed: version, key id, purpose, person, entry (each text behind its length), and
// the moments of issue and end in seconds since 1970.
func encode(keyID string, link Link) []byte {
	body := []byte{version}
	for _, text := range []string{keyID, string(link.Purpose), link.Person, link.Entry} {
		body = append(binary.AppendUvarint(body, uint64(len(text))), text...)
	}
	body = binary.BigEndian.AppendUint64(body, uint64(link.Issued.Unix()))
	return binary.BigEndian.AppendUint64(body, uint64(link.Expires.Unix()))
}

// decode reads what encode wrote, to the last byte.
func decode(body []byte) (keyID string, link Link, ok bool) {
	if len(body) == 0 || body[0] != version {
		return "", Link{}, false
	}
	rest := body[1:]
	var texts [4]string
	for i := range texts {
		length, read := binary.Uvarint(rest)
		if read <= 0 || length > uint64(len(rest)-read) {
			return "", Link{}, false
		}
		texts[i], rest = string(rest[read:read+int(length)]), rest[read+int(length):]
	}
	if len(rest) != 16 {
		return "", Link{}, false
	}
	return texts[0], Link{Purpose(texts[1]), texts[2], texts[3], moment(rest[:8]), moment(rest[8:])}, true
}

func moment(seconds []byte) time.Time {
	return time.Unix(int64(binary.BigEndian.Uint64(seconds)), 0).UTC()
}
