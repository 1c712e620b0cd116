package console_test

import (
	"regexp"
	"slices"
	"testing"

	"aanmeldpunt/internal/exports"
	"aanmeldpunt/internal/web"
)

// TestExportsAreWhereThePageSays: every address on the page is one that the other function serves, and only the team is
// asked why it wants wishes.
func TestExportsAreWhereThePageSays(t *testing.T) {
	d := newDesk(t)
	const here = "/console/bijeenkomsten/netwerkbijeenkomst/"
	for email, want := range map[string]int{sam: 6, wim: 4, femke: 4} { // the addresses beside those of wishes, each in two forms
		got := d.as(email).get(here + "uitvoer")
		var found []string
		for _, match := range regexp.MustCompile(`(?:href|action|formaction)="([^"]+\.(?:csv|xlsx))"`).FindAllStringSubmatch(got.html, -1) {
			if found = append(found, match[1]); !slices.ContainsFunc(exports.Paths, func(pattern string) bool { _, ok := web.Match(pattern, match[1]); return ok }) {
				t.Errorf("nobody serves %s", match[1])
			}
		}
		if wishes := regexp.MustCompile(`name="reden"`).MatchString(got.html); wishes != (email == sam) || len(found) != want+4 {
			t.Errorf("%s: wishes %v, %v", email, wishes, found)
		}
	}
	if got := d.as(sam).get("/console/bijeenkomsten/beslisdag/uitvoer"); regexp.MustCompile(`voorstellen\.csv`).MatchString(got.html) {
		t.Error("proposals of a meeting that asks for none")
	}
}
