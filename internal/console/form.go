package console

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// form is one form of the desk: what it asks, and where its words are.
type form struct {
	name   string // of its words: "mensen" finds "beheer.mensen.naam" for the label of naam
	path   string
	button string // words of the button
	spec   forms.Spec
	fields look.Fields // what the table does not say of its fields
	hidden []hidden
}

// formView is what the page of a form shows.
type formView struct {
	Summary      *look.Summary
	Path, Button string
	Fields       []look.FieldView
	Hidden       []hidden
}

// view makes a form with what was typed, or stands already, and what is wrong with it.
func (s *Service) view(f form, sent map[string][]string, faults []mdt.Fault) formView {
	b := f.fields
	b.Sent, b.Faults = sent, look.FaultsOf(faults, s.Team.Email)
	b.Labels, b.Hints = worded(b.Labels, f.name, f.spec, ""), worded(b.Hints, f.name, f.spec, ".uitleg")
	view := formView{Path: f.path, Button: say(f.button), Hidden: f.hidden, Fields: b.Of(f.spec, "", "")}
	if len(faults) > 0 {
		view.Summary = &look.Summary{Title: content.FieldWords("formulier.fouten", nil),
			Faults: look.Pointed(look.Places(view.Fields, sent), faults, s.Team.Email)}
	}
	return view
}

// worded adds the desk's own words for the fields of a table: what a visitor is asked, the team fills in about others.
func worded(known map[string]string, form string, spec forms.Spec, more string) map[string]string {
	words := map[string]string{}
	for _, f := range spec {
		if text := say("beheer." + form + "." + f.Name + more); text != "" || more != "" {
			words[f.Name] = text
		}
	}
	for name, text := range known {
		words[name] = text
	}
	return words
}

// posted is a form that came in: the values of its table, what was typed by the names of the form, and what the
// page put in beside them.
type posted struct {
	values *forms.Values
	typed  map[string][]string
	own    url.Values
}

// deed is what the button that was pressed asks for.
func (p *posted) deed() string { return p.own.Get("handeling") }

// field is what the page put in beside the fields of the table.
func (p *posted) field(name string) string { return p.own.Get(name) }

// version is that of what the form was made from; 0 where none was sent.
func (p *posted) version() int64 {
	n, err := strconv.ParseInt(p.own.Get("versie"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// read takes a posted form apart. The desk takes plain forms alone.
func read(r *http.Request, spec forms.Spec) (*posted, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, forms.MaxBody+1))
	if err != nil {
		return nil, &trouble{status: http.StatusBadRequest}
	}
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); len(body) <= forms.MaxBody && media != "application/x-www-form-urlencoded" {
		return nil, &trouble{status: http.StatusUnsupportedMediaType}
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	values, err := forms.Read(r, spec)
	var unread *forms.Unread
	switch {
	case errors.As(err, &unread):
		return nil, &trouble{status: unread.Status}
	case err != nil:
		return nil, &trouble{status: http.StatusBadRequest}
	}
	own, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, &trouble{status: http.StatusBadRequest}
	}
	in := &posted{values: values, typed: map[string][]string{}, own: own}
	for name, value := range values.Sent() {
		in.typed[name] = append(in.typed[name], value)
	}
	return in, nil
}
