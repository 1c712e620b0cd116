package ical

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// writer writes content lines: folded, each ended by CRLF.
type writer struct{ b strings.Builder }

// lineBytes is how long a line may be without its CRLF (RFC 5545, 3.1).
const lineBytes = 75

// line writes one content line; value is already in the form it must have.
func (w *writer) line(name, value string) {
	rest := name + ":" + value
	for room := lineBytes; len(rest) > room; room = lineBytes - 1 { // the space that begins a folded line counts
		at := room
		for at > room-utf8.UTFMax && !utf8.RuneStart(rest[at]) {
			at--
		}
		w.b.WriteString(rest[:at])
		w.b.WriteString("\r\n ")
		rest = rest[at:]
	}
	w.b.WriteString(rest)
	w.b.WriteString("\r\n")
}

var escaper = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\r\n", `\n`, "\r", `\n`, "\n", `\n`)

// text writes a text value, or nothing where it is empty.
func (w *writer) text(name, value string) {
	if value = escaper.Replace(printable(value)); value != "" {
		w.line(name, value)
	}
}

// uri writes an address, which is not escaped and so may hold no space or control character.
func (w *writer) uri(name, value string) {
	value = strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f {
			return -1
		}
		return r
	}, value)
	if value != "" {
		w.line(name, value)
	}
}

// printable takes away control characters, apart from line breaks.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r':
			return r
		case r == '\u2028', r == '\u2029', r == '\u0085':
			return '\n'
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
