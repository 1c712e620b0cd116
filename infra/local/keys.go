package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/mdt"
)

// secrets are the keys of this store: made once, for entries cannot be found without them.
type secrets struct {
	Person []byte `json:"persoon"`
	Links  string `json:"links"`
}

func readSecrets(dir string) (secrets, error) {
	file := filepath.Join(dir, "sleutels.json")
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return makeSecrets(file)
	}
	var s secrets
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		return s, errors.New(file + " cannot be read: put the copy back, or begin anew with an empty folder (-data)")
	}
	return s, nil
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
	return s, os.WriteFile(file, raw, 0o600)
}

func (s secrets) open() (*mdt.Identity, links.Keys, error) {
	identity, err := mdt.NewIdentity(s.Person)
	if err != nil {
		return nil, links.Keys{}, err
	}
	keys, err := links.ParseKeys(s.Links)
	return identity, keys, err
}
