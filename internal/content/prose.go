package content

import (
	"embed"
	"fmt"
)

//go:embed paginas/*.txt
var proseFiles embed.FS

// Prose gives a page that is all text ("privacy") with values in its places, in blocks of lines. It is written
// like the lines of a letter; the first line is its heading.
func Prose(name string, values map[string]string) ([][]FilledLine, error) {
	source, err := proseFiles.ReadFile("paginas/" + name + ".txt")
	if err != nil {
		return nil, fmt.Errorf("content: no page %q: %w", name, err)
	}
	lines, err := parseLines(string(source))
	if err != nil {
		return nil, fmt.Errorf("content: page %q: %w", name, err)
	}
	var blocks [][]FilledLine
	for i, line := range lines {
		filled, shown, err := line.fill(values)
		if err != nil {
			return nil, fmt.Errorf("content: page %q: %w", name, err)
		}
		if i == 0 || line.Block != lines[i-1].Block {
			blocks = append(blocks, nil)
		}
		if shown {
			blocks[len(blocks)-1] = append(blocks[len(blocks)-1], filled)
		}
	}
	return blocks, nil
}
