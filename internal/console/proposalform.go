package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// proposalSpec is the visitor's form less the address: that is who sent it in.
func proposalSpec() forms.Spec {
	return slices.DeleteFunc(slices.Clone(forms.ProposalSpec()), func(f forms.Field) bool { return f.Name == "email" })
}

func (d *submitted) form() form {
	f := form{name: "voorstel", path: proposalPath(d.proposal.Reference) + "/wijzigen", button: "beheer.mails.kijk", spec: proposalSpec(),
		hidden: []hidden{{"uitgave", strconv.Itoa(d.proposal.Edition)}}}
	f.fields = look.Fields{Options: map[string][]look.Option{"regios": append(regionOptions(d.regions), nationwide())}}
	return f
}

func (s *Service) askProposal(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, err := s.submittedBy(r.Context(), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedSeen, About: d.proposal.Reference, Meeting: d.proposal.Meeting, Subject: d.proposal.Person}); err != nil {
		return err
	}
	return s.showProposalForm(w, v, d, http.StatusOK, look.StoredProposal(*d.proposal), nil)
}

func (s *Service) showProposalForm(w http.ResponseWriter, v *visit, d *submitted, status int, typed map[string][]string, faults []mdt.Fault) error {
	view := deedView{Text: say("beheer.voorstel.wijzigen.uitleg"), Form: s.view(d.form(), typed, faults)}
	if len(faults) > 0 && strings.HasPrefix(faults[0].Code, "versie.") {
		view.Form.Summary.Title, view.Form.Summary.Faults = say("beheer.wijzigen.anders"), named(view.Form, faults)
	}
	return s.show(w, v, status, page{name: "handeling", Title: say("beheer.voorstel.wijzigen", "naam", d.proposal.Theme), Section: "/console", Faulty: len(faults) > 0,
		Back: look.Way{Href: proposalPath(d.proposal.Reference), Text: d.proposal.Theme}, Body: view})
}

// changeProposal stores what the team changes of a proposal, and shows first who hears of it.
func (s *Service) changeProposal(w http.ResponseWriter, r *http.Request, v *visit) error {
	d, err := s.submittedBy(r.Context(), r.PathValue("kenmerk"))
	if err != nil {
		return err
	}
	in, err := read(r, proposalSpec())
	if err != nil {
		return err
	}
	body := url.Values{"email": {d.proposal.Email}}
	for _, f := range carried(in, proposalSpec()) {
		body.Add(f.Name, f.Value)
	}
	whole, err := asSent(r, forms.ProposalSpec(), body)
	if err != nil {
		return &trouble{status: http.StatusBadRequest}
	}
	checked, faults := forms.Proposal(whole, mdt.RegionIDs(d.regions))
	if len(faults) > 0 {
		return s.showProposalForm(w, v, d, http.StatusBadRequest, in.typed, faults)
	}
	edition, _ := strconv.Atoi(in.own.Get("uitgave"))
	p := d.proposal
	a := agreement{deed: s.EditingProposal(p.Meeting, p.ID, p.Person, mdt.ProposalChange{ProposalForm: checked, Edition: edition}), title: say("beheer.voorstel.wijzigen", "naam", p.Theme),
		path: r.URL.EscapedPath(), back: look.Way{Href: proposalPath(p.Reference), Text: p.Theme}, fields: carried(in, proposalSpec(), "uitgave")}
	done, err := s.agree(w, r, v, in, a)
	var no *acts.Refused
	switch {
	case errors.As(err, &no) && no.Code == "versie.conflict":
		differs := s.differs(d.form(), look.StoredProposal(*p), in)
		if len(differs) == 0 { // somebody stored the very same
			return onward(w, proposalPath(p.Reference))
		}
		return s.showProposalForm(w, v, d, http.StatusConflict, in.typed, differs)
	case errors.As(err, &no):
		return s.showProposalForm(w, v, d, http.StatusConflict, in.typed, []mdt.Fault{{Pointer: orRoot(no.Pointer), Code: no.Code, Args: no.Args}})
	case err != nil || !done:
		return err
	}
	if err := s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedChanged, About: p.Reference, Meeting: p.Meeting, Subject: p.Person}); err != nil {
		return err
	}
	return onward(w, proposalPath(p.Reference)+"?gedaan=aanmeldingwijzigen")
}
