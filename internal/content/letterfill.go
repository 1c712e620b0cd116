package content

import (
	"errors"
	"fmt"
	"strings"
)

// Filled is a letter in the words of one person.
type Filled struct {
	Subject string
	Blocks  [][]FilledLine
	Agenda  []string // the title, then the lines of the description; empty: no calendar entry
}

// FilledLine is a line with everything filled in. Text and Label are plain text: whoever shows them escapes them.
type FilledLine struct {
	Kind  LineKind
	Label string
	Text  string // of a link: the address; of a list: its items, each on a line
}

// Fill puts values into the letter. A line is left out where one of its conditions does not hold or one
// of its places is empty. A name without a value (empty ones count as values) is an error.
func (w LetterWords) Fill(values map[string]string) (Filled, error) {
	subject, err := first(w.Subject, values)
	if err != nil {
		return Filled{}, err
	}
	heading, err := first(w.Heading, values)
	if err != nil {
		return Filled{}, err
	}
	out := Filled{Subject: subject.Text, Blocks: [][]FilledLine{{heading}}}
	block := -1
	for _, line := range w.Lines {
		filled, shown, err := line.fill(values)
		if err != nil {
			return Filled{}, err
		}
		if !shown {
			continue
		}
		if line.Block != block {
			out.Blocks, block = append(out.Blocks, nil), line.Block
		}
		last := len(out.Blocks) - 1
		out.Blocks[last] = append(out.Blocks[last], filled)
	}
	for _, line := range w.Agenda {
		filled, shown, err := line.fill(values)
		if err != nil {
			return Filled{}, err
		}
		if shown {
			out.Agenda = append(out.Agenda, filled.Text)
		}
	}
	return out, nil
}

// first gives the first line whose conditions hold; that one of its places is empty does not leave it out.
func first(lines []LetterLine, values map[string]string) (FilledLine, error) {
	for _, line := range lines {
		holds, err := line.holds(values)
		if err != nil {
			return FilledLine{}, err
		}
		if holds {
			text, _, err := line.Text.fill(values)
			return FilledLine{Kind: line.Kind, Text: text}, err
		}
	}
	return FilledLine{}, errors.New("content: no line whose conditions hold")
}

func (l LetterLine) holds(values map[string]string) (bool, error) {
	for _, c := range l.When {
		value, known := values[c.Name]
		if !known {
			return false, fmt.Errorf("content: no value for the condition %q", c.Name)
		}
		if (value == "") != c.Not {
			return false, nil
		}
	}
	return true, nil
}

func (l LetterLine) fill(values map[string]string) (filled FilledLine, shown bool, err error) {
	if shown, err = l.holds(values); err != nil || !shown {
		return filled, false, err
	}
	filled.Kind = l.Kind
	label, labelled, err := l.Label.fill(values)
	if err != nil {
		return filled, false, err
	}
	text, complete, err := l.Text.fill(values)
	filled.Label, filled.Text = label, text
	return filled, labelled && complete, err
}

// fill gives the text, and whether no place in it was empty.
func (p Phrase) fill(values map[string]string) (text string, complete bool, err error) {
	if len(p.words) == 0 {
		return "", true, nil
	}
	var b strings.Builder
	complete = true
	for i, name := range p.places {
		value, known := values[name]
		if !known {
			return "", false, fmt.Errorf("content: no value for {%s}", name)
		}
		complete = complete && value != ""
		b.WriteString(p.words[i])
		b.WriteString(value)
	}
	b.WriteString(p.words[len(p.words)-1])
	return b.String(), complete, nil
}
