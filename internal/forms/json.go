package forms

import (
	"strconv"
	"unicode/utf8"
)

// readJSON reads one JSON object by the table. It gives false for what is no JSON, for half a surrogate
// pair, and for what nests too deep. Other names, other types, null and a name used twice become faults.
func (v *Values) readJSON(body string) bool {
	d := decoder{scanner{rest: body}, v}
	if d.peek() != '{' {
		return false
	}
	v.root = d.group(v.spec, "#")
	d.peek()
	return d.rest == "" && !d.failed
}

// decoder fills values from a JSON text.
type decoder struct {
	scanner
	values *Values
}

// group reads an object of known fields. A name that comes again keeps its first value.
func (d *decoder) group(fields []Field, pointer string) group {
	g, met := group{}, map[string]bool{}
	d.each('{', '}', func() {
		name := d.name()
		f, known := find(fields, name)
		trap := pointer == "#" && name == TrapField
		switch {
		case !known && !trap:
			d.unknown(pointer, name)
		case met[name], trap && d.peek() != '"':
			d.refuse(pointer, name)
		case trap:
			met[name] = true
			d.values.sprung(d.str())
		default:
			met[name] = true
			if value := d.value(f, pointer); value != nil {
				g[name] = value
			}
		}
	})
	return g
}

// unknown skips a member that is not in the table.
func (d *decoder) unknown(pointer, name string) {
	if len(d.values.faults) < maxShapeFaults {
		d.values.memberFault(pointer, short(name), codeUnknown, map[string]string{"veld": short(name)})
	}
	d.skip()
}

// value reads a member's value as the field's kind asks, or refuses it and gives nil.
func (d *decoder) value(f Field, pointer string) any {
	switch next := d.peek(); {
	case f.Kind == Object && next == '{':
		return d.group(f.Fields, pointerTo(pointer, f.Name))
	case f.Kind == Objects && next == '[':
		return d.entries(f, pointerTo(pointer, f.Name))
	case f.Kind == Choices && next == '[':
		return d.strings(pointerTo(pointer, f.Name))
	case f.Kind == Bool && (next == 't' || next == 'f'):
		return d.word() == "true"
	case f.Kind < Choices && next == '"':
		return d.str()
	}
	d.refuse(pointer, f.Name)
	return nil
}

// refuse skips a value that cannot stand where it stands.
func (d *decoder) refuse(pointer, member string) {
	d.values.memberFault(pointer, member, codeShape, nil)
	d.skip()
}

func (d *decoder) strings(pointer string) []string {
	list := []string{}
	n := 0
	d.each('[', ']', func() {
		switch {
		case d.peek() != '"':
			d.refuse(pointer, strconv.Itoa(n))
		case len(list) <= maxItems:
			list = append(list, d.str())
		default:
			d.skip()
		}
		n++
	})
	return list
}

func (d *decoder) entries(f Field, pointer string) []entry {
	list := []entry{}
	n := 0
	d.each('[', ']', func() {
		switch {
		case d.peek() != '{':
			d.refuse(pointer, strconv.Itoa(n))
		case len(list) <= maxItems:
			list = append(list, entry{n, d.group(f.Fields, itemPointer(pointer, n))})
		default:
			d.skip()
		}
		n++
	})
	return list
}

// short cuts a name that is repeated to whoever sent it.
func short(name string) string {
	const most = 60
	if len(name) <= most {
		return name
	}
	end := most
	for !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end] + "…"
}
