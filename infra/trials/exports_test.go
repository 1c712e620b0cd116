package trials

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/exports"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
	"aanmeldpunt/internal/store/storetest"
)

// TestUnitsOfExports asserts what a whole list costs, on DynamoDB's wire: 650 bytes an entry, 1 MB a page.
func TestUnitsOfExports(t *testing.T) {
	database := storetest.StartDynoxide(t)
	m := &meter{next: storetest.NewTransport()}
	d := newDesk(t, store.Retrying(database.Through(t, m).Counting(m.consumed)))
	const n = 2000
	d.crowd("dag", n)
	gate := &access.Gate{Store: d.store, Identity: d.ids, Now: d.now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	if err := d.store.FillStaff(t.Context(), mdt.StaffOf([]mdt.Account{{Email: "sam@mdt-team.example", Name: "Sam", Role: mdt.RoleTeam}}, d.ids)); err != nil {
		t.Fatal(err)
	}
	cookie, err := gate.Open(t.Context(), "sam@mdt-team.example")
	if err != nil {
		t.Fatal(err)
	}
	handler := (&exports.Service{Store: d.store, Gate: gate, Now: d.now, Log: gate.Log}).Handler()
	fetch := func(method, body string) func() error {
		return func() error {
			r := httptest.NewRequest(method, "/console/bijeenkomsten/dag/aanmeldingen.csv", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.AddCookie(cookie)
			w := httptest.NewRecorder()
			if handler.ServeHTTP(w, r); w.Code != http.StatusOK || strings.Count(w.Body.String(), "\r\n") != n+1 {
				return fmt.Errorf("%d with %d lines", w.Code, strings.Count(w.Body.String(), "\r\n"))
			}
			return nil
		}
	}
	list := m.of("", func() {
		for after := ""; ; {
			some, err := d.store.RegistrationStretch(t.Context(), "dag", after, d.now())
			if err != nil {
				t.Fatal(err)
			}
			if after = some.Next; after == "" {
				return
			}
		}
	})
	if list.Calls != "Query Query" || list.Read < 0.95*n*600/8192 || list.Read > 1.05*n*650/8192 {
		t.Errorf("the list alone costs %v", list)
	}
	for name, c := range map[string]struct {
		do   func() error
		more int // batches of wishes
		want bill
	}{
		// who asks 2, the regions 1, the meeting 1; the line of the log and its place in the list of it
		"all":         {fetch("GET", ""), 0, bill{"Get Query Get Query Query Update", 2, 4 + list.Read}},
		"with wishes": {fetch("POST", "wensen=ja&reden=Tolken"), n / store.MaxKeys, bill{"Get Query Get Query Query Update", 2, 4 + list.Read + n}},
	} {
		var failed error
		got := m.of(c.want.Calls, func() { failed = c.do() })
		if more := len(strings.Fields(got.Calls)) - len(strings.Fields(c.want.Calls)); c.more > 0 && more >= c.more && more <= c.more+1 {
			got.Calls = c.want.Calls // each page of the list ends in a batch that is not whole
		}
		if failed != nil || got != c.want {
			t.Errorf("%s costs %v, want %v: %v", name, got, c.want, failed)
		}
	}
}
