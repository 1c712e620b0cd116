package mdt

import "time"

// FirstCame is when something first came that is decided only now, and the place in line that it had then.
type FirstCame struct {
	At    time.Time
	Place Spot
}

// RescueRegistration decides a suspect registration, of which the team says that it is no spam, in a request
// that holds what stands now. Whether one could register is judged by the moment at which it came, seats by this
// one; where it has to wait it gets the place in line that it had then. Chosen parts that are full or over by
// now are left out, and its letter says so.
func RescueRegistration(s Suspect, r RegisterRequest) (Registering, *Refusal) {
	r.Form, r.First = *s.Registration, &FirstCame{At: s.Came, Place: s.Place}
	var lost []string
	r.Form.Parts, lost = r.partsLeft()
	out, refusal := Register(r)
	out.Rescues = &s
	for i := range out.Letters {
		if letter := &out.Letters[i]; letter.Kind == LetterRegistered {
			letter.LostParts = r.Meeting.partNames(lost)
		}
	}
	return out, refusal
}

// partsLeft divides the chosen parts into those that still take somebody, and the others.
func (r RegisterRequest) partsLeft() (left, lost []string) {
	for _, id := range r.Form.Parts {
		part, found := r.Meeting.Part(id)
		free := FreePartSeats(part, r.Counter)
		if found && r.Now.Before(part.Start) && (free == nil || *free > 0) {
			left = append(left, id)
		} else {
			lost = append(lost, id)
		}
	}
	return left, lost
}

// RescueProposal decides a suspect proposal as of the moment at which it came; its letters go out now.
func RescueProposal(s Suspect, r ProposeRequest) (Proposing, *Refusal) {
	now := r.Now
	r.Now, r.Form, r.ID, r.Reference, r.Body = s.Came, *s.Proposal, s.ID, s.Reference, s.Body
	if refusal := r.Meeting.stillOn(now); refusal != nil {
		return Proposing{}, refusal
	}
	out, refusal := Propose(r)
	out.Rescues = &s
	dueNow(out.Letters, now)
	return out, refusal
}

// RescueInterest decides a suspect interest as of the moment at which it came. Where one can register by now,
// the letter that says so goes out instead of the one that would have said to wait for it.
func RescueInterest(s Suspect, r TellRequest) (Telling, *Refusal) {
	now := r.Now
	r.Now, r.Form = s.Came, *s.Interest
	if refusal := r.Meeting.stillOn(now); refusal != nil {
		return Telling{}, refusal
	}
	out, refusal := Tell(r)
	if refusal != nil {
		return out, refusal
	}
	if told, due := Announce(r.Meeting, out.Interest, now); due {
		told.Interest.Version, told.Was = out.Interest.Version, out.Was
		out = told
	} else if r.Meeting.hasOpened(now) {
		return Telling{}, &Refusal{Code: "attendering.gesloten"}
	}
	out.Rescues = &s
	dueNow(out.Letters, now)
	return out, nil
}

// RescueMessage decides a suspect message as of the moment at which it came; routed is who answers now.
func RescueMessage(s Suspect, r AskRequest) Asking {
	now := r.Now
	r.Now, r.Form, r.ID, r.Reference, r.Body = s.Came, *s.Message, s.ID, s.Reference, s.Body
	out := Ask(r)
	out.Rescues = &s
	dueNow(out.Letters, now)
	return out
}

func dueNow(letters []Letter, now time.Time) {
	for i := range letters {
		letters[i].Created, letters[i].Due, letters[i].Changed = now, now, now
	}
}
