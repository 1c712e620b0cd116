package console

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"aanmeldpunt/internal/mdt"
)

// admissionView says whether somebody may come in at the desk for a region, and where that is seen to.
type admissionView struct {
	Name, As, Text, Way, Path string
}

// admissions tell of everybody who answers for a region whether they may come in, and who may and does not answer: their
// going is easily forgotten.
func (s *Service) admissions(ctx context.Context, region mdt.Region) (views []admissionView, err error) {
	staff, err := s.staffByID(ctx)
	if err != nil {
		return nil, err
	}
	answers := map[mdt.PersonID]bool{}
	for i, who := range region.Answerers(mdt.DateOf(s.Now())) {
		address, wrong := mdt.ParseAddress(who.Email)
		if wrong != "" {
			continue // a form lets no such address pass
		}
		id := s.Identity.Person(address)
		answers[id] = true
		views = append(views, admissionOf(region, i, who, staff[id]))
	}
	known := len(views)
	for id, member := range staff {
		if !answers[id] && member.Role == mdt.RoleFacilitator && member.SeesEntry([]string{region.ID}) {
			views = append(views, admissionView{Name: member.Name, As: say("beheer.regio.toegang.niemand"), Text: say("beheer.regio.toegang", "rol", say("beheer.rol."+member.Role)),
				Way: say("beheer.regio.toegang.elders.link"), Path: staffPath + "/" + string(id)})
		}
	}
	slices.SortFunc(views[known:], func(a, b admissionView) int { return strings.Compare(a.Name, b.Name) })
	return views, nil
}

func admissionOf(region mdt.Region, at int, who mdt.Responder, member *mdt.Staff) admissionView {
	view := admissionView{Name: who.Name, As: say("beheer.rol." + mdt.RoleFacilitator)}
	if who.StandIn {
		view.As = say("beheer.regio.toegang.vervanger")
	}
	switch {
	case member == nil:
		view.Text, view.Way, view.Path = say("beheer.regio.toegang.geen"), say("beheer.regio.toegang.geen.link"), newStaffPath(region.ID, at)
	case member.SeesEntry([]string{region.ID}):
		view.Text = say("beheer.regio.toegang", "rol", say("beheer.rol."+member.Role))
	default:
		view.Text, view.Way, view.Path = say("beheer.regio.toegang.elders"), say("beheer.regio.toegang.elders.link"), staffPath+"/"+string(member.ID)
	}
	return view
}

// newStaffPath leads to the form of who may come in, filled in for somebody who answers: by their place among those who do,
// for no name or address stands in an address on the web.
func newStaffPath(region string, at int) string {
	return staffPath + "?regio=" + region + "&nummer=" + strconv.Itoa(at) + "#naam"
}

// newcomer is what the form of who may come in is filled with, for whom an address names so.
func (s *Service) newcomer(r *http.Request) map[string][]string {
	id, at := r.URL.Query().Get("regio"), r.URL.Query().Get("nummer")
	if id == "" {
		return nil
	}
	regions, err := s.Store.Regions(r.Context())
	if err != nil {
		return nil // the form is empty then
	}
	region := regionNamed(regions, id)
	if region == nil {
		return nil
	}
	for i, who := range region.Answerers(mdt.DateOf(s.Now())) {
		if strconv.Itoa(i) == at {
			return map[string][]string{"naam": {who.Name}, "email": {who.Email}, "rol": {mdt.RoleFacilitator}, "regios": {id}}
		}
	}
	return nil
}
