package forms

import (
	"slices"

	"aanmeldpunt/internal/mdt"
)

// Registration holds the values of a registration against the rules. Regions are the ids that exist. The
// form is whole only when there are no faults. Whether a part is full or has begun is not judged here.
func Registration(v *Values, m mdt.Meeting, regions []string) (mdt.RegistrationForm, []mdt.Fault) {
	c := newChecker(v)
	form := mdt.RegistrationForm{
		Name:         c.text("naam"),
		Email:        c.email("email"),
		Organisation: c.text("organisatie"),
		Role:         c.text("functie"),
		Phone:        c.phone("telefoon"),
		Regions:      c.regions(regions),
		Attendance:   c.attendance(m),
		Parts:        c.parts(m),
		Guests:       c.guests(m),
		Answers:      c.answers(m),
		Wishes:       c.text("wensen"),
	}
	c.guestsApart(form)
	return form, c.faults()
}

func (c checker) regions(ids []string) []string {
	return c.choices("regios", append(slices.Clip(ids), mdt.Nationwide)...)
}

// attendance is how somebody takes part; at a meeting in one way, only that way fits.
func (c checker) attendance(m mdt.Meeting) mdt.Attendance {
	chosen := mdt.Attendance(c.choice("deelname"))
	if chosen == mdt.OnLocation && m.Place == "" || chosen == mdt.AttendOnline && !m.Online {
		_, pointer := c.field("deelname")
		c.fault(pointer, "deelname.onbekend")
	}
	return chosen
}

// parts are the chosen parts, no two at the same time. The later one sent gets the fault.
func (c checker) parts(m mdt.Meeting) []string {
	ids := make([]string, len(m.Parts))
	for i, part := range m.Parts {
		ids[i] = part.ID
	}
	chosen := c.choices("onderdelen", ids...)
	for i, id := range chosen {
		part, _ := m.Part(id)
		if slices.ContainsFunc(chosen[:i], func(other string) bool { p, _ := m.Part(other); return p.Overlaps(part) }) {
			c.partFault(id, "onderdeel.overlap")
		}
	}
	return chosen
}

// partFault points at the part where it was sent.
func (c checker) partFault(id, code string) {
	_, pointer := c.field("onderdelen")
	sent, _ := c.held["onderdelen"].([]string)
	c.fault(itemPointer(pointer, slices.Index(sent, id)), code)
}

// guests are the people brought along, as many as the meeting allows.
func (c checker) guests(m mdt.Meeting) []mdt.Guest {
	f, pointer := c.field("introducees")
	entries, _ := c.held["introducees"].([]entry)
	switch {
	case len(entries) == 0:
		return nil
	case m.MaxGuests == 0:
		c.fault(pointer, "introducee.geen")
		return nil
	case len(entries) > m.MaxGuests:
		c.countFault(pointer, "introducee.teVeel", m.MaxGuests)
	}
	guests := make([]mdt.Guest, len(entries))
	for i, e := range entries {
		guest := checker{c.found, f.Fields, e.group, itemPointer(pointer, e.number)}
		guests[i] = mdt.Guest{Name: guest.text("naam"), Email: guest.email("email")}
	}
	return guests
}

// guestsApart demands an address of their own from all who come together: each gets an entry and a letter.
func (c checker) guestsApart(form mdt.RegistrationForm) {
	entries, _ := c.held["introducees"].([]entry)
	_, pointer := c.field("introducees")
	met := map[string]bool{"": true}
	for i, guest := range form.Guests {
		at := pointerTo(itemPointer(pointer, entries[i].number), "email")
		switch address := guest.Email.Normal; {
		case address == "":
		case address == form.Email.Normal:
			c.fault(at, "introducee.zelfde")
		case met[address]:
			c.fault(at, "introducee.dubbel")
		default:
			met[address] = true
		}
	}
}

// answers are those to the meeting's own questions, by the question's id; nil where none was answered. What a
// question that is not asked of this person was answered with is left out, right or wrong.
func (c checker) answers(m mdt.Meeting) map[string]any {
	inside := c.inside("antwoorden")
	var answers map[string]any
	for _, q := range m.Questions {
		if !m.Asked(q, answers) {
			continue
		}
		answer := inside.answer(q)
		if answer == nil {
			continue
		}
		if answers == nil {
			answers = map[string]any{}
		}
		answers[q.ID] = answer
	}
	return answers
}

// answer is a string, a []string or a bool, or nil where there is none.
func (c checker) answer(q mdt.Question) any {
	switch q.Kind {
	case mdt.ManyOf:
		if chosen := c.choices(q.ID); len(chosen) > 0 {
			return chosen
		}
	case mdt.YesNo:
		yes, given := c.truth(q.ID)
		if given {
			return yes
		}
		if q.Required {
			_, pointer := c.field(q.ID)
			c.fault(pointer, "antwoord.leeg")
		}
	default:
		if text := c.open(q); text != "" {
			return text
		}
	}
	return nil
}

func (c checker) open(q mdt.Question) string {
	if q.Kind == mdt.OneOfQuestion {
		return c.choice(q.ID)
	}
	return c.text(q.ID)
}
