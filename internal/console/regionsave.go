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

// regionAsk asks whether a region may be answered for by others: what is so and what would be, and what that does
// to messages.
type regionAsk struct {
	Path     string
	Was, Now []termView
	Messages messagesView
	Fields   []hidden
}

// changeRegion does what the button says that was pressed on the form of a region.
func (s *Service) changeRegion(w http.ResponseWriter, r *http.Request, v *visit) error {
	var err error
	if v.ahead, err = s.readRegions(r); err != nil {
		return err
	}
	region, err := regionOf(r, v)
	if err != nil {
		return err
	}
	in, err := read(r, forms.RegionSpec())
	if err != nil {
		return err
	}
	read := *region // as the form has it: the row buttons go on with the version that was read first
	read.Version = in.version()
	if rowDeed(in.typed, in.deed()) || in.deed() == "terug" {
		return s.showRegionForm(w, v, http.StatusOK, *region, s.regionForm(read, in.typed, nil))
	}
	if in.version() != region.Version {
		return s.showRegionConflict(w, v, *region, in)
	}
	now, faults := forms.Region(in.values, *region)
	if len(faults) > 0 {
		return s.showRegionForm(w, v, http.StatusBadRequest, *region, s.regionForm(*region, in.typed, faults))
	}
	return s.storeRegion(w, r, v, *region, now, in)
}

// storeRegion stores a region; where somebody else would answer, it asks first.
func (s *Service) storeRegion(w http.ResponseWriter, r *http.Request, v *visit, was, now mdt.Region, in *posted) error {
	if mdt.AnswersElsewhere(was, now, mdt.DateOf(s.Now())) && in.deed() != "ja" {
		return s.askRegion(w, r, v, was, now, in)
	}
	err := s.Desk.ChangeRegions(r.Context(), mdt.RegionChanges([]mdt.Region{was}, []mdt.Region{now}, false))
	if errors.Is(err, store.ErrLostRace) {
		if v.ahead, err = s.readRegions(r); err != nil {
			return err
		}
		region, err := regionOf(r, v)
		if err != nil {
			return err
		}
		return s.showRegionConflict(w, v, *region, in)
	}
	if err == nil {
		err = s.noteRegion(r, v, was.ID)
	}
	if err != nil {
		return err
	}
	return onward(w, regionPath(was.ID)+"?gedaan=regiogewijzigd")
}

func (s *Service) noteRegion(r *http.Request, v *visit, id string) error {
	return s.Gate.Note(r.Context(), v.Visit, mdt.LogLine{What: mdt.DeedRegion, About: id})
}

// showRegionConflict shows what stands by now above what was typed, to be sent again by whoever has seen both.
func (s *Service) showRegionConflict(w http.ResponseWriter, v *visit, stands mdt.Region, in *posted) error {
	form := s.regionForm(stands, in.typed, nil)
	view := s.regionView(stands)
	form.Stands = &view
	return s.showRegionForm(w, v, http.StatusConflict, stands, form)
}

func (s *Service) askRegion(w http.ResponseWriter, r *http.Request, v *visit, was, now mdt.Region, in *posted) error {
	messages, err := s.messagesOf(r.Context(), func(m *mdt.Message) bool { return m.Region == was.ID })
	if err != nil {
		return err
	}
	today := mdt.DateOf(s.Now())
	view := regionAsk{Path: regionPath(was.ID) + "/wijzigen", Was: termViews(was, today), Now: termViews(now, today),
		Messages: messages, Fields: resent(in)}
	return s.show(w, v, http.StatusOK, page{name: "regiovraag", Title: say("beheer.regio.vraag", "regio", was.Name), Section: regionsPath,
		Back: look.Way{Href: regionPath(was.ID), Text: was.Name}, Body: view})
}

// resent are the fields of a form as they came in, for a page that asks about it.
func resent(in *posted) (fields []hidden) {
	fields = append(fields, hidden{"versie", itoa(in.version())})
	for name, values := range in.typed {
		for _, value := range values {
			fields = append(fields, hidden{name, value})
		}
	}
	slices.SortFunc(fields[1:], func(a, b hidden) int { return strings.Compare(a.Name, b.Name) })
	return fields
}
