package console

import (
	"errors"
	"net/http"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

const newMeetingPath = "/console/nieuwe-bijeenkomst"

var newSection = section{below: "nieuw", spec: forms.NewMeetingSpec, parts: []formPart{
	{"begin", []string{"soort", "zoals"}}, {"wat", []string{"naam", "id"}}, {"wanneer", []string{"begint*", "eindigt*"}}, {"waar", []string{"plaats", "online"}}}}

func (s *Service) newMeeting(w http.ResponseWriter, r *http.Request, v *visit) error {
	typed := map[string][]string{}
	if like := r.URL.Query().Get("zoals"); like != "" {
		typed["zoals"] = []string{like}
	}
	return s.showNewMeeting(w, r, v, typed, nil)
}

func (s *Service) showNewMeeting(w http.ResponseWriter, r *http.Request, v *visit, typed map[string][]string, faults []mdt.Fault) error {
	all, err := s.Store.Meetings(r.Context())
	if err != nil {
		return err
	}
	b := s.sectionFields(newSection, mdt.Meeting{}, typed, faults, nil)
	b.Options["soort"], b.Options["zoals"] = nil, []look.Option{{Label: say("beheer.bewerken.zoals.geen")}}
	for _, kind := range mdt.Kinds {
		b.Options["soort"] = append(b.Options["soort"], look.Option{Value: string(kind), Label: say("soort." + string(kind))})
	}
	for _, m := range all {
		b.Options["zoals"] = append(b.Options["zoals"], look.Option{Value: m.ID, Label: m.Name})
	}
	view := sectionView{Path: newMeetingPath, Intro: say("beheer.bewerken.deel.nieuw.uitleg")}
	for _, part := range newSection.parts {
		view.Parts = append(view.Parts, partOf(b, newSection.spec(), part))
	}
	if len(faults) > 0 {
		view.Summary = &look.Summary{Title: content.FieldWords("formulier.fouten", nil),
			Faults: look.Pointed(look.Places(view.all(), typed), faults, s.Team.Email)}
	}
	return s.show(w, v, statusOf(faults), page{name: "bijeenkomstbewerken", Title: sectionTitle("nieuw"), Section: "/console", Faulty: len(faults) > 0,
		Back: look.Way{Href: "/console", Text: say("beheer.overzicht.titel")}, Body: view})
}

// makeMeeting stores a concept.
func (s *Service) makeMeeting(w http.ResponseWriter, r *http.Request, v *visit) error {
	in, err := read(r, forms.NewMeetingSpec())
	if err != nil {
		return err
	}
	all, err := s.Store.Meetings(r.Context())
	if err != nil {
		return err
	}
	m, faults := forms.NewMeeting(in.values, all)
	var faulty *acts.Faulty
	if len(faults) == 0 {
		_, err = s.SaveMeeting(r.Context(), acts.Edit{Meeting: m})
		if errors.As(err, &faulty) {
			faults = forms.MeetingFaults(faulty.Faults, nil)
		}
	}
	if len(faults) > 0 {
		return s.showNewMeeting(w, r, v, in.typed, faults)
	}
	return s.meetingDone(w, r, v, m.ID, "bijeenkomstgemaakt", err)
}
