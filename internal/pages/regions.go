package pages

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// searchView is the field in which a visitor types a municipality. List are the names it may offer.
type searchView struct {
	Action, Text string
	List         []string
}

// foundView is what a search for a municipality gave: nothing known, several to choose from, or one.
type foundView struct {
	Unknown  string
	Question string
	Choose   []look.Way
	Hit      *hit
}

// hit is the one region of a municipality, or none yet, with who answers there. Href is where one writes.
type hit struct{ Belongs, Answers, Href string }

type regionsView struct {
	Search searchView
	Found  foundView
	Tiles  []tile
}

// tile is one region. Strategy is an address or a text.
type tile struct {
	ID, Name, Answers, Phone, StrategyLink, Strategy, Count, Municipalities string
	Call                                                                    template.URL // digits alone behind tel:
	Vacant                                                                  bool
}

func (s *Service) regions(w http.ResponseWriter, r *http.Request) error {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return err
	}
	now, text := s.Now(), r.URL.Query().Get("gemeente")
	view := regionsView{Search: searchView{Action: "/regios", Text: text}, Found: s.find(regions, text, "/regios", now)}
	if view.Found.Hit != nil {
		view.Found.Hit.Href = "/contact?" + url.Values{"gemeente": {text}}.Encode()
	}
	for _, region := range byName(regions) {
		view.Tiles = append(view.Tiles, s.tile(region, now))
	}
	return s.show(w, r, http.StatusOK, page{name: "regions", Title: say("regios.titel"), Section: "/regios",
		About: say("regios.omschrijving"), Link: s.Site + "/regios", Body: view})
}

func byName(regions []mdt.Region) []mdt.Region {
	sorted := slices.Clone(regions)
	slices.SortStableFunc(sorted, func(a, b mdt.Region) int { return strings.Compare(a.Name, b.Name) })
	return sorted
}

func (s *Service) tile(region mdt.Region, now time.Time) tile {
	living := s.Atlas.Named(region.Municipalities, now)
	names := make([]string, len(living))
	for i, m := range living {
		names[i] = m.Name
	}
	slices.Sort(names)
	out := tile{ID: region.ID, Name: region.Name, Answers: answersWords(region, now), Count: say("regios.gemeenten", "n", strconv.Itoa(len(names))),
		Municipalities: strings.Join(names, ", ")}
	_, out.Vacant, _ = region.Answering(now)
	if region.Phone != "" {
		out.Phone, out.Call = strings.ReplaceAll(region.Phone, " ", "\u00a0"), template.URL("tel:"+dialled(region.Phone))
	}
	if isAddress(region.Strategy) {
		out.StrategyLink = region.Strategy
	} else {
		out.Strategy = region.Strategy
	}
	return out
}

// answersWords say who answers for a region today.
func answersWords(region mdt.Region, now time.Time) string {
	who, vacant, _ := region.Answering(now)
	if vacant {
		return say("regios.vacant")
	}
	return say("regios.vraag", "naam", who.Name)
}

// dialled keeps of a telephone number what a telephone dials.
func dialled(number string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// municipalities are the names that a field for one may offer.
func (s *Service) municipalities() []string {
	living := s.Atlas.Living(s.Now())
	names := make([]string, len(living))
	for i, m := range living {
		names[i] = m.Name
	}
	slices.Sort(names)
	return names
}

// find looks for the region of what a visitor typed; path is where another choice leads.
func (s *Service) find(regions []mdt.Region, typed, path string, now time.Time) foundView {
	if strings.TrimSpace(typed) == "" {
		return foundView{}
	}
	municipalities, outcome := s.Atlas.Find(typed, now)
	switch outcome {
	case mdt.FoundOne:
		return foundView{Hit: hitOf(regions, municipalities[0], now)}
	case mdt.NotFound:
		return foundView{Unknown: content.Fault("gemeente.onbekend", nil)}
	}
	found := foundView{Question: say("regios.kies")}
	for _, m := range municipalities {
		found.Choose = append(found.Choose, look.Way{Href: path + "?" + url.Values{"gemeente": {m.Name}}.Encode(), Text: m.Name + ", " + m.Province})
	}
	return found
}

func hitOf(regions []mdt.Region, m mdt.Municipality, now time.Time) *hit {
	region := mdt.RegionOf(regions, m.Code)
	if region == nil {
		return &hit{Belongs: say("regios.zonder", "gemeente", m.Name), Answers: say("regios.vacant")}
	}
	return &hit{Belongs: say("regios.gevonden", "gemeente", m.Name, "regio", region.Name), Answers: answersWords(*region, now)}
}
