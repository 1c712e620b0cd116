package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"aanmeldpunt/internal/parts"
)

const (
	validatingMay = 2 * time.Minute
	ruleset       = `{"root": true, "extends": ["html-validate:recommended", "html-validate:document"]}`
)

// Valid holds pages, each by a name, to html-validate, all in one run. A warning counts as a fault.
func Valid(t testing.TB, pages map[string][]byte) {
	t.Helper()
	if len(pages) == 0 {
		t.Fatal("there are no pages to look at")
	}
	program := parts.Need(t, "html-validate")
	dir, names := t.TempDir(), slices.Sorted(maps.Keys(pages))
	write(t, filepath.Join(dir, "rules.json"), []byte(ruleset))
	args, named := []string{"--config", "rules.json", "--formatter", "json"}, map[string]string{}
	for i, name := range names {
		file := fmt.Sprintf("%d.html", i)
		write(t, filepath.Join(dir, file), pages[name])
		args, named[file] = append(args, file), name
	}
	for _, result := range validate(t, program, dir, args) {
		name := named[filepath.Base(result.FilePath)]
		for _, m := range result.Messages {
			t.Errorf("%s:%d:%d: %s (%s)", name, m.Line, m.Column, m.Message, m.RuleID)
		}
	}
}

// verdict is what html-validate says of one file.
type verdict struct {
	FilePath string
	Messages []struct {
		RuleID, Message string
		Line, Column    int
	}
}

func validate(t testing.TB, program, dir string, args []string) (verdicts []verdict) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), validatingMay)
	defer cancel()
	command := exec.CommandContext(ctx, program, args...)
	var errs bytes.Buffer
	command.Dir, command.Stderr, command.WaitDelay = dir, &errs, time.Second
	out, err := command.Output()
	var refused *exec.ExitError // the status is 1 where something is wrong with a page
	if err != nil && !(errors.As(err, &refused) && refused.ExitCode() == 1) {
		t.Fatalf("html-validate: %v\n%s", err, errs.Bytes())
	}
	if err := json.Unmarshal(out, &verdicts); err != nil {
		t.Fatalf("html-validate: %v\n%s%s", err, out, errs.Bytes())
	}
	return verdicts
}

func write(t testing.TB, file string, text []byte) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Fetch gets the HTML at addresses, which must be there, for Valid.
func Fetch(t testing.TB, addresses ...string) map[string][]byte {
	t.Helper()
	client, pages := &http.Client{Timeout: stepMay}, map[string][]byte{}
	for _, address := range addresses {
		response, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s answers %s, %v", address, response.Status, err)
		}
		pages[address] = body
	}
	return pages
}
