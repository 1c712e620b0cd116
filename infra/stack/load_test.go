// Package stack holds tests about what surrounds the code: the templates, the floors of the house, and the
// functions as they are built and started.
package stack

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// top is the folder of go.mod, seen from this package.
const top = "../.."

// object is a mapping of a template, with intrinsics in their long form: {"Ref": "Name"}.
type object = map[string]any

// template is one template file and, by the name of the resource that holds it, every child.
type template struct {
	path     string // from the top of the project
	body     object
	children map[string]*template
}

// load reads the root template and what it nests.
func load(t testing.TB) *template {
	t.Helper()
	root, err := read("template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func read(path string) (*template, error) {
	source, err := os.ReadFile(filepath.Join(top, path))
	if err != nil {
		return nil, err
	}
	var node yaml.Node
	if err := yaml.Unmarshal(source, &node); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	body, ok := plain(node.Content[0]).(object)
	if !ok {
		return nil, fmt.Errorf("%s is no mapping", path)
	}
	tmpl := &template{path: path, body: body, children: map[string]*template{}}
	for name, r := range tmpl.resources() {
		url, nested := r.props["TemplateURL"].(string)
		if !nested {
			continue
		}
		if tmpl.children[name], err = read(filepath.Join(filepath.Dir(path), url)); err != nil {
			return nil, err
		}
	}
	return tmpl, nil
}

// plain turns a node into maps, lists and scalars, and the short form of an intrinsic into its long form.
func plain(node *yaml.Node) any {
	tag := strings.TrimPrefix(node.Tag, "!")
	if strings.HasPrefix(node.Tag, "!") && !strings.HasPrefix(node.Tag, "!!") {
		bare := *node
		bare.Tag = ""
		return intrinsic(tag, plain(&bare))
	}
	switch node.Kind {
	case yaml.MappingNode:
		out := object{}
		for i := 0; i < len(node.Content); i += 2 {
			out[node.Content[i].Value] = plain(node.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, child := range node.Content {
			out = append(out, plain(child))
		}
		return out
	}
	var value any
	if err := node.Decode(&value); err != nil {
		return node.Value
	}
	return value
}

func intrinsic(tag string, value any) object {
	switch tag {
	case "Ref", "Condition":
		return object{tag: value}
	case "GetAtt":
		name, attribute, _ := strings.Cut(value.(string), ".")
		return object{"Fn::GetAtt": []any{name, attribute}}
	}
	return object{"Fn::" + tag: value}
}

// resource is one resource of a template.
type resource struct {
	in    *template
	name  string
	kind  string // its Type
	whole object // with DeletionPolicy and the like
	props object
}

func (r resource) String() string { return r.in.path + ": " + r.name }

// resources gives the resources of this template alone, by name.
func (t *template) resources() map[string]resource {
	out := map[string]resource{}
	for name, value := range t.section("Resources") {
		whole, _ := value.(object)
		kind, _ := whole["Type"].(string)
		props, _ := whole["Properties"].(object)
		out[name] = resource{in: t, name: name, kind: kind, whole: whole, props: props}
	}
	return out
}

// section gives a part of the template, Parameters for example.
func (t *template) section(name string) object {
	section, _ := t.body[name].(object)
	return section
}

// all gives this template and every one below it.
func (t *template) all() []*template {
	out := []*template{t}
	for _, name := range slices.Sorted(maps.Keys(t.children)) {
		out = append(out, t.children[name].all()...)
	}
	return out
}

// every gives the resources of a kind, in all templates; an empty kind gives them all.
func (t *template) every(kind string) []resource {
	var out []resource
	for _, tmpl := range t.all() {
		resources := tmpl.resources()
		for _, name := range slices.Sorted(maps.Keys(resources)) {
			if r := resources[name]; kind == "" || r.kind == kind {
				out = append(out, r)
			}
		}
	}
	return out
}

// at follows a path of keys and list places through a value; nil where it ends early.
func at(value any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := value.(object)
			value = m[step]
		case int:
			l, _ := value.([]any)
			if step >= len(l) {
				return nil
			}
			value = l[step]
		}
	}
	return value
}

// list gives a value as a list: itself, or the one thing it is.
func list(value any) []any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		return value
	}
	return []any{value}
}

// walk calls visit for every mapping in a value, itself included.
func walk(value any, visit func(object)) {
	switch value := value.(type) {
	case object:
		visit(value)
		for _, key := range slices.Sorted(maps.Keys(value)) {
			walk(value[key], visit)
		}
	case []any:
		for _, child := range value {
			walk(child, visit)
		}
	}
}
