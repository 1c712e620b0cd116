// Package links signs and checks the personal links in letters. A link says whose it is, what it may be
// used for and until when; nothing is stored for it, and nobody without a key can make or change one.
//
// There is one algorithm and one form, so a token cannot ask to be read in another way. A token names no
// person: it carries the keyed hash of the address, never the address.
package links

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"time"
)

// Purpose is what a link may be used for; a link for one purpose is nothing to another.
type Purpose string

// The purposes.
const (
	Own         Purpose = "mijn"        // see, change and cancel one's own entry
	Fresh       Purpose = "vers"        // the same, and what a mail that was passed on must not open: good for an hour
	Unsubscribe Purpose = "afmelden"    // stop the letters nobody is owed (RFC 8058)
	Invitation  Purpose = "uitnodiging" // register for a meeting that is by invitation
	Preview     Purpose = "voorbeeld"   // look at a meeting before it is published; it is nobody's own
	Form        Purpose = "formulier"   // the moment at which a form of ours was shown; in a hidden field, not in a path
)

// Path is the first part of the path that links for a purpose stand under.
func (p Purpose) Path() string {
	if p == Fresh {
		return string(Own)
	}
	return string(p)
}

// Link is what a token says. Its moments are in whole seconds.
type Link struct {
	Purpose Purpose
	Person  string    // the keyed hash of an address
	Entry   string    // which entry it is for, as Entry writes it
	Issued  time.Time // of when it is: a person can end all links that are older than a moment
	Expires time.Time // the first moment at which it no longer works
}

// The kinds of entries a link can be for.
const (
	Registration = "aanmelding"
	Proposal     = "voorstel"
	Leading      = "leiding" // a proposal, for whoever is named as its leader
	Interest     = "attendering"
	Message      = "bericht"
	Meeting      = "bijeenkomst"
	Everything   = "alles" // all that its person has with us; it has no ids
)

// Entry names an entry: its kind, then what finds it among its person's entries (a meeting, a reference).
func Entry(kind string, ids ...string) string {
	return strings.Join(append([]string{kind}, ids...), "/")
}

// Why a token does not work.
var (
	ErrBroken  = errors.New("links: not a link of ours, or not for this")
	ErrExpired = errors.New("links: expired")
)

// macSize is how much of the HMAC-SHA256 a token carries: 128 bits, as much as a forger can never guess.
const macSize = 16

var encoding = base64.RawURLEncoding

// Sign makes the token of a link with the first key.
func (k Keys) Sign(link Link) string {
	body := encode(k.keys[0].id, link)
	return encoding.EncodeToString(append(body, k.keys[0].mac(body)...))
}

// Verify reads a token that came in for a purpose. Of a token that is not wholly ours, or has another
// purpose, it says ErrBroken and nothing more; of one whose time is over, ErrExpired and what it said, so
// that a new one can be offered.
func (k Keys) Verify(purpose Purpose, token string, now time.Time) (Link, error) {
	raw, err := encoding.DecodeString(token)
	if err != nil || len(raw) < macSize || encoding.EncodeToString(raw) != token { // one token has one spelling
		return Link{}, ErrBroken
	}
	body, mac := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	id, link, ok := decode(body)
	key, known := k.find(id)
	if !ok || !known || !hmac.Equal(mac, key.mac(body)) || link.Purpose != purpose {
		return Link{}, ErrBroken
	}
	if !now.Before(link.Expires) {
		return link, ErrExpired
	}
	return link, nil
}

func (k key) mac(body []byte) []byte {
	h := hmac.New(sha256.New, k.secret)
	h.Write([]byte("aanmeldpunt link\x00")) // the same secret used elsewhere would give other values
	h.Write(body)
	return h.Sum(nil)[:macSize]
}
