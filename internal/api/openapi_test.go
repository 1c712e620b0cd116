package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"aanmeldpunt/internal/api"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/parts"
)

const site, team = "https://aanmelden.example", "team@mdt.example"

func description(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(api.Description(site, team)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTheDescriptionIsOpenAPI(t *testing.T) {
	if err := description(t).Validate(context.Background(), openapi3.EnableExamplesValidation()); err != nil {
		t.Error(err)
	}
}

func TestTheDescriptionIsOpenAPIToAnotherReader(t *testing.T) {
	program := parts.Need(t, "openapi-spec-validator")
	path := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(path, []byte(api.Description(site, team)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, path).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestTheDescriptionNamesTheInstallation(t *testing.T) {
	got := newDesk(t).do("GET", "/v1/openapi.json", "", "Origin: https://ergens.example")
	contact := got.body["info"].(map[string]any)["contact"].(map[string]any)
	if contact["email"] != team || contact["url"] != site+"/contact" || !strings.HasPrefix(got.Header().Get("Content-Type"), "application/json") {
		t.Errorf("contact %v as %s", contact, got.Header().Get("Content-Type"))
	}
	if strings.Contains(got.Body.String(), "aanmelden.voorbeeld.example") || got.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Error("an example address is served, or not to everyone")
	}
	if info := got.body["info"].(map[string]any); info["version"] != api.Version {
		t.Errorf("version %v, the header says %s", info["version"], api.Version)
	}
	var odd map[string]any
	if err := json.Unmarshal([]byte(api.Description(`https://a"b.example`, `a\b@c.example`)), &odd); err != nil {
		t.Error(err)
	}
}

// faultsAgainst holds a document against the NL GOV API Design Rules 2.1, as far as a document shows them.
func faultsAgainst(doc *openapi3.T) (faults []string) {
	note := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if c := doc.Info.Contact; c == nil || c.Name == "" || c.Email == "" || c.URL == "" {
		note("doc-openapi-contact")
	}
	if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(doc.Info.Version) {
		note("semver")
	}
	for _, server := range doc.Servers {
		if !strings.HasSuffix(server.URL, "/v1") {
			note("uri-version: %s", server.URL)
		}
	}
	for path, item := range doc.Paths.Map() {
		if path != "/openapi.json" && !regexp.MustCompile(`^(/([a-z0-9-]+|\{[a-z]+\}))+$`).MatchString(path) {
			note("path-segments-kebab-case, no-trailing-slash: %s", path)
		}
		for method, operation := range item.Operations() {
			for _, fault := range faultsOf(method, operation) {
				note("%s %s: %s", method, path, fault)
			}
		}
	}
	for name, schema := range doc.Components.Schemas {
		for property, p := range schema.Value.Properties {
			if regexp.MustCompile(`([a-z]D|^d|_[dD])(ate|atum)$`).MatchString(property) && p.Value.Format != "date" {
				note("date-time: %s.%s", name, property)
			}
		}
	}
	return faults
}

func faultsOf(method string, operation *openapi3.Operation) (faults []string) {
	for status, response := range operation.Responses.Map() {
		if response.Value.Headers["API-Version"] == nil {
			faults = append(faults, "version-header on "+status)
		}
		if status < "400" {
			continue
		}
		media := response.Value.Content["application/problem+json"]
		if media == nil || media.Schema == nil || len(response.Value.Content) != 1 {
			faults = append(faults, "problem-details on "+status)
			continue
		}
		for _, member := range []string{"status", "title", "detail"} {
			if !slices.Contains(media.Schema.Value.Required, member) {
				faults = append(faults, "problem-details without "+member)
			}
		}
	}
	if (method != "GET" || len(operation.Parameters) > 0) && operation.Responses.Value("400") == nil {
		faults = append(faults, "invalid-input")
	}
	for _, p := range operation.Parameters {
		if p.Value.In == "query" && !regexp.MustCompile(`^[a-z]+([A-Z][a-z]*)*$`).MatchString(p.Value.Name) {
			faults = append(faults, "query-keys-camel-case")
		}
	}
	if operation.Summary == "" || operation.Description == "" || operation.OperationID == "" || len(operation.Tags) == 0 {
		faults = append(faults, "says too little")
	}
	return faults
}

func TestTheDescriptionKeepsTheRules(t *testing.T) {
	if faults := faultsAgainst(description(t)); len(faults) > 0 {
		t.Error(strings.Join(faults, "\n"))
	}
}

// A document that breaks a rule is found out.
func TestTheRulesFindWhatBreaksThem(t *testing.T) {
	for _, broken := range []func(*openapi3.T){
		func(doc *openapi3.T) { doc.Info.Contact.URL = "" },
		func(doc *openapi3.T) { doc.Info.Version = "1" },
		func(doc *openapi3.T) { doc.Servers[0].URL = "https://a.example" },
		func(doc *openapi3.T) { doc.Paths.Set("/Regios/", doc.Paths.Value("/regios")) },
		func(doc *openapi3.T) { delete(doc.Components.Responses["Storing"].Value.Headers, "API-Version") },
		func(doc *openapi3.T) {
			delete(doc.Components.Responses["Ongeldig"].Value.Content, "application/problem+json")
		},
		func(doc *openapi3.T) { doc.Components.Schemas["Fout"].Value.Required = nil },
		func(doc *openapi3.T) { doc.Paths.Value("/berichten").Post.Responses.Delete("400") },
		func(doc *openapi3.T) { doc.Paths.Value("/regios").Get.Parameters[0].Value.Name = "Naam_Van" },
		func(doc *openapi3.T) { doc.Paths.Value("/regios").Get.Summary = "" },
		func(doc *openapi3.T) {
			p := doc.Components.Schemas["Bijeenkomst"].Value.Properties
			p["beginDatum"] = p["begintOp"]
		},
	} {
		doc := description(t)
		if broken(doc); len(faultsAgainst(doc)) == 0 {
			t.Error("a broken rule was not seen")
		}
	}
}

// tables are the tables of fields behind the schemas of what can be sent in.
var tables = map[string]forms.Spec{
	"Aanmelding":  forms.RegistrationSpec(mdt.Meeting{}),
	"Voorstel":    forms.ProposalSpec(),
	"Attendering": forms.InterestSpec(),
	"Bericht":     forms.MessageSpec(),
}

func TestTheDescriptionHasTheFieldsOfTheTables(t *testing.T) {
	doc := description(t)
	for name, table := range tables {
		compareFields(t, name, table, withoutTrap(t, doc, name))
		compareFlat(t, name, table, withoutTrap(t, doc, name+"Formulier"))
	}
}

// withoutTrap gives a schema without the field that stays empty, which every form has and no table; nobody
// may be required to fill it in.
func withoutTrap(t *testing.T, doc *openapi3.T, name string) *openapi3.Schema {
	t.Helper()
	schema := doc.Components.Schemas[name].Value
	if trap := schema.Properties[forms.TrapField]; trap == nil || !trap.Value.Type.Is("string") || slices.Contains(schema.Required, forms.TrapField) {
		t.Errorf("%s has no field %s that may stay away", name, forms.TrapField)
	}
	delete(schema.Properties, forms.TrapField)
	return schema
}

// compareFields holds a schema of JSON against a table: names, required, lengths and choices.
func compareFields(t *testing.T, at string, table []forms.Field, schema *openapi3.Schema) {
	t.Helper()
	var names, required []string
	for _, f := range table {
		names = append(names, f.Name)
		if f.Required {
			required = append(required, f.Name)
		}
		property := schema.Properties[f.Name]
		if property == nil {
			continue
		}
		compareField(t, at+"."+f.Name, f, property.Value)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(names)), slices.Sorted(maps.Keys(schema.Properties))); diff != "" {
		t.Errorf("%s has other fields: %s", at, diff)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(required)), slices.Sorted(slices.Values(schema.Required))); diff != "" {
		t.Errorf("%s requires other fields: %s", at, diff)
	}
	if open := schema.AdditionalProperties.Has; open == nil || *open {
		t.Errorf("%s takes fields that are not in it", at)
	}
}

func compareField(t *testing.T, at string, f forms.Field, schema *openapi3.Schema) {
	t.Helper()
	types := map[forms.Kind]string{forms.Choices: "array", forms.Objects: "array", forms.Object: "object", forms.Bool: "boolean"}
	want := types[f.Kind]
	if want == "" {
		want = "string"
	}
	if !schema.Type.Is(want) {
		t.Errorf("%s is a %v", at, schema.Type)
	}
	if want == "string" && f.Max > 0 && (schema.MaxLength == nil || *schema.MaxLength != uint64(f.Max)) {
		t.Errorf("%s may be %d long in the table", at, f.Max)
	}
	var choices []string
	for _, choice := range schema.Enum {
		if choice != "" { // nothing chosen
			choices = append(choices, choice.(string))
		}
	}
	if diff := cmp.Diff(f.Choices, choices); diff != "" {
		t.Errorf("%s has other choices: %s", at, diff)
	}
	switch {
	case f.Kind == forms.Object && f.Name != "antwoorden":
		compareFields(t, at, f.Fields, schema)
	case f.Kind == forms.Objects:
		compareFields(t, at, f.Fields, schema.Items.Value)
	}
}

// compareFlat holds a schema of a form against a table: dotted names, the same lengths.
func compareFlat(t *testing.T, at string, table []forms.Field, schema *openapi3.Schema) {
	t.Helper()
	names := []string{"sleutel"}
	for _, f := range table {
		switch {
		case f.Name == "antwoorden" || f.Kind == forms.Objects: // patterns
			continue
		case f.Kind != forms.Object:
			names = append(names, f.Name)
			continue
		}
		for _, inner := range f.Fields {
			names = append(names, f.Name+"."+inner.Name)
		}
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(names)), slices.Sorted(maps.Keys(schema.Properties))); diff != "" {
		t.Errorf("the form of %s has other fields: %s", at, diff)
	}
}
