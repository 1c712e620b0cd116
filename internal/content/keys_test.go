package content

import (
	"io/fs"
	"os"
	"strings"
	"testing"
)

// TestNoWordsHaveTwoMeanings: of a key that stands twice the one file would speak where the other is meant.
func TestNoWordsHaveTwoMeanings(t *testing.T) {
	files, err := fs.Glob(os.DirFS("."), "woorden/*.txt")
	if err != nil || len(files) < 6 {
		t.Fatalf("%q, %v", files, err)
	}
	pages := pageFile + ownFile + joined(deskFiles)
	for name, text := range map[string]string{"faults": faultFile, "fields": fieldFile, "erased": erasedFile, "pages": pages} {
		for _, key := range doubled(text) {
			t.Errorf("%s: %s stands there twice", name, key)
		}
	}
	if twice := doubled("a = x\n# a = y\nb = x\n\na = y\n"); len(twice) != 1 || twice[0] != "a" {
		t.Errorf("of one key that stands twice it finds %q", twice)
	}
}

func doubled(text string) (keys []string) {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		key, _, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok || strings.HasPrefix(key, "#") {
			continue
		}
		if seen[key] {
			keys = append(keys, key)
		}
		seen[key] = true
	}
	return keys
}
