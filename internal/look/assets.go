package look

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"net/http"
)

//go:embed stijl.css
var stylesheet string

//go:embed icon.svg
var icon string

// IconPath is where the site's picture is.
const IconPath = "/favicon.svg"

// Sheet is a stylesheet and where it is: another sheet, another address, so that it may be kept for ever. Sum
// lets a browser refuse another sheet in its place.
type Sheet struct{ Path, Sum, Text string }

// NewSheet gives the look with what a room adds to it, below a path that ends with a slash.
func NewSheet(below, more string) Sheet {
	text := stylesheet + more
	sum := sha256.Sum256([]byte(text))
	return Sheet{Path: below + "stijl-" + hex.EncodeToString(sum[:6]) + ".css",
		Sum: "sha256-" + base64.StdEncoding.EncodeToString(sum[:]), Text: text}
}

// Head is what stands in the head of every page, as the piece of that name shows it.
type Head struct{ WholeTitle, Style, StyleSum, Icon string }

// Head gives that of a page in this look.
func (s Sheet) Head(icon, wholeTitle string) Head { return Head{wholeTitle, s.Path, s.Sum, icon} }

// Serve answers with the sheet.
func (s Sheet) Serve(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return Give(w, "text/css; charset=utf-8", s.Text)
}

// ServeIcon answers with the site's picture.
func ServeIcon(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "public, max-age=86400")
	return Give(w, "image/svg+xml", icon)
}

// Give answers with a text of another type than a page.
func Give(w http.ResponseWriter, contentType, text string) error {
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write([]byte(text)) // a reader who is gone sees nothing
	return nil
}
