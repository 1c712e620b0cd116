package mdt

import (
	"reflect"
	"slices"
	"time"
)

// ChangeForm is what somebody wants an own registration to be. The address and the guests are not changed
// here; Edition is that of the entry as the person saw it.
type ChangeForm struct {
	RegistrationForm
	Edition int
	WaitFor []string // full parts to stand in line for
	// KeepWishes: the form did not hold the wishes, as they were not shown.
	KeepWishes bool
	// WishesChanged says whether Wishes differ from what is stored.
	WishesChanged bool
}

// Change stores what its owner changes of a registration. A part that is left goes to whoever is next, one
// that is taken must have a seat. A form that was filled in from an older state of the entry is refused.
func Change(s Scene, f ChangeForm) (Act, *Refusal) {
	a, refusal := s.begin()
	if refusal != nil {
		return Act{}, refusal
	}
	if f.Edition != s.Entry.Edition {
		return Act{}, &Refusal{Code: "versie.conflict"}
	}
	entry := a.of(s.Entry)
	entry.fill(f)
	if refusal := a.takeParts(f.Parts); refusal != nil {
		return Act{}, refusal
	}
	joins, refusal := a.waitFor(f.WaitFor)
	if refusal != nil {
		return Act{}, refusal
	}
	if joins && s.Number == 0 {
		return Act{NeedsNumber: true}, nil
	}
	changed := changedFields(s.Entry, entry)
	if !f.KeepWishes && f.WishesChanged {
		changed = append(changed, "wensen")
		a.wishes = &Wishes{entry.Person, entry.Meeting, f.Wishes, WishesExpire(s.Meeting)}
	}
	if len(changed) == 0 {
		return Act{Meeting: s.Meeting}, nil
	}
	entry.Edition++
	a.tellChanged(entry, changed)
	act := a.act()
	s.Meeting.boundChange(&act.Count)
	return act, nil
}

// fill takes over the fields that only say something of the person.
func (r *Registration) fill(f ChangeForm) {
	r.Name, r.Organisation, r.Role, r.Phone = f.Name, f.Organisation, f.Role, f.Phone
	r.Regions, r.Attendance, r.Answers = f.Regions, f.Attendance, f.Answers
}

// takeParts makes the chosen parts those of the entry. What was chosen before and has begun stays as it is.
func (a *acting) takeParts(chosen []string) *Refusal {
	entry := a.of(a.Entry)
	seated := entry.Status == Confirmed
	for i, id := range chosen {
		if slices.Contains(a.Entry.Parts, id) {
			continue
		}
		part, _ := a.Meeting.Part(id)
		if code := part.closedTo(a.Counter, a.Now); code != "" {
			return &Refusal{Code: code, Pointer: "#/onderdelen/" + itoa(i)}
		}
		if place, waits := entry.Place(id); waits && place.Offered() {
			return &Refusal{Code: "handeling.kanNiet", Pointer: "#/onderdelen/" + itoa(i)}
		}
		entry.leaveLine(id)
		a.dropOf(id, LetterLapsed)
	}
	for _, id := range a.Entry.Parts {
		if seated && !slices.Contains(chosen, id) {
			a.release(id)
		}
	}
	entry.Parts = chosen
	return nil
}

// closedTo is why nobody can take a seat of the part any more, as a code, or empty.
func (p Part) closedTo(c Counter, now time.Time) string {
	if !now.Before(p.Start) {
		return "onderdeel.voorbij"
	}
	if left := FreePartSeats(p, c); left != nil && *left == 0 {
		return "onderdeel.vol"
	}
	return ""
}

// waitFor makes the entry stand in line for these parts and no others. joins says whether a number is needed.
func (a *acting) waitFor(parts []string) (joins bool, refusal *Refusal) {
	entry := a.of(a.Entry)
	for _, p := range slices.Clone(entry.PartLines) {
		if slices.Contains(parts, p.Part) {
			continue
		}
		entry.leaveLine(p.Part)
		a.dropOf(p.Part, LetterOffer, LetterLapsed)
		if p.Offered() {
			a.release(p.Part)
		}
	}
	for _, id := range parts {
		if _, waits := entry.Place(id); waits || slices.Contains(entry.Parts, id) {
			continue
		}
		if !a.canWaitFor(id) {
			return false, &Refusal{Code: "handeling.kanNiet"}
		}
		joins = true
		a.guards.line(id).MinOccupied = ptr(a.Meeting.Seats(id))
		entry.PartLines = append(entry.PartLines, PartSpot{id, Spot{Number: a.Number}})
	}
	return joins, nil
}

// canWaitFor says whether a line for the part takes the entry in: the part is full and still to come, and not
// by a seat of the entry itself.
func (a *acting) canWaitFor(id string) bool {
	part, found := a.Meeting.Part(id)
	return found && !slices.Contains(a.Entry.Parts, id) && a.Entry.Status == Confirmed && a.Meeting.LineOpen(a.Now) && part.closedTo(a.Counter, a.Now) == "onderdeel.vol"
}

// boundChange demands that an organisation that gains somebody has a place for them.
func (m Meeting) boundChange(c *CountChange) {
	for i := range c.Organisations {
		if o := &c.Organisations[i]; o.Add > 0 {
			o.Before = ptr(m.PerOrg - o.Add)
		}
	}
}

// changedFields names what differs between two states of a registration, as the form names it.
func changedFields(was, now *Registration) (changed []string) {
	for _, f := range []struct {
		name     string
		was, now any
	}{
		{"naam", was.Name, now.Name}, {"organisatie", was.Organisation, now.Organisation}, {"functie", was.Role, now.Role},
		{"telefoon", was.Phone, now.Phone}, {"regios", was.Regions, now.Regions}, {"deelname", was.Attendance, now.Attendance},
		{"onderdelen", [2]any{partSet(was.Parts), was.PartLines}, [2]any{partSet(now.Parts), now.PartLines}},
		{"antwoorden", plain(was.Answers), plain(now.Answers)},
	} {
		if !same(f.was, f.now) {
			changed = append(changed, f.name)
		}
	}
	return changed
}

func partSet(ids []string) []string { return slices.Sorted(slices.Values(ids)) }

// plain gives answers in the one form that a form and the store share.
func plain(answers map[string]any) map[string]any {
	out := map[string]any{}
	for id, answer := range answers {
		if texts, ok := answer.([]string); ok {
			list := make([]any, len(texts))
			for i, text := range texts {
				list[i] = text
			}
			answer = list
		}
		out[id] = answer
	}
	return out
}

// same compares two values; an empty list or map is none.
func same(a, b any) bool {
	empty := func(v any) bool {
		r := reflect.ValueOf(v)
		return !r.IsValid() || (r.Kind() == reflect.Slice || r.Kind() == reflect.Map) && r.Len() == 0
	}
	return empty(a) && empty(b) || reflect.DeepEqual(a, b)
}

// tellChanged adds the letter about a change, with the calendar entry anew where there is a seat.
func (a *acting) tellChanged(entry *Registration, changed []string) {
	if entry.Status == Confirmed {
		entry.Revision++
	}
	letter := newLetter(LetterChanged, entry, a.Meeting, a.Now)
	letter.ChangedFields = changed
	a.letters = append([]Letter{letter}, a.letters...)
	if entry.Status == Confirmed && entry.LinkTold == 0 && entry.mayKnowLink(a.Meeting, a.Now) {
		a.letters = append(a.letters, newLetter(LetterJoinOnline, entry, a.Meeting, a.Now))
	}
}
