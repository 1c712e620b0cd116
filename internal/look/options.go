package look

import (
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
)

func sorted(numbers []int) []int {
	slices.Sort(numbers)
	return numbers
}

// given are the choices of a field: the table's own, or those that this form knows.
func (b *Fields) given(f forms.Field, key, name string) []Option {
	if known, ok := b.Options[name]; ok {
		return known
	}
	choices := make([]Option, len(f.Choices))
	for i, choice := range f.Choices {
		label := content.FieldWords(key+".keuze."+choice, nil)
		if label == "" { // a meeting's own question
			label = choice
		}
		choices[i] = Option{Value: choice, Label: label}
	}
	return choices
}

// manyOptions is from how many on a choice is a list that unfolds.
const manyOptions = 12

// choice is one of several: round buttons, or a list that unfolds where there are many.
func (b *Fields) choice(v *FieldView, f forms.Field, key string) {
	v.Kind = "radios"
	given := b.given(f, key, v.Name)
	if len(given) > manyOptions {
		v.Kind = "select"
	}
	v.Options = optionViews(v, given, b.Sent[v.Name], nil)
}

// choices are some of several: boxes to tick. Where an item is what is wrong, its fault stands at its box.
func (b *Fields) choices(v *FieldView, f forms.Field, key string) {
	v.Kind = "ticks"
	given, sent := b.given(f, key, v.Name), b.Sent[v.Name]
	at := map[string]string{}
	for i, value := range sent {
		fault := b.Faults[v.Name+"."+strconv.Itoa(i)]
		if len(fault) == 0 {
			continue
		}
		if slices.ContainsFunc(given, func(o Option) bool { return o.Value == value }) {
			at[value] = fault[0]
		} else {
			v.Faults = append(slices.Clip(v.Faults), fault[0])
		}
	}
	v.Options = optionViews(v, given, sent, at)
	open := 0
	for _, o := range v.Options {
		if !o.Off {
			open++
		}
	}
	v.Many, v.Repeats = len(given) > manyOptions, open > 1
}

// yesNo is a box to tick where only yes is an answer, and else two round buttons.
func (b *Fields) yesNo(v *FieldView) {
	if v.Name == "toestemming" {
		v.Kind = "tick"
		sent := b.value(v.Name)
		v.Options = []OptionView{{ID: v.ID, Value: "on", Label: v.Label, Checked: sent != "" && sent != "off"}}
		return
	}
	v.Kind = "radios"
	yes, no := content.FieldWords("antwoorden.keuze.true", nil), content.FieldWords("antwoorden.keuze.false", nil)
	v.Options = optionViews(v, []Option{{Value: "on", Label: yes}, {Value: "off", Label: no}}, b.Sent[v.Name], nil)
}

// optionViews gives options with what was chosen of them. The first has the field's own id: there a fault leads.
func optionViews(v *FieldView, given []Option, sent []string, faults map[string]string) []OptionView {
	out := make([]OptionView, len(given))
	for i, o := range given {
		chosen := slices.Contains(sent, o.Value)
		told := v.ID + "_" + strconv.Itoa(i+1) // no field is called so
		out[i] = OptionView{ID: told, Told: told, Value: o.Value, Label: o.Label, Hint: o.Hint, Checked: chosen,
			Off: o.Off && !chosen, Fault: faults[o.Value]}
		if i == 0 {
			out[i].ID = v.ID
		}
		out[i].Described = describedOption(out[i])
	}
	return out
}

// describedOption names what explains a box of its own: its hint and its fault.
func describedOption(o OptionView) string {
	var ids []string
	if o.Hint != "" {
		ids = append(ids, o.Told+"-uitleg")
	}
	if o.Fault != "" {
		ids = append(ids, o.Told+"-fout")
	}
	return strings.Join(ids, " ")
}
