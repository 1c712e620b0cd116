package mdt

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// searchLength bounds a search key, in letters: what is longer is found by its beginning all the same.
const searchLength = 40

// SearchKey gives what is left of a name or an organisation however it is typed: letters without accents in lower
// case, and digits. Spaces, points, hyphens and apostrophes fall away, so that "J.P. van 't Hoff", "jp van’t hoff"
// and "JP Vant-Hoff" are one. The beginning of a name has the beginning of its key; of what has no letter or digit
// nothing is left.
func SearchKey(name string) string {
	var key strings.Builder
	left := searchLength
	for _, r := range norm.NFKD.String(name) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if left--; left < 0 {
			break
		}
		if folded, special := foldedLetters[unicode.ToLower(r)]; special {
			key.WriteString(folded)
			continue
		}
		key.WriteRune(unicode.ToLower(r))
	}
	return key.String()
}

// foldedLetters are letters that Unicode does not take apart and people type otherwise.
var foldedLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŋ': "n", 'ŧ': "t",
}
