package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// message is the form in which one writes to a region. Before one sends it, a search for the municipality
// shows the region and the name of who will answer.
func (s *Service) message(r *http.Request) (*form, error) {
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return nil, err
	}
	now, asked := s.Now(), r.URL.Query()
	f := &form{name: "bericht", file: "contact", section: "/contact", path: "/contact", title: say("contact.titel"),
		button: content.FieldWords("knop.bericht", nil), spec: forms.MessageSpec(), under: keptWords("formulier.onder.bericht", mdt.MessageMonths)}
	f.fields = look.Fields{Sent: f.prefilled(regions, asked), Options: map[string][]look.Option{"regio": messageRegions(regions)},
		Hints: map[string]string{"naam": content.FieldWords("naam.uitleg.mail", nil), "email": content.FieldWords("email.uitleg.bericht", nil)}}
	f.view.Search = &searchView{Action: "/contact", Text: asked.Get("gemeente"), List: s.municipalities()}
	f.view.Found = s.reader(regions, asked)
	f.judge = func(v *forms.Values) (do, []mdt.Fault) {
		checked, faults := forms.Message(v, mdt.RegionIDs(regions))
		routed, fault := mdt.Route(regions, s.Atlas, checked.Region, checked.Municipality, now)
		if fault != nil {
			faults = append(faults, *fault)
		}
		return func(ctx context.Context, post acts.Post) (done, error) {
			stored, err := s.Ask(ctx, checked, routed, regions, post)
			return done{stored.Reference, checked.Email, content.Answer("bericht", map[string]string{"email": checked.Email.Mail,
				"kenmerk": stored.Reference, "teammail": s.Team.Email, "ontvanger": stored.Recipient})}, err
		}, faults
	}
	return f, nil
}

// messageRegions are the regions one may write to, with none of them first.
func messageRegions(regions []mdt.Region) []look.Option {
	return append([]look.Option{{Value: "", Label: content.FieldWords("regio.keuze.geen", nil)}}, regionOptions(regions)...)
}

// prefilled is what a link or the search has filled in: a municipality, or a region that there is.
func (f *form) prefilled(regions []mdt.Region, asked url.Values) map[string][]string {
	sent := map[string][]string{}
	if text := asked.Get("gemeente"); text != "" {
		sent["gemeente"] = []string{text}
	}
	if id := asked.Get("regio"); id == mdt.Nationwide || slices.Contains(mdt.RegionIDs(regions), id) {
		sent["regio"] = []string{id}
	}
	return sent
}

// reader tells who will answer what is written at this address.
func (s *Service) reader(regions []mdt.Region, asked url.Values) foundView {
	now := s.Now()
	if found := s.find(regions, asked.Get("gemeente"), "/contact", now); asked.Get("gemeente") != "" {
		return found
	}
	id := asked.Get("regio")
	at := slices.IndexFunc(regions, func(region mdt.Region) bool { return region.ID == id })
	switch {
	case at >= 0:
		return foundView{Hit: &hit{Belongs: say("contact.aan", "regio", regions[at].Name), Answers: answersWords(regions[at], now)}}
	case id == mdt.Nationwide:
		return foundView{Hit: &hit{Belongs: say("contact.landelijk"), Answers: say("regios.vacant")}}
	}
	return foundView{}
}
