package look

import (
	"strconv"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
)

// FieldView is one field as a page shows it, made from its row in the table of forms.
type FieldView struct {
	Kind         string // which piece of html/fields.html makes it
	ID, Name     string // the same, save in a group
	Label, Hint  string
	Optional     bool // said behind the label
	Required     bool // told to whoever listens
	Type         string
	Autocomplete string
	Value        string
	List         bool // it offers the municipalities
	Many         bool // its options stand in columns
	Repeats      bool // several boxes send its name
	Options      []OptionView
	Fields       []FieldView // of a group
	Faults       []string
	Described    string // the ids of what explains it
}

// OptionView is one of the things to choose from.
type OptionView struct {
	ID, Value, Label, Hint string
	Checked, Off           bool
	Fault, Described       string
	Told                   string // what its hint and fault are named after
}

// Option is a choice that the table leaves open. Off says that it cannot be chosen now.
type Option struct {
	Value, Label, Hint string
	Off                bool
}

// Fields makes the fields of one form.
type Fields struct {
	Sent    map[string][]string // what was typed, by the name a form has for it
	Faults  FaultsAt
	Options map[string][]Option
	Hints   map[string]string // what explains a field, where its own words need filling
	Labels  map[string]string // the words of a meeting's own questions
	Asked   map[string]string // of a question that is asked of some: of whom. Nobody is told that it must, or need not, be answered
	Leave   map[string]bool   // what this form does not ask, unless it was sent all the same
}

// autocompletes are the fields that a browser may know of whoever types (F12). Those of others are not among them.
var autocompletes = map[string]string{"naam": "name", "email": "email", "telefoon": "tel", "organisatie": "organization", "functie": "organization-title"}

var inputTypes = map[forms.Kind]string{forms.Line: "text", forms.Email: "email", forms.Phone: "tel", forms.Day: "text"}

// Of gives the views of a table. Words are found under key, values under name: in a list of groups those differ.
func (b *Fields) Of(table []forms.Field, key, name string) (views []FieldView) {
	for _, f := range table {
		at, words := name+f.Name, key+f.Name
		if b.Leave[at] && !b.touched(at) {
			continue
		}
		if f.Kind == forms.Object && f.Name == "antwoorden" {
			views = append(views, b.Of(f.Fields, words+".", at+".")...)
			continue
		}
		views = append(views, b.view(f, words, at))
	}
	return views
}

// touched says whether something was sent for a field, or is wrong with it.
func (b *Fields) touched(name string) bool {
	for sent := range b.Sent {
		if sent == name || strings.HasPrefix(sent, name+".") {
			return true
		}
	}
	return len(b.Faults.within(name)) > 0
}

func (b *Fields) view(f forms.Field, key, name string) FieldView {
	v := FieldView{ID: idOf(name), Name: name, Label: b.label(key), Hint: b.hint(key), Required: f.Required, Optional: !f.Required, Faults: b.Faults[name]}
	if key == name {
		v.Autocomplete = autocompletes[name]
	}
	if of := b.Asked[name]; of != "" {
		v.Hint, v.Required, v.Optional = of, false, false
	}
	switch f.Kind {
	case forms.Text:
		v.Kind, v.Value = "area", b.value(name)
	case forms.Choice:
		b.choice(&v, f, key)
	case forms.Choices:
		b.choices(&v, f, key)
	case forms.Bool:
		b.yesNo(&v)
	case forms.Object:
		b.group(&v, f)
	case forms.Objects:
		b.guests(&v, f)
	default:
		v.Kind, v.Type, v.Value = "line", inputTypes[f.Kind], b.value(name)
		v.List = name == "gemeente"
	}
	v.Described = described(v)
	return v
}

// idOf is the id of a field: its name, in the letters that an id may have wherever it is used.
func idOf(name string) string { return strings.ReplaceAll(name, ".", "-") }

// described names what explains a field: its hint and its fault, by their ids.
func described(v FieldView) string {
	var ids []string
	if v.Hint != "" {
		ids = append(ids, v.ID+"-uitleg")
	}
	if len(v.Faults) > 0 {
		ids = append(ids, v.ID+"-fout")
	}
	return strings.Join(ids, " ")
}

func (b *Fields) label(key string) string {
	if own, ok := b.Labels[key]; ok {
		return own
	}
	return content.FieldWords(key+".label", nil)
}

func (b *Fields) hint(key string) string {
	if own, ok := b.Hints[key]; ok {
		return own
	}
	return content.FieldWords(key+".uitleg", nil)
}

func (b *Fields) value(name string) string {
	if sent := b.Sent[name]; len(sent) > 0 {
		return sent[0]
	}
	return ""
}

// guests shows as many groups as one may bring guests, those that were sent first, under the numbers they had.
func (b *Fields) guests(v *FieldView, f forms.Field) {
	v.Kind = "guests"
	for i, number := range b.numbers(v.Name, f.Max) {
		at := v.Name + "." + strconv.Itoa(number) + "."
		guest := FieldView{Kind: "guest", Name: strings.TrimSuffix(at, "."), Label: content.FieldWords(v.Name+".nummer", map[string]string{"n": strconv.Itoa(i + 1)}),
			Fields: b.Of(f.Fields, v.Name+".", at)}
		for i := range guest.Fields {
			guest.Fields[i].Required, guest.Fields[i].Optional = false, false // the whole may stay empty
		}
		guest.Faults = b.Faults[guest.Name]
		v.Fields = append(v.Fields, guest)
	}
}

// numbers are those that groups were sent under, and the first free ones up to most groups.
func (b *Fields) numbers(name string, most int) (numbers []int) {
	met := map[int]bool{}
	for sent := range b.Sent {
		if rest, ok := strings.CutPrefix(sent, name+"."); ok {
			digits, _, _ := strings.Cut(rest, ".")
			if n, err := strconv.Atoi(digits); err == nil && !met[n] {
				met[n] = true
				numbers = append(numbers, n)
			}
		}
	}
	for n := 0; len(numbers) < most; n++ {
		if !met[n] {
			numbers = append(numbers, n)
		}
	}
	return sorted(numbers)
}

// group is a choice with fields that belong to one of its answers.
func (b *Fields) group(v *FieldView, f forms.Field) {
	v.Kind, v.Hint, v.Faults = "group", "", b.Faults[v.Name]
	v.Fields = b.Of(f.Fields, v.Name+".", v.Name+".")
	for i := range v.Fields {
		v.Fields[i].Optional = i == 0 || v.Fields[i].Kind == "radios" // the others go with the answer that shows them
	}
}
