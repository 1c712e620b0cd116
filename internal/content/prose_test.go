package content

import (
	"io/fs"
	"strings"
	"testing"

	"aanmeldpunt/internal/content/lint"
)

func TestProseIsInPlainDutch(t *testing.T) {
	files, err := fs.Glob(proseFiles, "paginas/*.txt")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	var texts []string
	for _, file := range files {
		source, err := fs.ReadFile(proseFiles, file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			text := running(strings.TrimSpace(line))
			texts = append(texts, text)
			for _, fault := range lint.Faults(text) {
				t.Errorf("%s: %s", file, fault)
			}
		}
	}
	if mean, n := lint.Mean(texts); mean >= lint.MeanSentence || n < 40 {
		t.Errorf("%d sentences of %.1f words; want fewer than %d on average", n, mean, lint.MeanSentence)
	}
}

func TestProse(t *testing.T) {
	if _, err := Prose("nergens", nil); err == nil {
		t.Error("a page that is not there is given")
	}
	if _, err := Prose("privacy", nil); err == nil || !strings.Contains(err.Error(), "verantwoordelijke") {
		t.Errorf("a value that is missing: %v", err)
	}
	blocks, err := Prose("toegankelijkheid", map[string]string{"teammail": "team@mdt.example", "registerlink": "https://r.example", "ombudsmanlink": "https://o.example"})
	if err != nil || blocks[0][0].Kind != HeadingLine || blocks[1][0].Kind != TextLine {
		t.Errorf("%v, %v", blocks, err)
	}
}
