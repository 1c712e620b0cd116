package forms

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What is done to a text before it is stored:
//
//   - Unicode NFC; white space around it goes.
//   - In a line each run of white space becomes one space; line breaks are refused. A text keeps its line
//     breaks, all as \n.
//   - Characters nobody sees go silently, since nobody could find them to take them away: zero-width space,
//     word joiner, byte order mark, soft hyphen, bidi embeddings, overrides and isolates, tag characters.
//     What Persian, Indian and emoji sequences need (the joiners, direction marks) stays.
//   - Refused are control characters, noncharacters, and floods of combining marks on one letter.
//
// Nothing else is changed: any script, any capital is right.

// maxMarks is how many nonspacing marks one letter may carry. Vietnamese needs two, Thai three, Hebrew and
// Burmese five; more only serve to write over the lines above and below.
const maxMarks = 5

// cleanLine gives a line as it is stored; ok is false where it holds something that must be refused.
func cleanLine(typed string) (line string, ok bool) {
	typed = trim(strings.Map(seen, typed))
	if strings.ContainsFunc(typed, lineBreak) || !storable(typed) {
		return "", false
	}
	line = norm.NFC.String(strings.Join(strings.Fields(typed), " "))
	return line, storable(line)
}

var oneBreak = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// cleanText gives a text of several lines as it is stored; ok is false where it must be refused.
func cleanText(typed string) (text string, ok bool) {
	typed = trim(oneBreak.Replace(strings.Map(seen, typed)))
	if !storable(typed) {
		return "", false
	}
	text = norm.NFC.String(typed)
	return text, storable(text)
}

// trim drops the white space around a text, and all of a text in which there is nothing to see.
func trim(text string) string {
	if !strings.ContainsFunc(text, visible) {
		return ""
	}
	return strings.TrimSpace(text)
}

// visible is false for white space, format characters and the letters that are blank.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !strings.ContainsRune("\u115f\u1160\u2800\u3164\uffa0", r)
}

func lineBreak(r rune) bool { return strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r) }

// seen drops the invisible characters (strings.Map takes away what is negative).
func seen(r rune) rune {
	switch {
	case r == '\u00ad', r == '\u180e', r == '\u200b', r == '\u2060', r == '\ufeff',
		'\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069', '\ufff9' <= r && r <= '\ufffb',
		'\U000e0000' <= r && r <= '\U000e007f':
		return -1
	}
	return r
}

// storable says whether every character may stay. It comes before normalisation, which must not be fed
// thousands of marks in a row, and after it, which makes two marks of some.
func storable(text string) bool {
	marks := 0
	for _, r := range text {
		if unicode.In(r, unicode.Mn, unicode.Me) {
			marks++
		} else {
			marks = 0
		}
		if marks > maxMarks || nonCharacter(r) || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return false
		}
	}
	return true
}

// nonCharacter finds the code points that Unicode promises never to use.
func nonCharacter(r rune) bool { return r&0xfffe == 0xfffe || '\ufdd0' <= r && r <= '\ufdef' }
