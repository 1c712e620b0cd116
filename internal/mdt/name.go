package mdt

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of a name that may be repeated in a mail.
const (
	showableLength = 60 // characters
	showableDigits = 6  // more look like a phone number
	showableMarks  = 3  // accents on one letter; more are a flood
)

// linkLike finds what a mail program would turn into a link, or what reads as one: a scheme, www, or a
// dot with the beginning of a domain right behind it. Initials with dots ("J.P.") are none.
var linkLike = pattern(`(?i)://|\bwww\b|\bhttps?\b|[.。．｡․](\p{L}\p{M}*){2}|\pN[.。．｡․]\pN`)

// ShowableName gives the name back where it looks like one, and nothing where it does not. A mail to an
// address that nobody has confirmed repeats nothing else that a visitor typed: whoever fills in the
// address of a stranger could otherwise send that stranger an advert through us.
func ShowableName(name string) string {
	name = strings.TrimSpace(name)
	if utf8.RuneCountInString(name) > showableLength || strings.ContainsAny(name, "@＠﹫") ||
		linkLike().MatchString(name) || !calm(name) {
		return ""
	}
	return name
}

// calm says whether a text has a letter, and only characters that keep their place in a line.
func calm(text string) bool {
	letters, digits, marks := 0, 0, 0
	for _, r := range text {
		if !unicode.IsGraphic(r) && !joiner(r) || r == utf8.RuneError {
			return false
		}
		switch {
		case unicode.IsMark(r):
			marks++
		case unicode.IsDigit(r):
			digits, marks = digits+1, 0
		case unicode.IsLetter(r):
			letters, marks = letters+1, 0
		}
		if marks > showableMarks {
			return false
		}
	}
	return letters > 0 && digits <= showableDigits
}

// joiner are the two invisible characters that names in Persian and Indian scripts need.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }
