package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// seen is what an outsider can lay beside another answer: its code, its headers and the names of its fields, and,
// for the time it takes, the calls it makes.
type seen struct {
	Code    int
	Headers http.Header
	Fields  []string
	Status  string
	Calls   string
}

func (d *desk) see(path, body string, headers ...string) seen {
	d.t.Helper()
	d.engine.take()
	got := d.post(path, body, headers...)
	h := got.Header().Clone()
	h.Del("Content-Length")
	return seen{got.Code, h, slices.Sorted(maps.Keys(got.body)), got.text("status"), d.engine.take()}
}

// withTrap puts the hidden field into a body.
func withTrap(body string) string {
	return strings.TrimSuffix(body, "}") + `,"valstrik":"http://koop.example"}`
}

// TestFreshKnownAndSuspectAreAnsweredAlike, by every form, with a seat and without, with a key and without.
func TestFreshKnownAndSuspectAreAnsweredAlike(t *testing.T) {
	forms := map[string]string{
		beslisdag:                            `{"naam":"Noor","email":"%s@gast.example"}`,
		voorstellen:                          `{"naam":"Noor","email":"%s@gast.example","thema":"Samen","doel":"inspireren","soort":"idee"}`,
		attenderen:                           `{"email":"%s@gast.example","toestemming":true}`,
		berichten:                            `{"naam":"Noor","email":"%s@gast.example","onderwerp":"anders","bericht":"Hallo"}`,
		"/v1/bijeenkomsten/vol/aanmeldingen": `{"naam":"Noor","email":"%s@gast.example"}`,
	}
	for path, form := range forms {
		for _, key := range []string{"", "Idempotency-Key: k"} {
			t.Run(path+key, func(t *testing.T) {
				d := newDesk(t)
				d.full("vol")
				body := func(who string) string { return fmt.Sprintf(form, who) }
				headers := func(who string) []string {
					if key == "" {
						return nil
					}
					return []string{key + who}
				}
				d.see(path, body("noor"))
				letters := len(d.letters())
				fresh := d.see(path, body("fresh"), headers("1")...)
				known := d.see(path, body("noor"), headers("2")...)
				before := len(d.letters())
				suspect := d.see(path, withTrap(body("sam")), headers("3")...)
				suspectOfKnown := d.see(path, withTrap(body("noor")), headers("4")...)
				again := d.see(path, withTrap(body("sam")), headers("3")...)
				if fresh.Code != 201 || before == letters {
					t.Fatalf("%+v", fresh)
				}
				for name, got := range map[string]seen{"known": known, "suspect": suspect, "suspect and known": suspectOfKnown, "suspect again": again} {
					if diff := cmp.Diff(fresh, got); diff != "" {
						t.Errorf("%s (- as a fresh one):\n%s", name, diff)
					}
				}
				if n := len(d.letters()); n != before {
					t.Errorf("%d letters for suspects", n-before)
				}
			})
		}
	}
}

// full stores a meeting whose only seat is taken.
func (d *desk) full(id string) {
	d.t.Helper()
	m := mdt.Meeting{ID: id, Name: "Vol", Kind: mdt.DecisionDay, Start: d.now.AddDate(0, 1, 0), End: d.now.AddDate(0, 1, 1), Place: "Utrecht",
		Published: true, Registering: &mdt.Window{}, Capacity: 1}
	if err := d.store.Fill(d.t.Context(), nil, []mdt.Meeting{m}); err != nil {
		d.t.Fatal(err)
	}
	if got := d.post("/v1/bijeenkomsten/"+id+"/aanmeldingen", `{"naam":"Bo","email":"bo@gast.example"}`); got.Code != 201 {
		d.t.Fatal(got.Code)
	}
}

// TestASuspectIsRefusedAsAnyOther: by faults, by the meeting, by a full organisation, by a key used otherwise.
func TestASuspectIsRefusedAsAnyOther(t *testing.T) {
	d := newDesk(t)
	m := mdt.Meeting{ID: "clubs", Name: "Clubs", Kind: mdt.DecisionDay, Start: d.now.AddDate(0, 1, 0), End: d.now.AddDate(0, 1, 1), Place: "Utrecht",
		Published: true, Registering: &mdt.Window{}, PerOrg: 1}
	if err := d.store.Fill(t.Context(), nil, []mdt.Meeting{m}); err != nil {
		t.Fatal(err)
	}
	clubs := "/v1/bijeenkomsten/clubs/aanmeldingen"
	d.post(clubs, `{"naam":"Bo","email":"bo@gast.example","organisatie":"Club"}`)
	d.post(beslisdag, withTrap(noor), "Idempotency-Key: k")
	for _, c := range []struct {
		name, path, body, key string
		want                  int
	}{
		{"fields", beslisdag, `{"naam":""}`, "", 400},
		{"a meeting that is over", "/v1/bijeenkomsten/startbijeenkomst/aanmeldingen", noor, "", 409},
		{"a full organisation", clubs, `{"naam":"Sam","email":"sam@gast.example","organisatie":"club"}`, "", 409},
		{"the same key, other values", beslisdag, `{"naam":"Noor B","email":"noor@gast.example"}`, "k", 422},
	} {
		var headers []string
		if c.key != "" {
			headers = []string{"Idempotency-Key: " + c.key}
		}
		d.see(c.path, c.body, headers...) // what is remembered from now on
		genuine, suspect := d.see(c.path, c.body, headers...), d.see(c.path, withTrap(c.body), headers...)
		if genuine.Code != c.want {
			t.Errorf("%s: %d, want %d", c.name, genuine.Code, c.want)
		}
		if diff := cmp.Diff(genuine, suspect); diff != "" {
			t.Errorf("%s (- genuine, + suspect):\n%s", c.name, diff)
		}
	}
}
