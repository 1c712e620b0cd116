package console

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// unasked are the fields of a visitor's form that are not changed with it: an address has a page of its own, and
// guests have entries of their own.
var unasked = []string{"email", "introducees"}

// changeSpec is the visitor's form less that.
func changeSpec(m mdt.Meeting) forms.Spec {
	return slices.DeleteFunc(slices.Clone(forms.RegistrationSpec(m)), func(f forms.Field) bool { return slices.Contains(unasked, f.Name) })
}

// entryForm is the form of an entry with the meeting's own parts and questions.
func entryForm(d *listed, path, button string, spec forms.Spec) form {
	f := form{name: "aanmelding", path: path, button: button, spec: spec}
	f.fields = look.Fields{Options: map[string][]look.Option{"regios": append(regionOptions(d.regions), nationwide()), "onderdelen": chosenParts(d.meeting)},
		Labels: map[string]string{}, Hints: map[string]string{}, Leave: map[string]bool{"deelname": !d.meeting.Both(), "onderdelen": len(chosenParts(d.meeting)) == 0}}
	for _, q := range d.meeting.Questions {
		f.fields.Labels["antwoorden."+q.ID], f.fields.Hints["antwoorden."+q.ID] = q.Text, ""
	}
	return f
}

func nationwide() look.Option {
	return look.Option{Value: mdt.Nationwide, Label: content.FieldWords("regios.keuze."+mdt.Nationwide, nil)}
}

// chosenParts are those that people choose: a plenary one is for everybody, unless it has seats of its own.
func chosenParts(m mdt.Meeting) (options []look.Option) {
	for _, p := range m.Parts {
		if p.Kind != "plenair" || p.Seats > 0 {
			options = append(options, look.Option{Value: p.ID, Label: p.Name})
		}
	}
	return options
}

func (d *dossier) changeForm() form {
	f := entryForm(&d.listed, entryPath(d.meeting.ID, d.entry.Reference)+"/wijzigen", "beheer.mails.kijk", changeSpec(d.meeting))
	f.hidden = []hidden{{"uitgave", strconv.Itoa(d.entry.Edition)}}
	return f
}

func (s *Service) askChange(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, err := s.dossierOf(r.Context(), r.PathValue("bijeenkomst"), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	if err := s.seen(r, v, d); err != nil {
		return err
	}
	return s.showChange(w, v, d, http.StatusOK, look.StoredRegistration(*d.entry, d.wishes), nil)
}

func (s *Service) showChange(w http.ResponseWriter, v *visit, d *dossier, status int, typed map[string][]string, faults []mdt.Fault) error {
	view := deedView{Name: d.entry.Name, Text: say("beheer.wijzigen.uitleg"), Form: s.view(d.changeForm(), typed, faults)}
	if status == http.StatusConflict && len(faults) > 0 && strings.HasPrefix(faults[0].Code, "versie.") {
		view.Form.Summary.Title = say("beheer.wijzigen.anders")
		view.Form.Summary.Faults = named(view.Form, faults)
	}
	return s.show(w, v, status, page{name: "handeling", Title: say("beheer.wijzigen.titel", "naam", d.entry.Name), Section: "/console", Faulty: len(faults) > 0,
		Back: look.Way{Href: entryPath(d.meeting.ID, d.entry.Reference), Text: d.entry.Name}, Body: view})
}

// named are faults that say of which field they are.
func named(form formView, faults []mdt.Fault) []look.Way {
	ways := form.Summary.Faults
	for i, fault := range faults {
		name := look.FieldName(fault.Pointer)
		for _, field := range form.Fields {
			if field.Name == name && i < len(ways) {
				ways[i] = look.Way{Href: "#" + field.ID, Text: field.Label + ": " + look.FaultWords(fault, "")}
			}
		}
	}
	return ways
}

// doChange stores what the team changes of an entry, as its person could. Whoever was later than somebody else is told
// what stands by now; what was typed stays on the page.
func (s *Service) doChange(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, err := s.dossierOf(r.Context(), r.PathValue("bijeenkomst"), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	in, err := read(r, changeSpec(d.meeting))
	if err != nil {
		return err
	}
	form, faults, err := s.changed(r, d, in)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return s.showChange(w, v, d, http.StatusBadRequest, in.typed, faults)
	}
	a := agreement{deed: s.Changing(d.meeting.ID, d.entry.Person, form), title: say("beheer.wijzigen.titel", "naam", d.entry.Name), path: r.URL.EscapedPath(),
		back: look.Way{Href: entryPath(d.meeting.ID, d.entry.Reference), Text: d.entry.Name}, fields: carried(in, changeSpec(d.meeting), "uitgave")}
	done, err := s.agree(w, r, v, in, a)
	var no *acts.Refused
	switch {
	case errors.As(err, &no) && no.Code == "versie.conflict":
		differs := s.between(d, in)
		if len(differs) == 0 { // somebody stored the very same
			return onward(w, entryPath(d.meeting.ID, d.entry.Reference))
		}
		return s.showChange(w, v, d, http.StatusConflict, in.typed, differs)
	case errors.As(err, &no):
		return s.showChange(w, v, d, http.StatusConflict, in.typed, []mdt.Fault{{Pointer: orRoot(no.Pointer), Code: no.Code, Args: no.Args}})
	case err != nil || !done:
		return err
	}
	line := mdt.LogLine{What: mdt.DeedChanged, About: d.entry.Reference, Meeting: d.meeting.ID, Subject: d.entry.Person}
	if err := s.Gate.Note(r.Context(), v.Visit, line); err != nil {
		return err
	}
	return onward(w, entryPath(d.meeting.ID, d.entry.Reference)+"?gedaan=aanmeldingwijzigen")
}

func orRoot(pointer string) string {
	if pointer == "" {
		return "#/"
	}
	return pointer
}

// changed checks what was typed. What the form does not ask stays as it is.
func (s *Service) changed(r *http.Request, d *dossier, in *posted) (mdt.ChangeForm, []mdt.Fault, error) {
	whole, err := s.wholeForm(r, d.meeting, in)
	if err != nil {
		return mdt.ChangeForm{}, nil, err
	}
	checked, faults := forms.Registration(whole, d.meeting, mdt.RegionIDs(d.regions))
	faults = withoutUnasked(faults)
	edition, _ := strconv.Atoi(in.own.Get("uitgave"))
	form := mdt.ChangeForm{RegistrationForm: checked, Edition: edition, WishesChanged: checked.Wishes != d.wishes}
	for _, id := range d.entry.Parts {
		if !slices.ContainsFunc(chosenParts(d.meeting), func(o look.Option) bool { return o.Value == id }) {
			form.Parts = append(form.Parts, id)
		}
	}
	for _, place := range d.entry.PartLines {
		if !slices.Contains(form.Parts, place.Part) {
			form.WaitFor = append(form.WaitFor, place.Part)
		}
	}
	return form, faults, nil
}

// wholeForm reads what was typed as the visitor's whole form.
func (s *Service) wholeForm(r *http.Request, m mdt.Meeting, in *posted) (*forms.Values, error) {
	spec := forms.RegistrationSpec(m)
	body := url.Values{}
	for _, f := range carried(in, spec) {
		body.Add(f.Name, f.Value)
	}
	return asSent(r, spec, body)
}

func withoutUnasked(faults []mdt.Fault) []mdt.Fault {
	return slices.DeleteFunc(faults, func(f mdt.Fault) bool { return f.Pointer == "#/email" || strings.HasPrefix(f.Pointer, "#/introducees") })
}

// between says, of each field that differs from what was typed, what stands there by now.
func (s *Service) between(d *dossier, in *posted) []mdt.Fault {
	return s.differs(d.changeForm(), look.StoredRegistration(*d.entry, d.wishes), in)
}

// differs says of each field of a form what is stored there, where something else was typed.
func (s *Service) differs(f form, stored map[string][]string, in *posted) (faults []mdt.Fault) {
	for _, field := range leaves(s.view(f, stored, nil).Fields) {
		if slices.Equal(stored[field.Name], in.typed[field.Name]) {
			continue
		}
		fault := mdt.Fault{Pointer: "#/" + strings.ReplaceAll(url.PathEscape(field.Name), ".", "/"), Code: "versie.nu", Args: map[string]string{"waarde": inWords(field)}}
		if fault.Args["waarde"] == "" {
			fault = mdt.Fault{Pointer: fault.Pointer, Code: "versie.leeg"}
		}
		faults = append(faults, fault)
	}
	return faults
}

// leaves are the fields that hold something themselves.
func leaves(fields []look.FieldView) (all []look.FieldView) {
	for _, field := range fields {
		if len(field.Fields) > 0 {
			all = append(all, leaves(field.Fields)...)
			continue
		}
		all = append(all, field)
	}
	return all
}

// inWords is what a field holds, as whoever reads the form sees it.
func inWords(field look.FieldView) string {
	if len(field.Options) == 0 {
		return field.Value
	}
	var chosen []string
	for _, o := range field.Options {
		if o.Checked {
			chosen = append(chosen, o.Label)
		}
	}
	return strings.Join(chosen, ", ")
}

// asSent reads values by a table, as if they had been sent.
func asSent(r *http.Request, spec forms.Spec, values url.Values) (*forms.Values, error) {
	body := values.Encode()
	again := r.Clone(r.Context())
	again.Body, again.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	return forms.Read(again, spec)
}
