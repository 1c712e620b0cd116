package forms

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"aanmeldpunt/internal/mdt"
)

// MaxBody is the largest body that is read, in bytes.
const MaxBody = 32 << 10

// The names of the idempotency key.
const (
	keyHeader = "Idempotency-Key"
	keyField  = "sleutel"
)

// TrapField is the name of the field that a page hides from people and a machine fills in. Every form has it,
// and no table.
const TrapField = "valstrik"

// The codes of a body that cannot be read, and of parts of it.
const (
	codeShape    = "verzoek.vorm"
	codeUnknown  = "verzoek.veld"
	codeType     = "verzoek.soort"
	codeTooLarge = "verzoek.teGroot"
	codeKey      = "sleutel.vorm"
)

// Unread says that a body could not be read at all. Status is 413, 415 or 400, in that order of precedence.
type Unread struct {
	Status int
	Code   string
	Faults []mdt.Fault // for a 400
}

func (u *Unread) Error() string { return fmt.Sprintf("forms: body not read: %s", u.Code) }

func unreadable() *Unread {
	return &Unread{http.StatusBadRequest, codeShape, []mdt.Fault{{Pointer: "#", Code: codeShape}}}
}

// Read takes the body of a request apart by the table. The error is an *Unread. What is wrong with single
// fields (not in the table, of another type, sent twice) is told later, with all other faults.
func Read(r *http.Request, spec Spec) (*Values, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	read, err := reader(r.Header)
	if err != nil {
		return nil, err
	}
	v := &Values{spec: spec}
	if !utf8.ValidString(body) || !read(v, body) {
		return nil, unreadable()
	}
	v.readKey(r.Header)
	return v, nil
}

// readBody reads at most MaxBody bytes.
func readBody(r *http.Request) (string, error) {
	if r.ContentLength > MaxBody {
		return "", &Unread{Status: http.StatusRequestEntityTooLarge, Code: codeTooLarge}
	}
	var body strings.Builder
	body.Grow(int(max(r.ContentLength, 0)))
	n, err := io.CopyBuffer(&body, plainReader{io.LimitReader(r.Body, MaxBody+1)}, make([]byte, bufferFor(r.ContentLength)))
	var tooLarge *http.MaxBytesError
	switch {
	case n > MaxBody, errors.As(err, &tooLarge):
		return "", &Unread{Status: http.StatusRequestEntityTooLarge, Code: codeTooLarge}
	case err != nil:
		return "", unreadable()
	}
	return body.String(), nil
}

// bufferFor is the size of the buffer that a body passes through: its own where that is told and small.
func bufferFor(length int64) int64 {
	const most = 4 << 10
	if length > 0 {
		return min(length, most)
	}
	return most
}

// plainReader hides every other method, so that io.CopyBuffer keeps to the small buffer.
type plainReader struct{ io.Reader }

// reader finds who reads this type of body.
func reader(h http.Header) (func(*Values, string) bool, error) {
	other := &Unread{Status: http.StatusUnsupportedMediaType, Code: codeType}
	if encoding := h.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return nil, other
	}
	media, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if charset := params["charset"]; err != nil || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, other
	}
	switch media {
	case "application/json":
		return (*Values).readJSON, nil
	case "application/x-www-form-urlencoded":
		return (*Values).readEncoded, nil
	}
	return nil, other
}

// readKey takes the idempotency key from the header, or leaves what the form said.
func (v *Values) readKey(h http.Header) {
	if sent := h.Values(keyHeader); len(sent) > 0 {
		v.setKey(keyHeader, strings.Join(sent, ", "))
	}
}

// setKey keeps a key of 1-255 printable ASCII characters; pointer tells where it was sent.
func (v *Values) setKey(pointer, key string) {
	v.key, v.badKey = "", pointer
	if len(key) == 0 || len(key) > 255 || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) {
		return
	}
	v.key, v.badKey = key, ""
}
