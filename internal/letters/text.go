package letters

import (
	"strings"

	"aanmeldpunt/internal/content"
)

// text writes a letter for whoever reads plain text: complete, with every address written out.
func text(letter content.Filled) string {
	blocks := make([]string, len(letter.Blocks))
	for i, block := range letter.Blocks {
		lines := make([]string, len(block))
		for j, line := range block {
			lines[j] = textLine(line)
		}
		blocks[i] = strings.Join(lines, "\n")
	}
	return strings.Join(blocks, "\n\n") + "\n"
}

func textLine(line content.FilledLine) string {
	switch line.Kind {
	case content.FactLine:
		return line.Label + ": " + line.Text
	case content.ListLine:
		return "- " + strings.ReplaceAll(line.Text, "\n", "\n- ")
	case content.LinkLine, content.ActionLine:
		return line.Label + ":\n" + line.Text // on a line of its own no program breaks the address
	case content.QuoteLine:
		return "> " + strings.ReplaceAll(line.Text, "\n", "\n> ")
	}
	return line.Text
}
