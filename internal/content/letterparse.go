package content

import (
	"errors"
	"fmt"
	"strings"
)

// agendaMark parts the letter from the words of its calendar entry.
const agendaMark = "--- agenda\n"

// parseLetter reads the file of a letter: its subjects ("Onderwerp:") and which closing it has ("Slot:"),
// an empty line, its headings, and its lines.
func parseLetter(source string) (words LetterWords, closing string, err error) {
	head, body, _ := strings.Cut(source, "\n\n")
	body, agenda, _ := strings.Cut(body, agendaMark)
	subjects, closing, isClosing := strings.Cut("\n"+head, "\nSlot: ")
	if !isClosing {
		return words, "", errors.New(`no "Slot:" behind the subject`)
	}
	for _, subject := range strings.Split(subjects, "\n")[1:] {
		text, isSubject := strings.CutPrefix(subject, "Onderwerp: ")
		line, err := parseLine(text)
		if err != nil {
			return words, "", fmt.Errorf("%q: %w", subject, err)
		}
		if !isSubject || line.Kind != TextLine {
			return words, "", fmt.Errorf("%q is no subject", subject)
		}
		words.Subject = append(words.Subject, line)
	}
	lines, err := parseLines(body)
	if err != nil {
		return words, "", err
	}
	words.Heading, words.Lines = headings(lines)
	if !certain(words.Subject) || !certain(words.Heading) {
		return words, "", errors.New("without a subject or a heading that always holds")
	}
	words.Agenda, err = parseLines(agenda)
	return words, closing, err
}

// headings parts the headings that a letter begins with from its other lines.
func headings(lines []LetterLine) (heading, rest []LetterLine) {
	for i, line := range lines {
		if line.Kind != HeadingLine {
			return lines[:i:i], lines[i:]
		}
	}
	return lines, nil
}

// certain says whether one of the lines always holds: the last has no condition.
func certain(lines []LetterLine) bool { return len(lines) > 0 && len(lines[len(lines)-1].When) == 0 }

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
	}{{"## ", SubheadingLine}, {"# ", HeadingLine}, {"- ", FactLine}, {"* ", ListLine}, {"==> ", ActionLine},
		{"=> ", LinkLine}, {"> ", QuoteLine}}
)

func parseLine(text string) (line LetterLine, err error) {
	for strings.HasPrefix(text, "[") {
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
	if l.Kind == FactLine || l.Kind == LinkLine || l.Kind == ActionLine {
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
