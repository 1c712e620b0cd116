package main

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"

	"aanmeldpunt/infra/browser"
)

// step is one thing that somebody does at the desk by keyboard: where Tab goes, what is typed there, and what the
// page that comes of Enter says. With no such words the page stays.
type step struct{ tab, typed, choose, says string }

func walk(t *testing.T, p *browser.Page, steps ...step) {
	t.Helper()
	for _, s := range steps {
		p.Tab(s.tab)
		if s.typed != "" {
			p.Replace(s.typed)
		}
		if s.choose != "" {
			p.Choose(s.choose)
		}
		if s.says == "" {
			continue
		}
		p.Enter()
		if text := p.Text(); p.Status() != 200 || !strings.Contains(text, s.says) {
			t.Fatalf("after %q: %d at %s, not %q: %s", s.tab, p.Status(), p.Address(), s.says, text)
		}
		p.NoSideways()
	}
}

// TestAMeetingFromEmptyPageToAttendanceList is a whole job of the team, by keyboard alone and without scripts: sign
// in, make a meeting, publish it; a visitor registers; find them, mend the address, send the letter again, take the
// list out and print who comes.
func TestAMeetingFromEmptyPageToAttendanceList(t *testing.T) {
	t.Parallel()
	s := serve(t, "-data", t.TempDir(), "-now", begin)
	p := browser.Open(t, s.url+"/console", browser.View{})
	walk(t, p,
		step{tab: "Sam Visser Team sam@mdt-team.example", says: "Overzicht"},
		step{tab: "Nieuwe bijeenkomst", says: "Niemand ziet hem tot je hem publiceert"},
		step{tab: "Beslisdag", choose: "Regiodag"},
		step{tab: "Naam", typed: "Regiodag Assen"},
		step{tab: "Dag", typed: "1-6-2027"}, step{tab: "Tijd", typed: "9.30"},
		step{tab: "Dag", typed: "1-6-2027"}, step{tab: "Tijd", typed: "16.00"},
		step{tab: "Plaats (niet verplicht)", typed: "De Nieuwe Kolk, Assen", says: "Concept"},
	)
	if got := s.get("/bijeenkomsten/regiodag-assen"); got.StatusCode != http.StatusNotFound {
		t.Errorf("a concept answers visitors %d", got.StatusCode)
	}
	walk(t, p,
		step{tab: "Bewerken", says: "Gegevens: Regiodag Assen"},
		step{tab: "Aanmelden en plekken", says: "Aantal plekken"},
		step{tab: "Aantal plekken (niet verplicht)", typed: "30"},
		step{tab: "Nog niet, het moment is nog niet bekend", choose: "Dat kan, in deze tijd", says: "0 / 30"},
		step{tab: "Publiceren", says: "Publiceer"},
		step{tab: "Publiceer", says: "Gepubliceerd"},
	)
	if got := s.form("/v1/bijeenkomsten/regiodag-assen/aanmeldingen", "naam=Noor van 't Hoff", "email=fout@gast.example", "organisatie==Kans"); got.StatusCode != http.StatusCreated {
		t.Fatal(got)
	}
	walk(t, p,
		step{tab: "Aanmeldingen", says: "Noor van 't Hoff"},
		step{tab: "Zoek iemand", typed: "noor van", says: "Noor van 't Hoff"},
		step{tab: "Noor van 't Hoff", says: "fout@gast.example"},
		step{tab: "Verbeter het adres", says: "Het goede e-mailadres"},
		step{tab: "Het goede e-mailadres", typed: "goed@gast.example", says: "Als je verdergaat, gaat er 1 mail weg."},
		step{tab: "Doe het en verstuur 1 mail", says: "Het adres is verbeterd"},
	)
	s.waitFor("the letter to go, as what is on its way cannot be sent again", func() bool {
		p.Visit(p.Address())
		return strings.Contains(p.Text(), "Verstuur opnieuw")
	})
	walk(t, p,
		step{tab: "Verstuur opnieuw Je bent aangemeld: Regiodag Assen", says: "Als je verdergaat, gaat er 1 mail weg."},
		step{tab: "Doe het en verstuur 1 mail", says: "De mail gaat nog een keer weg"},
	)
	if letters := s.letters("goed@gast.example", 2); !slices.ContainsFunc(letters, func(l letter) bool { return strings.Contains(l.Text, "Regiodag Assen") }) {
		t.Errorf("%d letters to the right address", len(letters))
	}
	p.Visit(s.url + "/console/bijeenkomsten/regiodag-assen")
	walk(t, p, step{tab: "Deelnemerslijst", says: "Er heeft 1 mens een plek"})
	s.exported(t, "regiodag-assen")
	if complaints := p.Complaints(); len(complaints) > 0 {
		t.Error(complaints)
	}
}

// exported takes the list of a meeting out and looks whether who registered is in it, with the address that was mended.
func (s *server) exported(t *testing.T, meeting string) {
	t.Helper()
	in := s.post("/lokaal/login", `{"email": "sam@mdt-team.example"}`)
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.url+"/console/bijeenkomsten/"+meeting+"/aanmeldingen.csv", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(in.Cookies()[0])
	got := s.send(r)
	rows := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(got.body), "\ufeff")))
	rows.Comma = ';'
	all, err := rows.ReadAll()
	if err != nil || len(all) != 2 {
		t.Fatalf("%v: %s", err, got)
	}
	for _, want := range []string{"Noor van 't Hoff", "goed@gast.example"} {
		if !slices.Contains(all[1], want) {
			t.Errorf("%q is not in %q", want, all[1])
		}
	}
	if slices.Contains(all[1], "=Kans") {
		t.Errorf("a spreadsheet would work out %q", all[1])
	}
}
