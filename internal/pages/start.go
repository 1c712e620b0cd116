package pages

import (
	"context"
	"net/http"
	"slices"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// startView is what the start page shows.
type startView struct {
	Groups []group
	Search searchView
}

// group is some meetings under one heading.
type group struct {
	Title string
	Cards []card
}

// card is a meeting in a list. Part says which meeting it belongs to.
type card struct {
	ID, Name, Kind, When, Where, Part string
	Day                               dayView
	State                             stateView
}

func (s *Service) start(w http.ResponseWriter, r *http.Request) error {
	meetings, counters, err := s.allMeetings(r.Context())
	if err != nil {
		return err
	}
	view := startView{Groups: groups(meetings, counters, s.Now()), Search: searchView{Action: "/regios", List: s.municipalities()}}
	return s.show(w, r, http.StatusOK, page{name: "start", Title: content.PageWords("start.titel", nil), Section: "/",
		About: content.PageWords("start.omschrijving", nil), Link: s.Site + "/", Body: view})
}

// allMeetings gives the published meetings in the order of their days, with what is taken of each.
func (s *Service) allMeetings(ctx context.Context) ([]mdt.Meeting, map[string]mdt.Counter, error) {
	listed, err := s.Catalogue.Meetings(ctx)
	if err != nil {
		return nil, nil, err
	}
	meetings := slices.Clone(listed) // the catalogue's own list stays as it is
	slices.SortStableFunc(meetings, func(a, b mdt.Meeting) int { return a.Start.Compare(b.Start) })
	ids := make([]string, len(meetings))
	for i, m := range meetings {
		ids[i] = m.ID
	}
	counted, err := s.Catalogue.Counters(ctx, ids...)
	if err != nil {
		return nil, nil, err
	}
	counters := make(map[string]mdt.Counter, len(ids))
	for i, id := range ids {
		counters[id] = counted[i]
	}
	return meetings, counters, nil
}

// groups puts the meetings that are still to come under the heading of what can be done about them.
func groups(meetings []mdt.Meeting, counters map[string]mdt.Counter, now time.Time) (out []group) {
	headings := []string{"start.open", "start.straks", "start.voorbij"}
	found := make([][]card, len(headings))
	for _, m := range meetings {
		if m.State(now) == "geweest" {
			continue
		}
		at := 2
		switch m.RegisteringStatus(counters[m.ID], now) {
		case mdt.Open, mdt.Full:
			at = 0
		case mdt.NotYetOpen, mdt.NoAction:
			at = 1
		}
		found[at] = append(found[at], cardOf(m, meetings, counters[m.ID], now))
	}
	for i, cards := range found {
		if len(cards) > 0 {
			out = append(out, group{content.PageWords(headings[i], nil), cards})
		}
	}
	return out
}

func cardOf(m mdt.Meeting, meetings []mdt.Meeting, c mdt.Counter, now time.Time) card {
	out := card{ID: m.ID, Name: m.Name, Kind: kindWords(m.Kind), When: span(m.Start, m.End), Where: look.Where(m),
		Day: dayOf(m.Start), State: stateOf(m, c, now)}
	if i := slices.IndexFunc(meetings, func(other mdt.Meeting) bool { return other.ID == m.BelongsTo }); i >= 0 {
		out.Part = content.PageWords("hoortBij", map[string]string{"bijeenkomst": meetings[i].Name})
	}
	return out
}
