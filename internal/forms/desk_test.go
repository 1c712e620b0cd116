package forms

import (
	"fmt"
	"strings"
	"testing"
)

func TestGroup(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", " \n\n": "", "Ali": "Ali <>", "Ali\r\nCem Öz, cem@gast.example\n": "Ali <>, Cem Öz <cem@gast.example>",
		"Ali,": "Ali <>", "Ali, Cem@GAST.example ": "Ali <Cem@gast.example>",
		",cem@gast.example": "balie.groep.regel 1", "Ali\n\nCem, cem": "balie.groep.regel 2", "Ali, a@b.example, c": "balie.groep.regel 1",
		strings.Repeat("x", 300): "balie.groep.regel 1", strings.Repeat("Ali\n", MaxGroup+1): "balie.groep.teVeel 25",
	} {
		guests, faults := Group(typed)
		var got []string
		for _, f := range faults {
			got = append(got, f.Code+" "+f.Args["n"])
		}
		if len(faults) == 0 {
			for _, g := range guests {
				got = append(got, fmt.Sprintf("%s <%s>", g.Name, g.Email.Mail))
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
