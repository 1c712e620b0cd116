package console

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

const staffPath = "/console/mensen"

func (s *Service) staffRoutes() []route {
	return []route{
		{pattern: staffPath, sees: team, does: team, get: s.staff, post: s.addStaff},
		{pattern: staffPath + "/{wie}", sees: team, does: team, get: s.member, post: s.changeMember},
	}
}

// staffView is the list of who may come in, and the form to add somebody.
type staffView struct {
	People []staffRow
	Form   formView
}

type staffRow struct{ Path, Name, Email, Role, Regions string }

func (s *Service) staff(w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.showStaff(w, r, v, s.newcomer(r), nil)
}

func (s *Service) showStaff(w http.ResponseWriter, r *http.Request, v *visit, sent map[string][]string, faults []mdt.Fault) error {
	all, err := s.Store.Staff(r.Context())
	if err != nil {
		return err
	}
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b mdt.Staff) int { return strings.Compare(a.Name, b.Name) })
	view := staffView{Form: s.view(staffForm(staffPath, "beheer.mensen.knop.toevoegen", regions), sent, faults)}
	for _, member := range all {
		view.People = append(view.People, staffRow{staffPath + "/" + string(member.ID), member.Name, member.Email,
			say("beheer.rol." + member.Role), regionNames(regions, member.Regions)})
	}
	return s.show(w, v, statusOf(faults), page{name: "mensen", Title: say("beheer.mensen.titel"), Section: staffPath,
		Faulty: len(faults) > 0, Done: done(r), Body: view})
}

// statusOf is that of a page with a form in which something is wrong, or nothing.
func statusOf(faults []mdt.Fault) int {
	if len(faults) > 0 {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// staffForm is the form of one line of the list.
func staffForm(path, button string, regions []mdt.Region) form {
	roles := make([]look.Option, len(mdt.Roles))
	for i, role := range mdt.Roles {
		roles[i] = look.Option{Value: role, Label: say("beheer.rol." + role), Hint: say("beheer.rol." + role + ".uitleg")}
	}
	return form{name: "mensen", path: path, button: button, spec: forms.StaffSpec(),
		fields: look.Fields{Options: map[string][]look.Option{"rol": roles, "regios": regionOptions(regions)}}}
}

func regionOptions(regions []mdt.Region) (out []look.Option) {
	for _, region := range regions {
		out = append(out, look.Option{Value: region.ID, Label: region.Name})
	}
	return out
}

func regionNames(regions []mdt.Region, ids []string) string {
	var names []string
	for _, region := range regions {
		if slices.Contains(ids, region.ID) {
			names = append(names, region.Name)
		}
	}
	if slices.Contains(ids, mdt.Nationwide) {
		names = append(names, content.FieldWords("regios.keuze."+mdt.Nationwide, nil))
	}
	return strings.Join(names, ", ")
}

func (s *Service) addStaff(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, forms.StaffSpec())
	if err != nil {
		return err
	}
	member, faults, err := s.readMember(r, in.values)
	if err != nil {
		return err
	}
	if len(faults) == 0 {
		err = s.Store.PutStaff(r.Context(), nil, member)
	}
	switch {
	case errors.Is(err, store.ErrLostRace):
		faults = []mdt.Fault{{Pointer: "#/email", Code: "mens.email.bekend"}}
	case err != nil:
		return err
	}
	if len(faults) > 0 {
		return s.showStaff(w, r, v, in.typed, faults)
	}
	if err := s.noteStaff(r, v, member.ID); err != nil {
		return err
	}
	return onward(w, staffPath+"?gedaan=mensentoegevoegd")
}

func (s *Service) readMember(r *http.Request, values *forms.Values) (mdt.Staff, []mdt.Fault, error) {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return mdt.Staff{}, nil, err
	}
	member, address, faults := forms.Staff(values, mdt.RegionIDs(regions))
	member.ID = s.Identity.Person(address)
	before := s.Now().Add(-time.Millisecond)
	member.Only = &before // whoever was taken off and comes back signs in anew: no old session lives again
	return member, faults, nil
}

func (s *Service) noteStaff(r *http.Request, v *visit, about mdt.PersonID) error {
	return s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedStaff, About: string(about)})
}
