package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// secrets are the keys of this store: made once, for entries cannot be found without them.
type secrets struct {
	Person []byte `json:"persoon"`
	Links  string `json:"links"`
}

// openSecrets reads the keys, or makes them for a store that is empty.
func openSecrets(file string, empty bool) (*mdt.Identity, links.Keys, error) {
	s, err := readSecrets(file, empty)
	if err != nil {
		return nil, links.Keys{}, err
	}
	identity, err := mdt.NewIdentity(s.Person)
	if err != nil {
		return nil, links.Keys{}, noSecrets(file, err)
	}
	keys, err := links.ParseKeys(s.Links)
	if err != nil {
		return nil, links.Keys{}, noSecrets(file, err)
	}
	return identity, keys, nil
}

func readSecrets(file string, empty bool) (s secrets, err error) {
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) && empty {
		return makeSecrets(file)
	}
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		return s, noSecrets(file, err)
	}
	return s, nil
}

func noSecrets(file string, err error) error {
	return fmt.Errorf("the keys in %s cannot be read (%w), and without them no entry is found: put the file back, or begin anew with an empty folder (-data)", file, err)
}

func makeSecrets(file string) (secrets, error) {
	s := secrets{Person: make([]byte, 32)}
	link := make([]byte, 32)
	rand.Read(s.Person) // never fails (Go 1.24)
	rand.Read(link)
	s.Links = "1:" + base64.StdEncoding.EncodeToString(link)
	raw, err := json.Marshal(s)
	if err != nil {
		return s, err
	}
	return s, replaceFile(file, raw)
}
