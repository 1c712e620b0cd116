package console

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

// answering are the roles that say of a message whether it was dealt with: the team, and who answers for its region.
var answering = []string{mdt.RoleTeam, mdt.RoleFacilitator}

func answerPath(m *mdt.Message) string { return messagePath(m.Reference) + "/beantwoord" }

// answerPress is the button that says that a message was dealt with, or that opens it again.
func answerPress(m *mdt.Message) pressView {
	deed := standAnswered
	if m.Answered != nil {
		deed = standOpen
	}
	return pressView{Path: answerPath(m), Text: say("beheer.bericht.knop." + deed), First: deed == standAnswered,
		Fields: []hidden{{"handeling", deed}, {"versie", itoa(m.Version)}, {"gezien", messageSeen(m)}}}
}

// messageSeen notes what stood in a message, each field by a few signs: so whoever is overtaken is told what changed, and the
// page does not carry it twice.
func messageSeen(m *mdt.Message) string {
	var marks []string
	stored := storedMessage(m)
	for _, f := range messageSpec() {
		sum := sha256.Sum256([]byte(strings.Join(stored[f.Name], "")))
		marks = append(marks, hex.EncodeToString(sum[:4]))
	}
	return strings.Join(marks, ".")
}

// changedSince names the fields that are not what they were, in the words of their form.
func changedSince(m *mdt.Message, seen string) string {
	was, is := strings.Split(seen, "."), strings.Split(messageSeen(m), ".")
	var names []string
	for i, f := range messageSpec() {
		if len(was) == len(is) && was[i] != is[i] {
			names = append(names, say("beheer.bericht."+f.Name))
		}
	}
	return strings.Join(names, ", ")
}

// toMessage leads whoever comes back from the login to the message that they had before them.
func (s *Service) toMessage(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.messageBy(r.Context(), r.PathValue("kenmerk"))
	if err == nil && !v.seesMessage(m) {
		err = &trouble{status: http.StatusNotFound}
	}
	if err != nil {
		return err
	}
	return onward(w, messagePath(m.Reference))
}

// answerMessage says that a message was dealt with, or opens it again. No letter goes. Whoever was overtaken is told by
// what, and asked anew.
func (s *Service) answerMessage(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.messageBy(r.Context(), r.PathValue("kenmerk"))
	if err == nil && !v.seesMessage(m) {
		err = &trouble{status: http.StatusNotFound}
	}
	if err != nil {
		return err
	}
	in, err := read(r, forms.Spec{})
	if err != nil {
		return err
	}
	deed, at := in.deed(), s.Now()
	if !slices.Contains([]string{standOpen, standAnswered}, deed) {
		return &trouble{status: http.StatusBadRequest}
	}
	now, changed := m.Answer(&at)
	if deed == standOpen {
		now, changed = m.Answer(nil)
	}
	if !changed { // somebody else said so first, or the button was pressed twice
		return onward(w, messagePath(m.Reference)+"?gedaan=berichtal"+deed)
	}
	if in.version() != m.Version {
		return s.overtaken(w, r, v, in)
	}
	if err := s.Store.EditMessage(r.Context(), *m, now); errors.Is(err, store.ErrLostRace) {
		return s.overtaken(w, r, v, in)
	} else if err != nil {
		return err
	}
	what := map[string]mdt.Deed{standAnswered: mdt.DeedAnswered, standOpen: mdt.DeedReopened}[deed]
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: what, About: m.Reference, Subject: m.Person}); err != nil {
		return err
	}
	return onward(w, messagePath(m.Reference)+"?gedaan=bericht"+deed)
}

// overtaken shows a message as it is by now, and what changed since it was looked at.
func (s *Service) overtaken(w http.ResponseWriter, r *http.Request, v *visit, in *posted) error {
	d, err := s.sentInBy(r.Context(), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	note := say("beheer.bericht.ingehaald")
	if names := changedSince(d.message, in.field("gezien")); names != "" {
		note = say("beheer.bericht.ingehaald.velden", "velden", names)
	}
	return s.showMessage(w, r, v, d, http.StatusConflict, note)
}
