package console

import (
	"net/http"

	"aanmeldpunt/internal/look"
)

// exportView is where one gets the lists of a meeting as spreadsheets. Another function makes those.
type exportView struct {
	Lists  []exportedList
	Wishes string // the address of the registrations without its ending, for whoever may ask for wishes
	Only   bool   // just what names a region of whoever looks
}

// exportedList is one list, with its address without the ending that says which form it has.
type exportedList struct{ Name, Path string }

func (s *Service) export(w http.ResponseWriter, r *http.Request, v *visit) error {
	m, err := s.meetingOf(r, v)
	if err != nil {
		return err
	}
	list := func(name string) exportedList { return exportedList{say("uitvoer." + name), meetingPath(m.ID, name)} }
	view := exportView{Lists: []exportedList{list("aanmeldingen")}, Only: !v.SeesAll()}
	if m.Proposing != nil {
		view.Lists = append(view.Lists, list("voorstellen"))
	}
	if v.SeesWishes() {
		view.Wishes = meetingPath(m.ID, "aanmeldingen")
	}
	return s.show(w, v, http.StatusOK, page{name: "uitvoer", Title: say("beheer.uitvoer.titel", "bijeenkomst", m.Name), Section: "/console",
		Back: look.Way{Href: meetingPath(m.ID, ""), Text: m.Name}, Body: view})
}
