package forms

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/mdt"
)

// TestQuestionsThatWaitForAnAnswer: one is asked, and has to be answered, where the condition holds, and only there.
func TestQuestionsThatWaitForAnAnswer(t *testing.T) {
	m := mdt.Meeting{ID: "dag", Place: "Utrecht", Questions: []mdt.Question{
		{ID: "eten", Text: "Eet je mee?", Kind: mdt.YesNo},
		{ID: "dieet", Text: "Wat eet je?", Kind: mdt.OneOfQuestion, Choices: []string{"Alles", "Anders"}, Required: true,
			ShowIf: &mdt.ShowIf{Question: "eten", Answers: []string{"ja"}}},
		{ID: "anders", Text: "Wat dan?", Kind: mdt.TextQuestion, Required: true, ShowIf: &mdt.ShowIf{Question: "dieet", Answers: []string{"Anders"}}},
		{ID: "zeker", Text: "Weet je het zeker?", Kind: mdt.YesNo, Required: true, ShowIf: &mdt.ShowIf{Question: "anders"}},
	}}
	for _, c := range []struct {
		name, sent string
		want       map[string]any
		faults     []string
	}{
		{"nothing asked further", ``, nil, nil},
		{"no", `&antwoorden.eten=off`, map[string]any{"eten": false}, nil},
		{"yes, and then nothing", `&antwoorden.eten=on`, map[string]any{"eten": true}, []string{"#/antwoorden/dieet antwoord.leeg"}},
		{"yes, and all of it", `&antwoorden.eten=on&antwoorden.dieet=Alles`, map[string]any{"eten": true, "dieet": "Alles"}, nil},
		{"two on", `&antwoorden.eten=on&antwoorden.dieet=Anders`, map[string]any{"eten": true, "dieet": "Anders"}, []string{"#/antwoorden/anders antwoord.leeg"}},
		{"to the end", `&antwoorden.eten=on&antwoorden.dieet=Anders&antwoorden.anders=Vis&antwoorden.zeker=off`,
			map[string]any{"eten": true, "dieet": "Anders", "anders": "Vis", "zeker": false}, nil},
		{"what was not asked is left out, also where it is wrong", `&antwoorden.dieet=Kool&antwoorden.anders=Vis&antwoorden.zeker=on`, nil, nil},
	} {
		form, faults := Registration(readAs(t, asForm, "naam=J&email=j@b.nl"+c.sent, RegistrationSpec(m)), m, nil)
		var told []string
		for _, f := range faults {
			told = append(told, f.Pointer+" "+f.Code)
		}
		if diff := cmp.Diff(c.want, form.Answers); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if diff := cmp.Diff(c.faults, told); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
