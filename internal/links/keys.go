package links

import (
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Keys are the live keys: the first signs, all verify. To rotate, put a new one in front, and take the
// old one away when the links it signed may end. The zero value signs nothing: make one with ParseKeys.
type Keys struct {
	keys []key
}

type key struct {
	id     string
	secret []byte
}

// minSecret is the shortest secret a key may have, in bytes.
const minSecret = 32

var keyID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,16}$`)

// ParseKeys reads "id:base64,id:base64". An error says which key is wrong and how, and shows no secret.
func ParseKeys(text string) (Keys, error) {
	if strings.TrimSpace(text) == "" {
		return Keys{}, errors.New("links: no keys: want id:base64, several with a comma between")
	}
	var keys Keys
	for i, entry := range strings.Split(text, ",") {
		k, err := parseKey(strings.TrimSpace(entry))
		if err != nil {
			return Keys{}, fmt.Errorf("links: key %d: %w", i+1, err)
		}
		if _, twice := keys.find(k.id); twice {
			return Keys{}, fmt.Errorf("links: key %d: the id %q is used twice", i+1, k.id)
		}
		keys.keys = append(keys.keys, k)
	}
	return keys, nil
}

func parseKey(entry string) (key, error) {
	id, encoded, found := strings.Cut(entry, ":")
	if !found {
		return key{}, errors.New("no colon: want id:base64")
	}
	if !keyID.MatchString(id) {
		return key{}, errors.New("the id must be 1 to 16 letters, digits, - or _")
	}
	secret, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return key{}, fmt.Errorf("the secret of %q is not base64", id)
	}
	if len(secret) < minSecret {
		return key{}, fmt.Errorf("the secret of %q has %d bytes, it needs at least %d", id, len(secret), minSecret)
	}
	return key{id, secret}, nil
}

func (k Keys) find(id string) (key, bool) {
	for _, key := range k.keys {
		if key.id == id {
			return key, true
		}
	}
	return key{}, false
}

// String hides the secrets from whoever prints the keys.
func (k Keys) String() string {
	ids := make([]string, len(k.keys))
	for i, key := range k.keys {
		ids[i] = key.id
	}
	return "keys " + strings.Join(ids, ", ")
}

// GoString hides them from %#v.
func (k Keys) GoString() string { return k.String() }
