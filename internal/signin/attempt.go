package signin

import (
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"path"
	"strings"

	"golang.org/x/oauth2"
)

// Attempt is one visitor's way to the issuer and back. It stays in that visitor's browser, where nobody else reads it.
type Attempt struct {
	State    string // comes back beside the code: the answer is to this browser's question
	Nonce    string // comes back in the token: it was made for this attempt
	Verifier string // shows the issuer that whoever brings the code asked for it (RFC 7636)
	Next     string // where in the console the visitor was going
}

func newAttempt(next string) Attempt {
	return Attempt{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Next: Onward(next)}
}

// String writes an attempt as a cookie may hold it.
func (a Attempt) String() string {
	return strings.Join([]string{a.State, a.Nonce, a.Verifier, base64.RawURLEncoding.EncodeToString([]byte(a.Next))}, ".")
}

// ParseAttempt reads what String wrote. Where Next leads elsewhere it becomes the console's first page.
func ParseAttempt(text string) (Attempt, bool) {
	pieces := strings.Split(text, ".")
	if len(pieces) != 4 || pieces[0] == "" || pieces[1] == "" || len(pieces[2]) < 43 || len(text) > 2*maxNext {
		return Attempt{}, false
	}
	next, err := base64.RawURLEncoding.DecodeString(pieces[3])
	if err != nil {
		return Attempt{}, false
	}
	return Attempt{State: pieces[0], Nonce: pieces[1], Verifier: pieces[2], Next: Onward(string(next))}, true
}

const (
	console = "/console"
	back    = console + "/terug" // where the issuer sends visitors: nobody goes there by themselves
	maxNext = 1000               // bytes: it travels in a cookie
)

// Onward gives where to go after signing in: next, where that is a page of the console and spelled like one, else
// the console's first page. Browsers read a backslash as a slash, skip tabs and line ends, and take "//" for another site.
func Onward(next string) string {
	address, err := url.Parse(next)
	switch {
	case err != nil, len(next) > maxNext:
	case address.Scheme != "", address.Host != "", address.User != nil, address.Opaque != "", strings.Contains(next, "#"):
	case strings.ContainsFunc(next, unspelled), strings.ContainsFunc(address.Path, unsafe):
	case address.Path != console && !strings.HasPrefix(next, console+"/"):
	case address.Path != path.Clean(address.Path), address.Path == back:
	default:
		return next
	}
	return console
}

// unspelled is a character that stands in no address as it is sent.
func unspelled(r rune) bool { return r == ' ' || r >= 0x80 || unsafe(r) }

// unsafe is a character that browsers do not agree on, escaped or not.
func unsafe(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }
