package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"aanmeldpunt/internal/content"
)

// networkFile writes the example network, changed, to a file.
func networkFile(t *testing.T, change func(map[string]any)) string {
	t.Helper()
	var network map[string]any
	if err := json.Unmarshal(content.ExampleNetwork, &network); err != nil {
		t.Fatal(err)
	}
	change(network)
	raw, err := json.Marshal(network)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "netwerk.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
