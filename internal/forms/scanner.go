package forms

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// maxDepth is how deep JSON may nest; the deepest form has three levels.
const maxDepth = 32

// scanner goes through a JSON text (RFC 8259) that is valid UTF-8. Once something is wrong it has failed,
// and reads nothing more.
type scanner struct {
	rest   string
	depth  int
	failed bool
}

func (s *scanner) fail() { s.failed, s.rest = true, "" }

// peek gives the first byte of the next token, 0 at the end.
func (s *scanner) peek() byte {
	if s.rest = strings.TrimLeft(s.rest, " \t\r\n"); s.rest == "" {
		return 0
	}
	return s.rest[0]
}

// take reads one token of punctuation where it is next.
func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

func (s *scanner) need(c byte) {
	if !s.take(c) {
		s.fail()
	}
}

// each calls item for every item between brackets, which it must read.
func (s *scanner) each(open, shut byte, item func()) {
	if s.need(open); s.depth == maxDepth {
		s.fail()
	}
	s.depth++
	for more := !s.take(shut); more && !s.failed; {
		item()
		if more = s.take(','); !more {
			s.need(shut)
		}
	}
	s.depth--
}

// name reads a member's name and the colon behind it.
func (s *scanner) name() string {
	name := s.str()
	s.need(':')
	return name
}

// skip reads a value of any kind.
func (s *scanner) skip() {
	switch c := s.peek(); {
	case c == '{':
		s.each('{', '}', func() { s.name(); s.skip() })
	case c == '[':
		s.each('[', ']', s.skip)
	case c == '"':
		s.str()
	case c == '-' || '0' <= c && c <= '9':
		s.number()
	default:
		s.word()
	}
}

// word reads true, false or null.
func (s *scanner) word() string {
	for _, word := range []string{"true", "false", "null"} {
		if rest, ok := strings.CutPrefix(s.rest, word); ok {
			s.rest = rest
			return word
		}
	}
	s.fail()
	return ""
}

// number reads a number and leaves it at that: no form asks for one.
func (s *scanner) number() {
	s.rest = strings.TrimPrefix(s.rest, "-")
	if rest, zero := strings.CutPrefix(s.rest, "0"); zero {
		s.rest = rest
	} else {
		s.digits()
	}
	if s.rest != "" && s.rest[0] == '.' {
		s.rest = s.rest[1:]
		s.digits()
	}
	if s.rest != "" && (s.rest[0] == 'e' || s.rest[0] == 'E') {
		s.rest = s.rest[1:]
		if s.rest != "" && (s.rest[0] == '+' || s.rest[0] == '-') {
			s.rest = s.rest[1:]
		}
		s.digits()
	}
}

func (s *scanner) digits() {
	rest := strings.TrimLeft(s.rest, "0123456789")
	if rest == s.rest {
		s.fail()
		return
	}
	s.rest = rest
}

// str reads a string. One without a backslash is a piece of the text itself.
func (s *scanner) str() string {
	s.need('"')
	end, escaped := s.closing()
	if end < 0 {
		s.fail()
		return ""
	}
	if !escaped {
		text := s.rest[:end]
		s.rest = s.rest[end+1:]
		return text
	}
	var text strings.Builder
	text.Grow(end) // nothing grows by unescaping
	for !s.failed {
		at := strings.IndexAny(s.rest, `"\\`)
		text.WriteString(s.rest[:at])
		stop := s.rest[at]
		if s.rest = s.rest[at+1:]; stop == '"' {
			break
		}
		text.WriteRune(s.escaped())
	}
	return text.String()
}

// closing finds the quote that ends a string, -1 where none does, and whether anything before it is escaped.
func (s *scanner) closing() (end int, escaped bool) {
	for i := 0; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '"':
			return i, escaped
		case c < ' ':
			return -1, false
		case c == '\\':
			escaped = true
			i++
		}
	}
	return -1, false
}

// escaped reads what stands behind a backslash.
func (s *scanner) escaped() rune {
	if s.rest == "" {
		s.fail()
		return 0
	}
	c := s.rest[0]
	s.rest = s.rest[1:]
	if c == 'u' {
		return s.codePoint()
	}
	at := strings.IndexByte(`"\/bfnrt`, c)
	if at < 0 {
		s.fail()
		return 0
	}
	return rune("\"\\/\b\f\n\r\t"[at])
}

// codePoint reads the digits of one code point: four, or twice four with a surrogate pair. Half a pair
// stands for no character at all.
func (s *scanner) codePoint() rune {
	r := s.unit()
	if !utf16.IsSurrogate(r) {
		return r
	}
	if rest, ok := strings.CutPrefix(s.rest, `\u`); ok {
		s.rest = rest
		if r = utf16.DecodeRune(r, s.unit()); r != '\ufffd' {
			return r
		}
	}
	s.fail()
	return 0
}

func (s *scanner) unit() rune {
	if len(s.rest) < 4 || strings.ContainsAny(s.rest[:4], "+-_") {
		s.fail()
		return 0
	}
	unit, err := strconv.ParseUint(s.rest[:4], 16, 16)
	if err != nil {
		s.fail()
		return 0
	}
	s.rest = s.rest[4:]
	return rune(unit)
}
