package letters

import (
	"testing"

	"aanmeldpunt/internal/mdt"
)

// BenchmarkLetter makes a whole message of a letter with a calendar entry.
func BenchmarkLetter(b *testing.B) {
	r, l := renderer(b), letter(b, mdt.LetterRegistered)
	for b.Loop() {
		m, err := r.Render(l)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := m.MIME(); err != nil {
			b.Fatal(err)
		}
	}
}
