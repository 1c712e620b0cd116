package letters

import (
	"errors"
	"mime"
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// oneLine makes a text that stays on its line and in its direction: line breaks and other control
// characters become spaces, characters that steer the writing direction or cannot be seen go.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(visible(s), unicode.IsSpace), " ")
}

// manyLines keeps line breaks, each way to write one as \n.
func manyLines(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(strings.Map(tabless, visible(line)), unicode.IsSpace)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func tabless(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// visible takes away invisible characters, apart from spaces and the joiners that some scripts need;
// control characters become spaces.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u200c', r == '\u200d':
			return r
		case unicode.IsControl(r):
			return ' '
		case unicode.IsGraphic(r):
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// maxHeader is how long a header may be, its name included: SES's limit.
const maxHeader = 996

// shortened cuts a subject so that its header stays within the limit however it is encoded.
func shortened(subject string) string {
	const room = maxHeader - len("Subject: ") - 100 // folding adds some
	runes := []rune(subject)
	for len(mime.QEncoding.Encode("utf-8", string(runes))) > room {
		runes = append(runes[:len(runes)*9/10-1], '…')
	}
	return string(runes)
}

var errAddress = errors.New("no address that can be mailed")

// address reads one bare address and writes its domain in punycode.
func address(s string) (mail.Address, error) {
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Name != "" || parsed.Address != s {
		return mail.Address{}, errAddress
	}
	at := strings.LastIndexByte(s, '@')
	local, domain := s[:at], s[at+1:]
	domain, err = idna.Lookup.ToASCII(domain)
	if err != nil || strings.IndexFunc(local, unquotable) >= 0 || len(local)+1+len(domain) > 254 {
		return mail.Address{}, errAddress
	}
	return mail.Address{Address: local + "@" + domain}, nil
}

// unquotable are the characters that do not stand in a local part as it is; SES mails ASCII ones only.
func unquotable(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),:;<>@[\]`, r)
}
