package content

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"aanmeldpunt/internal/content/lint"
)

func TestTheWordsOfAFault(t *testing.T) {
	none := map[string]string(nil)
	for _, test := range []struct {
		code string
		args map[string]string
		want string
	}{
		{"naam.leeg", none, "Vul je naam in."},
		{"naam.teLang", map[string]string{"n": "200"}, "Dit is te lang. Gebruik hooguit 200 tekens."},
		{"leiding.rol.onbekend", none, "Kies een van de mogelijkheden."},
		{"introducee.teVeel", map[string]string{"n": "1"}, "Je kunt hooguit 1 gast meenemen."},
		{"introducee.teVeel", map[string]string{"n": "2"}, "Je kunt hooguit 2 gasten meenemen."},
		{"introducee.naam.tekens", none, "Hier staat een teken dat we niet kunnen verwerken. Haal dat weg."},
		{"bijeenkomst.nietOpen", none, "Je kunt je nog niet aanmelden."},
		{"bijeenkomst.nietOpen", map[string]string{"vanaf": "maandag 1 maart 2027, 9.00 uur"}, "Je kunt je nog niet aanmelden. Dat kan vanaf maandag 1 maart 2027, 9.00 uur."},
		{"verzoek.veld", map[string]string{"veld": "[a {n}] {b}"}, "Het veld [a {n}] {b} kennen we niet."},
		{"nergens.gehoord", none, "Kijk dit nog eens na."},
	} {
		if got := Fault(test.code, test.args); got != test.want {
			t.Errorf("%s %v: %q, want %q", test.code, test.args, got, test.want)
		}
	}
}

func TestTheWordsAtAField(t *testing.T) {
	if got := FieldWords("naam.label", nil); got != "Je naam" {
		t.Errorf("label %q", got)
	}
	if got := FieldWords("knop.aanmelden", map[string]string{"bijeenkomst": "Beslisdag"}); got != "Aanmelden voor Beslisdag" {
		t.Errorf("button %q", got)
	}
	if got := FieldWords("niets.label", nil); got != "" {
		t.Errorf("words for no field: %q", got)
	}
}

func TestTheWordsOfWhatIsErased(t *testing.T) {
	for kind, want := range map[string]string{"bericht": "je bericht", "aanmelding": "je aanmelding", "adres": ""} {
		if got := ErasedWords(kind); got != want {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
}

// faultCode finds what is a fault code in the sources: its subject, and what is wrong.
var faultCode = regexp.MustCompile(`^(naam|email|telefoon|organisatie|functie|regio|gemeente|deelname|onderdeel|introducee|antwoord|wensen|` +
	`bewerken|regiobeheer|thema|doel|soort|toelichting|leiding|onderwerp|bericht|toestemming|bijeenkomst|voorstel|attendering|verzoek|pad|methode|sleutel|` +
	`link|plek|versie|handeling)(\.[a-zA-Z]+)+$`)

func TestEveryCodeInTheSourcesHasWords(t *testing.T) {
	found := codesIn(t, "..")
	if len(found) < 20 {
		t.Fatalf("only %v found", found)
	}
	for code, file := range found {
		if fields()[code] == "" && faultWords(code) == faults()["*"] {
			t.Errorf("%s: no words for %q", file, code)
		}
	}
}

// fieldOnly is the first half of a code: a field inside another.
var fieldOnly = regexp.MustCompile(`^((introducee|leiding)\.(naam|email|rol|wie)|bewerken\.[a-zA-Z]+|` +
	`regiobeheer(\.(facilitators?|afwezig|vervanger|gemeenten|naar))?(\.(naam|email|vanaf|totEnMet))?)$`)

// codesIn gives the fault codes that stand as literals in the sources below a folder, each with a file.
func codesIn(t *testing.T, root string) map[string]string {
	t.Helper()
	codes := map[string]string{}
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return nil // the compiler says it better
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, _ := strconv.Unquote(literal.Value); faultCode.MatchString(text) && !fieldOnly.MatchString(text) {
					codes[text] = path
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

func TestWordsAreForPeople(t *testing.T) {
	var texts []string
	for _, file := range []map[string]string{faults(), fields(), erased(), pageWords(), answers} {
		for _, key := range slices.Sorted(maps.Keys(file)) {
			texts = append(texts, file[key])
			for _, fault := range lint.Faults(file[key]) {
				t.Errorf("%s: %s", key, fault)
			}
		}
	}
	if mean, _ := lint.Mean(texts); mean >= lint.MeanSentence {
		t.Errorf("%.1f words in a sentence; want fewer than %d on average", mean, lint.MeanSentence)
	}
	for key, text := range faults() {
		if !strings.HasSuffix(strings.TrimSuffix(text, "]"), ".") && !strings.HasSuffix(text, "?") {
			t.Errorf("%s ends without a full stop: %q", key, text)
		}
	}
}
