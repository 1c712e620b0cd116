package main

import (
	"path/filepath"
	"strings"
	"testing"

	"aanmeldpunt/internal/store/bolt"
)

// TestTheBareTemplateMakesTheSameBytes, or the page is held against something else.
func TestTheBareTemplateMakesTheSameBytes(t *testing.T) {
	t.Parallel()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "form.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	handler, err := (&bench{ctx: t.Context()}).pages(db)
	if err != nil {
		t.Fatal(err)
	}
	page, err := shown(handler)
	if err != nil {
		t.Fatal(err)
	}
	bare, values := bareOf(page)
	var out strings.Builder
	if err := bare.Execute(&out, values); err != nil || out.String() != page {
		t.Errorf("%v: %d bytes, not %d", err, out.Len(), len(page))
	}
	if len(values) < 300 {
		t.Errorf("only %d values", len(values))
	}
}
