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

// LetterWords are the words of one letter: its subject, its heading, its lines, and the words of its
// calendar entry. Of the subjects and of the headings the first whose conditions hold is taken; the last of
// each has none.
type LetterWords struct {
	Subject []LetterLine
	Heading []LetterLine
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
	HeadingLine                    // # the letter's heading, above its lines
	SubheadingLine                 // ## a heading within it
	FactLine                       // - label: text
	ListLine                       // * {items}: each line of what is filled in is an item
	LinkLine                       // => label: {address}
	ActionLine                     // ==> label: {address}: the one thing the letter asks to do
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

// readLetter reads one letter and puts the greeting before its lines and its closing behind them.
func readLetter(name string) (LetterWords, error) {
	source, err := letterFiles.ReadFile(path.Join("brieven", name))
	if err != nil {
		return LetterWords{}, err
	}
	words, closing, err := parseLetter(string(source))
	if err != nil {
		return LetterWords{}, err
	}
	greeting, err := readPiece("aanhef")
	if err != nil {
		return LetterWords{}, err
	}
	end, err := readPiece("slot-" + closing)
	if err != nil {
		return LetterWords{}, err
	}
	words.Lines = inBlocks(greeting, words.Lines, end)
	return words, nil
}

func readPiece(name string) ([]LetterLine, error) {
	source, err := letterFiles.ReadFile("brieven/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	return parseLines(string(source))
}

// inBlocks puts pieces behind each other, and numbers the blocks of each on from those before.
func inBlocks(pieces ...[]LetterLine) (lines []LetterLine) {
	for _, piece := range pieces {
		next := 0
		if len(lines) > 0 {
			next = lines[len(lines)-1].Block + 1
		}
		for _, line := range piece {
			line.Block += next
			lines = append(lines, line)
		}
	}
	return lines
}
