package sheets

import (
	"strings"
	"unicode/utf8"
)

// inWindows are the letters 0x80 to 0x9f of Windows-1252, in which older spreadsheets of these parts save CSV; the other
// letters are those of Unicode.
var inWindows = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

// Readable gives a sheet that is no UTF-8 as if it were saved in Windows-1252. Whoever brings in a sheet sees what is read of
// it before it is stored.
func Readable(content string) string {
	if utf8.ValidString(content) {
		return content
	}
	var b strings.Builder
	for _, c := range []byte(content) {
		switch {
		case c >= 0x80 && c <= 0x9f:
			b.WriteRune(inWindows[c-0x80])
		default:
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}
