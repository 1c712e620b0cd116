package console

import (
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// memberView is the page of one line of the list.
type memberView struct {
	Email string
	Form  formView
	Path  string
	Self  bool // one's own line
	Keep  bool // nobody else of the team is left: this one stays
}

func (s *Service) memberOf(r *http.Request) (*mdt.Staff, error) {
	member, err := s.Store.StaffMember(r.Context(), mdt.PersonID(r.PathValue("wie")))
	if err == nil && member == nil {
		err = &trouble{status: http.StatusNotFound}
	}
	return member, err
}

func (s *Service) member(w http.ResponseWriter, r *http.Request, v *visit) error {
	member, err := s.memberOf(r)
	if err != nil {
		return err
	}
	return s.showMember(w, r, v, *member, storedMember(*member), nil)
}

func storedMember(member mdt.Staff) map[string][]string {
	return map[string][]string{"naam": {member.Name}, "rol": {member.Role}, "regios": member.Regions}
}

func memberForm(member mdt.Staff, regions []mdt.Region) form {
	f := staffForm(staffPath+"/"+string(member.ID), "beheer.mensen.knop.bewaren", regions)
	f.spec, f.hidden = memberSpec(), []hidden{{"handeling", "wijzigen"}, {"versie", itoa(member.Version)}}
	return f
}

func (s *Service) showMember(w http.ResponseWriter, r *http.Request, v *visit, member mdt.Staff, typed map[string][]string, faults []mdt.Fault) error {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	all, err := s.Store.Staff(r.Context())
	if err != nil {
		return err
	}
	f, status := memberForm(member, regions), statusOf(faults)
	view := memberView{Email: member.Email, Form: s.view(f, typed, faults), Path: f.path, Self: member.ID == v.ID, Keep: mdt.LastOfTeam(all, member.ID)}
	if len(faults) > 0 && strings.HasPrefix(faults[0].Code, "versie.") {
		status = http.StatusConflict
		view.Form.Summary.Title, view.Form.Summary.Faults = say("beheer.wijzigen.anders"), named(view.Form, faults)
	}
	return s.show(w, v, status, page{name: "mens", Title: member.Name, Section: staffPath, Faulty: len(faults) > 0,
		Done: done(r), Back: look.Way{Href: staffPath, Text: say("beheer.mensen.titel")}, Body: view})
}

// memberSpec leaves the address out: it is who somebody is. Another address is another line.
func memberSpec() forms.Spec {
	return slices.DeleteFunc(slices.Clone(forms.StaffSpec()), func(f forms.Field) bool { return f.Name == "email" })
}

// changeMember does what the button says that was pressed on the page of one line.
func (s *Service) changeMember(w http.ResponseWriter, r *http.Request, v *visit) error {
	member, err := s.memberOf(r)
	if err != nil {
		return err
	}
	in, err := read(r, memberSpec())
	if err != nil {
		return err
	}
	switch in.deed() {
	case "wijzigen":
		return s.storeMember(w, r, v, *member, in)
	case "verwijderen":
		err = s.removeMember(r, *member)
		return s.memberDone(w, r, v, *member, err, "mensenverwijderd")
	case "uitloggen":
		err = s.Gate.CloseAll(r.Context(), member.ID)
		return s.memberDone(w, r, v, *member, err, "mensenuitgelogd")
	}
	return &trouble{status: http.StatusBadRequest}
}

func (s *Service) storeMember(w http.ResponseWriter, r *http.Request, v *visit, member mdt.Staff, in *posted) error {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	now, faults := forms.Member(in.values, mdt.RegionIDs(regions))
	all, err := s.Store.Staff(r.Context())
	switch {
	case err != nil:
		return err
	case in.version() != member.Version:
		if faults = s.differs(memberForm(member, regions), storedMember(member), in); len(faults) == 0 { // somebody stored the very same
			return onward(w, staffPath)
		}
		return s.showMember(w, r, v, member, in.typed, faults)
	case now.Role != mdt.RoleTeam && mdt.LastOfTeam(all, member.ID) && member.ChangesThings():
		faults = append(faults, mdt.Fault{Pointer: "#/rol", Code: "mens.rol.laatste"})
	}
	if len(faults) > 0 {
		return s.showMember(w, r, v, member, in.typed, faults)
	}
	changed := member
	changed.Name, changed.Role, changed.Regions, changed.Version = now.Name, now.Role, now.Regions, member.Version+1
	var stays []mdt.PersonID
	if member.ChangesThings() && !changed.ChangesThings() {
		stays = mdt.Colleague(all, member.ID)
	}
	err = s.Store.PutStaff(r.Context(), &member, changed, stays...)
	return s.memberDone(w, r, v, member, err, "mensengewijzigd")
}

// removeMember takes somebody off the list; whoever alone can change things stays.
func (s *Service) removeMember(r *http.Request, member mdt.Staff) error {
	all, err := s.Store.Staff(r.Context())
	if err != nil {
		return err
	}
	if member.ChangesThings() && mdt.LastOfTeam(all, member.ID) {
		return &trouble{status: http.StatusConflict, about: "laatste"}
	}
	if !member.ChangesThings() {
		return s.Store.RemoveStaff(r.Context(), member.ID)
	}
	return s.Store.RemoveStaff(r.Context(), member.ID, mdt.Colleague(all, member.ID)...)
}

// memberDone writes down what was done with a line, and goes back to the list.
func (s *Service) memberDone(w http.ResponseWriter, r *http.Request, v *visit, member mdt.Staff, err error, what string) error {
	if err == nil {
		err = s.noteStaff(r, v, member.ID)
	}
	if err != nil {
		return err
	}
	return onward(w, staffPath+"?gedaan="+what)
}
