package forms

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readEncoded reads an HTML form: lists repeat their key, groups are dotted (leiding.naam), groups in a
// list numbered (introducees.0.naam). Fields that are not in the table are a website's own. An empty value
// is an absent one. It gives false where the encoding itself is broken.
func (v *Values) readEncoded(body string) bool {
	v.root = group{}
	for pair := range strings.SplitSeq(body, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, nameErr := url.QueryUnescape(name)
		value, valueErr := url.QueryUnescape(value)
		if nameErr != nil || valueErr != nil {
			return false
		}
		if value == "" {
			continue
		}
		switch name {
		case keyField:
			v.setKey(pointerTo("#", keyField), value)
			continue
		case TrapField:
			v.sprung(value)
			continue
		}
		twice, ok := put(v.root, v.spec, name, value)
		if !ok {
			return false
		}
		if twice != "" {
			v.shapeFault("#" + twice)
		}
	}
	return true
}

// put stores a value under a dotted name; unknown names are ignored. Twice points to a field that came before
// with another value; ok is false for broken UTF-8.
func put(g group, fields []Field, name, value string) (twice string, ok bool) {
	for _, f := range fields {
		if f.Name == name && f.Kind != Object && f.Kind != Objects {
			return putValue(g, f, value)
		}
		rest, below := strings.CutPrefix(name, f.Name+".")
		switch {
		case !below:
		case f.Kind == Object:
			twice, ok = put(g.inside(f.Name), f.Fields, rest, value)
			return above(f.Name, twice), ok
		case f.Kind == Objects:
			twice, ok = putItem(g, f, rest, value)
			return above(f.Name, twice), ok
		}
	}
	return "", true
}

// above puts a group's name before the pointer within it, if there is one.
func above(name, within string) string {
	if within == "" {
		return ""
	}
	return pointerTo("", name) + within
}

// inside gives the group of that name, made where it is not there yet.
func (g group) inside(name string) group {
	if held, ok := g[name].(group); ok {
		return held
	}
	made := group{}
	g[name] = made
	return made
}

func putValue(g group, f Field, value string) (twice string, ok bool) {
	if !utf8.ValidString(value) {
		return "", false
	}
	switch held := g[f.Name]; {
	case f.Kind == Choices:
		list, _ := held.([]string)
		if len(list) <= maxItems {
			g[f.Name] = append(list, value)
		}
	case f.Kind == Bool:
		if held != true { // a hidden "false" before a ticked box is a habit of websites
			g[f.Name] = truth(value)
		}
	case held == nil:
		g[f.Name] = value
	case held != value:
		return pointerTo("", f.Name), true
	}
	return "", true
}

// truth reads a tick; what is neither yes nor no stays what it is, for the check to refuse.
func truth(value string) any {
	switch value {
	case "on", "true", "1":
		return true
	case "off", "false", "0":
		return false
	}
	return value
}

// putItem stores a value of a numbered group. The groups stand in the order of their numbers, however
// large those are.
func putItem(g group, f Field, name, value string) (twice string, ok bool) {
	digits, sub, _ := strings.Cut(name, ".")
	number, ok := itemNumber(digits)
	if !ok || !holds(f.Fields, sub) {
		return "", true
	}
	list, _ := g[f.Name].([]entry)
	at, found := slices.BinarySearchFunc(list, number, func(e entry, n int) int { return cmp.Compare(e.number, n) })
	if !found {
		if len(list) > maxItems {
			return "", true
		}
		list = slices.Insert(list, at, entry{number, group{}})
		g[f.Name] = list
	}
	twice, ok = put(list[at].group, f.Fields, sub, value)
	return above(digits, twice), ok
}

// holds says whether a dotted name is that of a field, or of something within one: groups in a list may hold lists of groups.
func holds(fields []Field, name string) bool {
	first, rest, within := strings.Cut(name, ".")
	f, known := find(fields, first)
	switch {
	case !known || within != (f.Kind == Object || f.Kind == Objects):
		return false
	case f.Kind == Object:
		return holds(f.Fields, rest)
	case f.Kind == Objects:
		digits, sub, _ := strings.Cut(rest, ".")
		_, ok := itemNumber(digits)
		return ok && holds(f.Fields, sub)
	}
	return true
}

// itemNumber reads the number of a group, written the one way a number is.
func itemNumber(digits string) (int, bool) {
	number, err := strconv.Atoi(digits)
	return number, err == nil && number >= 0 && strconv.Itoa(number) == digits
}
