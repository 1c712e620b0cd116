package console

import (
	"errors"
	"net/http"

	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/store"
)

const newRegionPath = "/console/nieuwe-regio"

func (s *Service) newRegion(w http.ResponseWriter, r *http.Request, v *visit) error {
	return s.showNewRegion(w, v, http.StatusOK, nil, nil)
}

func (s *Service) showNewRegion(w http.ResponseWriter, v *visit, status int, typed map[string][]string, faults []mdt.Fault) error {
	form := s.regionForm(mdt.Region{}, typed, faults)
	return s.show(w, v, status, page{name: "regiowijzigen", Title: say("beheer.regio.nieuw"), Section: regionsPath,
		Faulty: form.Summary != nil, Back: look.Way{Href: regionsPath, Text: say("beheer.regios.titel")}, Body: form})
}

// makeRegion does what the button says that was pressed: a row more or less, or a region is stored. It has no
// municipalities yet, so nobody's messages go elsewhere.
func (s *Service) makeRegion(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, forms.NewRegionSpec())
	if err != nil {
		return err
	}
	if rowDeed(in.typed, in.deed()) {
		return s.showNewRegion(w, v, http.StatusOK, in.typed, nil)
	}
	there, err := s.Store.Regions(r.Context())
	if err != nil {
		return err
	}
	now, faults := forms.NewRegion(in.values, there)
	if len(faults) > 0 {
		return s.showNewRegion(w, v, http.StatusBadRequest, in.typed, faults)
	}
	err = s.ChangeRegions(r.Context(), []mdt.RegionChange{{Now: &now}})
	if errors.Is(err, store.ErrLostRace) { // somebody made one of that name just now
		return s.showNewRegion(w, v, http.StatusConflict, in.typed, []mdt.Fault{{Pointer: "#/id", Code: "regiobeheer.id.bezet"}})
	}
	if err == nil {
		err = s.noteRegion(r, v, now.ID)
	}
	if err != nil {
		return err
	}
	return onward(w, regionPath(now.ID)+"?gedaan=regiogemaakt")
}
