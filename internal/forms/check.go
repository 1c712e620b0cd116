package forms

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"aanmeldpunt/internal/mdt"
)

// checker holds the values of one group against its fields and gathers the faults.
type checker struct {
	found   *findings
	fields  []Field
	held    group
	pointer string // to the group
}

// findings are the faults so far: one for each place, the first.
type findings struct {
	faults []mdt.Fault
	at     map[string]bool
}

func newChecker(v *Values) checker {
	c := checker{&findings{at: map[string]bool{}}, v.spec, v.root, "#"}
	for _, f := range v.faults {
		c.found.add(f)
	}
	if v.badKey != "" {
		c.found.add(mdt.Fault{Pointer: v.badKey, Code: codeKey})
	}
	return c
}

func (f *findings) add(fault mdt.Fault) {
	if !f.at[fault.Pointer] {
		f.at[fault.Pointer] = true
		f.faults = append(f.faults, fault)
	}
}

// faults are all faults found by this checker and those inside it.
func (c checker) faults() []mdt.Fault { return c.found.faults }

func (c checker) fault(pointer, code string) { c.found.add(mdt.Fault{Pointer: pointer, Code: code}) }

// countFault tells that at most n are allowed, of characters or of items.
func (c checker) countFault(pointer, code string, n int) {
	c.found.add(mdt.Fault{Pointer: pointer, Code: code, Args: map[string]string{"n": strconv.Itoa(n)}})
}

// field gives the table's row of that name. To ask for a name that is not there is a mistake in this package.
func (c checker) field(name string) (Field, string) {
	f, ok := find(c.fields, name)
	if !ok {
		panic("forms: no field " + name)
	}
	return f, pointerTo(c.pointer, name)
}

// inside gives the checker of a group.
func (c checker) inside(name string) checker {
	f, pointer := c.field(name)
	held, _ := c.held[name].(group)
	return checker{c.found, f.Fields, held, pointer}
}

// text gives a Line or a Text as it is stored.
func (c checker) text(name string) string {
	f, pointer := c.field(name)
	typed, _ := c.held[name].(string)
	clean, ok := cleanLine(typed)
	if f.Kind == Text {
		clean, ok = cleanText(typed)
	}
	switch {
	case !ok:
		c.fault(pointer, f.code()+".tekens")
	case clean == "" && f.Required:
		c.fault(pointer, f.code()+".leeg")
	case utf8.RuneCountInString(clean) > f.Max:
		c.countFault(pointer, f.code()+".teLang", f.Max)
	default:
		return clean
	}
	return ""
}

// email gives the address; the zero one where there is none or it is wrong.
func (c checker) email(name string) mdt.Address {
	f, pointer := c.field(name)
	typed, _ := c.held[name].(string)
	if utf8.RuneCountInString(strings.TrimSpace(typed)) > f.Max {
		c.countFault(pointer, f.code()+".teLang", f.Max)
		return mdt.Address{}
	}
	address, code := mdt.ParseAddress(typed)
	_, wrong, _ := strings.Cut(code, ".")
	if wrong != "" && (wrong != "leeg" || f.Required) {
		c.fault(pointer, f.code()+"."+wrong)
	}
	return address
}

// phone gives the number as it was typed.
func (c checker) phone(name string) string {
	f, pointer := c.field(name)
	typed := c.text(name)
	if typed != "" && !phoneOK(typed) {
		c.fault(pointer, f.code()+".vorm")
		return ""
	}
	return typed
}

// day gives a day; the empty one where there is none or it is wrong.
func (c checker) day(name string) mdt.Date {
	f, pointer := c.field(name)
	typed, _ := c.held[name].(string)
	day, wrong := mdt.LocalDay(typed)
	switch {
	case wrong == mdt.FaultYear:
		c.fault(pointer, wrong)
	case wrong != "":
		c.fault(pointer, f.code()+".dag")
	case day == "" && f.Required:
		c.fault(pointer, f.code()+".leeg")
	}
	return day
}

// choice gives the one that was chosen, of the field's own choices or of those given.
func (c checker) choice(name string, given ...string) string {
	f, pointer := c.field(name)
	chosen, _ := c.held[name].(string)
	switch {
	case chosen == "" && f.Required:
		c.fault(pointer, f.code()+".leeg")
	case chosen != "" && !slices.Contains(f.Choices, chosen) && !slices.Contains(given, chosen):
		c.fault(pointer, f.code()+".onbekend")
		return ""
	}
	return chosen
}

// choices gives what was chosen, each once, in the order it was sent.
func (c checker) choices(name string, given ...string) (chosen []string) {
	f, pointer := c.field(name)
	sent, _ := c.held[name].([]string)
	if len(sent) > maxItems {
		c.countFault(pointer, f.code()+".teVeel", maxItems)
		return nil
	}
	for i, item := range sent {
		switch {
		case item == "" || slices.Contains(chosen, item):
		case !slices.Contains(f.Choices, item) && !slices.Contains(given, item):
			c.fault(itemPointer(pointer, i), f.code()+".onbekend")
		default:
			chosen = append(chosen, item)
		}
	}
	if f.Required && !slices.ContainsFunc(sent, func(item string) bool { return item != "" }) {
		c.fault(pointer, f.code()+".leeg")
	}
	return chosen
}

// truth gives a yes or no, and whether there was one at all.
func (c checker) truth(name string) (yes, given bool) {
	f, pointer := c.field(name)
	switch value := c.held[name].(type) {
	case bool:
		return value, true
	case string:
		c.fault(pointer, f.code()+".onbekend")
		return false, true
	}
	return false, false
}

// itemPointer points to an item of a list.
func itemPointer(pointer string, i int) string { return pointer + "/" + strconv.Itoa(i) }
