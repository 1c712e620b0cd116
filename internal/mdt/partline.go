package mdt

import "slices"

// asItStands is the form that would leave the registration as it is.
func (r *Registration) asItStands() ChangeForm {
	f := ChangeForm{Edition: r.Edition, KeepWishes: true, RegistrationForm: RegistrationForm{Name: r.Name, Organisation: r.Organisation,
		Role: r.Role, Phone: r.Phone, Regions: r.Regions, Attendance: r.Attendance, Parts: slices.Clone(r.Parts), Answers: r.Answers}}
	for _, p := range r.PartLines {
		f.WaitFor = append(f.WaitFor, p.Part)
	}
	return f
}

// WaitForPart puts somebody who has a seat in the line for a full part.
func WaitForPart(s Scene, part string) (Act, *Refusal) {
	if !s.Entry.Active() {
		return Act{}, cannot
	}
	form := s.Entry.asItStands()
	if _, waits := s.Entry.Place(part); waits || slices.Contains(form.Parts, part) {
		return Act{}, cannot
	}
	form.WaitFor = append(form.WaitFor, part)
	return Change(s, form)
}

// LeavePart gives up a part, or the place in its line.
func LeavePart(s Scene, part string) (Act, *Refusal) {
	if !s.Entry.Active() {
		return Act{}, cannot
	}
	form := s.Entry.asItStands()
	before := len(form.Parts) + len(form.WaitFor)
	form.Parts, form.WaitFor = without(form.Parts, part), without(form.WaitFor, part)
	if len(form.Parts)+len(form.WaitFor) == before {
		return Act{}, cannot
	}
	return Change(s, form)
}
