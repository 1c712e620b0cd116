package trials

import (
	"slices"

	"pgregory.net/rapid"

	"aanmeldpunt/internal/mdt"
)

// wish is what somebody makes of an own entry.
type wish struct {
	organisation string
	parts, lines []string // chosen, and stood in line for
	old          bool     // sent from a page that was opened before the last change
}

func drawForm(t *rapid.T) form {
	who := rapid.IntRange(0, people-1).Draw(t, "who")
	var all []int
	for n := range people {
		if n != who {
			all = append(all, n)
		}
	}
	others := rapid.Permutation(all).Draw(t, "others")
	return form{who, others[:rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "guests")], drawOrganisation(t),
		rapid.SampledFrom([]string{"", "", "zaal", "kring"}).Draw(t, "part")}
}

func drawOrganisation(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", "", "Stichting Noord", "stichting-noord", "Zuid"}).Draw(t, "organisation")
}

func drawWish(t *rapid.T) wish {
	parts := rapid.SampledFrom([][]string{nil, nil, {"zaal"}, {"kring"}}).Draw(t, "parts")
	return wish{drawOrganisation(t), parts, rapid.SampledFrom([][]string{nil, {"zaal"}, {"kring"}, {"kring", "zaal"}}).Draw(t, "lines"),
		rapid.IntRange(0, 9).Draw(t, "old page") == 0}
}

// change takes over what somebody wishes, all of it or nothing.
func (w *world) change(who int, f wish) (code string) {
	p := &w.people[who]
	if code := w.refuseChange(who, f); code != "" {
		return code
	}
	had, changed := *p, p.organisation != f.organisation || !slices.Equal(p.parts, f.parts)
	p.organisation, p.parts = f.organisation, slices.Clone(f.parts)
	var left []*seat
	var from []string
	for _, line := range lines[1:] {
		if p.state == mdt.Confirmed && slices.Contains(had.parts, line) && !slices.Contains(f.parts, line) {
			left, from = append(left, w.newSeat()), append(from, line)
		}
		s := p.spots[line]
		if s == nil || slices.Contains(f.lines, line) && !slices.Contains(f.parts, line) {
			continue
		}
		changed = true
		if delete(p.spots, line); s.offer != nil {
			left, from = append(left, s.offer.of), append(from, line)
		}
		w.forget(who, line, mdt.LetterOffer, mdt.LetterLapsed)
	}
	if w.join(who, f.lines) || changed {
		w.owe(who, mdt.LetterChanged, "", w.now)
	}
	for i, s := range left {
		w.release(from[i], s)
	}
	return ""
}

// refuseChange is why a change cannot be, as it stands.
func (w *world) refuseChange(who int, f wish) (code string) {
	p := w.people[who]
	switch {
	case !w.active(who) || !w.now.Before(w.over):
		return cannot
	case f.old:
		return changed
	}
	for _, part := range f.parts {
		switch {
		case slices.Contains(p.parts, part):
		case !w.now.Before(w.start):
			return "onderdeel.voorbij"
		case w.room(part) == 0:
			return "onderdeel.vol"
		case p.spots[part] != nil && p.spots[part].offer != nil:
			return cannot
		}
	}
	for _, line := range f.lines {
		in := p.spots[line] != nil && !slices.Contains(f.parts, line) || slices.Contains(f.parts, line)
		if !in && (p.state != mdt.Confirmed || slices.Contains(p.parts, line) || w.room(line) > 0 || !w.listOpen()) {
			return cannot
		}
	}
	if o := f.organisation; o != "" && spelled(o) != spelled(p.organisation) && w.ofOrganisation(o)+1 > perOrg {
		return "organisatie.max"
	}
	return ""
}

// join lets somebody stand in line for parts; it says whether that is new.
func (w *world) join(who int, parts []string) (joined bool) {
	p := &w.people[who]
	for _, line := range parts {
		if p.spots[line] != nil || slices.Contains(p.parts, line) {
			continue
		}
		if !joined {
			w.joined++
		}
		joined = true
		p.spots[line] = &spot{joined: w.joined}
	}
	return joined
}
