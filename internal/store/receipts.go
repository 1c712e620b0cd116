package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"strings"
	"time"
)

// ReceiptKept is how long what was sent in can be read back at its receipt.
const ReceiptKept = 15 * time.Minute

// A receipt's name is 52 letters a-z2-7: 26 that find the item, and 26 that are the key to what it holds.
// The key stands nowhere in the table, so whoever reads the table reads nobody's words.
var receiptLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

const receiptHalf = 26

func receiptKey(half string) Key { return Key{"bon#" + half, "bon"} }

// KeepReceipt keeps what a visitor sent for ReceiptKept, and gives the name it is found by. The same seed gives
// the same name; an empty one gives a name that nobody can guess. A seed must be a secret that stands nowhere
// in the table. There is a name even where keeping fails: it finds nothing then.
func (s *Store) KeepReceipt(ctx context.Context, seed string, content []byte, now time.Time) (name string, err error) {
	if seed == "" {
		seed = rand.Text()
	}
	secret := sha256.Sum256([]byte("bon\x00" + seed))
	name = receiptName(secret[:16]) + receiptName(secret[16:])
	sealed := base64.RawStdEncoding.EncodeToString(receiptSeal(secret[16:]).Seal(nil, nil, content, nil))
	_, err = s.engine.Change(ctx, Write{Key: receiptKey(name[:receiptHalf]),
		Set: Item{"inhoud": sealed, AttrExpires: now.Add(ReceiptKept).Unix()}})
	return name, err
}

// Receipt gives what is kept under a name, or nil where nothing is, or no longer.
func (s *Store) Receipt(ctx context.Context, name string, now time.Time) ([]byte, error) {
	if len(name) != 2*receiptHalf {
		return nil, nil
	}
	key, err := receiptLetters.DecodeString(strings.ToUpper(name[receiptHalf:]))
	if err != nil || receiptName(key) != name[receiptHalf:] { // a name has one spelling
		return nil, nil
	}
	items, err := s.engine.Get(ctx, receiptKey(name[:receiptHalf]))
	if err != nil || items[0] == nil {
		return nil, err
	}
	if end, _ := items[0][AttrExpires].(int64); end <= now.Unix() {
		return nil, nil
	}
	text, _ := items[0]["inhoud"].(string)
	sealed, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	content, err := receiptSeal(key).Open(nil, nil, sealed, nil)
	if err != nil {
		return nil, nil // the half that finds it was guessed, the other was not
	}
	return content, nil
}

func receiptName(half []byte) string { return strings.ToLower(receiptLetters.EncodeToString(half)) }

// receiptSeal is AES-GCM, with a nonce of its own before each text.
func receiptSeal(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // 16 bytes are a key
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // and AES has blocks that fit
	}
	return seal
}
