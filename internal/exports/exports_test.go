package exports

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/infra/browser"
	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/mdt"
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

// TestRegistrations spells out what the team gets: in the order in which they came, in words.
func TestRegistrations(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("=Noor", theirs, mdt.Nationwide)
	d.register("Jaap", another)
	got := d.as(sam).file(below + "aanmeldingen.csv")
	for _, row := range got[1:] {
		row[0] = "kenmerk"
	}
	want := [][]string{
		{"Kenmerk", "Stand", "Naam", "E-mailadres", "Organisatie", "Rol", "Telefoon", "Regio's", "Deelname", "Onderdelen", "Meegenomen door", "Gasten", "Aangemeld op", "Plek sinds",
			"Hoe kom je naar de bijeenkomst?"},
		{"kenmerk", "Heeft een plek", "=Noor", "deelnemer-1795683660@jongeren.example", "Stichting =Noor", "begeleider", "0612345678", "Voorbeeldregio Wad en Wierden, Landelijk", "",
			"Opening met lunch, Ronde 2: Volhouden als het lastig wordt", "", "0", "2026-11-26 10:01", "2026-11-26 10:01", "Met de auto"},
		{"kenmerk", "Heeft een plek", "Jaap", "deelnemer-1795683720@jongeren.example", "Stichting Jaap", "begeleider", "0612345678", "Voorbeeldregio Meren en Eilanden", "",
			"Opening met lunch, Ronde 2: Volhouden als het lastig wordt", "", "0", "2026-11-26 10:02", "2026-11-26 10:02", "Met de auto"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWhoSeesWhat: a facilitator gets three columns of those who named his region, and nobody but the team wishes.
func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("Noor", theirs)
	d.register("Jaap", another)
	d.register("Ali")
	d.register("Els", mdt.Nationwide)
	for email, want := range map[string][]string{sam: {"Noor", "Jaap", "Ali", "Els"}, wim: {"Noor", "Jaap", "Ali", "Els"}, femke: {"Noor"}, jelle: {"Jaap"}} {
		rows := d.as(email).file(below + "aanmeldingen.csv")
		if diff := cmp.Diff(want, columnOf(rows, "Naam")); diff != "" {
			t.Errorf("%s: %s", email, diff)
		}
		if email == femke {
			if diff := cmp.Diff([][]string{{"Naam", "Organisatie", "Onderdelen"}, {"Noor", "Stichting Noor", "Opening met lunch, Ronde 2: Volhouden als het lastig wordt"}}, rows); diff != "" {
				t.Error(diff)
			}
		}
		if strings.Contains(fmt.Sprint(rows), "tolk") {
			t.Errorf("%s gets wishes", email)
		}
	}
	const form = "wensen=ja&reden=Voor+de+tolken"
	got := d.as(sam).do("POST", below+"aanmeldingen.csv", form)
	if diff := cmp.Diff([]string{"Een tolk voor Noor", "Een tolk voor Jaap", "Een tolk voor Ali", "Een tolk voor Els"}, columnOf(d.rows(got), "Wensen")); diff != "" {
		t.Error(diff)
	}
	for _, email := range []string{wim, femke} {
		if got := d.as(email).do("POST", below+"aanmeldingen.csv", form); got.Code != 403 || strings.Contains(got.Body.String(), "tolk") {
			t.Errorf("%s: %d %s", email, got.Code, got.Body)
		}
	}
	for body, want := range map[string]int{"wensen=ja": 400, "wensen=ja&reden=+%09+": 400, "wensen=ja&reden=" + strings.Repeat("a", 501): 400, "reden=zomaar": 200, "wensen=nee": 200, "%zz": 400} {
		if got := d.as(sam).do("POST", below+"aanmeldingen.csv", body); got.Code != want || got.Code == 200 && strings.Contains(got.Body.String(), "tolk") {
			t.Errorf("%s: %d %s", body, got.Code, got.Body)
		}
	}
	if got := d.as(sam).do("POST", below+"voorstellen.csv", form); got.Code != 400 {
		t.Errorf("wishes of proposals: %d", got.Code)
	}
	if got := d.as(sam).do("GET", below+"aanmeldingen.csv?wensen=ja&reden=x", ""); strings.Contains(got.Body.String(), "tolk") {
		t.Error("an address asks for wishes")
	}
}

// TestWishesThatAreOver stand in nothing any more.
func TestWishesThatAreOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.register("Noor")
	d.now = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC) // the meeting was weeks ago
	got := d.rows(d.as(sam).do("POST", below+"aanmeldingen.csv", "wensen=ja&reden=Voor+de+tolken"))
	if len(got) != 2 || got[1][len(got[1])-1] != "" {
		t.Error(got)
	}
}

func TestProposalsAndMessages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	m, _ := d.service.Store.Meeting(ctx, meeting)
	address, _ := mdt.ParseAddress("noor@jongeren.example")
	leader, _ := mdt.ParseAddress("sam@jongeren.example")
	for i, regions := range [][]string{{theirs}, {another}, nil} {
		form := mdt.ProposalForm{Name: "Noor", Email: address, Organisation: "De Brug", Theme: fmt.Sprint("Thema ", i), Goal: "inspireren", Kind: "casus", Explanation: "een\ntwee", Regions: regions,
			Leader: mdt.Leader{Who: "iemandAnders", Name: "Sam", Email: leader, Role: "jongere"}}
		if _, err := d.acts.Propose(ctx, *m, form, acts.Post{}); err != nil {
			t.Fatal(err)
		}
		routed := mdt.Routed{Responder: mdt.Responder{Name: "Femke", Email: femke}}
		if len(regions) > 0 {
			routed.Region = &mdt.Region{ID: regions[0]}
		}
		m, err := d.acts.Ask(ctx, mdt.MessageForm{Name: "Ali", Email: address, Subject: "anders", Text: fmt.Sprint("=Bericht ", i)}, routed, nil, acts.Post{})
		if err != nil {
			t.Fatal(err)
		}
		if answered, _ := m.Answer(&m.Created); i == 1 {
			if err := d.service.Store.EditMessage(ctx, m, answered); err != nil {
				t.Fatal(err)
			}
		}
		d.now = d.now.Add(time.Minute)
	}
	for email, want := range map[string][2][]string{
		sam: {{"Thema 0", "Thema 1", "Thema 2"}, {"=Bericht 0", "=Bericht 1", "=Bericht 2"}}, femke: {{"Thema 0"}, {"=Bericht 0"}}, jelle: {{"Thema 1"}, {"=Bericht 1"}},
	} {
		proposals, messages := d.as(email).file(below+"voorstellen.csv"), d.as(email).file("/console/berichten.csv")
		if diff := cmp.Diff(want, [2][]string{columnOf(proposals, "Thema"), columnOf(messages, "Bericht")}); diff != "" {
			t.Errorf("%s: %s", email, diff)
		}
		if email != sam && strings.Contains(fmt.Sprint(proposals), "@") {
			t.Errorf("%s gets addresses: %v", email, proposals)
		}
	}
	if diff := cmp.Diff([]string{"", "2026-11-26 10:01", ""}, columnOf(d.as(sam).file("/console/berichten.csv"), "Beantwoord op")); diff != "" {
		t.Error(diff)
	}
	rows := d.as(sam).file(below + "voorstellen.csv")
	rows[1][0] = "kenmerk"
	want := []string{"kenmerk", "Ontvangen", "Thema 0", "Inspireren", "Een casus of hulpvraag", "een\ntwee", "Noor", "De Brug", "Voorbeeldregio Wad en Wierden", "2026-11-26 10:00",
		"noor@jongeren.example", "Iemand anders", "Sam", "sam@jongeren.example", "Jongere"}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Error(diff)
	}
}
