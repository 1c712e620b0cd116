package content

import (
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed brieven/*.txt
var letterFiles embed.FS

// LetterWords are the words of one letter: its subject, its lines, and the words of its calendar entry.
type LetterWords struct {
	Subject Phrase
	Lines   []LetterLine
	Agenda  []LetterLine // the title, then the lines of the description; empty: no calendar entry
}

// LetterLine is one line of a letter as it stands in its file, with the conditions it stands under.
// Lines of one Block stand together; an empty line in the file begins the next.
type LetterLine struct {
	Kind  LineKind
	Block int
	When  []Condition
	Label Phrase // of a fact or a link
	Text  Phrase // of a link: the address
}

// LineKind is what a line is.
type LineKind int

// The kinds of lines, and how a file writes them.
const (
	TextLine       LineKind = iota // as it is
	HeadingLine                    // # the letter's heading, its first line
	SubheadingLine                 // ## a heading within it
	FactLine                       // - label: text
	LinkLine                       // => label: {address}
	QuoteLine                      // > {text}: somebody else's words, with their own line breaks
)

// Condition is "[name]", the value is there, or "[niet name]", it is empty.
type Condition struct {
	Name string
	Not  bool
}

// Letters gives the words of each letter by its number. Files that cannot be read are an error of ours,
// which the tests find.
func Letters() (map[int]LetterWords, error) { return readLetters() }

var readLetters = sync.OnceValues(func() (map[int]LetterWords, error) {
	files, err := letterFiles.ReadDir("brieven")
	if err != nil {
		return nil, err
	}
	letters := map[int]LetterWords{}
	for _, file := range files {
		number, err := strconv.Atoi(strings.SplitN(file.Name(), "-", 2)[0])
		if err != nil {
			continue // the greeting and the closings
		}
		if letters[number], err = readLetter(file.Name()); err != nil {
			return nil, fmt.Errorf("content: %s: %w", file.Name(), err)
		}
	}
	return letters, nil
})

// readLetter reads one letter and puts the greeting behind its heading and its closing at the end.
func readLetter(name string) (LetterWords, error) {
	source, err := letterFiles.ReadFile(path.Join("brieven", name))
	if err != nil {
		return LetterWords{}, err
	}
	words, closing, err := parseLetter(string(source))
	if err != nil {
		return LetterWords{}, err
	}
	body := words.Lines
	words.Lines = body[:1:1]
	for _, piece := range []string{"aanhef", "", "slot-" + closing} {
		lines := body[1:]
		if piece != "" {
			if lines, err = readPiece(piece); err != nil {
				return LetterWords{}, err
			}
		}
		words.Lines = append(words.Lines, after(words.Lines, lines)...)
	}
	return words, nil
}

func readPiece(name string) ([]LetterLine, error) {
	source, err := letterFiles.ReadFile("brieven/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	return parseLines(string(source))
}

// after numbers the blocks of lines on from those before.
func after(before, lines []LetterLine) []LetterLine {
	next := before[len(before)-1].Block + 1
	numbered := make([]LetterLine, len(lines))
	for i, line := range lines {
		line.Block += next
		numbered[i] = line
	}
	return numbered
}
