package mdt

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// TestTheCopyHoldsAllOfOnePersonAndNoneOfOthers: each kind with why and until when; nobody else by what only we know
// them by, and nobody of the team.
func TestTheCopyHoldsAllOfOnePersonAndNoneOfOthers(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	until := now.AddDate(0, 6, 0)
	d := Dossier{
		Registrations: []Kept[Registration]{{Registration{Name: "Noor", BroughtBy: "hash-bo", Guests: []Brought{{"hash-sam", "Sam Gast"}},
			Earlier: []PersonID{"hash-fout"}, Remarks: []Remark{{At: now, By: "Sanne Team", Text: "Belde op."}}}, until}},
		Wishes:    []Kept[Wishes]{{Wishes{Text: "een tolk"}, until}},
		Interests: []Kept[Interest]{{Interest{Email: "noor@gast.example"}, until}},
		Proposals: []Kept[Proposal]{{Proposal{Theme: "Samen", Leader: StoredLeader{Name: "Lea", Person: "hash-lea"}}, until}},
		Leading:   []Kept[Leading]{{Leading{By: "hash-pim", Proposal: "v1"}, until}},
		Messages:  []Kept[Message]{{Message{Text: "een vraag"}, until}},
		Suspects:  []Kept[Suspect]{{Suspect{Kind: SuspectMessage}, until}},
		Log:       []Kept[LogLine]{{LogLine{At: now, By: "hash-sanne", Name: "Sanne Team", Role: RoleTeam, What: DeedSeen, About: "KENMERK2"}, until}},
		Address:   Kept[AddressNote]{AddressNote{Confirmed: &now}, until},
	}
	c := d.Copied([]Letter{{Kind: LetterRegistered, To: "noor@gast.example"}}, func(kind NoteOf) string { return "voor " + string(kind) }, now)
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[NoteOf]bool{}
	for _, piece := range c.Pieces {
		if kinds[piece.Kind] = true; piece.Why != "voor "+string(piece.Kind) || !piece.Until.Equal(until) {
			t.Errorf("%+v", piece)
		}
	}
	if len(kinds) != 9 || len(c.Letters) != 1 || c.Letters[0].Why != "voor brief" {
		t.Errorf("%v, %v", kinds, c.Letters)
	}
	for _, want := range []string{"Noor", "Sam Gast", "een tolk", "Samen", "een vraag", "Belde op.", "Lea", `"rol":"team"`, "KENMERK2"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the copy lacks %q", want)
		}
	}
	for _, secret := range []string{"hash-", "Sanne"} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("the copy holds %q: %s", secret, raw)
		}
	}
}
