package pages

import (
	"context"
	"crypto/rand"
	"net/http"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// form is one form: what it asks, what stands round it, and what is done with what comes in.
type form struct {
	name    string // of what it makes, as in the address of the API's call: "aanmelding"
	file    string // of its page
	section string
	path    string
	title   string
	button  string
	under   string // what happens to what is filled in (P1)
	spec    forms.Spec
	fields  look.Fields // what the table does not say of its fields
	view    formView
	refusal *mdt.Refusal // what keeps everyone from it now
	instead []look.Way   // what can be done in its place
	judge   func(*forms.Values) (do, []mdt.Fault)
}

// do stores what came in.
type do func(context.Context, acts.Post) (done, error)

// done is what was stored, as its receipt tells it.
type done struct {
	Reference string
	Email     mdt.Address
	Text      string
}

// formView is what the page of a form shows.
type formView struct {
	Back         look.Way
	Facts        []string // of the meeting
	Note         string   // what to know first
	Search       *searchView
	Found        foundView
	Summary      *look.Summary
	Path, Button string
	Above, Under string
	Fields       []look.FieldView
	Key, Moment  string
	ReturnTo     string
}

// filled is what stands in a form when it is shown.
type filled struct {
	sent     map[string][]string
	key      string
	moment   string // signed: when the form was shown first; empty when it is shown again
	returnTo string
	faults   []mdt.Fault
	summary  *look.Summary // where it is not a list of faults
}

// asks gives the act that shows an empty form, or what to do instead where it is closed.
func (s *Service) asks(of func(*http.Request) (*form, error)) act {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := of(r)
		if err != nil {
			return err
		}
		if f.refusal != nil {
			return s.closed(w, r, f)
		}
		return s.showForm(w, r, http.StatusOK, f, filled{sent: f.fields.Sent, key: rand.Text(), moment: s.moment(f.path)})
	}
}

// closed is the page of a form that nobody can send in now.
func (s *Service) closed(w http.ResponseWriter, r *http.Request, f *form) error {
	return s.show(w, r, http.StatusConflict, page{name: "trouble", Title: f.title, Section: f.section,
		Body: troubleView{refusalWords(f.refusal, s.Team.Email), f.instead}})
}

// showForm shows a form with what was typed.
func (s *Service) showForm(w http.ResponseWriter, r *http.Request, status int, f *form, in filled) error {
	b := f.fields
	b.Sent, b.Faults = in.sent, look.FaultsOf(in.faults, s.Team.Email)
	view := f.view
	view.Fields = b.Of(f.spec, "", "")
	view.Path, view.Button, view.Under, view.Above = f.path, f.button, f.under, content.FieldWords("formulier.boven", nil)
	view.Key, view.Moment, view.ReturnTo = in.key, in.moment, in.returnTo
	if view.Summary = in.summary; len(in.faults) > 0 {
		view.Summary = &look.Summary{Title: content.FieldWords("formulier.fouten", nil), Ways: f.instead,
			Faults: look.Pointed(look.Places(view.Fields, in.sent), in.faults, s.Team.Email)}
	}
	if status != http.StatusOK {
		w.Header().Set("X-Robots-Tag", "noindex")
	}
	return s.show(w, r, status, page{name: f.file, Title: f.title, Faulty: status != http.StatusOK, Section: f.section, Body: view})
}
