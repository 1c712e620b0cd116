package exports

import (
	"context"
	"slices"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/sheets"
	"aanmeldpunt/internal/store"
)

// proposals lists those for a meeting. A facilitator sees those that named his region, without anybody's address.
func (s *Service) proposals(v *access.Visit, m mdt.Meeting, regions regionNames) list {
	columns := []column[mdt.Proposal]{
		words("kenmerk", 11, func(p *mdt.Proposal) string { return p.Reference }),
		words("stand", 14, func(p *mdt.Proposal) string { return choice("uitvoer.stand.", string(p.Status)) }),
		words("thema", 40, func(p *mdt.Proposal) string { return p.Theme }),
		words("doel", 14, func(p *mdt.Proposal) string { return choice("uitvoer.doel.", p.Goal) }),
		words("soort", 22, func(p *mdt.Proposal) string { return fieldChoice("soort.keuze.", p.Kind) }),
		words("toelichting", 60, func(p *mdt.Proposal) string { return p.Explanation }),
		words("naam", 30, func(p *mdt.Proposal) string { return p.Name }),
		words("organisatie", 30, func(p *mdt.Proposal) string { return p.Organisation }),
		words("regios", 30, func(p *mdt.Proposal) string {
			return regions.of(slices.DeleteFunc(slices.Clone(p.Regions), func(region string) bool { return !v.SeesEntry([]string{region}) })...)
		}),
		{key: "ingestuurd", width: 17, cell: func(p *mdt.Proposal) sheets.Cell { return moment(&p.Created) }},
	}
	if v.SeesAll() {
		columns = append(columns,
			words("email", 34, func(p *mdt.Proposal) string { return p.Email }),
			words("leiding", 18, func(p *mdt.Proposal) string { return fieldChoice("leiding.wie.keuze.", p.Leader.Who) }),
			words("leidingNaam", 30, func(p *mdt.Proposal) string { return p.Leader.Name }),
			words("leidingEmail", 34, func(p *mdt.Proposal) string { return p.Leader.Email }),
			words("leidingRol", 22, func(p *mdt.Proposal) string { return fieldChoice("leiding.rol.keuze.", p.Leader.Role) }))
	}
	return table(columns, func(ctx context.Context, after string) (store.Stretch[mdt.Proposal], error) {
		return s.Store.ProposalStretch(ctx, m.ID, after, s.Now())
	}, func(p *mdt.Proposal) bool { return v.SeesEntry(p.Regions) }, nil)
}

// messages lists them all; a facilitator's are those of his region, which he has by mail already.
func (s *Service) messages(v *access.Visit, regions regionNames) list {
	columns := []column[mdt.Message]{
		words("kenmerk", 11, func(m *mdt.Message) string { return m.Reference }),
		{key: "ingestuurd", width: 17, cell: func(m *mdt.Message) sheets.Cell { return moment(&m.Created) }},
		words("onderwerp", 26, func(m *mdt.Message) string { return fieldChoice("onderwerp.keuze.", m.Subject) }),
		words("bericht", 80, func(m *mdt.Message) string { return m.Text }),
		words("naam", 30, func(m *mdt.Message) string { return m.Name }),
		words("email", 34, func(m *mdt.Message) string { return m.Email }),
		words("organisatie", 30, func(m *mdt.Message) string { return m.Organisation }),
		words("telefoon", 18, func(m *mdt.Message) string { return m.Phone }),
		words("regio", 30, func(m *mdt.Message) string {
			if m.Region == "" {
				return ""
			}
			return regions.of(m.Region)
		}),
		words("gemeente", 24, func(m *mdt.Message) string { return m.Municipality }),
		words("ontvanger", 30, func(m *mdt.Message) string { return m.Recipient }),
		{key: "beantwoord", width: 17, cell: func(m *mdt.Message) sheets.Cell { return moment(m.Answered) }},
	}
	return table(columns, func(ctx context.Context, after string) (store.Stretch[mdt.Message], error) {
		return s.Store.MessageStretch(ctx, after, s.Now())
	}, func(m *mdt.Message) bool { return v.SeesEntry([]string{m.Region}) }, nil)
}
