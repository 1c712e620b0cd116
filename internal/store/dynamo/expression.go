package dynamo

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"aanmeldpunt/internal/store"
)

// expression gathers what DynamoDB's expressions refer to. Names and values never stand in the text itself:
// so no name is a reserved word, and no value can be taken for syntax.
type expression struct {
	names  map[string]string
	values map[string]types.AttributeValue
}

func (e *expression) name(attr string) string {
	if e.names == nil {
		e.names = map[string]string{}
	}
	ref := "#" + strconv.Itoa(len(e.names))
	e.names[ref] = attr
	return ref
}

func (e *expression) value(v types.AttributeValue) string {
	if e.values == nil {
		e.values = map[string]types.AttributeValue{}
	}
	ref := ":" + strconv.Itoa(len(e.values))
	e.values[ref] = v
	return ref
}

// condition is the text for all conditions together; nil where there are none.
func (e *expression) condition(conditions []store.Condition) *string {
	if len(conditions) == 0 {
		return nil
	}
	parts := make([]string, len(conditions))
	for i, c := range conditions {
		parts[i] = "(" + e.demand(c) + ")"
	}
	text := strings.Join(parts, " AND ")
	return &text
}

func (e *expression) demand(c store.Condition) string {
	switch c.Op {
	case store.Absent:
		return "attribute_not_exists(" + e.name(c.Attr) + ")"
	case store.Present:
		return "attribute_exists(" + e.name(c.Attr) + ")"
	case store.Equal:
		return e.name(c.Attr) + " = " + e.value(valueOf(c.Value))
	case store.AtMost:
		n, isNumber := c.Value.(int64)
		return e.bound(c, " <= ", isNumber && 0 <= n)
	case store.AtLeast:
		n, isNumber := c.Value.(int64)
		return e.bound(c, " >= ", isNumber && 0 >= n)
	case store.OneOf:
		refs := make([]string, len(c.Values))
		for i, value := range c.Values {
			refs[i] = e.value(valueOf(value))
		}
		return e.name(c.Attr) + " IN (" + strings.Join(refs, ", ") + ")"
	}
	// store.AbsentOrExpired, the last of those that pass the store's check
	return "attribute_not_exists(" + e.name(store.AttrPK) + ") OR " + e.name(store.AttrExpires) + " <= " + e.value(valueOf(c.Value))
}

// bound compares; missingHolds says whether a missing number, which counts as 0, satisfies it.
func (e *expression) bound(c store.Condition, operator string, missingHolds bool) string {
	name := e.name(c.Attr)
	text := name + operator + e.value(valueOf(c.Value))
	if missingHolds {
		text = "attribute_not_exists(" + name + ") OR " + text
	}
	return text
}

// update is the text that sets, adds and removes.
func (e *expression) update(w store.Write) *string {
	var clauses []string
	clause := func(verb string, parts []string) {
		if len(parts) > 0 {
			clauses = append(clauses, verb+" "+strings.Join(parts, ", "))
		}
	}
	var set, add, remove []string
	for _, attr := range slices.Sorted(maps.Keys(w.Set)) {
		set = append(set, e.name(attr)+" = "+e.value(valueOf(w.Set[attr])))
	}
	for _, attr := range slices.Sorted(maps.Keys(w.Add)) {
		add = append(add, e.name(attr)+" "+e.value(number(w.Add[attr])))
	}
	for _, attr := range w.Remove {
		remove = append(remove, e.name(attr))
	}
	clause("SET", set)
	clause("ADD", add)
	clause("REMOVE", remove)
	text := strings.Join(clauses, " ")
	return &text
}
