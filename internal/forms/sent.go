package forms

import (
	"iter"
	"strconv"
)

// Sent gives what was typed, each value under the name that a form has for it, in the order of the table: a
// list repeats its name, a group is dotted, a tick is "on". A form filled with these sends the same again.
func (v *Values) Sent() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) { v.root.sent("", v.spec, yield) }
}

// sent goes on as long as yield wants more, and says whether it does.
func (g group) sent(prefix string, fields []Field, yield func(name, value string) bool) bool {
	for _, f := range fields {
		if value, ok := g[f.Name]; ok && !sentValue(prefix+f.Name, f, value, yield) {
			return false
		}
	}
	return true
}

func sentValue(name string, f Field, value any, yield func(name, value string) bool) bool {
	switch value := value.(type) {
	case string:
		return yield(name, value)
	case bool:
		return yield(name, ticked(value))
	case []string:
		for _, item := range value {
			if !yield(name, item) {
				return false
			}
		}
	case group:
		return value.sent(name+".", f.Fields, yield)
	case []entry:
		for _, e := range value {
			if !e.sent(name+"."+strconv.Itoa(e.number)+".", f.Fields, yield) {
				return false
			}
		}
	}
	return true
}

// ticked is how a form writes a yes or no.
func ticked(yes bool) string {
	if yes {
		return "on"
	}
	return "off"
}
