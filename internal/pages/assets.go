package pages

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"sync"
)

//go:embed stijl.css
var stylesheet string

//go:embed icon.svg
var icon string

// stylePath is where the stylesheet is: another sheet, another address, so that it may be kept for ever.
var stylePath = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(stylesheet))
	return "/stijl-" + hex.EncodeToString(sum[:6]) + ".css"
})

// styleSum lets a browser refuse another sheet in its place.
var styleSum = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(stylesheet))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
})

const iconPath = "/favicon.svg"

func (s *Service) style(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return give(w, "text/css; charset=utf-8", stylesheet)
}

func (s *Service) icon(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "public, max-age=86400")
	return give(w, "image/svg+xml", icon)
}

// give answers with a text of another type than a page.
func give(w http.ResponseWriter, contentType, text string) error {
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write([]byte(text)) // a reader who is gone sees nothing
	return nil
}
