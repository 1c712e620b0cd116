package mdt

import (
	"strings"
	"time"
)

// Routed is who gets a message: exactly one. Responder is filled unless ToTeam is set, which means the
// national team. Region is the region it is for (nil: none), also when that is vacant; Municipality is the
// name of the living municipality it names. Alarm, when not empty, is what somebody has to mend.
type Routed struct {
	Region       *Region
	Responder    Responder
	ToTeam       bool
	Municipality string
	Alarm        string
}

// Route decides who gets a message that names a region (its id, Nationwide, or empty), a municipality (a
// name or a code, or empty), both or neither: whoever answers for the region on that day, and the national
// team for a vacant region, for the whole country and for a message that names nothing. With Nationwide a
// municipality is only told to the team.
//
// The fault is one of regio.onbekend, regio.gemeente, gemeente.onbekend, gemeente.dubbel and
// gemeente.gesplitst; the latter two hold the municipalities to choose from in Args["keuzes"].
func Route(regions []Region, atlas *Atlas, region, municipality string, now time.Time) (Routed, *Fault) {
	var chosen *Region
	if region != "" && region != Nationwide {
		if chosen = regionByID(regions, region); chosen == nil {
			return Routed{}, &Fault{Pointer: "#/regio", Code: "regio.onbekend"}
		}
	}
	if municipality == "" {
		return routed(chosen, now), nil
	}
	found, fault := choose(regions, atlas, chosen, municipality, now)
	if fault != nil {
		return Routed{}, fault
	}
	home := RegionOf(regions, found.Code)
	if chosen != nil && home != chosen {
		return Routed{}, &Fault{Pointer: "#/gemeente", Code: "regio.gemeente"}
	}
	if region == Nationwide {
		home = nil
	}
	r := routed(home, now)
	r.Municipality = found.Name
	if home == nil && region == "" {
		r.Alarm = "municipality " + found.Code + " belongs to no region"
	}
	return r, nil
}

func routed(region *Region, now time.Time) Routed {
	if region == nil {
		return Routed{ToTeam: true}
	}
	who, vacant, alarm := region.Answering(now)
	return Routed{Region: region, Responder: who, ToTeam: vacant, Alarm: alarm}
}

// Meant gives the one municipality that a text means. The fault is one of gemeente.onbekend, gemeente.dubbel and
// gemeente.gesplitst, as of Route.
func (a *Atlas) Meant(text string, now time.Time) (Municipality, *Fault) {
	return choose(nil, a, nil, text, now)
}

// choose finds the one municipality that a text means. A chosen region decides between several where just
// one of them lies in it.
func choose(regions []Region, atlas *Atlas, region *Region, text string, now time.Time) (Municipality, *Fault) {
	found, outcome := atlas.Find(text, now)
	if outcome == NotFound {
		return Municipality{}, &Fault{Pointer: "#/gemeente", Code: "gemeente.onbekend"}
	}
	if outcome != FoundOne && region != nil {
		var here []Municipality
		for _, m := range found {
			if RegionOf(regions, m.Code) == region {
				here = append(here, m)
			}
		}
		if len(here) < 2 {
			found = append(here, found...)[:1] // none of them here: any will show the disagreement
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	code := "gemeente.dubbel"
	if outcome == Split {
		code = "gemeente.gesplitst"
	}
	return Municipality{}, &Fault{Pointer: "#/gemeente", Code: code, Args: map[string]string{"keuzes": choices(found)}}
}

func choices(found []Municipality) string {
	names := make([]string, len(found))
	for i, m := range found {
		names[i] = m.Name
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " of " + names[last]
}

func regionByID(regions []Region, id string) *Region {
	for i := range regions {
		if regions[i].ID == id {
			return &regions[i]
		}
	}
	return nil
}
