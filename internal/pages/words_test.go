package pages_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sources is the text of files that match, tests apart.
func sources(t *testing.T, patterns ...string) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range patterns {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

// said tells whether a key of a word stands in a source: whole, or put together of pieces that begin or end at its points.
func said(key, source string) bool {
	quoted := func(text string) bool { return strings.Contains(source, `"`+text+`"`) }
	if quoted(key) {
		return true
	}
	for at := 1; at < len(key); at++ {
		if (key[at] == '.' || key[at-1] == '.') && quoted(key[:at]) && said(key[at:], source) {
			return true
		}
	}
	return false
}

// statuses are those that a source answers with, as the words of troubles are named after them.
func statuses(source string) string {
	var all strings.Builder
	for status := 400; status < 600; status++ {
		name := strings.ReplaceAll(http.StatusText(status), " ", "")
		if name != "" && strings.Contains(source, "http.Status"+name) {
			fmt.Fprintf(&all, ` "%d"`, status)
		}
	}
	return all.String()
}

// TestEveryWordIsUsed: what stands in the files of the pages' words is on some page.
func TestEveryWordIsUsed(t *testing.T) {
	source := sources(t, "*.go", "html/*.html", "../look/*.go", "../look/html/*.html", "../mdt/*.go")
	source += statuses(source)
	for file, least := range map[string]int{"paginas.txt": 100, "mijn.txt": 130} {
		n := 0
		for line := range strings.Lines(sources(t, "../content/woorden/"+file)) {
			key, _, ok := strings.Cut(line, " = ")
			if !ok || strings.HasPrefix(key, "#") {
				continue
			}
			if n++; !said(key, source) {
				t.Errorf("nobody says %q", key)
			}
		}
		if n < least {
			t.Errorf("%s: only %d keys", file, n)
		}
	}
}

func TestWordsThatNobodySays(t *testing.T) {
	const source = `say("heel.sleutel") + say("begin." + end) + say(name + ".titel"); end = "einde"; name = "formulier"`
	for key, want := range map[string]bool{"heel.sleutel": true, "begin.einde": true, "formulier.titel": true,
		"heel": false, "begin.anders": false, "anders.titel": false, "formulier.knop": false, "begin.formulier.titel": true, "begin.einde.knop": false, "sleutel": false} {
		if got := said(key, source); got != want {
			t.Errorf("%s is said: %v", key, got)
		}
	}
}
