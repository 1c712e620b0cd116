package console

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

const regionsPath = "/console/regios"

func regionPath(id string) string { return regionsPath + "/" + id }

func (s *Service) regionRoutes() []route {
	return slices.Concat(s.municipalityRoutes(), s.regionFileRoutes(), []route{
		{pattern: regionsPath, sees: everyone, get: s.regions, ahead: s.readRegions},
		{pattern: newRegionPath, sees: team, does: team, get: s.newRegion, post: s.makeRegion},
		{pattern: regionsPath + "/{regio}", sees: everyone, get: s.region, ahead: s.readRegions},
		{pattern: regionsPath + "/{regio}/wijzigen", sees: team, does: team, get: s.editRegion, post: s.changeRegion, ahead: s.readRegions},
	})
}

// readRegions reads the regions as they stand: what is remembered of them is for visitors.
func (s *Service) readRegions(r *http.Request) (any, error) { return s.Store.Regions(r.Context()) }

// regionsFor are the regions that somebody may know of, by name: a facilitator their own.
func regionsFor(v *visit) []mdt.Region {
	all, _ := v.ahead.([]mdt.Region)
	mine := slices.DeleteFunc(slices.Clone(all), func(region mdt.Region) bool { return !v.SeesEntry([]string{region.ID}) })
	slices.SortFunc(mine, func(a, b mdt.Region) int { return strings.Compare(mdt.SearchKey(a.Name), mdt.SearchKey(b.Name)) })
	return mine
}

// regionOf is the region that a path names; 404 where somebody may not know of it.
func regionOf(r *http.Request, v *visit) (*mdt.Region, error) {
	all := regionsFor(v)
	i := slices.IndexFunc(all, func(region mdt.Region) bool { return region.ID == r.PathValue("regio") })
	if i < 0 {
		return nil, &trouble{status: http.StatusNotFound}
	}
	return &all[i], nil
}

// regionsView is the list of regions with who answers.
type regionsView struct {
	Regions      []regionRow
	Whole        bool // each municipality lies in one of them; a facilitator is not told otherwise
	Vacant, Mute int  // how many nobody answers for now, and in how many somebody cannot be mailed
	Ways         []look.Way
}

// regionRow is one of them: who answers today and what is ahead.
type regionRow struct {
	Path, Name     string
	Now            termView
	Ahead          []termView
	Municipalities int
}

// termView is a span of days and who answers then.
type termView struct {
	When, From, Until string
	Who, Email        string
	StandIn           bool
	Vacant, Mute      bool
}

func (s *Service) regions(w http.ResponseWriter, r *http.Request, v *visit) error {
	all := regionsFor(v)
	view := regionsView{Whole: true}
	for _, region := range all {
		row := s.regionRow(region)
		view.Regions = append(view.Regions, row)
		if row.Now.Vacant {
			view.Vacant++
		}
		if len(region.WithoutAddress(mdt.DateOf(s.Now()))) > 0 {
			view.Mute++
		}
	}
	if v.SeesAll() {
		view.Whole = s.Atlas.Spread(all, s.Now()).Whole()
		view.Ways = regionWays(v)
	}
	return s.show(w, v, http.StatusOK, page{name: "regios", Title: say("beheer.regios.titel"), Section: regionsPath, Done: done(r), Body: view})
}

// regionWays are the other pages about regions.
func regionWays(v *visit) (ways []look.Way) {
	for _, way := range []struct {
		path, words string
		roles       []string
	}{
		{newRegionPath, "beheer.regios.nieuw", team},
		{municipalitiesPath, "beheer.regios.gemeenten", national},
		{regionFilesPath, "beheer.regios.bestanden", national},
	} {
		if slices.Contains(way.roles, v.Role) {
			ways = append(ways, look.Way{Href: way.path, Text: say(way.words)})
		}
	}
	return ways
}

func (s *Service) regionRow(region mdt.Region) regionRow {
	terms := termViews(region, mdt.DateOf(s.Now()))
	return regionRow{Path: regionPath(region.ID), Name: region.Name, Now: terms[0], Ahead: terms[1:],
		Municipalities: len(s.Atlas.Named(region.Municipalities, s.Now()))}
}

// termViews tell who answers for a region from a day on.
func termViews(region mdt.Region, from mdt.Date) []termView {
	terms := region.Terms(from)
	views := make([]termView, len(terms))
	for i, t := range terms {
		views[i] = termView{Who: t.Who.Name, Email: t.Who.Email, StandIn: t.Who.StandIn, Vacant: t.Who.Name == "", Mute: t.Mute(),
			From: dayWords(t.From), Until: dayWords(t.Until)}
		views[i].When = say("beheer.regio.wanneer", "vanaf", views[i].From, "totEnMet", views[i].Until)
		switch {
		case i == 0 && t.Until == "":
			views[i].When = say("beheer.regio.wanneer.nu")
		case i == 0:
			views[i].When = say("beheer.regio.wanneer.nuTot", "totEnMet", views[i].Until)
		case t.From == t.Until:
			views[i].When = say("beheer.regio.wanneer.dag", "vanaf", views[i].From)
		}
	}
	return views
}

// dayWords writes a day as people say it; no day is empty.
func dayWords(d mdt.Date) string {
	if d == "" {
		return ""
	}
	return mdt.Day(d.Moment())
}

// teamName is who answers where no region does.
func teamName() string { return content.TeamName }

// staffByID reads who may come in, by id.
func (s *Service) staffByID(ctx context.Context) (map[mdt.PersonID]*mdt.Staff, error) {
	all, err := s.Store.Staff(ctx)
	byID := make(map[mdt.PersonID]*mdt.Staff, len(all))
	for i := range all {
		byID[all[i].ID] = &all[i]
	}
	return byID, err
}
