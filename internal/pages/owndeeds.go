package pages

import (
	"net/http"
	"slices"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/mdt"
)

func (s *Service) cancel(r *http.Request, v *visit, a asked, i item) (string, error) {
	if a.part != "" {
		return "onderdeelAf", s.LeavePart(r.Context(), i.meeting.ID, a.part, v.own.Person)
	}
	if i.registration.Status == mdt.Cancelled {
		return "", errAgain
	}
	return "afgemeld", s.Cancel(r.Context(), i.meeting.ID, v.own.Person)
}

func (s *Service) accept(r *http.Request, v *visit, a asked, i item) (string, error) {
	return "geaccepteerd", s.Accept(r.Context(), i.meeting.ID, a.part, v.own.Person)
}

func (s *Service) pass(r *http.Request, v *visit, a asked, i item) (string, error) {
	notice := "losgelaten"
	if a.keepWaiting && i.meeting.LineOpen(v.now) {
		notice = "doorgegeven"
	}
	return notice, s.Pass(r.Context(), i.meeting.ID, a.part, v.own.Person, a.keepWaiting)
}

// wait asks for offers again, or puts somebody in the line for a part.
func (s *Service) wait(r *http.Request, v *visit, a asked, i item) (string, error) {
	if _, waits := i.registration.Place(a.part); a.part != "" && !waits {
		return "wachtOnderdeel", s.WaitForPart(r.Context(), i.meeting.ID, a.part, v.own.Person)
	}
	return "wacht", s.KeepWaiting(r.Context(), i.meeting.ID, a.part, v.own.Person)
}

func (s *Service) withdraw(r *http.Request, v *visit, _ asked, i item) (string, error) {
	switch {
	case i.leading != nil:
		return "leiding", s.DeclineLeading(r.Context(), *i.leading)
	case i.interest != nil:
		return "geenBericht", s.WithdrawInterest(r.Context(), i.meeting.ID, v.own.Person)
	}
	return "ingetrokken", s.WithdrawProposal(r.Context(), i.meeting.ID, i.proposal.ID, v.own.Person)
}

// erase takes away one entry, or everything. Where none is named it is what the page shows: everything where
// that is all there is.
func (s *Service) erase(r *http.Request, v *visit, a asked) (string, error) {
	if !v.fresh {
		return "", errFresh
	}
	reference := a.reference
	all := len(v.own.Registrations)+len(v.own.Proposals)+len(v.own.Leading)+len(v.own.Interests)+len(v.own.Messages) == len(v.items)
	switch {
	case reference == everything || reference == "" && all:
		reference = ""
	case reference == "" && len(v.items) == 1:
		reference = v.items[0].reference
	case !slices.ContainsFunc(v.items, func(i item) bool { return i.reference == reference }):
		return "", errWhich
	}
	return "gewist", s.Erase(r.Context(), v.own.Person, reference)
}

func (s *Service) change(r *http.Request, v *visit, a asked, i item) (string, error) {
	if i.registration != nil {
		return "gewijzigd", s.changeRegistration(r, v, a, i)
	}
	return "gewijzigd", s.changeProposal(r, v, a, i)
}

func (s *Service) changeRegistration(r *http.Request, v *visit, a asked, i item) error {
	f, err := s.registrationForm(r, v, i)
	if err != nil {
		return err
	}
	in, err := f.readMerged(r, f.merge(a.body, i.registration.Email), i.reference)
	if err != nil {
		return err
	}
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	checked, faults := forms.Registration(in.values, i.meeting, mdt.RegionIDs(regions))
	if len(faults) > 0 {
		return &badFields{typed: in, faults: faults}
	}
	change := mdt.ChangeForm{RegistrationForm: checked, Edition: editionOf(a.body, i.registration.Edition), KeepWishes: !v.fresh,
		WishesChanged: v.fresh && checked.Wishes != v.own.WishesOf(i.meeting.ID)}
	for _, p := range i.registration.PartLines {
		change.WaitFor = append(change.WaitFor, p.Part)
	}
	return typedFault(s.Change(r.Context(), i.meeting.ID, v.own.Person, change), in)
}

func (s *Service) changeProposal(r *http.Request, v *visit, a asked, i item) error {
	f, err := s.proposalForm(r, v, i)
	if err != nil {
		return err
	}
	in, err := f.readMerged(r, f.merge(a.body, i.proposal.Email), i.reference)
	if err != nil {
		return err
	}
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	checked, faults := forms.Proposal(in.values, mdt.RegionIDs(regions))
	if len(faults) > 0 {
		return &badFields{typed: in, faults: faults}
	}
	change := mdt.ProposalChange{ProposalForm: checked, Edition: editionOf(a.body, i.proposal.Edition)}
	return typedFault(s.ChangeProposal(r.Context(), i.meeting.ID, i.proposal.ID, v.own.Person, change), in)
}
