package mdt

import (
	"slices"
	"time"
)

// RepeatPause is how long a person who is known already hears nothing when the form is filled in again.
const RepeatPause = 24 * time.Hour

// Entrant is somebody who asks for a seat, with what stands under that address already (nil: nothing).
type Entrant struct {
	Person    PersonID
	Reference string
	Standing  *Registration
}

// RegisterRequest is all that decides a registration. Guests follow the order of the form's guests.
// Number is the place in line if one was taken already, else 0.
type RegisterRequest struct {
	Now     time.Time
	Meeting Meeting
	Counter Counter
	Form    RegistrationForm
	Self    Entrant
	Guests  []Entrant
	Number  int64
}

// Registering is what must change, all together or not at all.
type Registering struct {
	Meeting   Meeting
	Status    Status // what is answered: what fresh entries would get; says nothing of known addresses
	Reference string
	// NeedsNumber: take the next number of the meeting and decide again with it. Nothing else is filled in.
	// It is asked for a known address too, so that both cost the same.
	NeedsNumber bool
	Count       CountChange
	Entries     []EntryChange
	Repeats     []Repeat
	Wishes      *Wishes
	Letters     []Letter
}

// EntryChange stores a registration in the place of what stood there (nil: nothing).
type EntryChange struct {
	New Registration
	Was *Registration
}

// Repeat notes that a known address was filled in again. Letter says whether letter 19 goes out with it.
type Repeat struct {
	Of     Registration
	Letter bool
}

// Wishes is what a person needs to take part. It is kept apart because it goes earlier (requirement P4).
type Wishes struct {
	Person  PersonID  `json:"persoon"`
	Meeting string    `json:"bijeenkomst"`
	Text    string    `json:"wensen"`
	Expires time.Time `json:"-"`
}

// Register decides a registration for a meeting: seats while they last and nobody waits, else a place
// in line; once per address; guests all with whoever brings them, or all in line.
func Register(r RegisterRequest) (Registering, *Refusal) {
	if refusal := r.refuse(); refusal != nil {
		return Registering{}, refusal
	}
	out := Registering{Meeting: r.Meeting, Status: r.status(r.asFresh()), Reference: r.Self.Reference}
	if out.Status == Waiting && r.Number == 0 {
		out.NeedsNumber = true
		return out, nil
	}
	if r.Self.Standing.Active() {
		out.repeat(r, r.Self)
		return out, nil
	}
	really := r.status(r.seats())
	out.Count = r.count(really)
	out.enter(r, really, 0, r.Self, r.self())
	for i, guest := range r.Guests {
		if guest.Standing.Active() {
			out.repeat(r, guest)
			continue
		}
		out.enter(r, really, i+1, guest, r.guest(i))
	}
	if r.Form.Wishes != "" {
		out.Wishes = &Wishes{r.Self.Person, r.Meeting.ID, r.Form.Wishes, WishesExpire(r.Meeting)}
	}
	return out, nil
}

func (r RegisterRequest) refuse() *Refusal {
	if refusal := r.Meeting.refuse(r.Meeting.Registering, "bijeenkomst", "gesloten", r.Now); refusal != nil {
		return refusal
	}
	for i, id := range r.Form.Parts {
		part, _ := r.Meeting.Part(id)
		pointer := "#/onderdelen/" + itoa(i)
		if !r.Now.Before(part.Start) {
			return &Refusal{Code: "onderdeel.voorbij", Pointer: pointer}
		}
		if free := FreePartSeats(part, r.Counter); free != nil && *free == 0 {
			return &Refusal{Code: "onderdeel.vol", Pointer: pointer}
		}
	}
	end := r.Meeting.WaitingListEnd()
	switch {
	case r.status(r.asFresh()) == Confirmed || r.Now.Before(end):
		return nil
	case r.status(1) == Confirmed:
		return &Refusal{Code: "introducee.geenPlek", Pointer: "#/introducees"}
	}
	return &Refusal{Code: "bijeenkomst.gesloten", Args: map[string]string{"totEnMet": Deadline(end)}}
}

// asFresh is how many seats the form would take if nobody in it were known: what is answered, and refused,
// rests on this, so that it tells nothing of anybody in the form.
func (r RegisterRequest) asFresh() int { return 1 + len(r.Guests) }

// seats is how many it really takes: a guest who is registered takes no second one.
func (r RegisterRequest) seats() int {
	n := 1
	for _, guest := range r.Guests {
		if !guest.Standing.Active() {
			n++
		}
	}
	return n
}

func (r RegisterRequest) status(seats int) Status {
	free := r.Meeting.FreeSeats(r.Counter)
	if free == nil || *free >= seats {
		return Confirmed
	}
	return Waiting
}

func (r RegisterRequest) self() Registration {
	f := r.Form
	return Registration{Name: f.Name, Email: f.Email.Mail, Organisation: f.Organisation, Role: f.Role, Phone: f.Phone,
		Regions: f.Regions, Attendance: f.Attendance, Parts: f.Parts, Answers: f.Answers}
}

func (r RegisterRequest) guest(i int) Registration {
	guest := r.Form.Guests[i]
	return Registration{Name: guest.Name, Email: guest.Email.Mail, Organisation: r.Form.Organisation,
		Attendance: r.Form.Attendance, BroughtBy: r.Self.Person}
}

// enter adds one person's entry, behind of them in line, and the letter that goes with it.
func (out *Registering) enter(r RegisterRequest, status Status, behind int, who Entrant, entry Registration) {
	entry.Person, entry.Reference, entry.Meeting = who.Person, who.Reference, r.Meeting.ID
	entry.Status, entry.Created = status, r.Now
	if status == Waiting {
		entry.Number, entry.Behind = r.Number, behind
	}
	entry.Version = 1
	if who.Standing != nil {
		entry.Version = who.Standing.Version + 1
	}
	out.Entries = append(out.Entries, EntryChange{New: entry, Was: who.Standing})
	out.Letters = append(out.Letters, r.letter(entry, behind))
}

func (r RegisterRequest) letter(entry Registration, behind int) Letter {
	letter := newLetter(LetterRegistered, entry, r.Meeting, r.Now)
	letter.Revision = 1 // an interest's tentative entry has 0
	switch {
	case behind > 0:
		letter.Kind, letter.By = LetterGuest, ShowableName(r.Form.Name)
	case entry.Status == Waiting:
		letter.Kind = LetterWaiting
	default:
		for _, part := range r.Meeting.Parts { // in the order of the programme
			if slices.Contains(entry.Parts, part.ID) {
				letter.Parts = append(letter.Parts, part.Name)
			}
		}
	}
	return letter
}

func (out *Registering) repeat(r RegisterRequest, who Entrant) {
	due := who.Standing.KnownLetter <= r.Now.Add(-RepeatPause).Unix()
	out.Repeats = append(out.Repeats, Repeat{Of: *who.Standing, Letter: due})
	if due {
		out.Letters = append(out.Letters, newLetter(LetterKnown, *who.Standing, r.Meeting, r.Now))
	}
}

// newLetter is a letter about a registration to the person it belongs to.
func newLetter(kind LetterKind, entry Registration, m Meeting, now time.Time) Letter {
	facts := letterMeeting(m)
	facts.Online = m.Online && (!m.Both() || entry.Attendance == AttendOnline)
	return Letter{Kind: kind, To: entry.Email, Name: ShowableName(entry.Name), Person: entry.Person,
		Reference: entry.Reference, Created: now, Expires: EntryExpires(m), Meeting: &facts,
		Waiting: entry.Status != Confirmed, Delivery: Delivery{State: Pending, Due: now, Changed: now}}
}

func letterMeeting(m Meeting) LetterMeeting {
	return LetterMeeting{ID: m.ID, Name: m.Name, Start: m.Start, End: m.End, Place: m.Place, Online: m.Online,
		Page: m.Page, Sequence: m.Sequence}
}
