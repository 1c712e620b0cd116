package docs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingIsToldTwice: no file for readers has a heading twice, as one has where a part was pasted once more.
func TestNothingIsToldTwice(t *testing.T) {
	files, err := filepath.Glob("../*.md")
	if err != nil || len(files) < 3 {
		t.Fatalf("%q, %v", files, err)
	}
	for _, file := range append(files, "inbouwen.md", "netwerk.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, heading := range repeated(string(text)) {
			t.Errorf("%s: %q stands there twice", file, heading)
		}
	}
	if twice := repeated("# A\n\n## B\n\n## C\n\n## B\n"); len(twice) != 1 || twice[0] != "## B" {
		t.Errorf("of a text with a part pasted once more it says %q", twice)
	}
}

func repeated(text string) (twice []string) {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") && seen[line] {
			twice = append(twice, line)
		}
		seen[line] = true
	}
	return twice
}
