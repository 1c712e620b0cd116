package console

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
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

// moveMunicipalities asks whether it is meant, and on a yes stores it: both regions in one act, on the state of all
// regions that was shown.
func (s *Service) moveMunicipalities(w http.ResponseWriter, r *http.Request, v *visit) error {
	var err error
	if v.ahead, err = s.readRegions(r); err != nil {
		return err
	}
	in, err := read(r, forms.MoveSpec())
	if err != nil {
		return err
	}
	regions := regionsFor(v)
	r.Form = in.own // what the page shows depends on the region that was chosen
	codes, faults := s.movingCodes(regions, in)
	to, _ := first(in.typed["naar"])
	switch {
	case len(faults) > 0:
		return s.showMunicipalities(w, r, v, http.StatusBadRequest, in.typed, faults)
	case in.deed() == "terug":
		return s.showMunicipalities(w, r, v, http.StatusOK, in.typed, nil)
	case in.own.Get("stand") != mdt.Stand(regions):
		return s.showMunicipalities(w, r, v, http.StatusConflict, in.typed, nil)
	case in.deed() != "ja":
		return s.askMove(w, r, v, regions, codes, to, in)
	}
	changes := mdt.RegionChanges(regions, mdt.Moved(regions, codes, to), true)
	err = s.Desk.ChangeRegions(r.Context(), changes)
	if errors.Is(err, store.ErrLostRace) {
		if v.ahead, err = s.readRegions(r); err == nil {
			err = s.showMunicipalities(w, r, v, http.StatusConflict, in.typed, nil)
		}
		return err
	}
	if err == nil {
		err = s.noteRegions(r, v, changes)
	}
	if err != nil {
		return err
	}
	return onward(w, municipalitiesPath+"?gedaan=gemeentenverplaatst")
}

// noteRegions writes down each region that changed.
func (s *Service) noteRegions(r *http.Request, v *visit, changes []mdt.RegionChange) error {
	for _, change := range changes {
		if change.Changes() {
			if err := s.noteRegion(r, v, change.ID()); err != nil {
				return err
			}
		}
	}
	return nil
}

func first(values []string) (string, bool) {
	if len(values) == 0 {
		return "", false
	}
	return values[0], true
}

// movingCodes are the codes of what was ticked and of what was typed.
func (s *Service) movingCodes(regions []mdt.Region, in *posted) (codes []string, faults []mdt.Fault) {
	var known []string
	for _, m := range s.Atlas.Living(s.Now()) {
		known = append(known, m.Code)
	}
	codes, typed, _, faults := forms.Move(in.values, known, mdt.RegionIDs(regions))
	for i := range faults {
		if faults[i].Code == "regiobeheer.gemeente.leeg" && in.own.Get("regio") != "" { // the form of one region has boxes alone
			faults[i] = mdt.Fault{Pointer: "#/gekozen", Code: "regiobeheer.gemeenten.leeg"}
		}
	}
	if typed == "" {
		return codes, faults
	}
	found, fault := s.Atlas.Meant(typed, s.Now())
	if fault != nil {
		return codes, append(faults, *fault)
	}
	return append(codes, found.Code), faults
}

// moveAsk asks whether municipalities are to move: whose messages go elsewhere then.
type moveAsk struct {
	Rows     []moveRow
	Messages messagesView
	Fields   []hidden
}

type moveRow struct {
	Name          string
	From, To      string
	FromWho, Whom string // who answers today
}

func (s *Service) askMove(w http.ResponseWriter, r *http.Request, v *visit, regions []mdt.Region, codes []string, to string, in *posted) error {
	view := moveAsk{Fields: append(resent(in), hidden{"stand", in.own.Get("stand")}, hidden{"regio", in.own.Get("regio")})}
	var names []string
	for _, m := range s.Atlas.Named(codes, s.Now()) {
		names = append(names, m.Name)
		row := moveRow{Name: m.Name, From: say("beheer.gemeenten.nergens"), To: regionNamed(regions, to).Name, Whom: s.answers(*regionNamed(regions, to)), FromWho: teamName()}
		if home := mdt.RegionOf(regions, m.Code); home != nil {
			row.From, row.FromWho = home.Name, s.answers(*home)
		}
		view.Rows = append(view.Rows, row)
	}
	var err error
	if view.Messages, err = s.messagesOf(r.Context(), func(m *mdt.Message) bool { return slices.Contains(names, m.Municipality) }); err != nil {
		return err
	}
	return s.show(w, v, http.StatusOK, page{name: "gemeentenvraag", Title: say("beheer.gemeenten.vraag"), Section: regionsPath,
		Back: look.Way{Href: municipalitiesPath, Text: say("beheer.gemeenten.titel")}, Body: view})
}

// answers is the name of who has a region's messages today.
func (s *Service) answers(region mdt.Region) string {
	who, vacant, _ := region.Answering(s.Now())
	if vacant {
		return teamName()
	}
	return who.Name
}
