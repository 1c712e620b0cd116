package console

import (
	"net/http"
	"net/url"
	"slices"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// narrow is a field above a list: what the list can be narrowed to, or the orders it can be in.
type narrow struct {
	name    string
	first   string // words of what holds where nothing is chosen; empty: all of it
	options []look.Option
}

// chosen is what an address asks of a list, by the names of its fields, and the place in it. None of it is anybody's.
type chosen struct {
	of    map[string]string
	after string
}

// chosenOf reads what an address asks of a list with these fields. A value that no field has is refused: a list that is
// not what its address says would mislead whoever was given the address.
func chosenOf(r *http.Request, fields []narrow) (chosen, error) {
	query := r.URL.Query()
	c := chosen{map[string]string{}, query.Get("na")}
	for _, f := range fields {
		value := query.Get(f.name)
		if value == "" {
			continue
		}
		if !slices.ContainsFunc(f.options, func(o look.Option) bool { return o.Value == value }) {
			return c, unknownChoice(r.URL.EscapedPath())
		}
		c.of[f.name] = value
	}
	return c, nil
}

// values are what was chosen as an address has it, without the place in the list.
func (c chosen) values() url.Values {
	values := url.Values{}
	for name, value := range c.of {
		values.Set(name, value)
	}
	return values
}

// narrowsView is the form above a list.
type narrowsView struct {
	Path   string
	Order  string // of the list, where it is not the first one
	Fields []selectView
	All    string // where the list is whole; empty: here
}

func (c chosen) view(path string, fields []narrow) narrowsView {
	view := narrowsView{Path: path}
	if len(c.of) > 0 {
		view.All = path
	}
	for _, f := range fields {
		field := chooser(f.name, c.of[f.name], f.options)
		if f.first != "" {
			field.Options[0].Label = say(f.first)
		}
		view.Fields = append(view.Fields, field)
	}
	return view
}

// momentOrder is the field of every list that goes by moment.
func momentOrder() narrow {
	return narrow{"volgorde", "beheer.filter.volgorde.nieuwste", []look.Option{{Value: "oudste", Label: say("beheer.filter.volgorde.oudste")}}}
}

func (c chosen) oldest() bool { return c.of["volgorde"] != "" }

// ofRegion is the field that narrows to a region, or to what is for the whole country.
func ofRegion(regions []mdt.Region) narrow {
	nation := look.Option{Value: mdt.Nationwide, Label: say("beheer.filter.regio.landelijk")}
	return narrow{name: "regio", options: append(regionOptions(regions), nation)}
}

// fieldWords are the options of a choice from our own lists, as words tells what each is called.
func fieldWords(words func(string) string, values ...string) (options []look.Option) {
	for _, value := range values {
		options = append(options, look.Option{Value: value, Label: words(value)})
	}
	return options
}

// regionsFor gives the regions where an address names one: else what is read need not wait for them.
func (s *Service) regionsFor(r *http.Request) ([]mdt.Region, error) {
	if !r.URL.Query().Has("regio") {
		return nil, nil
	}
	return s.Catalogue.Regions(r.Context())
}

// kept joins conditions on what stays in a list; nil where there is none.
func kept[T any](conditions ...func(*T) bool) func(*T) bool {
	conditions = slices.DeleteFunc(conditions, func(c func(*T) bool) bool { return c == nil })
	if len(conditions) == 0 {
		return nil
	}
	return func(value *T) bool {
		return !slices.ContainsFunc(conditions, func(holds func(*T) bool) bool { return !holds(value) })
	}
}

// where is the condition that something is what was chosen; nil where nothing was.
func where[T any](wanted string, is func(value *T, wanted string) bool) func(*T) bool {
	if wanted == "" {
		return nil
	}
	return func(value *T) bool { return is(value, wanted) }
}
