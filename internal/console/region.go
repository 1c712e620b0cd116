package console

import (
	"net/http"
	"strconv"
	"strings"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// regionView is the page of one region: how it stands.
type regionView struct {
	Terms          []termView
	Facilitators   []facilitatorView
	Mute           []string
	Phone          string
	Strategy       string
	StrategyLink   bool // it is an address on the web
	Municipalities []string
	Edit, Move     string // where the team edits it, and its municipalities
}

// facilitatorView is a facilitator with their absences and with whether they may come in at the desk.
type facilitatorView struct {
	Name, Email, When string
	Absences          []absenceView
	Entry             *admissionView // nil: who looks is not told
}

type absenceView struct{ When, StandIn, Email string }

// admissionView says whether somebody may come in at the desk for a region, and where that is seen to.
type admissionView struct {
	Text, Way, Path string
	Fine            bool
}

func (s *Service) region(w http.ResponseWriter, r *http.Request, v *visit) error {
	region, err := regionOf(r, v)
	if err != nil {
		return err
	}
	view := s.regionView(*region)
	if v.ChangesThings() {
		view.Edit, view.Move = regionPath(region.ID)+"/wijzigen", movePath(region.ID)
		if err := s.tellAdmissions(r, *region, view.Facilitators); err != nil {
			return err
		}
	}
	return s.show(w, v, http.StatusOK, page{name: "regio", Title: region.Name, Section: regionsPath, Done: done(r),
		Back: look.Way{Href: regionsPath, Text: say("beheer.regios.titel")}, Body: view})
}

// regionView tells how a region stands.
func (s *Service) regionView(region mdt.Region) regionView {
	today := mdt.DateOf(s.Now())
	view := regionView{Terms: termViews(region, today), Mute: region.WithoutAddress(today), Phone: region.Phone, Strategy: region.Strategy,
		StrategyLink: strings.HasPrefix(region.Strategy, "https://") && !strings.ContainsAny(region.Strategy, " \n")}
	for _, f := range region.Facilitators {
		view.Facilitators = append(view.Facilitators, facilitatorViewOf(f))
	}
	for _, m := range mdt.ByName(s.Atlas.Named(region.Municipalities, s.Now())) {
		view.Municipalities = append(view.Municipalities, m.Name)
	}
	return view
}

func facilitatorViewOf(f mdt.Facilitator) facilitatorView {
	view := facilitatorView{Name: f.Name, Email: f.Email, When: spanWords(f.From, f.Until)}
	for _, a := range f.Absences {
		away := absenceView{When: spanWords(a.From, a.Until)}
		if a.StandIn != nil {
			away.StandIn, away.Email = a.StandIn.Name, a.StandIn.Email
		}
		view.Absences = append(view.Absences, away)
	}
	return view
}

// spanWords writes days from one up to and including another; both may be open.
func spanWords(first, last mdt.Date) string {
	switch {
	case first == "" && last == "":
		return say("beheer.regio.altijd")
	case first == last:
		return say("beheer.regio.wanneer.dag", "vanaf", dayWords(first))
	case first == "":
		return say("beheer.regio.wanneer.tot", "totEnMet", dayWords(last))
	}
	return say("beheer.regio.wanneer", "vanaf", dayWords(first), "totEnMet", dayWords(last))
}

// tellAdmissions says of each facilitator whether they may come in.
func (s *Service) tellAdmissions(r *http.Request, region mdt.Region, views []facilitatorView) error {
	staff, err := s.staffByID(r.Context())
	if err != nil {
		return err
	}
	today := mdt.DateOf(s.Now())
	for i, f := range region.Facilitators {
		if f.Until == "" || f.Until >= today { // who is one no more needs not come in
			views[i].Entry = s.admission(region, i, staff)
		}
	}
	return nil
}

func (s *Service) admission(region mdt.Region, at int, staff map[mdt.PersonID]*mdt.Staff) *admissionView {
	address, wrong := mdt.ParseAddress(region.Facilitators[at].Email)
	if wrong != "" {
		return nil
	}
	id := s.Identity.Person(address)
	member := staff[id]
	switch {
	case member == nil:
		return &admissionView{Text: say("beheer.regio.toegang.geen"), Way: say("beheer.regio.toegang.geen.link"), Path: newStaffPath(region.ID, at)}
	case member.SeesEntry([]string{region.ID}):
		return &admissionView{Text: say("beheer.regio.toegang", "rol", say("beheer.rol."+member.Role)), Fine: true}
	}
	return &admissionView{Text: say("beheer.regio.toegang.elders"), Way: say("beheer.regio.toegang.elders.link"), Path: staffPath + "/" + string(id)}
}

// newStaffPath leads to the form of who may come in, filled in for a facilitator: by their place in the list of the
// region, for no name or address stands in an address on the web.
func newStaffPath(region string, at int) string {
	return staffPath + "?regio=" + region + "&nummer=" + strconv.Itoa(at) + "#naam"
}

// newcomer is what the form of who may come in is filled with, for the facilitator that an address names.
func (s *Service) newcomer(r *http.Request) map[string][]string {
	id, at := r.URL.Query().Get("regio"), r.URL.Query().Get("nummer")
	if id == "" {
		return nil
	}
	regions, err := s.Store.Regions(r.Context())
	if err != nil {
		return nil // the form is empty then
	}
	for _, region := range regions {
		for i, f := range region.Facilitators {
			if region.ID == id && strconv.Itoa(i) == at {
				return map[string][]string{"naam": {f.Name}, "email": {f.Email}, "rol": {mdt.RoleFacilitator}, "regios": {id}}
			}
		}
	}
	return nil
}
