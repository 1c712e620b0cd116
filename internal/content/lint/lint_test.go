package lint

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFaultsOfATextAreFound(t *testing.T) {
	for text, want := range map[string][]string{
		"Je bent aangemeld. Tot woensdag 24 maart 2027, 12.00 uur!": nil,
		"Indien je komt":             {`the word "Indien"`},
		"U dient iets te doen":       {`the word "U"`, `the word "dient"`},
		"Ongeldige invoer":           {`the word "Ongeldige"`},
		"Het uur, de duim, gediend":  nil,
		"dinsdag 24 maart 2027":      {`"dinsdag 24 maart 2027" is a woensdag`},
		"op 24 maart 2027":           {`"op 24 maart 2027" is a woensdag`},
		"Tot:\n24 maart 2027":        {`"24 maart 2027" is a woensdag`},
		"maandag 30 februari 2027":   {`"maandag 30 februari 2027" is no day`},
		"zondag 29 februari 2032":    nil,
		strings.Repeat("woord ", 20): nil,
		strings.Repeat("woord ", 21): {`21 words in "` + strings.TrimSpace(strings.Repeat("woord ", 21)) + `"`},
		"een " + strings.Repeat("twee ", 12) + "12.00 " + strings.Repeat("drie ", 12): {`26 words in "een ` + strings.Repeat("twee ", 12) + "12.00 " + strings.TrimSpace(strings.Repeat("drie ", 12)) + `"`},
	} {
		if diff := cmp.Diff(want, Faults(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestMean(t *testing.T) {
	mean, sentences := Mean([]string{"Een twee drie. Vier vijf!", "Zes\nzeven acht negen?"})
	if mean != 9.0/4 || sentences != 4 {
		t.Errorf("%v words in %d sentences, want 2.25 in 4", mean, sentences)
	}
	if mean, sentences := Mean(nil); mean != 0 || sentences != 0 {
		t.Errorf("of nothing: %v, %d", mean, sentences)
	}
}
