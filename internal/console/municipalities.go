package console

import (
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

const municipalitiesPath = "/console/gemeenten"

func (s *Service) municipalityRoutes() []route {
	return []route{{pattern: municipalitiesPath, sees: national, does: team, get: s.municipalities, post: s.moveMunicipalities, ahead: s.readRegions}}
}

// municipalitiesView tells which municipality belongs to which region, and what is wrong with that.
type municipalitiesView struct {
	Count                    int
	Whole                    bool
	Missing, Double, Unknown []placedView
	Gone                     string
	Coming                   []comingView
	Regions                  []regionOfView
	Form                     *formView // nil for who changes nothing
	Names                    []string  // of all municipalities, for the browser to offer
	Only                     string    // the name of the one region whose municipalities can be ticked
	Conflict                 bool
}

type placedView struct{ Name, Regions string }

type comingView struct{ When, Name, Into, Regions string }

type regionOfView struct {
	Path, Name, Municipalities, Move string
	Count                            int
}

func (s *Service) municipalities(w http.ResponseWriter, r *http.Request, v *visit) error {
	if id := r.URL.Query().Get("regio"); id != "" && regionNamed(regionsFor(v), id) == nil {
		return unknownChoice(municipalitiesPath)
	}
	return s.showMunicipalities(w, r, v, http.StatusOK, nil, nil)
}

func (s *Service) showMunicipalities(w http.ResponseWriter, r *http.Request, v *visit, status int, typed map[string][]string, faults []mdt.Fault) error {
	regions := regionsFor(v)
	spread := s.Atlas.Spread(regions, s.Now())
	view := s.spreadView(regions, spread)
	view.Conflict = status == http.StatusConflict
	if v.ChangesThings() {
		only := regionNamed(regions, r.FormValue("regio"))
		form := s.moveForm(regions, spread, only, typed, faults)
		view.Form = &form
		if only != nil {
			view.Only = only.Name
		} else {
			for _, m := range s.Atlas.Living(s.Now()) {
				view.Names = append(view.Names, m.Name)
			}
		}
	}
	return s.show(w, v, status, page{name: "gemeenten", Title: say("beheer.gemeenten.titel"), Section: regionsPath, Faulty: len(faults) > 0,
		Done: done(r), Back: look.Way{Href: regionsPath, Text: say("beheer.regios.titel")}, Body: view})
}

func regionNamed(regions []mdt.Region, id string) *mdt.Region {
	if i := slices.IndexFunc(regions, func(region mdt.Region) bool { return region.ID == id }); i >= 0 {
		return &regions[i]
	}
	return nil
}

func (s *Service) spreadView(regions []mdt.Region, spread mdt.Spread) municipalitiesView {
	view := municipalitiesView{Count: spread.Count, Whole: spread.Whole()}
	for _, m := range spread.Missing {
		view.Missing = append(view.Missing, placedView{m.Name, regionNames(regions, m.From)})
	}
	placed := func(all []mdt.Placed) (views []placedView) {
		for _, p := range all {
			views = append(views, placedView{p.Name, regionNames(regions, p.Regions)})
		}
		return views
	}
	view.Double, view.Unknown = placed(spread.Double), placed(spread.Unknown)
	var gone []string
	for _, p := range spread.Gone {
		gone = append(gone, p.Name)
	}
	view.Gone = strings.Join(gone, ", ")
	for _, d := range spread.Coming {
		view.Coming = append(view.Coming, comingOf(regions, d))
	}
	for _, region := range regions {
		var names []string
		for _, m := range mdt.ByName(s.Atlas.Named(region.Municipalities, s.Now())) {
			names = append(names, m.Name)
		}
		view.Regions = append(view.Regions, regionOfView{Path: regionPath(region.ID), Name: region.Name, Municipalities: strings.Join(names, ", "),
			Move: movePath(region.ID), Count: len(names)})
	}
	return view
}

// movePath leads to the form in which municipalities of a region are given to another.
func movePath(region string) string { return municipalitiesPath + "?regio=" + region + "#verplaatsen" }

func comingOf(regions []mdt.Region, d mdt.Dissolved) comingView {
	view := comingView{When: dayWords(d.On), Name: d.Name}
	homes := slices.Clone(d.Regions)
	var into []string
	for _, p := range d.Into {
		into, homes = append(into, p.Name), append(homes, p.Regions...)
	}
	view.Into, view.Regions = strings.Join(into, ", "), regionNames(regions, homes)
	return view
}

// moveForm asks which municipalities go where: of one region, or those that are wrong and any by its name.
func (s *Service) moveForm(regions []mdt.Region, spread mdt.Spread, only *mdt.Region, typed map[string][]string, faults []mdt.Fault) formView {
	f := form{name: "gemeenten", path: municipalitiesPath, button: "beheer.gemeenten.knop.verplaats", spec: forms.MoveSpec(),
		hidden: []hidden{{"stand", mdt.Stand(regions)}}}
	var ticks []look.Option
	if only != nil {
		f.hidden = append(f.hidden, hidden{"regio", only.ID})
		for _, m := range mdt.ByName(s.Atlas.Named(only.Municipalities, s.Now())) {
			ticks = append(ticks, look.Option{Value: m.Code, Label: m.Name})
		}
		f.spec = f.spec[1:]
	} else {
		for _, m := range spread.Missing {
			ticks = append(ticks, look.Option{Value: m.Code, Label: m.Name, Hint: say("beheer.gemeenten.mist")})
		}
		for _, m := range spread.Double {
			ticks = append(ticks, look.Option{Value: m.Code, Label: m.Name, Hint: say("beheer.gemeenten.dubbel")})
		}
	}
	if len(ticks) == 0 {
		f.spec = slices.DeleteFunc(slices.Clone(f.spec), func(field forms.Field) bool { return field.Name == "gekozen" })
	}
	to := append([]look.Option{{Value: "", Label: say("beheer.gemeenten.kies")}}, regionOptions(regions)...)
	f.fields = look.Fields{Options: map[string][]look.Option{"gekozen": ticks, "naar": to}}
	return s.view(f, typed, faults)
}
