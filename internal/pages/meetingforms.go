package pages

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"aanmeldpunt/internal/acts"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/forms"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

// meetingForm is what the forms below a meeting have in common. The name is that of what it makes; below is
// the last part of its address.
func meetingForm(m mdt.Meeting, name, below string) *form {
	f := &form{name: name, file: "form", section: "/", path: meetingPath(m, below), title: say(name+".titel", "bijeenkomst", m.Name),
		button: content.FieldWords("knop."+name, map[string]string{"bijeenkomst": m.Name})}
	f.view.Back = look.Way{Href: meetingPath(m, ""), Text: m.Name}
	f.view.Facts = []string{span(m.Start, m.End), look.Where(m)}
	f.fields = look.Fields{Options: map[string][]look.Option{}, Hints: map[string]string{}, Labels: map[string]string{}, Leave: map[string]bool{}, Asked: map[string]string{}}
	return f
}

// keptWords say who sees what is filled in, and for how long.
func keptWords(key string, n int) string {
	return strings.TrimSpace(content.FieldWords(key, map[string]string{"n": strconv.Itoa(n)}))
}

// registration is the form in which one registers for a meeting.
func (s *Service) registration(r *http.Request) (*form, error) {
	return s.registrationBy(r, nil)
}

// registrationBy is registration for whoever has an invitation; nil: for anyone.
func (s *Service) registrationBy(r *http.Request, by *invitation) (*form, error) {
	m, now := meetingOf(r), s.Now()
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return nil, err
	}
	counters, err := s.Catalogue.Counters(r.Context(), m.ID)
	if err != nil {
		return nil, err
	}
	f := meetingForm(m, "aanmelden", "aanmelden")
	f.name, f.spec, f.under = "aanmelding", forms.RegistrationSpec(m), keptWords("formulier.onder", mdt.EntryMonths)
	f.registrationFields(m, counters[0], regions, now)
	if f.refusal = whyNotRegister(m, counters[0], now); f.refusal != nil {
		f.instead = instead(m, now)
	}
	if m.RegisteringStatus(counters[0], now) == mdt.Full {
		f.view.Note = say("bijeenkomstpagina.vol")
	}
	f.judge = func(v *forms.Values) (do, []mdt.Fault) {
		checked, faults := forms.Registration(v, m, mdt.RegionIDs(regions))
		faults = append(faults, by.faults(s.Identity, checked)...)
		return func(ctx context.Context, post acts.Post) (done, error) {
			post.Invited = by != nil
			stored, err := s.Register(ctx, m, checked, post)
			return s.received("aanmelding", checked.Email, stored.Reference), err
		}, faults
	}
	return f, nil
}

// registrationFields says what the table leaves open: which regions and parts there are, and what this
// meeting does not ask.
func (f *form) registrationFields(m mdt.Meeting, c mdt.Counter, regions []mdt.Region, now time.Time) {
	f.fields.Options["regios"] = regionOptions(regions)
	f.fields.Options["onderdelen"] = partOptions(m, c, now)
	f.fields.Leave = map[string]bool{"deelname": !m.Both(), "introducees": m.MaxGuests == 0,
		"onderdelen": !slices.ContainsFunc(m.Parts, chosen)}
	wishes := "wensen.uitleg"
	if m.Place == "" {
		wishes = "wensen.uitleg.online"
	}
	f.fields.Hints["wensen"] = keptWords(wishes, mdt.WishesDays)
	for _, q := range m.Questions {
		f.fields.Labels["antwoorden."+q.ID], f.fields.Hints["antwoorden."+q.ID] = q.Text, ""
		f.fields.Asked["antwoorden."+q.ID] = askedOf(m, q)
	}
}

// askedOf says who is to answer a question, in words; empty: everybody.
func askedOf(m mdt.Meeting, q mdt.Question) string {
	if q.ShowIf == nil {
		return ""
	}
	i := slices.IndexFunc(m.Questions, func(other mdt.Question) bool { return other.ID == q.ShowIf.Question })
	if i < 0 {
		return ""
	}
	before := strings.TrimRight(m.Questions[i].Text, " ")
	if len(q.ShowIf.Answers) == 0 {
		return content.FieldWords("antwoorden.als", map[string]string{"vraag": before})
	}
	answers := make([]string, len(q.ShowIf.Answers))
	for i, answer := range q.ShowIf.Answers {
		answers[i] = "‘" + answer + "’"
	}
	last := len(answers) - 1
	listed := strings.Join(answers[:last], ", ")
	return content.FieldWords("antwoorden.als.keuze", map[string]string{"vraag": before, "antwoord": answers[last], "antwoorden": listed})
}

// chosen says whether a part is one that people choose: a plenary one is for everybody, unless it has seats of its own.
func chosen(p mdt.Part) bool { return p.Kind != "plenair" || p.Seats > 0 }

func partOptions(m mdt.Meeting, c mdt.Counter, now time.Time) (out []look.Option) {
	for _, p := range m.Parts {
		if !chosen(p) {
			continue
		}
		o := look.Option{Value: p.ID, Label: p.Name, Hint: partTime(m, p)}
		free := mdt.FreePartSeats(p, c)
		switch {
		case !now.Before(p.Start):
			o.Off, o.Hint = true, o.Hint+". "+say("deel.voorbij")
		case free != nil && *free == 0:
			o.Off, o.Hint = true, o.Hint+". "+say("deel.vol")
		case free != nil:
			o.Hint += ". " + say("plekken", "n", strconv.Itoa(*free)) + "."
		}
		out = append(out, o)
	}
	return out
}

func regionOptions(regions []mdt.Region) (out []look.Option) {
	for _, region := range byName(regions) {
		out = append(out, look.Option{Value: region.ID, Label: region.Name})
	}
	return append(out, look.Option{Value: mdt.Nationwide, Label: content.FieldWords("regios.keuze."+mdt.Nationwide, nil)})
}

// instead are the ways on where something cannot be done for a meeting: what can be done, the meeting, the others.
func instead(m mdt.Meeting, now time.Time) (ways []look.Way) {
	if m.TellingStatus(now) == mdt.Open {
		ways = append(ways, look.Way{Href: meetingPath(m, "houd-me-op-de-hoogte"), Text: say("bijeenkomstpagina.knop.attendering")})
	}
	if registering := whyNotRegister(m, mdt.Counter{}, now); registering == nil {
		ways = append(ways, look.Way{Href: meetingPath(m, "aanmelden"), Text: say("bijeenkomstpagina.knop.aanmelden", "bijeenkomst", m.Name)})
	}
	ways = append(ways, look.Way{Href: meetingPath(m, ""), Text: say("storing.overBijeenkomst", "bijeenkomst", m.Name)},
		look.Way{Href: "/", Text: say("storing.bijeenkomsten")})
	ways[0].First = true
	return ways
}

// proposal is the form in which one proposes a session.
func (s *Service) proposal(r *http.Request) (*form, error) {
	m, now := meetingOf(r), s.Now()
	regions, err := s.Catalogue.Regions(r.Context())
	if err != nil {
		return nil, err
	}
	f := meetingForm(m, "voorstel", "voorstel")
	f.fields.Hints["naam"] = content.FieldWords("naam.uitleg.mail", nil)
	f.spec, f.under = forms.ProposalSpec(), keptWords("formulier.onder", mdt.EntryMonths)
	f.fields.Options["regios"] = regionOptions(regions)
	if f.refusal = whyNotPropose(m, now); f.refusal != nil {
		f.instead = instead(m, now)
	}
	f.judge = func(v *forms.Values) (do, []mdt.Fault) {
		checked, faults := forms.Proposal(v, mdt.RegionIDs(regions))
		return func(ctx context.Context, post acts.Post) (done, error) {
			stored, err := s.Propose(ctx, m, checked, post)
			return s.received("voorstel", checked.Email, stored.Reference), err
		}, faults
	}
	return f, nil
}

// interest is the form in which one asks to be told when registering opens.
func (s *Service) interest(r *http.Request) (*form, error) {
	m, now := meetingOf(r), s.Now()
	f := meetingForm(m, "attendering", "houd-me-op-de-hoogte")
	f.fields.Hints["naam"] = content.FieldWords("naam.uitleg.mail", nil)
	f.spec, f.under = forms.InterestSpec(), keptWords("formulier.onder.attendering", mdt.InterestDays)
	if opens, _ := m.Times(m.Registering); opens != nil && now.Before(*opens) {
		f.view.Note = say("attenderen.vanaf", "vanaf", mdt.Moment(*opens))
	}
	if f.refusal = whyNotTell(m, now); f.refusal != nil {
		f.instead = instead(m, now)
	}
	f.judge = func(v *forms.Values) (do, []mdt.Fault) {
		checked, faults := forms.Interest(v)
		return func(ctx context.Context, post acts.Post) (done, error) {
			reference, err := s.Tell(ctx, m, checked, post)
			return s.received("attendering", checked.Email, reference), err
		}, faults
	}
	return f, nil
}

// received is what is said after something was stored.
func (s *Service) received(what string, email mdt.Address, reference string) done {
	return done{reference, email, content.Answer(what, map[string]string{"email": email.Mail, "kenmerk": reference, "teammail": s.Team.Email})}
}
