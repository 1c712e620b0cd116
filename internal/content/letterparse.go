package content

import (
	"errors"
	"fmt"
	"strings"
)

// agendaMark parts the letter from the words of its calendar entry.
const agendaMark = "--- agenda\n"

// parseLetter reads the file of a letter: "Onderwerp:" and "Slot:" (which closing), an empty line, and the
// lines. It says which closing the letter has.
func parseLetter(source string) (words LetterWords, closing string, err error) {
	head, body, _ := strings.Cut(source, "\n\n")
	body, agenda, _ := strings.Cut(body, agendaMark)
	subject, rest, _ := strings.Cut(head, "\n")
	subject, isSubject := strings.CutPrefix(subject, "Onderwerp: ")
	closing, isClosing := strings.CutPrefix(rest, "Slot: ")
	if !isSubject || !isClosing {
		return words, "", errors.New(`does not begin with "Onderwerp:" and "Slot:"`)
	}
	if words.Subject, err = parsePhrase(subject); err != nil {
		return words, "", err
	}
	if words.Lines, err = parseLines(body); err != nil {
		return words, "", err
	}
	if len(words.Lines) == 0 || words.Lines[0].Kind != HeadingLine || len(words.Lines[0].When) > 0 {
		return words, "", errors.New("does not begin with its heading")
	}
	words.Agenda, err = parseLines(agenda)
	return words, closing, err
}

func parseLines(source string) ([]LetterLine, error) {
	var lines []LetterLine
	block := 0
	for _, text := range strings.Split(source, "\n") {
		if text == "" {
			block++
			continue
		}
		line, err := parseLine(text)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		line.Block = block
		lines = append(lines, line)
	}
	return lines, nil
}

var (
	conditionMark = pattern(`^\[(niet )?([a-zA-Z]+)\] ?`)
	lineMarks     = []struct {
		mark string
		kind LineKind
	}{{"## ", SubheadingLine}, {"# ", HeadingLine}, {"- ", FactLine}, {"=> ", LinkLine}, {"> ", QuoteLine}}
)

func parseLine(text string) (line LetterLine, err error) {
	for {
		found := conditionMark().FindStringSubmatch(text)
		if found == nil {
			break
		}
		line.When = append(line.When, Condition{Name: found[2], Not: found[1] != ""})
		text = text[len(found[0]):]
	}
	for _, m := range lineMarks {
		if rest, ok := strings.CutPrefix(text, m.mark); ok {
			line.Kind, text = m.kind, rest
			break
		}
	}
	return line, line.parse(text)
}

// parse reads what stands behind the marks.
func (l *LetterLine) parse(text string) (err error) {
	if l.Kind == FactLine || l.Kind == LinkLine {
		label, rest, found := strings.Cut(text, ": ")
		if !found {
			return errors.New("no colon behind the label")
		}
		if l.Label, err = parsePhrase(label); err != nil {
			return err
		}
		text = rest
	}
	l.Text, err = parsePhrase(text)
	return err
}

// Phrase is a text with places that are filled in later. It is parsed before it is filled, so what is
// filled in can never become a place, a line or a link.
type Phrase struct {
	words  []string // one more than there are places
	places []string
}

var place = pattern(`\{([a-zA-Z]+)\}`)

func parsePhrase(text string) (Phrase, error) {
	var p Phrase
	end := 0
	for _, at := range place().FindAllStringSubmatchIndex(text, -1) {
		p.words = append(p.words, text[end:at[0]])
		p.places = append(p.places, text[at[2]:at[3]])
		end = at[1]
	}
	p.words = append(p.words, text[end:])
	if strings.ContainsAny(strings.Join(p.words, ""), "{}[]") {
		return Phrase{}, errors.New("a brace or bracket is open, or holds something else than a name")
	}
	return p, nil
}
