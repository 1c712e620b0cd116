package pages_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryWordIsUsed: what stands in the file of the pages' words is on some page, and what pages ask for is there.
func TestEveryWordIsUsed(t *testing.T) {
	raw, err := os.ReadFile("../content/woorden/paginas.txt")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	files, _ := filepath.Glob("*.go")
	templates, _ := filepath.Glob("html/*.html")
	for _, file := range append(files, templates...) {
		text, err := os.ReadFile(file)
		if err != nil || strings.HasSuffix(file, "_test.go") {
			continue
		}
		source.Write(text)
	}
	// What is put together of two pieces is found by the first and the kind of the second.
	made := regexp.MustCompile(`^(soort|stand|storing|bedankt)\.|^(aanmelden|voorstel|attendering|afmelden|afgemeld|persoonlijk|mijn)(\.titel|\.knop)?$`)
	n := 0
	for line := range strings.Lines(string(raw)) {
		key, _, ok := strings.Cut(line, " = ")
		if !ok || strings.HasPrefix(key, "#") {
			continue
		}
		if n++; !strings.Contains(source.String(), `"`+key+`"`) && !made.MatchString(key) {
			t.Errorf("nobody says %q", key)
		}
	}
	if n < 100 {
		t.Errorf("only %d keys", n)
	}
}
