package stack

import (
	"strings"
)

var nestingChecks = []check{{
	holds: "what a template asks of a child is there, and what a child needs is given",
	look: func(c *complaints, root *template) {
		for _, tmpl := range root.all() {
			for name, child := range tmpl.children {
				c.passed(tmpl.resources()[name], child)
			}
			walk(tmpl.body, func(m object) { c.output(tmpl, m) })
		}
	},
	breaks: map[string]func(*template){
		"an output not there":      set("Pages", "Role", object{"Fn::GetAtt": []any{"Access", "Outputs.PageRole"}}),
		"an output not there, sub": set("Pages", "X", object{"Fn::Sub": "a ${Keys.Outputs.LinkKeyC}"}),
		"a parameter too many":     func(root *template) { root.resources()["Mail"].props["Parameters"].(object)["Extra"] = "x" },
		"a parameter too few":      func(root *template) { delete(root.resources()["Mail"].props["Parameters"].(object), "TableArn") },
		"an output taken away":     func(root *template) { delete(root.children["Table"].section("Outputs"), "StreamArn") },
	},
}, {
	holds: "the architecture is one parameter, passed to every child with functions",
	look: func(c *complaints, root *template) {
		c.want(root.path, "Arch", at(root.section("Parameters"), "Arch", "Default"), "arm64")
		for _, r := range root.every(lambdaFunction) {
			if r.in == root {
				continue
			}
			for name, child := range root.children {
				if child == r.in {
					c.want(r, "Arch", at(root.resources()[name].props, "Parameters", "Arch"), object{"Ref": "Arch"})
				}
			}
		}
	},
	breaks: map[string]func(*template){
		"a child's own": func(root *template) { root.resources()["Mail"].props["Parameters"].(object)["Arch"] = "arm64" },
	},
}}

// passed holds what a child is given against the parameters it declares.
func (c *complaints) passed(stack resource, child *template) {
	given, _ := stack.props["Parameters"].(object)
	declared := child.section("Parameters")
	for name := range given {
		if declared[name] == nil {
			c.of(stack, "%s has no parameter %s", child.path, name)
		}
	}
	for name, parameter := range declared {
		if given[name] == nil && at(parameter, "Default") == nil {
			c.of(stack, "%s is not given its %s", child.path, name)
		}
	}
}

// output complains where a mapping is an intrinsic that asks for a child's output that it does not have.
func (c *complaints) output(tmpl *template, m object) {
	if target, ok := at(m, "Fn::GetAtt", 0).(string); ok {
		attribute, _ := at(m, "Fn::GetAtt", 1).(string)
		c.has(tmpl, target, attribute)
	}
	for _, text := range []any{m["Fn::Sub"], at(m, "Fn::Sub", 0)} {
		text, _ := text.(string)
		for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
			if target, attribute, dotted := strings.Cut(found[1], "."); dotted {
				c.has(tmpl, target, attribute)
			}
		}
	}
}

func (c *complaints) has(tmpl *template, target, attribute string) {
	child, output := tmpl.children[target], strings.TrimPrefix(attribute, "Outputs.")
	if child == nil {
		return // a resource's own attribute: validators know those
	}
	if child.section("Outputs")[output] == nil || output == attribute {
		c.of(tmpl.path, "%s has no output %s", child.path, output)
	}
}
