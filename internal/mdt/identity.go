package mdt

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// minIdentityKey is the shortest key an Identity takes: as long as the hash (RFC 2104, 3).
const minIdentityKey = sha256.Size

// Identity gives persons and their entries the names they are stored under. Its key never rotates, or
// nobody would be found again, and it is not the key of the links, which does.
type Identity struct {
	person, reference, digest, network []byte // one key for each use, so that no two uses give the same hash
}

// NewIdentity makes an Identity from a secret of at least 32 bytes.
func NewIdentity(key []byte) (*Identity, error) {
	if len(key) < minIdentityKey {
		return nil, fmt.Errorf("mdt: the key of the address hash has %d bytes, it needs at least %d", len(key), minIdentityKey)
	}
	return &Identity{
		person:    keyed(key, "persoon"),
		reference: keyed(key, "kenmerk"),
		digest:    keyed(key, "sleutel"),
		network:   keyed(key, "netwerk"),
	}, nil
}

// Person names who an address belongs to, the same for each way to write it: 26 characters a-z2-7.
func (i *Identity) Person(a Address) PersonID { return PersonID(base32Name(keyed(i.person, a.Normal))) }

// Reference gives the kenmerk that belongs to the parts, always the same one: say of the kind of entry, the
// meeting and the person.
func (i *Identity) Reference(parts ...string) string { return spell(keyed(i.reference, parts...)) }

// Digest names the parts without showing them: 26 characters a-z2-7.
func (i *Identity) Digest(parts ...string) string { return base32Name(keyed(i.digest, parts...)) }

// keyed hashes parts under a key. Each part goes behind its length, so that no two lists of parts look alike.
func keyed(key []byte, parts ...string) []byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		io.WriteString(mac, part)
	}
	return mac.Sum(nil)
}

var plainBase32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// base32Name writes the first 16 bytes of a hash.
func base32Name(hash []byte) string { return strings.ToLower(plainBase32.EncodeToString(hash[:16])) }

// referenceLetters lacks what is mixed up when it is read aloud or copied by hand: 0 and O, 1, I and L.
const referenceLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// referenceLength gives 31^8, some 850 thousand million references.
const referenceLength = 8

// spell writes 8 bytes as a reference.
func spell(bytes []byte) string {
	n := binary.BigEndian.Uint64(bytes)
	letters := make([]byte, referenceLength)
	for i := range letters {
		letters[i] = referenceLetters[n%uint64(len(referenceLetters))]
		n /= uint64(len(referenceLetters))
	}
	return string(letters)
}

// ParseReference reads a reference as somebody types it: small letters and spaces are no matter. ok is false where it
// cannot be one.
func ParseReference(typed string) (reference string, ok bool) {
	reference = strings.ToUpper(strings.Join(strings.Fields(typed), ""))
	if len(reference) != referenceLength || strings.Trim(reference, referenceLetters) != "" {
		return "", false
	}
	return reference, true
}
