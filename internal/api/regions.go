package api

import (
	"net/http"
	"slices"
	"time"

	"aanmeldpunt/internal/mdt"
)

// regionView is a region as the API shows it: who answers today, never an address.
type regionView struct {
	ID             string             `json:"id"`
	Name           string             `json:"naam"`
	Municipalities []municipalityView `json:"gemeenten"`
	Facilitator    *facilitatorView   `json:"facilitator"`
	Phone          *string            `json:"telefoon"`
	Strategy       *string            `json:"regiostrategie"`
}

type municipalityView struct {
	Code string `json:"code"`
	Name string `json:"naam"`
}

type facilitatorView struct {
	Name string `json:"naam"`
}

// listRegions answers with all regions, or with those of one municipality: none where it is unknown, two
// where two of that name lie apart.
func (s *Service) listRegions(w http.ResponseWriter, r *http.Request) error {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	now, text := s.Now(), r.URL.Query().Get("gemeente")
	if text != "" {
		regions = s.regionsOf(regions, text, now)
	}
	views := make([]regionView, len(regions))
	for i, region := range regions {
		views[i] = regionView{ID: region.ID, Name: region.Name, Phone: orNull(region.Phone), Strategy: orNull(region.Strategy),
			Municipalities: []municipalityView{}}
		if who, vacant, _ := region.Answering(now); !vacant {
			views[i].Facilitator = &facilitatorView{who.Name}
		}
		for _, m := range s.Atlas.Named(region.Municipalities, now) {
			views[i].Municipalities = append(views[i].Municipalities, municipalityView{m.Code, m.Name})
		}
	}
	return answer(w, http.StatusOK, map[string]any{"regios": views})
}

func (s *Service) regionsOf(regions []mdt.Region, municipality string, now time.Time) []mdt.Region {
	found, _ := s.Atlas.Find(municipality, now)
	var meant []mdt.Region
	for _, region := range regions {
		if slices.ContainsFunc(found, func(m mdt.Municipality) bool { return slices.Contains(region.Municipalities, m.Code) }) {
			meant = append(meant, region)
		}
	}
	return meant
}
