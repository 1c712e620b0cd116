package exports

import (
	"context"
	"sync"
	"time"

	"aanmeldpunt/internal/access"
	"aanmeldpunt/internal/content"
	"aanmeldpunt/internal/mdt"
	"aanmeldpunt/internal/sheets"
	"aanmeldpunt/internal/store"
)

// registrations lists those of a meeting. A facilitator sees name, organisation and parts of those that named his
// region; wishes stand in it only where the team asked for them with a reason.
func (s *Service) registrations(v *access.Visit, m mdt.Meeting, regions regionNames, wishes bool) list {
	name := words("naam", 30, func(r *mdt.Registration) string { return r.Name })
	organisation := words("organisatie", 30, func(r *mdt.Registration) string { return r.Organisation })
	parts := words("onderdelen", 40, func(r *mdt.Registration) string { return joined(r.Parts, partName(m)) })
	columns := []column[mdt.Registration]{name, organisation, parts}
	if v.SeesAll() {
		columns = []column[mdt.Registration]{
			words("kenmerk", 11, func(r *mdt.Registration) string { return r.Reference }),
			words("stand", 16, func(r *mdt.Registration) string { return choice("uitvoer.stand.", string(r.Status)) }),
			name,
			words("email", 34, func(r *mdt.Registration) string { return r.Email }),
			organisation,
			words("functie", 20, func(r *mdt.Registration) string { return r.Role }),
			words("telefoon", 18, func(r *mdt.Registration) string { return r.Phone }),
			words("regios", 30, func(r *mdt.Registration) string { return regions.of(r.Regions...) }),
			words("deelname", 14, func(r *mdt.Registration) string { return fieldChoice("deelname.keuze.", string(r.Attendance)) }),
			parts,
			words("meegenomenDoor", 26, func(r *mdt.Registration) string { return r.BroughtName }),
			{key: "gasten", width: 8, cell: func(r *mdt.Registration) sheets.Cell { return sheets.Number(int64(len(r.Guests))) }},
			{key: "aangemeld", width: 17, cell: func(r *mdt.Registration) sheets.Cell { return moment(&r.Created) }},
			{key: "plekSinds", width: 17, cell: func(r *mdt.Registration) sheets.Cell { return moment(r.Seated) }},
		}
		columns = append(columns, answers(m)...)
	}
	read := func(ctx context.Context, after string) (store.Stretch[mdt.Registration], error) {
		return s.Store.RegistrationStretch(ctx, m.ID, after, s.Now())
	}
	sees := func(r *mdt.Registration) bool { return v.SeesEntry(r.Regions) }
	if !wishes {
		return table(columns, read, sees, nil)
	}
	var needs sync.Map // of the next stretch too, which is read while this one is written down
	columns = append(columns, words("wensen", 40, func(r *mdt.Registration) string {
		text, _ := needs.LoadAndDelete(r.Person)
		need, _ := text.(string)
		return need
	}))
	return table(columns, read, sees, func(ctx context.Context, some []mdt.Registration) error {
		persons := make([]mdt.PersonID, len(some))
		for i := range some {
			persons[i] = some[i].Person
		}
		found, err := s.Store.WishesAt(ctx, m.ID, persons, s.Now())
		for person, need := range found {
			needs.Store(person, need)
		}
		return err
	})
}

func partName(m mdt.Meeting) func(string) string {
	return func(id string) string {
		part, _ := m.Part(id)
		return part.Name
	}
}

// answers gives a column for each of the meeting's own questions.
func answers(m mdt.Meeting) (columns []column[mdt.Registration]) {
	for _, q := range m.Questions {
		columns = append(columns, column[mdt.Registration]{head: q.Text, width: 30, cell: func(r *mdt.Registration) sheets.Cell {
			return sheets.Text(answer(r.Answers[q.ID]))
		}})
	}
	return columns
}

// answer gives an answer as it is stored as a text.
func answer(given any) string {
	switch given := given.(type) {
	case string:
		return given
	case bool:
		return content.FieldWords(map[bool]string{true: "antwoorden.keuze.true", false: "antwoorden.keuze.false"}[given], nil)
	case []any:
		texts := make([]string, 0, len(given))
		for _, one := range given {
			texts = append(texts, answer(one))
		}
		return joined(texts, func(string) string { return "" })
	}
	return ""
}

// fieldChoice gives the words of a choice in a form.
func fieldChoice(key, value string) string {
	if text := content.FieldWords(key+value, nil); value != "" && text != "" {
		return text
	}
	return value
}

// moment shows a moment as the clocks here do.
func moment(t *time.Time) sheets.Cell {
	if t == nil || t.IsZero() {
		return sheets.Cell{}
	}
	return sheets.Moment(t.In(mdt.Amsterdam))
}
