package look

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
)

// FaultsAt are the texts of the faults by the name of the field they are at; in a list, by its number too.
type FaultsAt map[string][]string

// FieldName is the name that a form has for what a JSON pointer points to.
func FieldName(pointer string) string {
	segments := strings.Split(strings.TrimPrefix(pointer, "#/"), "/")
	for i, segment := range segments {
		if plain, err := url.PathUnescape(segment); err == nil {
			segment = plain
		}
		segments[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(segment)
	}
	return strings.Join(segments, ".")
}

func FaultsOf(faults []mdt.Fault, teamMail string) FaultsAt {
	at := FaultsAt{}
	for _, f := range faults {
		name := FieldName(f.Pointer)
		at[name] = append(at[name], FaultWords(f, teamMail))
	}
	return at
}

func FaultWords(f mdt.Fault, teamMail string) string {
	args := map[string]string{"teammail": teamMail}
	for name, value := range f.Args {
		args[name] = value
	}
	return content.Fault(f.Code, args)
}

// within are the faults of a field and of everything in it.
func (f FaultsAt) within(name string) (all []string) {
	for at, texts := range f {
		if at == name || strings.HasPrefix(at, name+".") {
			all = append(all, texts...)
		}
	}
	return all
}

// Summary stands above a form that was not taken (F4): what is wrong, each a link to its field.
type Summary struct {
	Title  string
	Faults []Way
	Ways   []Way // what can be done instead
}

// Place is where on the page something is: the id a link leads to, and how far down.
type Place struct {
	id string
	at int
}

// Places finds everything on the page that a fault can be at, by the name a form has for it; sent finds the
// box of an item in a list.
func Places(shown []FieldView, sent map[string][]string) map[string]Place {
	found := map[string]Place{}
	note := func(name, id string) {
		if _, twice := found[name]; !twice {
			found[name] = Place{id, len(found)}
		}
	}
	var walk func([]FieldView)
	walk = func(views []FieldView) {
		for _, v := range views {
			id := v.ID
			if (v.Kind == "group" || v.Kind == "guest") && len(v.Fields) > 0 {
				id = v.Fields[0].ID
			}
			note(v.Name, id)
			for i, value := range sent[v.Name] {
				for _, o := range v.Options {
					if v.Kind == "ticks" && o.Value == value {
						note(v.Name+"."+strconv.Itoa(i), o.ID)
					}
				}
			}
			walk(v.Fields)
		}
	}
	walk(shown)
	return found
}

// Pointed gives each fault with the field it leads to, in the order of the page. A fault of something that the
// page does not show leads nowhere, and comes last.
func Pointed(found map[string]Place, faults []mdt.Fault, teamMail string) []Way {
	type placed struct {
		Way
		at int
	}
	var all []placed
	for _, f := range faults {
		p := placed{Way{Text: FaultWords(f, teamMail)}, len(found)}
		for name := FieldName(f.Pointer); name != ""; name = above(name) {
			if where, ok := found[name]; ok {
				p.Href, p.at = "#"+where.id, where.at
				break
			}
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at - b.at })
	out := make([]Way, len(all))
	for i, p := range all {
		out[i] = p.Way
	}
	return out
}

// above is the name of what a field is in: "leiding" of "leiding.naam".
func above(name string) string { return name[:max(strings.LastIndexByte(name, '.'), 0)] }
