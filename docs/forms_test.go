package docs_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"aanmeldpunt/docs"
	"aanmeldpunt/internal/content/lint"
	"aanmeldpunt/internal/forms"
)

var fence = regexp.MustCompile("(?s)\n```([a-z]+)\n(.*?)\n```\n")

// examples gives the examples in one language that hold some words.
func examples(language, words string) (found []string) {
	for _, block := range fence.FindAllStringSubmatch(docs.Embedding, -1) {
		if block[1] == language && strings.Contains(block[2], words) {
			found = append(found, block[2])
		}
	}
	return found
}

// formIDs are the forms in the guide, by the resource they are for.
var formIDs = map[string]string{"aanmelding": "aanmelding", "voorstel": "voorstel", "attendering": "attendering", "bericht": "bericht-versturen"}

// ours are fields of every form that no table has; the guide tells of them in words.
var ours = []string{"terugNaar", forms.TrapField}

// TestFormsAskWhatOursAsk: the same fields, labels, choices and what must be filled in.
func TestFormsAskWhatOursAsk(t *testing.T) {
	for resource, spec := range resources {
		t.Run(resource, func(t *testing.T) {
			f := formOf(t, formIDs[resource])
			var want []string
			eachField(spec, "", func(name string, field forms.Field) {
				if name == "deelname" { // only where a meeting is both: the table says so
					return
				}
				if name == "antwoorden" {
					name = "antwoorden.vervoer"
				}
				want = append(want, name)
				f.compare(t, name, field)
			})
			got := f.names()
			slices.Sort(want)
			if diff := cmp.Diff(append(want, ours...), got, cmpUnordered); diff != "" {
				t.Errorf("fields (-want +told):\n%s", diff)
			}
			if diff := cmp.Diff(want, scriptNames(t, formIDs[resource]), cmpUnordered); diff != "" {
				t.Errorf("fields of the script (-want +told):\n%s", diff)
			}
		})
	}
}

var cmpUnordered = cmp.Transformer("sorted", func(names []string) []string { return slices.Sorted(slices.Values(names)) })

// example is a form of the guide, taken apart.
type example struct {
	controls map[string][]*html.Node // by name
	labels   map[string]string       // by the id they are for; of a group by the name of its fields
}

func formOf(t *testing.T, id string) *example {
	t.Helper()
	found := examples("html", `<form id="`+id+`"`)
	if len(found) != 1 {
		t.Fatalf("%d forms %s", len(found), id)
	}
	root, err := html.Parse(strings.NewReader(found[0]))
	if err != nil {
		t.Fatal(err)
	}
	e := &example{map[string][]*html.Node{}, map[string]string{}}
	for n := range root.Descendants() {
		switch n.Data {
		case "input", "select", "textarea":
			e.controls[attribute(n, "name")] = append(e.controls[attribute(n, "name")], n)
		case "label":
			e.labels[attribute(n, "for")] = words(n)
		}
	}
	return e
}

func (e *example) names() (names []string) {
	for name := range e.controls {
		names = append(names, name)
	}
	return names
}

// compare holds one field to its row.
func (e *example) compare(t *testing.T, name string, f forms.Field) {
	t.Helper()
	controls := e.controls[name]
	if len(controls) == 0 {
		return // the list of names says so
	}
	optional := strings.HasPrefix(name, "introducees.") // as a whole
	if must := attribute(controls[0], "aria-required") == "true"; must != (f.Required && !optional) {
		t.Errorf("%s must be filled in: %v", name, f.Required)
	}
	if f.Kind == forms.Choices {
		return // their labels are those of what can be chosen
	}
	want := strings.TrimSuffix(label(name), ".")
	got := e.labels[attribute(controls[0], "id")]
	rest, same := strings.CutPrefix(strings.TrimSuffix(got, "."), want)
	fine := map[string]bool{"": f.Required, " (niet verplicht)": !f.Required, " (alleen bij iemand anders)": strings.HasPrefix(name, "leiding.")}
	if !same || !fine[rest] && name != "antwoorden.vervoer" {
		t.Errorf("%s is labelled %q, want %q", name, got, want)
	}
	for n := range controls[0].Descendants() {
		if choice := attribute(n, "value"); n.Data == "option" && choice != "" && choice != "landelijk" && f.Choices != nil && !slices.Contains(f.Choices, choice) {
			t.Errorf("%s cannot be %q", name, choice)
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

var taken = regexp.MustCompile(`(?:veld|lijst)\("([^"]+)"\)`)

// scriptNames gives the fields that the script of a form takes, but for the trap.
func scriptNames(t *testing.T, id string) (names []string) {
	t.Helper()
	found := examples("js", `koppel("`+id+`"`)
	if len(found) != 1 {
		t.Fatalf("%d scripts for %s", len(found), id)
	}
	for _, match := range taken.FindAllStringSubmatch(found[0], -1) {
		if name := match[1]; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if !slices.Contains(names, forms.TrapField) {
		t.Errorf("the script for %s leaves out %s", id, forms.TrapField)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == forms.TrapField })
}

// TestEveryCodeInTheGuideExists: also in running text.
func TestEveryCodeInTheGuideExists(t *testing.T) {
	known, n := codes(t), 0
	for _, row := range regexp.MustCompile("(?m)^\\| \\d{3} \\| `([^`]+)`").FindAllStringSubmatch(docs.Embedding, -1) {
		if n++; !slices.Contains(known, row[1]) {
			t.Errorf("nothing has the code %s", row[1])
		}
	}
	if n < 10 {
		t.Errorf("only %d codes are told beside their status", n)
	}
}

// TestTheGuideCanBeRead holds its sentences to what public services agreed on.
func TestTheGuideCanBeRead(t *testing.T) {
	text, _, _ := strings.Cut(fence.ReplaceAllString(docs.Embedding, "\n\n"), "\n## 8.")
	text = regexp.MustCompile("`[^`]+`").ReplaceAllString(text, "x")
	text = regexp.MustCompile(`(?m)^\|[ -|]*$`).ReplaceAllString(text, "")
	var paragraphs []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		joined := strings.Join(strings.Fields(paragraph), " ")
		for _, piece := range strings.FieldsFunc(strings.ReplaceAll(joined, " - ", "|"), func(r rune) bool { return r == '|' }) {
			paragraphs = append(paragraphs, strings.TrimSpace(piece))
			for _, fault := range lint.Faults(piece) {
				t.Error(fault)
			}
		}
	}
	if mean, n := lint.Mean(paragraphs); mean >= lint.MeanSentence || n < 100 {
		t.Errorf("%.1f words in a sentence, of %d sentences", mean, n)
	}
}
