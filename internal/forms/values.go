package forms

import (
	"encoding/binary"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// Values is what a body held, field by field as it was sent. Only fields of the table are in it.
type Values struct {
	spec   Spec
	root   group
	key    string
	badKey string      // the pointer of a key that is none: its field, or the bare name of the header
	trap   bool        // the field that people leave empty was filled in
	faults []mdt.Fault // what was wrong with its shape
}

// group holds values by field name, each as its kind asks: string, []string, bool, group or []entry.
// A field that was not sent, or was sent empty in an HTML form, is not in it.
type group map[string]any

// entry is one group of a list, with the number it was sent under: what a fault must point to.
type entry struct {
	number int
	group
}

// maxItems is how many items of a list are kept; the next one is a fault. No form has as many choices, and
// no meeting lets anyone bring so many guests.
const maxItems = 50

// maxShapeFaults bounds how many faults of shape are told: they are for whoever builds a website.
const maxShapeFaults = 20

// Key is the idempotency key, or empty where none was sent.
func (v *Values) Key() string { return v.key }

// Trap says whether the field that people do not see was filled in: whoever did looks like a machine. Its
// value is no part of what was sent in.
func (v *Values) Trap() bool { return v.trap }

// sprung notes what stood in the trap. Blanks are nobody's doing.
func (v *Values) sprung(value string) { v.trap = v.trap || strings.TrimSpace(value) != "" }

// memberFault notes what is wrong with the way a member of what pointer points to was sent, unless enough is
// wrong already: a thousand faults must not cost more than twenty.
func (v *Values) memberFault(pointer, member, code string, args map[string]string) {
	if len(v.faults) < maxShapeFaults {
		v.faults = append(v.faults, mdt.Fault{Pointer: pointerTo(pointer, member), Code: code, Args: args})
	}
}

// shapeFault is memberFault for a pointer that is there already.
func (v *Values) shapeFault(pointer string) {
	if len(v.faults) < maxShapeFaults {
		v.faults = append(v.faults, mdt.Fault{Pointer: pointer, Code: codeShape})
	}
}

// Canonical writes the values so that two bodies with the same values give the same bytes, whether they
// came as JSON or as a form, and two with other values do not. The idempotency key is no part of it.
func (v *Values) Canonical() []byte { return v.root.canonical(nil, v.spec) }

func (g group) canonical(b []byte, fields []Field) []byte {
	for _, f := range fields {
		if mark := len(b); g[f.Name] != nil {
			b = canonicalText(b, f.Name)
			kept := len(b)
			if b = canonicalValue(b, f, g[f.Name]); len(b) == kept {
				b = b[:mark] // an empty value is an absent one
			}
		}
	}
	return append(b, end)
}

func canonicalValue(b []byte, f Field, value any) []byte {
	switch value := value.(type) {
	case string:
		if text := tidy(f.Kind, value); text != "" {
			return canonicalText(append(b, 's'), text)
		}
	case bool:
		if value {
			return append(b, 't')
		}
		return append(b, 'f')
	case []string:
		for _, item := range value {
			if item != "" {
				b = canonicalText(append(b, 'i'), item)
			}
		}
	case group:
		if inside := value.canonical(nil, f.Fields); len(inside) > 1 {
			return append(append(b, 'g'), inside...)
		}
	case []entry:
		for _, e := range value {
			b = e.canonical(append(b, 'e'), f.Fields)
		}
	}
	return b
}

// end closes a group. No length begins with it, so it is never taken for the next field.
const end = 0xff

// canonicalText puts a text behind its length.
func canonicalText(b []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(text))), text...)
}

// tidy gives the text as it would be stored, or as it is where it could not be.
func tidy(kind Kind, text string) string {
	clean, ok := text, true
	switch kind {
	case Text:
		clean, ok = cleanText(text)
	case Line, Email, Phone, Day:
		clean, ok = cleanLine(text)
	}
	if !ok {
		return text
	}
	return clean
}
