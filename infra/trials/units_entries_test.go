package trials

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/console"
	"aanmeldpunt/internal/letters"
	"aanmeldpunt/internal/mdt"
)

// TestUnitsOfTheDesksEntries asserts what the team's pages of entries cost, the look at the session and the counts included:
// the list itself is 4 units of them, and no page waits for one read after another where it need not.
func TestUnitsOfTheDesksEntries(t *testing.T) {
	d, m := metered(t)
	m.hold = 20 * time.Millisecond
	ctx := context.Background()
	if err := d.store.FillStaff(ctx, []mdt.Staff{{ID: d.person("sam@mdt.example"), Name: "Sam", Email: "sam@mdt.example", Role: mdt.RoleTeam, Version: 1}}); err != nil {
		t.Fatal(err)
	}
	reader, err := letters.NewReader("https://aanmelden.example", "team@mdt.example")
	if err != nil {
		t.Fatal(err)
	}
	gate := &access.Gate{Store: d.store, Identity: d.ids, Now: d.now, Log: quiet}
	desk := (&console.Service{Desk: d.acts, Gate: gate, Letters: reader, Site: "https://aanmelden.example"}).Handler()
	cookie, err := gate.Open(ctx, "sam@mdt.example")
	if err != nil {
		t.Fatal(err)
	}
	d.crowd("dag", 100)
	one := d.somebody("dag", 5)
	get := func(path string) int {
		r := httptest.NewRequest("GET", path, nil)
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		desk.ServeHTTP(w, r)
		return w.Code
	}
	const list = "/console/bijeenkomsten/dag/aanmeldingen"
	get("/console/bijeenkomsten/dag/voorstellen") // what is remembered of meetings and regions is not on the bill
	for _, c := range []struct {
		name, path string
		want       bill
	}{
		{"a list, and that it was seen, once a day", list, bill{"Get+Get+Query Update", 2, 7}},
		{"a list", list, bill{"Get+Get+Query", 0, 7}},
		{"of one status", list + "?stand=wachtlijst", bill{"Get+Get+Query", 0, 5}},
		{"an entry, and that it was seen, which lasts no longer than its person", list + "/" + one.Reference, bill{"Get+Get+Query Query Update Query", 2, 5.5}},
		{"once more", list + "/" + one.Reference, bill{"Get+Get+Query Query Update", 0, 4.5}},
	} {
		code := 0
		got := m.of(c.want.Calls, func() { code = get(c.path) })
		if diff := cmp.Diff(c.want, got); diff != "" || code != http.StatusOK {
			t.Errorf("%s: %d %s", c.name, code, diff)
		}
	}
}
