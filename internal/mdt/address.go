package mdt

import (
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// PersonID stands for one mail address: a keyed hash of its normal form. It is no secret, and it
// cannot be turned back into the address without the key.
type PersonID string

// Address is a well-formed mail address.
type Address struct {
	// Mail is what SES can mail: the local part as it was typed, the domain in lower-case punycode.
	Mail string `json:"adres"`
	// Normal is what two spellings of one address share: NFC, lower case, domain in punycode.
	Normal string `json:"genormaliseerd"`
}

// The codes of what can be wrong with a mail address.
const (
	emailEmpty = "email.leeg"
	emailForm  = "email.vorm"
	emailASCII = "email.lokaalAscii" // it may well exist, but SES cannot mail it
)

// The limits of an address in octets (RFC 5321, 4.5.3.1; 254 is the path of 256 without its brackets).
const (
	maxAddress = 254
	maxLocal   = 64
	maxLabel   = 63
	// maxTyped bounds what is looked at: 254 characters at the four octets UTF-8 needs at most.
	maxTyped = 4 * maxAddress
)

// ParseAddress reads a mail address as a person types it: one dot-atom (RFC 5322), an @ and a domain with
// a dot in it, which may be in any script. No display name, no quotes, no IP literal. White space and
// invisible characters around it are dropped; a plus part is kept.
//
// The code is empty for a good address, else "email.leeg", "email.vorm" or "email.lokaalAscii".
func ParseAddress(text string) (a Address, code string) {
	text = strings.TrimFunc(text, unseen)
	if text == "" {
		return Address{}, emailEmpty
	}
	if len(text) > maxTyped || strings.ContainsRune(text, unicode.ReplacementChar) { // or invalid UTF-8
		return Address{}, emailForm
	}
	local, typed, found := strings.Cut(norm.NFC.String(text), "@")
	domain, ok := asciiDomain(typed)
	mail := local + "@" + domain
	if !found || !ok || !dotAtom(local) || len(mail) > maxAddress {
		return Address{}, emailForm
	}
	if !ascii(local) {
		return Address{}, emailASCII
	}
	return Address{Mail: mail, Normal: strings.ToLower(mail)}, ""
}

// unseen finds what comes along when an address is pasted: spaces, and marks that only steer the layout.
func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// dotAtom says whether a local part needs no quotes. Letters of other scripts count as letters (RFC 6532).
func dotAtom(local string) bool {
	if local == "" || len(local) > maxLocal {
		return false
	}
	for atom := range strings.SplitSeq(local, ".") {
		if atom == "" || strings.ContainsFunc(atom, notAtext) {
			return false
		}
	}
	return true
}

func notAtext(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	case r <= unicode.MaxASCII:
		return !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
	}
	return !unicode.IsGraphic(r) || unicode.IsSpace(r)
}

// asciiDomain gives the domain in lower-case punycode; ok is false for what cannot be a name in the DNS
// with at least two labels. A last label of digits alone would be an IP address without its brackets.
func asciiDomain(typed string) (domain string, ok bool) {
	domain, err := idna.Lookup.ToASCII(typed)
	labels := strings.Split(domain, ".")
	if err != nil || len(labels) < 2 {
		return "", false
	}
	for _, label := range labels {
		if label == "" || len(label) > maxLabel {
			return "", false
		}
	}
	return domain, strings.Trim(labels[len(labels)-1], "0123456789") != ""
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}
