package console

import (
	"errors"
	"net/http"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

// noteSpec is what the team writes down with an entry, for itself.
var noteSpec = forms.Spec{
	{Name: "notitie", Kind: forms.Text, Code: "balie.notitie", Max: mdt.MaxRemark},
	{Name: "etiket", Kind: forms.Line, Code: "balie.etiket", Max: mdt.MaxTag},
	{Name: "weg", Kind: forms.Line, Max: mdt.MaxTag},
}

// addNote writes down a remark, puts on a tag or takes one off: to what stands, so that two who write at once lose
// nothing. Nobody is told.
func (s *Service) addNote(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, err := s.dossierOf(r.Context(), r.PathValue("bijeenkomst"), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	in, err := read(r, noteSpec)
	if err != nil {
		return err
	}
	n, faults := annotation(in, v, s)
	if len(faults) > 0 {
		return s.showNotes(w, v, d, in, faults, http.StatusBadRequest)
	}
	err = s.Noting(d.meeting.ID, d.entry.Person, n).Do(r.Context(), 0)
	var no *acts.Refused
	if errors.As(err, &no) {
		return s.showNotes(w, v, d, in, []mdt.Fault{{Pointer: no.Pointer, Code: no.Code, Args: no.Args}}, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	line := mdt.LogLine{What: mdt.DeedNoted, About: d.entry.Reference, Meeting: d.meeting.ID, Subject: d.entry.Person}
	if err := s.Gate.Note(r.Context(), v.Visit, line); err != nil {
		return err
	}
	return onward(w, entryPath(d.meeting.ID, d.entry.Reference)+"?gedaan=aanmeldingnotitie#notities")
}

func annotation(in *posted, v *visit, s *Service) (n mdt.Annotation, faults []mdt.Fault) {
	text, faults := forms.Reason(in.values, "notitie")
	if text != "" {
		n.Remark = &mdt.Remark{At: s.Now(), By: v.Name, Text: text}
	}
	n.Untag = in.own.Get("weg")
	if typed := strings.TrimSpace(in.own.Get("etiket")); typed != "" {
		tag, ok := mdt.ParseTag(typed)
		if !ok {
			faults = append(faults, mdt.Fault{Pointer: "#/etiket", Code: "balie.etiket.vorm"})
		}
		n.Tags = []string{tag}
	}
	return n, faults
}

// noteForm is the form below the remarks of an entry.
func noteForm(d *dossier) form {
	return form{name: "notitie", path: entryPath(d.meeting.ID, d.entry.Reference) + "/notitie", button: "beheer.notitie.knop", spec: noteSpec[:2]}
}

func (s *Service) showNotes(w http.ResponseWriter, v *visit, d *dossier, in *posted, faults []mdt.Fault, status int) error {
	view, err := s.entryView(d, v, "")
	if err != nil {
		return err
	}
	view.Notes = s.view(noteForm(d), in.typed, faults)
	return s.showEntryAs(w, v, d, status, page{name: "aanmelding", Faulty: true, Body: view})
}

// toEntry leads from an address that only takes forms to the entry.
func (s *Service) toEntry(w http.ResponseWriter, r *http.Request, _ *visit) error {
	return onward(w, entryPath(r.PathValue("bijeenkomst"), r.PathValue("kenmerk")))
}
