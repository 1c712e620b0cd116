package pages

import (
	"encoding/json"
	"net/http"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
)

// receipt is what a visitor reads after sending a form in, as it is kept for a while.
type receipt struct {
	Name      string `json:"naam"` // of what was made: "aanmelding"
	Meeting   string `json:"bijeenkomst,omitempty"`
	Path      string `json:"pagina,omitempty"`
	Reference string `json:"kenmerk"`
	Text      string `json:"melding"`
	Rows      []row  `json:"ingevuld"`
}

// row is one thing that was filled in.
type row struct {
	Label string `json:"vraag"`
	Value string `json:"antwoord"`
}

func receiptOf(f *form, in *post, stored done) receipt {
	return receipt{Name: f.name, Meeting: f.view.Back.Text, Path: f.view.Back.Href, Reference: stored.Reference, Text: stored.Text, Rows: f.rows(in)}
}

func (c receipt) encode() ([]byte, error) { return json.Marshal(c) }

// rows read back what was filled in, in the words of the form.
func (f *form) rows(in *post) []row {
	b := f.fields
	b.Sent, b.Faults = in.sent, nil
	return rowsOf(b.Of(f.spec, "", ""), "")
}

func rowsOf(views []look.FieldView, of string) (rows []row) {
	for _, v := range views {
		label := v.Label
		if of != "" {
			label = of + ": " + label
		}
		switch v.Kind {
		case "guest":
			rows = append(rows, rowsOf(v.Fields, v.Label)...)
			continue
		case "guests", "group":
			rows = append(rows, rowsOf(v.Fields, "")...)
			continue
		}
		if value := valueOf(v); value != "" {
			rows = append(rows, row{label, value})
		}
	}
	return rows
}

// valueOf is what was typed, or the words of what was chosen.
func valueOf(v look.FieldView) string {
	if v.Options == nil {
		return v.Value
	}
	var chosen []string
	for _, o := range v.Options {
		switch {
		case !o.Checked:
		case v.Kind == "tick":
			chosen = append(chosen, say("ja"))
		default:
			chosen = append(chosen, o.Label)
		}
	}
	return strings.Join(chosen, "\n")
}

// thanks reads back what was sent, for a quarter of an hour; after that, and for a name that nobody has, it
// says only that it was sent.
func (s *Service) thanks(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("X-Robots-Tag", "noindex")
	kept, err := s.Store.Receipt(r.Context(), r.PathValue("bon"), s.Now())
	if err != nil {
		return err
	}
	var c receipt
	if kept == nil || json.Unmarshal(kept, &c) != nil {
		return s.show(w, r, http.StatusOK, page{name: "trouble", Title: say("verstuurd.titel"),
			Body: troubleView{say("verstuurd"), []look.Way{{Href: "/", Text: say("storing.bijeenkomsten"), First: true}, {Href: "/mijn", Text: say("storing.nieuweLink")}}}})
	}
	return s.show(w, r, http.StatusOK, page{name: "thanks", Title: say("bedankt." + c.Name), Body: c})
}

// confirmView asks whether what was filled in is right.
type confirmView struct {
	Path string
	Rows []row
	Sent []row // every field as it came, to be sent again

	Repeats bool // a list among them repeats its name
}

// confirm asks whether it is right, with one button: what was sent so soon may have been filled in by a machine.
func (s *Service) confirm(w http.ResponseWriter, r *http.Request, f *form, in *post) error {
	view := confirmView{Path: f.path, Rows: f.rows(in)}
	for name, value := range in.values.Sent() {
		view.Sent = append(view.Sent, row{name, value})
		view.Repeats = view.Repeats || len(in.sent[name]) > 1
	}
	view.Sent = append(view.Sent, row{"sleutel", in.key()})
	if in.values.Trap() {
		view.Sent = append(view.Sent, row{forms.TrapField, "x"})
	}
	if in.returnTo != "" {
		view.Sent = append(view.Sent, row{returnField, in.returnTo})
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.show(w, r, http.StatusOK, page{name: "confirm", Title: say("kloptDit.titel"), Section: f.section, Body: view})
}
