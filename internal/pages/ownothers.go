package pages

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/links"
	"aanmeldpunt/internal/look"
	"aanmeldpunt/internal/mdt"
)

func sortByStart(meetings []mdt.Meeting) {
	slices.SortFunc(meetings, func(a, b mdt.Meeting) int {
		if byStart := a.Start.Compare(b.Start); byStart != 0 {
			return byStart
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// proposalView shows a proposal, which can be changed and withdrawn until the deadline.
func (s *Service) proposalView(r *http.Request, v *visit, i item, view *itemView, open bool, shown ownShown) error {
	p, m := *i.proposal, i.meeting
	form, err := s.proposalForm(r, v, i)
	if err != nil {
		return err
	}
	view.Title = say("mijn.titel.voorstel", "bijeenkomst", m.Name)
	view.State = stateView{"", say("mijn.stand." + string(p.Status))}
	view.Facts = []row{{say("mijn.kenmerk"), p.Reference}, {say("mijn.email"), p.Email}, {say("mijn.ingevuldOp"), mdt.Moment(p.Created)}}
	view.Given = form.given(look.StoredProposal(p))
	switch {
	case p.Status == mdt.Withdrawn:
		view.State.Class, view.Texts = "off", []string{say("mijn.voorstel.ingetrokken")}
	case m.State(v.now) != "gepland":
		view.State, view.Texts = stateView{"off", say("mijn.stand." + m.State(v.now))}, []string{say("mijn." + m.State(v.now))}
	case m.ProposingStatus(v.now) != mdt.Open:
		view.Texts = []string{say("mijn.voorstel.teLaat")}
	default:
		_, closes := m.Times(m.Proposing)
		view.Texts = []string{say("mijn.voorstel.kan", "totEnMet", mdt.Deadline(*closes))}
		view.Presses = []press{v.pressed(i, press{Act: "intrekken", Text: say("mijn.knop.voorstel"), Second: true}, m.Name)}
		view.Change = v.changeView(i, form, open, shown)
	}
	if p.Status != mdt.Withdrawn && m.DecidedBy != nil && v.now.Before(*m.DecidedBy) {
		view.Texts = append(view.Texts, say("mijn.voorstel.uitslag", "dag", mdt.Day(m.DecidedBy.Add(-time.Nanosecond))))
	}
	if v.missesRegistration(m) {
		view.Texts = append(view.Texts, say("mijn.nogNietAangemeld", "bijeenkomst", m.Name))
		view.Ways = []look.Way{{Href: meetingPath(m, "aanmelden"), Text: say("bijeenkomstpagina.knop.aanmelden", "bijeenkomst", m.Name)}}
	}
	return nil
}

// missesRegistration says whether the person could register for a meeting and has not.
func (v *visit) missesRegistration(m mdt.Meeting) bool {
	own := v.own.RegistrationFor(m.ID)
	return v.canRegister(m) && (own == nil || !own.Of.Active())
}

// leadingView shows the proposal of somebody else that the person is to lead. What it says is read on the page
// of that alone; elsewhere there is a way to it.
func (s *Service) leadingView(v *visit, i item, view *itemView) {
	view.Title = say("mijn.titel.leiding", "bijeenkomst", i.meeting.Name)
	view.State = stateView{"", say("mijn.stand.genoemd")}
	decline := v.pressed(i, press{Act: "intrekken", Text: say("mijn.knop.leiding"), Second: true, Before: say("mijn.leiding.niet")}, i.meeting.Name)
	switch {
	case !v.isLinked(i):
		view.Texts = []string{say("mijn.leiding.kort")}
		view.Presses, view.Ways = []press{decline}, []look.Way{{Href: s.leadingPath(v, i), Text: say("mijn.knop.bekijk")}}
	case v.led == nil:
		view.State, view.Texts = stateView{"off", say("mijn.stand.nietGenoemd")}, []string{say("mijn.leiding.weg")}
	default:
		view.Texts = []string{say("mijn.leiding", "naam", v.led.Name)}
		view.Facts = []row{{say("bijeenkomstpagina.wanneer"), span(i.meeting.Start, i.meeting.End)}, {say("mijn.kenmerk"), v.led.Reference}}
		view.Given = ledRows(*v.led)
		if v.led.Status == mdt.Withdrawn {
			view.State, view.Texts = stateView{"off", say("mijn.stand.ingetrokken")}, append(view.Texts, say("mijn.leiding.ingetrokken"))
		} else if i.meeting.State(v.now) == "gepland" {
			view.Presses = []press{decline}
		}
	}
}

// ledRows are what a leader may know of a proposal: what it is about, and nothing of how to reach whoever sent it in.
func ledRows(p mdt.Proposal) (rows []row) {
	for _, r := range []row{{content.FieldWords("thema.kort", nil), p.Theme}, {content.FieldWords("doel.kort", nil), content.FieldWords("doel.keuze."+p.Goal, nil)},
		{content.FieldWords("soort.kort", nil), content.FieldWords("soort.keuze."+p.Kind, nil)}, {content.FieldWords("toelichting.kort", nil), p.Explanation}} {
		if r.Value != "" {
			rows = append(rows, r)
		}
	}
	return rows
}

func (v *visit) interestView(i item, view *itemView) {
	entry, m := *i.interest, i.meeting
	view.Title = say("mijn.titel.attendering", "bijeenkomst", m.Name)
	view.Facts = []row{{say("bijeenkomstpagina.wanneer"), span(m.Start, m.End)}, {say("mijn.kenmerk"), entry.Reference}, {say("mijn.email"), entry.Email}}
	named := func(key string) []string { return []string{say(key, "bijeenkomst", m.Name)} }
	switch {
	case entry.Withdrawn != nil:
		view.State, view.Texts = stateView{"off", say("mijn.stand.geenBericht")}, named("mijn.attendering.geen")
	case m.State(v.now) != "gepland":
		view.State, view.Texts = stateView{"off", say("mijn.stand." + m.State(v.now))}, []string{say("mijn." + m.State(v.now))}
	case entry.Told != 0:
		view.State, view.Texts = stateView{"", say("mijn.stand.verteld")}, named("mijn.attendering.verteld")
	default:
		view.State, view.Texts = stateView{"", say("mijn.stand.genoteerd")}, named("mijn.attendering")
		view.Presses = []press{v.pressed(i, press{Act: "intrekken", Text: say("mijn.knop.attendering"), Second: true}, m.Name)}
	}
	if v.missesRegistration(m) {
		view.Ways = []look.Way{{Href: meetingPath(m, "aanmelden"), Text: say("bijeenkomstpagina.knop.aanmelden", "bijeenkomst", m.Name)}}
	}
}

// messageView reads a message back.
func (s *Service) messageView(i item, view *itemView) {
	m := *i.message
	view.Title = say("mijn.titel.bericht")
	view.State = stateView{"", say("mijn.stand.verstuurd")}
	view.Texts = []string{say("mijn.bericht.wissen")}
	view.Facts = []row{{say("mijn.bericht.op"), mdt.Moment(m.Created)}, {say("mijn.bericht.naar"), m.Recipient}, {say("mijn.kenmerk"), m.Reference}, {say("mijn.email"), m.Email}}
	if m.Answered != nil {
		view.State = stateView{"", say("mijn.stand.beantwoord")}
		view.Facts = append(view.Facts, row{say("mijn.bericht.beantwoord"), mdt.Moment(*m.Answered)})
	}
	for _, r := range []row{{content.FieldWords("naam.label", nil), m.Name}, {content.FieldWords("organisatie.label", nil), m.Organisation},
		{content.FieldWords("telefoon.label", nil), m.Phone}, {content.FieldWords("gemeente.label", nil), m.Municipality},
		{content.FieldWords("onderwerp.label", nil), content.FieldWords("onderwerp.keuze."+m.Subject, nil)}, {content.FieldWords("bericht.label", nil), m.Text}} {
		if r.Value != "" {
			view.Given = append(view.Given, r)
		}
	}
}

// leadingPath signs a link to the page of one proposal that the person is to lead, as good as the one in hand.
func (s *Service) leadingPath(v *visit, i item) string {
	link := v.link
	link.Entry = links.Entry(links.Leading, i.meeting.ID, i.reference)
	return "/mijn/" + s.Links.Sign(link)
}
