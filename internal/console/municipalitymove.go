package console

import (
	"errors"
	"net/http"
	"slices"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

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
	codes, to, faults := s.moving(regions, in)
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
	return s.storeMove(w, r, v, mdt.RegionChanges(regions, mdt.Moved(regions, codes, to), true), in)
}

func (s *Service) storeMove(w http.ResponseWriter, r *http.Request, v *visit, changes []mdt.RegionChange, in *posted) error {
	err := s.Desk.ChangeRegions(r.Context(), changes)
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

// moving gives the codes of what was ticked and of what was typed, and the region where they go.
func (s *Service) moving(regions []mdt.Region, in *posted) (codes []string, to string, faults []mdt.Fault) {
	var known []string
	for _, m := range s.Atlas.Living(s.Now()) {
		known = append(known, m.Code)
	}
	codes, typed, to, faults := forms.Move(in.values, known, mdt.RegionIDs(regions))
	for i := range faults {
		if faults[i].Code == "regiobeheer.gemeente.leeg" && in.own.Get("regio") != "" { // the form of one region has boxes alone
			faults[i] = mdt.Fault{Pointer: "#/gekozen", Code: "regiobeheer.gemeenten.leeg"}
		}
	}
	if typed == "" {
		return codes, to, faults
	}
	found, fault := s.Atlas.Meant(typed, s.Now())
	if fault != nil {
		return codes, to, append(faults, *fault)
	}
	return append(codes, found.Code), to, faults
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
