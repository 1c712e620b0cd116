package console

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// listOf makes the rows of a form, with those that something was typed in; one at least, that may stay empty.
func listOf(b *look.Fields, sec section) *listView {
	spec := sec.spec()
	field := spec[slices.IndexFunc(spec, func(f forms.Field) bool { return f.Name == sec.list })]
	words := "beheer.bewerken." + sec.list
	list := &listView{Name: sec.list, Title: say(words), Intro: say(words + ".uitleg"), Add: say(words + ".erbij"), Away: say(words + ".weg"), Faults: b.Faults[sec.list], Pairs: sec.list != "vragen"}
	numbers := numbersUnder(b.Sent, sec.list)
	if len(numbers) == 0 {
		numbers = []int{0}
	}
	for i, number := range numbers {
		at := sec.list + "." + strconv.Itoa(number) + "."
		rowOptions(b, sec.list, at, i)
		row := formRow{ID: rowID(sec.list, number), Key: strconv.Itoa(number), Title: say(words+".rij", "n", strconv.Itoa(i+1)),
			Faults: b.Faults[strings.TrimSuffix(at, ".")], Hidden: hidden{at + "id", strings.Join(b.Sent[at+"id"], "")}}
		for _, f := range field.Fields {
			if f.Name != "id" {
				row.Fields = append(row.Fields, rowField(b.Of([]forms.Field{f}, sec.list+".", at)[0]))
			}
		}
		list.Rows = append(list.Rows, row)
	}
	list.AddTo = rowID(sec.list, numbers[len(numbers)-1]+1)
	return list
}

// rowField is a field of a row: what has to stand in it is said where it lacks, for a whole row may stay empty.
func rowField(f look.FieldView) look.FieldView {
	f.Optional, f.Required, f.Autocomplete = false, false, ""
	if f.Kind == "radios" && !strings.HasSuffix(f.Name, ".verplicht") {
		f.Kind = "select"
	}
	return f
}

// rowOptions are the choices of a row: the sorts, and the questions that stand above it.
func rowOptions(b *look.Fields, list, at string, place int) {
	switch list {
	case "onderdelen":
		b.Options[at+"soort"] = options("beheer.bewerken.soort.", mdt.PartSession, mdt.PartPlenary)
	case "vragen":
		b.Options[at+"soort"] = options("beheer.bewerken.soort.", string(mdt.TextQuestion), string(mdt.YesNo), string(mdt.OneOfQuestion), string(mdt.ManyOf))
		above := []look.Option{{Label: say("beheer.bewerken.vragen.toonVraag.iedereen")}}
		for i, number := range numbersUnder(b.Sent, list) {
			if i >= place {
				break
			}
			text := strings.Join(b.Sent[list+"."+strconv.Itoa(number)+".tekst"], "")
			above = append(above, look.Option{Value: strconv.Itoa(i + 1), Label: strconv.Itoa(i+1) + ". " + text})
		}
		b.Options[at+"toonVraag"] = above
	}
}

// rowsChange lets a row come or go, as the button says that was pressed ("erbij", "weg 2"); false where it says
// something else. A new row has one field, in which nothing was typed.
func rowsChange(typed map[string][]string, list, deed string) bool {
	what, key, _ := strings.Cut(deed, " ")
	switch {
	case list == "" || what != "erbij" && what != "weg":
		return false
	case what == "weg":
		for name := range typed {
			if strings.HasPrefix(name, list+"."+key+".") {
				delete(typed, name)
			}
		}
		return true
	}
	next := 1 // the first one is there already, and empty
	if numbers := numbersUnder(typed, list); len(numbers) > 0 {
		next = numbers[len(numbers)-1] + 1
	} else {
		typed[list+".0."+newRow[list]] = []string{""}
	}
	typed[list+"."+strconv.Itoa(next)+"."+newRow[list]] = []string{""}
	return true
}

// newRow is the first field of a row.
var newRow = map[string]string{"herinneringen": "dagen", "onderdelen": "naam", "vragen": "tekst"}

// readRows reads a form after its rows were numbered anew, without those in which nothing stands: so a row has the
// number of what it makes.
func readRows(r *http.Request, spec forms.Spec, list string) (*posted, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, forms.MaxBody+1))
	if err != nil {
		return nil, &trouble{status: http.StatusBadRequest}
	}
	if values, err := url.ParseQuery(string(body)); err == nil && list != "" && len(body) <= forms.MaxBody {
		body = []byte(numbered(values, list).Encode())
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return read(r, spec)
}

// chosenAnyhow are the fields of a row in which something stands although nobody has done anything.
var chosenAnyhow = []string{"soort", "verplicht", "toonVraag"}

func numbered(values url.Values, list string) url.Values {
	filled := map[string][]string{}
	for name, typed := range values {
		if field := name[strings.LastIndexByte(name, '.')+1:]; strings.HasPrefix(name, list+".") && strings.Join(typed, "") != "" && !slices.Contains(chosenAnyhow, field) {
			filled[name] = typed
		}
	}
	keep := numbersUnder(filled, list)
	out := url.Values{}
	for name, typed := range values {
		rest, in := strings.CutPrefix(name, list+".")
		number, field, _ := strings.Cut(rest, ".")
		if !in {
			out[name] = typed
			continue
		}
		n, err := strconv.Atoi(number)
		if at := slices.Index(keep, n); err == nil && at >= 0 {
			out[list+"."+strconv.Itoa(at)+"."+field] = typed
		}
	}
	if deed := values.Get("handeling"); strings.HasPrefix(deed, "weg ") {
		n, err := strconv.Atoi(deed[len("weg "):])
		if at := slices.Index(keep, n); err == nil {
			out.Set("handeling", "weg "+strconv.Itoa(at))
		}
	}
	return out
}
