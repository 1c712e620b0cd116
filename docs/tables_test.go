package docs_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/docs"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

var update = flag.Bool("update", false, "write the tables of fields and codes anew to inbouwen.md")

// meeting is one that asks all that a registration can ask, but for how somebody takes part.
var meeting = mdt.Meeting{MaxGuests: 2, Place: "Utrecht"}

// resources are the four forms, by their name in the guide.
var resources = map[string]forms.Spec{
	"aanmelding":  forms.RegistrationSpec(meeting),
	"voorstel":    forms.ProposalSpec(),
	"attendering": forms.InterestSpec(),
	"bericht":     forms.MessageSpec(),
}

// TestTablesAreThoseOfTheForms: the tables of fields and of codes are written from what reads a form and what says its faults.
func TestTablesAreThoseOfTheForms(t *testing.T) {
	text := docs.Embedding
	for name, spec := range resources {
		text = withTable(t, text, "Velden van een "+name, fieldTable(spec))
	}
	text = withTable(t, text, "Alle codes", codeTable(t))
	if *update {
		if err := os.WriteFile("inbouwen.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(text, "\n"), strings.Split(docs.Embedding, "\n")); diff != "" {
		t.Errorf("go test ./docs -update writes it anew (-want +told):\n%s", diff)
	}
}

// withTable puts a table below the heading with these words, instead of what stands there.
func withTable(t *testing.T, text, heading, table string) string {
	t.Helper()
	place := regexp.MustCompile(`(?m)^(### ` + heading + "\n)\n(?:\\|.*\n)*\n?")
	if n := len(place.FindAllString(text, -1)); n != 1 {
		t.Fatalf("%d places for the table of %s", n, heading)
	}
	return strings.TrimRight(place.ReplaceAllString(text, "$1\n"+strings.ReplaceAll(table, "$", "$$")+"\n"), "\n") + "\n"
}

// remarks say of a field what its row in the table of a form does not know.
var remarks = map[string]string{
	"deelname":            "Kan het op een locatie én online? Dan moet dit veld.",
	"regios":              "De `id` van een regio uit `GET /v1/regios`, of `landelijk`. Het mogen er meer zijn.",
	"onderdelen":          "De `id` van een onderdeel van de bijeenkomst. Het mogen er meer zijn.",
	"antwoorden":          "Per vraag van de bijeenkomst een veld, met de `id` van die vraag: `antwoorden.vervoer`. Soms moet het.",
	"introducees.0.naam":  "Alleen bij een gast. Bij een tweede gast staat er een 1.",
	"introducees.0.email": "Alleen bij een gast. Bij een tweede gast staat er een 1.",
	"leiding.naam":        "Moet bij `iemandAnders`.",
	"leiding.email":       "Moet bij `iemandAnders`.",
	"toestemming":         "In JSON `true`, in een formulier een vinkje.",
	"regio":               "De `id` van een regio, of `landelijk`.",
	"gemeente":            "Een naam of een CBS-code. Hoort de gemeente bij een andere regio dan `regio`? Dan is dat een fout.",
}

// fieldTable tells of each field its name, the first half of its codes, whether it must be there, and what goes in.
func fieldTable(spec forms.Spec) string {
	var b strings.Builder
	b.WriteString("| veld | code | moet | wat erin mag |\n| --- | --- | --- | --- |\n")
	eachField(spec, "", func(name string, f forms.Field) {
		must := "nee"
		if f.Required {
			must = "ja"
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", name, codeOf(f), must, describe(name, f))
	})
	return b.String()
}

// eachField gives the fields that hold something, under the names that a form has for them.
func eachField(fields []forms.Field, prefix string, yield func(name string, f forms.Field)) {
	for _, f := range fields {
		switch {
		case f.Kind == forms.Object && len(f.Fields) > 0:
			eachField(f.Fields, prefix+f.Name+".", yield)
		case f.Kind == forms.Objects:
			eachField(f.Fields, prefix+f.Name+".0.", yield)
		default:
			yield(prefix+f.Name, f)
		}
	}
}

func codeOf(f forms.Field) string {
	if f.Code != "" {
		return f.Code
	}
	return f.Name
}

func describe(name string, f forms.Field) string {
	said := []string{label(name)}
	if len(f.Choices) > 0 {
		said = append(said, "Kies uit `"+strings.Join(f.Choices, "`, `")+"`.")
	}
	if f.Max > 0 && f.Kind < forms.Choice {
		said = append(said, fmt.Sprintf("Hooguit %d tekens.", f.Max))
	}
	said = append(said, remarks[name])
	return strings.Join(slices.DeleteFunc(said, func(s string) bool { return s == "" }), " ")
}

var numbered = regexp.MustCompile(`\.\d+\.`)

// label is what stands at a field on our own pages, as a sentence.
func label(name string) string {
	words := content.FieldWords(numbered.ReplaceAllString(name, ".")+".label", nil)
	if words != "" && !strings.HasSuffix(words, "?") && !strings.HasSuffix(words, ".") {
		words += "."
	}
	return words
}

// foreign are codes that no website gets: they belong to our own pages and to the team's desk.
var foreign = regexp.MustCompile(`^(link|plek|versie|handeling|toegang|herkomst|mens|bewerken|regiobeheer|brief|balie|privacy)\b|^\*(\.dag)?$`)

// samples stand for what is filled in.
var samples = map[string]string{"n": "5", "vanaf": "maandag 1 maart 2027, 9.00 uur", "totEnMet": "tot en met maandag 1 maart 2027, 23.59 uur",
	"link": "https://aanmelden.example", "keuzes": "Bergen (L), Bergen (NH)", "veld": "naam", "teammail": "team@aanmelden.example"}

func codeTable(t *testing.T) string {
	var b strings.Builder
	b.WriteString("| code | tekst |\n| --- | --- |\n")
	for _, code := range codes(t) {
		if foreign.MatchString(code) {
			continue
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", code, content.Fault(code, samples))
	}
	return b.String()
}

// codes are all codes that have words, in the order of their file.
func codes(t *testing.T) (all []string) {
	t.Helper()
	raw, err := os.ReadFile("../internal/content/woorden/fouten.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if code, _, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(code, "#") {
			all = append(all, code)
		}
	}
	if len(all) < 50 {
		t.Fatalf("only %d codes are found", len(all))
	}
	return all
}
