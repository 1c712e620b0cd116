// Package forms reads what a website or a page sends in: one table of fields for JSON and for HTML forms,
// the rules each field must meet, and the code and place of every fault.
//
// Reading goes in two steps. Read takes the body apart and refuses what cannot be read at all. Registration,
// Proposal, Interest and Message then hold the values against the rules and give all faults at once.
package forms

import "strings"

// Kind is what a field holds, and so how it is read and checked.
type Kind int

// The kinds of fields.
const (
	Line    Kind = iota // text without line breaks
	Text                // text that may have line breaks
	Email               // a mail address
	Phone               // a telephone number
	Day                 // a day, as the team types it: 24-3-2027
	Choice              // one of Choices
	Choices             // a list of some of Choices
	Bool                // true or false
	Object              // one group of Fields
	Objects             // a list of groups of Fields
)

// Field is one field of a form: its name as visitors and websites meet it, and its rules.
type Field struct {
	Name     string
	Kind     Kind
	Code     string // first half of its fault codes, where that is not the name
	Required bool
	Max      int      // characters (Line, Text, Email, Phone) or items (Choices, Objects; 0: as many as are read)
	Choices  []string // what may be chosen; nil where that is known only when it is checked
	Fields   []Field  // what a group holds
}

// Spec is the table of one form's fields, in the order of the page.
type Spec []Field

// code is the first half of the field's fault codes.
func (f Field) code() string {
	if f.Code != "" {
		return f.Code
	}
	return f.Name
}

// find gives the field of that very name.
func find(fields []Field, name string) (Field, bool) {
	for _, f := range fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// pointerTo is a JSON pointer as a URI fragment (RFC 6901, 3 and 6) to a member of what pointer points to.
func pointerTo(pointer, member string) string {
	var b strings.Builder
	b.WriteString(pointer)
	b.WriteByte('/')
	for _, c := range []byte(member) {
		switch {
		case c == '~':
			b.WriteString("~0")
		case c == '/':
			b.WriteString("~1")
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._:!$&'()*+,;=@?", c) >= 0:
			b.WriteByte(c)
		default:
			const hex = "0123456789ABCDEF"
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
