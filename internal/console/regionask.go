package console

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// bringInView asks whether what a sheet changes is meant.
type bringInView struct {
	Conflict       bool // somebody changed the regions since it was asked
	Nothing        bool
	Came, Gone     int
	Changed        int
	Changes        []changeView
	Untold         string
	Content, Stand string
	Messages       messagesView
	Elsewhere      bool
}

// changeView is what changes of one region.
type changeView struct {
	Name, Class, Kind string
	Fields            []fieldChangeView
	Come, Leave       []string // municipalities
	FacilitatorsCome  []string
	FacilitatorsLeave []string
	Was, Now          []termView // who answers, where that changes
}

type fieldChangeView struct{ Label, Was, Now string }

func (s *Service) askBringIn(w http.ResponseWriter, r *http.Request, v *visit, was []mdt.Region, b brought, content string, again bool) error {
	view := bringInView{Conflict: again, Untold: strings.Join(b.untold, ", "), Content: base64.RawURLEncoding.EncodeToString([]byte(content)), Stand: mdt.Stand(was)}
	var elsewhere, moved []string // regions by id, municipalities by name
	for _, change := range b.changes {
		if !change.Changes() {
			continue
		}
		c := s.changeView(change)
		if change.Now == nil || len(c.Now) > 0 {
			elsewhere = append(elsewhere, change.ID())
		}
		moved = append(moved, c.Leave...)
		switch {
		case change.Was == nil:
			view.Came++
		case change.Now == nil:
			view.Gone++
		default:
			view.Changed++
		}
		view.Changes = append(view.Changes, c)
	}
	view.Nothing, view.Elsewhere = len(view.Changes) == 0, len(elsewhere)+len(moved) > 0
	var err error
	if view.Elsewhere {
		view.Messages, err = s.messagesOf(r.Context(), func(m *mdt.Message) bool {
			return slices.Contains(elsewhere, m.Region) || slices.Contains(moved, m.Municipality)
		})
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	if again && !view.Nothing {
		status = http.StatusConflict
	}
	return s.show(w, v, status, page{name: "regiobestandvraag", Title: say("beheer.regiobestanden.vraag"), Section: regionsPath,
		Back: look.Way{Href: regionFilesPath, Text: say("beheer.regiobestanden.titel")}, Body: view})
}

func (s *Service) changeView(change mdt.RegionChange) changeView {
	come, leave := change.Municipalities()
	faces, goes := change.Facilitators()
	view := changeView{Come: s.municipalityNames(come), Leave: s.municipalityNames(leave),
		FacilitatorsCome: facilitatorLines(faces), FacilitatorsLeave: facilitatorLines(goes)}
	if change.Now == nil {
		view.Name, view.Class, view.Kind = change.Was.Name, "wait", say("beheer.regiobestanden.weg")
		return view
	}
	var was mdt.Region
	if view.Name, view.Kind = change.Now.Name, say("beheer.regiobestanden.nieuw"); change.Was != nil {
		was, view.Class, view.Kind = *change.Was, "off", say("beheer.regiobestanden.gewijzigd")
	}
	for _, f := range change.Fields() {
		view.Fields = append(view.Fields, fieldChangeView{say("beheer.regio." + f.Field), f.Was, f.Now})
	}
	if today := mdt.DateOf(s.Now()); mdt.AnswersElsewhere(was, *change.Now, today) {
		view.Was, view.Now = termViews(was, today), termViews(*change.Now, today)
	}
	return view
}

func (s *Service) municipalityNames(codes []string) (names []string) {
	for _, code := range codes {
		m, known := s.Atlas.Known(code)
		if !known {
			m.Name = code
		}
		names = append(names, m.Name)
	}
	return names
}

// facilitatorLines tell of each facilitator in one line.
func facilitatorLines(all []mdt.Facilitator) (lines []string) {
	for _, f := range all {
		view := facilitatorViewOf(f)
		pieces := []string{view.Name, view.Email, view.When}
		for _, a := range view.Absences {
			away := say("beheer.regiobestanden.afwezig", "wanneer", a.When, "naam", a.StandIn)
			pieces = append(pieces, away)
		}
		lines = append(lines, strings.Join(slices.DeleteFunc(pieces, func(p string) bool { return p == "" }), " · "))
	}
	return lines
}
