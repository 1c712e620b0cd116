package console_test

import (
	"net/http"
	"testing"
)

// TestWhoMayNotSeeIsNotToldWhatIsThere: a page that somebody may not see answers alike for what is there and what is not.
func TestWhoMayNotSeeIsNotToldWhatIsThere(t *testing.T) {
	d := newDesk(t)
	p := d.as(femke)
	for _, path := range []string{"/console/bijeenkomsten/regiodag-assen/attenderingen", "/console/bijeenkomsten/nergens/attenderingen",
		"/console/attenderingen/22222222", "/console/verdacht?na=x"} {
		if got := p.get(path); got.Code != http.StatusForbidden {
			t.Errorf("%s answers %d to a facilitator", path, got.Code)
		}
	}
}
