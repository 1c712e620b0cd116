package console

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// newSpec is the form of an entry that is taken down: the visitor's, in which an address may be missing, with a group in
// the place of guests and a remark.
func newSpec(m mdt.Meeting) forms.Spec {
	spec := slices.DeleteFunc(slices.Clone(forms.RegistrationSpec(m)), func(f forms.Field) bool { return f.Name == "introducees" })
	for i := range spec {
		if spec[i].Name == "email" {
			spec[i].Required = false
		}
	}
	return append(spec, forms.Field{Name: "groep", Kind: forms.Text, Code: "balie.groep", Max: 8000},
		forms.Field{Name: "notitie", Kind: forms.Text, Code: "balie.notitie", Max: mdt.MaxRemark})
}

func newForm(l *listed, key string) form {
	f := entryForm(l, entriesPath(l.meeting.ID)+"/nieuw", "beheer.mails.kijk", newSpec(l.meeting))
	f.hidden = []hidden{{"sleutel", key}}
	return f
}

func (s *Service) askNew(w http.ResponseWriter, r *http.Request, v *visit) error {
	l := new(listed)
	if err := s.about(r.Context(), r.PathValue("bijeenkomst"), l); err != nil {
		return err
	}
	return s.showNew(w, v, l, http.StatusOK, rand.Text(), nil, nil)
}

func (s *Service) showNew(w http.ResponseWriter, v *visit, l *listed, status int, key string, typed map[string][]string, faults []mdt.Fault) error {
	view := deedView{Text: say("beheer.nieuw.uitleg"), Form: s.view(newForm(l, key), typed, faults)}
	return s.show(w, v, status, page{name: "handeling", Title: say("beheer.nieuw.titel", "bijeenkomst", l.meeting.Name), Section: "/console", Faulty: len(faults) > 0,
		Back: look.Way{Href: entriesPath(l.meeting.ID), Text: say("beheer.aanmeldingen.titel", "bijeenkomst", l.meeting.Name)}, Body: view})
}

// addNew takes down an entry, for who calls, also without an address, or for a whole group.
func (s *Service) addNew(w http.ResponseWriter, r *http.Request, v *visit) error {
	l := new(listed)
	if err := s.about(r.Context(), r.PathValue("bijeenkomst"), l); err != nil {
		return err
	}
	in, err := read(r, newSpec(l.meeting))
	if err != nil {
		return err
	}
	byHand, faults, err := s.byHand(r, v, l, in)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return s.showNew(w, v, l, http.StatusBadRequest, in.own.Get("sleutel"), in.typed, faults)
	}
	deed, self := s.Registering(l.meeting, byHand)
	people := []string{byHand.Form.Name}
	for _, guest := range byHand.Form.Guests {
		people = append(people, guest.Name)
	}
	done, err := s.agree(w, r, v, in, agreement{deed: deed, title: say("beheer.nieuw.titel", "bijeenkomst", l.meeting.Name), path: r.URL.EscapedPath(),
		back: look.Way{Href: entriesPath(l.meeting.ID), Text: l.meeting.Name}, fields: carried(in, newSpec(l.meeting), "sleutel"), people: people})
	var no *acts.Refused
	if errors.As(err, &no) {
		return s.showNew(w, v, l, http.StatusConflict, in.own.Get("sleutel"), in.typed, []mdt.Fault{{Pointer: orRoot(no.Pointer), Code: no.Code, Args: no.Args}})
	}
	if err != nil || !done {
		return err
	}
	line := mdt.LogLine{What: mdt.DeedAdded, About: self.Reference, Meeting: l.meeting.ID, Count: len(people), Subject: self.Person}
	if err := s.Gate.Note(r.Context(), v.Visit, line); err != nil {
		return err
	}
	return onward(w, entryPath(l.meeting.ID, self.Reference)+"?gedaan=aanmeldingnieuw")
}

// byHand checks what was taken down.
func (s *Service) byHand(r *http.Request, v *visit, l *listed, in *posted) (acts.ByHand, []mdt.Fault, error) {
	body := url.Values{}
	for _, f := range carried(in, forms.RegistrationSpec(l.meeting)) {
		body.Add(f.Name, f.Value)
	}
	whole, err := asSent(r, forms.RegistrationSpec(l.meeting), body)
	if err != nil {
		return acts.ByHand{}, nil, &trouble{status: http.StatusBadRequest}
	}
	form, faults := forms.Registration(whole, l.meeting, mdt.RegionIDs(l.regions))
	if strings.TrimSpace(in.own.Get("email")) == "" {
		faults = withoutUnasked(faults)
	}
	guests, wrong := forms.Group(in.own.Get("groep"))
	form.Guests = guests
	out := acts.ByHand{Form: form, Key: in.own.Get("sleutel")}
	if text := strings.TrimSpace(in.own.Get("notitie")); text != "" {
		out.Remark = &mdt.Remark{At: s.Now(), By: v.Name, Text: text}
	}
	return out, append(faults, wrong...), nil
}
