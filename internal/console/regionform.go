package console

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// regionForm is the form of a region: some fields, and a row for each facilitator, with rows of absences in it.
type regionForm struct {
	Summary *look.Summary
	Path    string
	Hidden  []hidden
	Fields  []look.FieldView
	Rows    []rowView
	AddTo   string      // the id that a new row will have
	Stands  *regionView // what is stored by now, where somebody else was first
	Faults  []string    // of the rows as a whole
}

// rowView is one row, under its number in the form: numbers stay as they are while rows come and go.
type rowView struct {
	ID, Key, Title string // Key is what the buttons of the row name it by: "0", or "0.2"
	Fields         []look.FieldView
	Rows           []rowView
	AddTo          string
	Faults         []string
}

// The rows of the form, by the names that its fields begin with.
const (
	facilitatorRows = "facilitators"
	absenceRows     = "afwezig"
)

// regionForm makes the form with what was typed and what is wrong with it. A region without an id is one to be made.
func (s *Service) regionForm(region mdt.Region, typed map[string][]string, faults []mdt.Fault) regionForm {
	b := &look.Fields{Sent: typed, Faults: look.FaultsOf(faults, s.Team.Email), Labels: map[string]string{}, Hints: map[string]string{}}
	spec, path := forms.RegionSpec(), regionPath(region.ID)+"/wijzigen"
	if region.ID == "" {
		spec, path = forms.NewRegionSpec(), newRegionPath
	}
	regionWords(b, spec, "")
	form := regionForm{Path: path, Hidden: []hidden{{"versie", itoa(region.Version)}},
		Fields: ofOthers(b.Of(spec[:len(spec)-1], "", "")), Faults: b.Faults[facilitatorRows]}
	form.Rows, form.AddTo = rowsOf(b, spec[len(spec)-1], "", "")
	if len(form.Rows) == 0 { // one to begin with: a row that stays empty is no facilitator
		form.Rows = []rowView{rowOf(b, spec[len(spec)-1], "", "", 0)}
		form.Rows[0].Title = rowTitle(facilitatorRows, 0)
		form.AddTo = rowID(facilitatorRows, 1)
	}
	if len(faults) > 0 {
		form.Summary = &look.Summary{Title: content.FieldWords("formulier.fouten", nil),
			Faults: look.Pointed(look.Places(form.all(), typed), faults, s.Team.Email)}
	}
	return form
}

// all are the fields of the form in the order of the page.
func (f *regionForm) all() []look.FieldView {
	fields := slices.Clone(f.Fields)
	for _, row := range f.Rows {
		fields = append(fields, row.Fields...)
		for _, inner := range row.Rows {
			fields = append(fields, inner.Fields...)
		}
	}
	return fields
}

// regionWords gives the fields of a table, and of the rows in it, the words of this form.
func regionWords(b *look.Fields, fields []forms.Field, key string) {
	for _, f := range fields {
		b.Labels[key+f.Name] = say("beheer.regio." + key + f.Name)
		b.Hints[key+f.Name] = say("beheer.regio." + key + f.Name + ".uitleg")
		regionWords(b, f.Fields, key+f.Name+".")
	}
}

// ofOthers are fields that the browser knows no answer to: it knows those of whoever types.
func ofOthers(fields []look.FieldView) []look.FieldView {
	for i := range fields {
		fields[i].Autocomplete = ""
	}
	return fields
}

// rowsOf makes the rows of a list that something was typed in.
func rowsOf(b *look.Fields, list forms.Field, key, name string) (rows []rowView, addTo string) {
	next := 0
	for i, number := range numbersUnder(b.Sent, name+list.Name) {
		row := rowOf(b, list, key, name, number)
		row.Title = rowTitle(list.Name, i)
		rows = append(rows, row)
		next = number + 1
	}
	return rows, rowID(name+list.Name, next)
}

func rowOf(b *look.Fields, list forms.Field, key, name string, number int) rowView {
	at := name + list.Name + "." + strconv.Itoa(number)
	row := rowView{ID: rowID(name+list.Name, number), Key: rowKey(at), Faults: b.Faults[at]}
	for _, f := range list.Fields {
		if f.Kind == forms.Objects {
			row.Rows, row.AddTo = rowsOf(b, f, key+list.Name+".", at+".")
			row.Faults = append(row.Faults, b.Faults[at+"."+f.Name]...)
			continue
		}
		row.Fields = append(row.Fields, ofOthers(b.Of([]forms.Field{f}, key+list.Name+".", at+"."))...)
	}
	for i := range row.Fields {
		row.Fields[i].Optional = false // the whole may stay empty
	}
	return row
}

func rowTitle(list string, i int) string {
	return say("beheer.regio."+list+".rij", "n", strconv.Itoa(i+1))
}

func rowID(list string, number int) string {
	return "rij-" + strings.ReplaceAll(list, ".", "-") + "-" + strconv.Itoa(number)
}

// rowKey is what a button names a row by: the numbers alone.
func rowKey(at string) string {
	return strings.TrimPrefix(strings.ReplaceAll(at, "."+absenceRows, ""), facilitatorRows+".")
}

// numbersUnder are the numbers of the rows of a list that something was typed in, in order.
func numbersUnder(typed map[string][]string, list string) []int {
	met := map[int]bool{}
	for name := range typed {
		if rest, in := strings.CutPrefix(name, list+"."); in {
			digits, _, _ := strings.Cut(rest, ".")
			if n, err := strconv.Atoi(digits); err == nil {
				met[n] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(met))
}

// typedRegion is what the form of a region is filled with, as it stands.
func typedRegion(region mdt.Region) map[string][]string {
	typed := map[string][]string{}
	put := func(name, value string) {
		if value != "" {
			typed[name] = []string{value}
		}
	}
	put("naam", region.Name)
	put("telefoon", region.Phone)
	put("regiostrategie", region.Strategy)
	for i, f := range region.Facilitators {
		at := fmt.Sprintf("%s.%d.", facilitatorRows, i)
		put(at+"naam", f.Name)
		put(at+"email", f.Email)
		put(at+"vanaf", f.From.Typed())
		put(at+"totEnMet", f.Until.Typed())
		for j, a := range f.Absences {
			at := fmt.Sprintf("%s%s.%d.", at, absenceRows, j)
			put(at+"vanaf", a.From.Typed())
			put(at+"totEnMet", a.Until.Typed())
			if a.StandIn != nil {
				put(at+"vervanger", a.StandIn.Name)
				put(at+"vervangerEmail", a.StandIn.Email)
			}
		}
	}
	return typed
}

// rowDeed lets a row come or go, as the button says that was pressed ("erbij", "erbij 0", "weg 0", "weg 0.2"); false
// where it says something else. A new row has one field, in which nothing was typed.
func rowDeed(typed map[string][]string, deed string) bool {
	what, key, _ := strings.Cut(deed, " ")
	switch what {
	case "erbij":
		addRow(typed, key)
	case "weg":
		at := facilitatorRows + "." + strings.Replace(key, ".", "."+absenceRows+".", 1) + "."
		maps.DeleteFunc(typed, func(name string, _ []string) bool { return strings.HasPrefix(name, at) })
	default:
		return false
	}
	return true
}

// addRow adds a facilitator, or an absence of the one that the key names.
func addRow(typed map[string][]string, key string) {
	list, next := facilitatorRows, 0
	if key != "" {
		list += "." + key + "." + absenceRows
	}
	numbers := numbersUnder(typed, list)
	switch {
	case len(numbers) > 0:
		next = numbers[len(numbers)-1] + 1
	case key == "": // the first one is there already, and empty
		next, typed[list+".0.vanaf"] = 1, []string{""}
	}
	typed[fmt.Sprintf("%s.%d.vanaf", list, next)] = []string{""}
}

// editRegion shows the form.
func (s *Service) editRegion(w http.ResponseWriter, r *http.Request, v *visit) error {
	region, err := regionOf(r, v)
	if err != nil {
		return err
	}
	return s.showRegionForm(w, v, http.StatusOK, *region, s.regionForm(*region, typedRegion(*region), nil))
}

func (s *Service) showRegionForm(w http.ResponseWriter, v *visit, status int, region mdt.Region, form regionForm) error {
	return s.show(w, v, status, page{name: "regiowijzigen", Title: say("beheer.regio.wijzigen", "regio", region.Name), Section: regionsPath,
		Faulty: form.Summary != nil, Back: look.Way{Href: regionPath(region.ID), Text: region.Name}, Body: form})
}
