package stack

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// check is one thing that must hold of the templates and that no validator looks at. look gives complaints;
// each of breaks spoils the templates in a way that must bring one.
type check struct {
	holds  string
	look   func(*complaints, *template)
	breaks map[string]func(*template)
}

// complaints gathers what a check finds wrong.
type complaints []string

func (c *complaints) of(what any, format string, args ...any) {
	*c = append(*c, fmt.Sprintf("%v: %s", what, fmt.Sprintf(format, args...)))
}

// want complains of a value that is not what it must be.
func (c *complaints) want(what any, name string, got, want any) {
	if fmt.Sprint(got) != fmt.Sprint(want) {
		c.of(what, "%s is %v, want %v", name, got, want)
	}
}

func TestTheTemplates(t *testing.T) {
	for _, group := range [][]check{functionChecks, accessChecks, mailChecks, storageChecks, apiChecks, loginChecks, watchChecks, nestingChecks} {
		for _, c := range group {
			t.Run(c.holds, func(t *testing.T) { c.run(t) })
		}
	}
}

func (c check) run(t *testing.T) {
	var found complaints
	c.look(&found, load(t))
	for _, complaint := range found {
		t.Error(complaint)
	}
	if len(c.breaks) == 0 {
		t.Error("nothing shows that this check can fail")
	}
	for _, how := range slices.Sorted(maps.Keys(c.breaks)) {
		spoiled, left := load(t), complaints{}
		c.breaks[how](spoiled)
		if c.look(&left, spoiled); len(left) == 0 {
			t.Errorf("%s: and no complaint", how)
		}
	}
}

// find gives a resource by its name, wherever it stands.
func find(root *template, name string) resource {
	for _, r := range root.every("") {
		if r.name == name {
			return r
		}
	}
	panic("no resource " + name)
}

// drop takes a key away, below a path of a resource's properties.
func drop(name, key string, path ...any) func(*template) {
	return func(root *template) { delete(at(find(root, name).props, path...).(object), key) }
}

// set puts a value at a key, below a path of a resource's properties.
func set(name, key string, value any, path ...any) func(*template) {
	return func(root *template) { at(find(root, name).props, path...).(object)[key] = value }
}

// unkept takes the policy away that keeps a resource when the stack goes.
func unkept(name, policy string) func(*template) {
	return func(root *template) { delete(find(root, name).whole, policy) }
}
