package console

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// othersView is a list of proposals, of messages or of interests.
type othersView struct {
	Path, Sought, Empty, Cut string
	Narrows                  narrowsView
	Heads                    []string
	Rows                     []otherRow
	Pager                    pager
}

type otherRow struct {
	Path, Name string
	Cells      []cell
}

// cell is what stands under a head; Badge: it says how something stands, which looks like Class.
type cell struct {
	Head, Text string
	Badge      bool
	Class      string
}

func textCell(text string) cell { return cell{Text: text} }

func stateCell(class, text string) cell { return cell{Text: text, Badge: true, Class: class} }

// row is one line of a list: its name under the first head, the rest under the others.
func row(path, name string, heads []string, cells ...cell) otherRow {
	for i := range cells {
		cells[i].Head = heads[i+1]
	}
	return otherRow{Path: path, Name: name, Cells: cells}
}

// finished gives a list the words for how it ends, and the way on: by an address, or in a form where something was sought.
func (view othersView) finished(c chosen, fields []narrow, next string, cut bool, seen int, empty string) othersView {
	view.Narrows = c.view(view.Path, fields)
	if len(view.Rows) == 0 {
		if view.Empty = say(empty); len(c.of) > 0 || view.Sought != "" {
			view.Empty = say("beheer.lijst.nietGevonden")
		}
	}
	if cut {
		view.Cut = say("beheer.lijst.deel", "n", strconv.Itoa(seen))
	}
	if view.Sought == "" {
		view.Pager = pagerOf(view.Path, c.values(), c.after, next)
	} else if next != "" {
		view.Pager.Form = &nextForm{view.Path, []hidden{{"zoek", view.Sought}, {"na", next}}}
	}
	return view
}

// otherView is the page of a proposal, a message or an interest.
type otherView struct {
	Path         string
	Whole        bool   // whoever looks sees the mails too
	Note         string // what is to be known first
	State, Class string
	Facts        []fact
	Ways         []look.Way
	Presses      []pressView
	Letters      []letterView
}

// pressView is a button that does something at once.
type pressView struct {
	Path, Text string
	First      bool // it is what most come for
	Fields     []hidden
}

// othersSpec is what is searched for among proposals, messages or interests, and where the page before ended.
var othersSpec = forms.Spec{{Name: "zoek", Kind: forms.Line, Max: 254}, {Name: "na", Kind: forms.Line, Max: 2000}}

// searched is a search in such a list, where it goes on, and the key that it looks for.
func searched(own url.Values) (c chosen, typed, key string) {
	typed = strings.TrimSpace(own.Get("zoek"))
	return chosen{after: own.Get("na")}, typed, mdt.SearchKey(typed)
}

// hasIn says whether some text has what is searched for in it, however that is typed.
func hasIn(key string, texts ...string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(mdt.SearchKey(text), key) })
}
