package console

import (
	"net/http"
	"strings"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// regionView is the page of one region: how it stands.
type regionView struct {
	Terms          []termView
	Facilitators   []facilitatorView
	Mute           []string
	ID, Phone      string
	Strategy       string
	StrategyLink   bool // it is an address on the web
	Municipalities []string
	Admissions     []admissionView // told to the team
	Edit, Move     string          // where the team edits it, and its municipalities
}

// facilitatorView is a facilitator with their absences.
type facilitatorView struct {
	Name, Email, When string
	Absences          []absenceView
}

type absenceView struct{ When, StandIn, Email string }

func (s *Service) region(w http.ResponseWriter, r *http.Request, v *visit) error {
	region, err := regionOf(r, v)
	if err != nil {
		return err
	}
	view := s.regionView(*region)
	if v.ChangesThings() {
		view.Edit, view.Move = regionPath(region.ID)+"/wijzigen", movePath(region.ID)
		if view.Admissions, err = s.admissions(r.Context(), *region); err != nil {
			return err
		}
	}
	return s.show(w, v, http.StatusOK, page{name: "regio", Title: region.Name, Section: regionsPath, Done: done(r),
		Back: look.Way{Href: regionsPath, Text: say("beheer.regios.titel")}, Body: view})
}

// regionView tells how a region stands.
func (s *Service) regionView(region mdt.Region) regionView {
	today := mdt.DateOf(s.Now())
	view := regionView{Terms: termViews(region, today), Mute: region.WithoutAddress(today), ID: region.ID, Phone: region.Phone, Strategy: region.Strategy,
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
